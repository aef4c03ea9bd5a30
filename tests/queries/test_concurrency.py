"""Who holds several posts, against plain Python and bare counts of rows."""

from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from harness import filled, pack_named
from synthetic_provinces import rows as drawn

from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, NodeRow, Row
from orgraph.pack import Pack, pack_from_data
from orgraph.queries import concurrency
from orgraph.queries.concurrency import Concurrency, Together
from orgraph.stores import MemoryStore

DAY = date(2025, 1, 1)


def of(found: Concurrency, word: str) -> Together:
    """Return what is said of one combination."""
    return next(item for item in found.items if item.combination.id == word)


def by_kinds(word: str) -> Pack:
    """Return the pack with a combination that joins units by their kinds alone."""
    data = pack_named("vietnam").data
    words = [
        {key: value for key, value in one.items() if key != "by"}
        if one["id"] == word
        else one
        for one in data["combinations"]
    ]
    return pack_from_data({**data, "combinations": words})


def shares(item: Together) -> dict[str, tuple[int, int, float | None]]:
    """Return the shares by what they are of."""
    return {share.of: (share.number, share.all, share.percent) for share in item.shares}


def coal(*, managers: int, lacking: int = 0, vacant: int = 0) -> MemoryStore:
    """Return twelve coal units led by a committee each, and some in other states."""
    lines = ["since: 2010-01-01", "nodes:", "  - {id: pc, kind: direct_committee}"]
    edges = ["edges:"]
    for n in range(12 + lacking + vacant):
        lines += [
            f"  - {{id: e{n}, kind: enterprise}}",
            f"  - {{id: g{n}, kind: grassroots_committee, parent: pc}}",
            f"  - {{id: s{n}, kind: post, role: secretary, parent: g{n}}}",
            f"  - {{id: a{n}, kind: member, name: Jane}}",
            f"  - {{id: b{n}, kind: member, name: John}}",
        ]
        edges.append(f"  - {{kind: COVERS, source: g{n}, target: e{n}}}")
        edges.append(f"  - {{kind: HOLDS, source: a{n}, target: s{n}}}")
        if n < 12 + vacant:
            lines.append(f"  - {{id: h{n}, kind: post, role: head, parent: e{n}}}")
        if n < 12:
            who = "a" if n < managers else "b"
            edges.append(f"  - {{kind: HOLDS, source: {who}{n}, target: h{n}}}")
    given = "\n".join([*lines, *edges]) + "\n"
    return filled(MemoryStore(pack_named("vietnam")), given)


WORD = "enterprise-secretary-is-manager"
UNITS = "units (grassroots_committee) in which both posts are held"


def test_eleven_of_twelve_coal_units() -> None:
    """In 91.7 % of the units the secretary is the manager, and of what is said."""
    item = of(concurrency(coal(managers=11), "pc", DAY), WORD)
    assert shares(item) == {
        UNITS: (11, 12, 91.7),
        "holders of secretary (grassroots_committee)": (11, 12, 91.7),
        "holders of head (enterprise)": (11, 12, 91.7),
    }
    assert [one.unit for one in item.items if one.state == "apart"] == ["g11"]


def test_units_without_a_holder_or_a_post_are_in_no_share() -> None:
    """They are counted by themselves: neither in what is counted nor in of what."""
    found = concurrency(coal(managers=11, lacking=3, vacant=2), "pc", DAY)
    item = of(found, WORD)
    assert item.counts == {
        "both": 11,
        "apart": 1,
        "vacant": 2,
        "no_post": 3,
        "covers_none": 0,
    }
    told = shares(item)
    assert told[UNITS] == (11, 12, 91.7)
    assert told["holders of secretary (grassroots_committee)"] == (11, 17, 64.7)
    assert (found.several.number, found.several.all) == (11, 18)


def test_units_that_can_have_no_pair_are_apart_from_those_that_can() -> None:
    """How many have both posts is said, and what lacks one isn't among those."""
    item = of(concurrency(coal(managers=11, lacking=3, vacant=2), "pc", DAY), WORD)
    assert {unit.state for unit in item.with_posts} == {"both", "apart", "vacant"}
    assert len(item.with_posts) == item.to_plain()["units_with_posts"] == 14
    assert (len(item.items), item.to_plain()["units"]) == (17, 17)


LEADERS = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: dc, kind: direct_committee, parent: pc}
  - {id: s, kind: post, role: secretary, parent: dc}
  - {id: m, kind: member}
edges:
  - {kind: HOLDS, source: m, target: s}
"""
UPPER = "direct-and-provincial-committee"


def test_no_unit_has_a_pair_where_the_other_post_is_nowhere() -> None:
    """Where no committee of the province has a post, none can be held beside."""
    store = filled(MemoryStore(by_kinds(UPPER)), LEADERS)
    item = of(concurrency(store, None, DAY), UPPER)
    assert [(unit.unit, unit.state) for unit in item.items] == [("dc", "no_post")]
    assert item.shares[0][1:] == (0, 0)


def test_the_other_post_may_be_above_the_region() -> None:
    """Of a committee alone the post of that above it is seen, which nobody holds."""
    above = LEADERS.replace(
        "edges:", "  - {id: t, kind: post, role: secretary, parent: pc}\nedges:"
    )
    for pack, state in ((pack_named("vietnam"), "vacant"), (by_kinds(UPPER), "apart")):
        store = filled(MemoryStore(pack), above)
        item = of(concurrency(store, "dc", DAY), UPPER)
        assert [(unit.unit, unit.state) for unit in item.items] == [("dc", state)]


def test_a_share_of_nothing_is_none() -> None:
    """Where no unit has both posts held there is no percentage."""
    store = coal(managers=0, lacking=1)
    item = of(concurrency(store, "g12", DAY), WORD)
    assert shares(item)[UNITS] == (0, 0, None)
    assert item.to_plain()["shares"][0]["percent"] is None


def test_who_acts_holds_no_post_for_good() -> None:
    """A unit whose manager is acting has a vacant post, as the rules see it."""
    store = coal(managers=1)
    row = next(
        row
        for row in store.edges(["h0"], ["HOLDS"], "in", _always())
        if row.source == "a0"
    )
    acting = MemoryStore(store.pack)
    nodes = store.nodes(_ids(), _always())
    edges = [
        one._replace(facts={"form": "acting"}) if one == row else one
        for kind in ("HOLDS", "SEAT_IN", "COVERS", "UNDER")
        for one in store.edges(_ids(), [kind], "out", _always())
    ]
    acting.bulk_load(nodes, edges)
    item = of(concurrency(acting, "pc", DAY), WORD)
    states = {one.unit: one.state for one in item.items}
    assert (states["g0"], states["g1"]) == ("vacant", "apart")


def _always() -> Any:  # noqa: ANN401 - of the model
    from orgraph.model import Span

    return Span.always()


def _ids() -> list[str]:
    return ["pc", *(f"{letter}{n}" for letter in "egsabh" for n in range(12))]


def test_names_are_masked_unless_asked_for() -> None:
    """Who holds both is told by id, and by name only where that is wanted."""
    store = coal(managers=1)
    masked = of(concurrency(store, "pc", DAY), WORD).items[0].holders
    assert [tuple(one) for one in masked] == [("a0", "•••", "s0", "h0")]
    (named,) = of(concurrency(store, "pc", DAY, names=True), WORD).items[0].holders
    assert named.name == "Jane"


def test_combinations_are_the_packs() -> None:
    """Roles choose among them; what the pack doesn't join, or not that day, isn't."""
    store = coal(managers=11)
    both = concurrency(store, "pc", DAY, ("secretary", "head"))
    assert [item.combination.id for item in both.items] == [WORD]
    with pytest.raises(InputError, match="joins head and secretary") as raised:
        concurrency(store, "pc", DAY, ("head", "secretary"))
    assert f"  secretary,head  {WORD}" in str(raised.value)
    with pytest.raises(InputError, match="it has none on 2000-01-01"):
        concurrency(store, None, date(2000, 1, 1), ("secretary", "head"))
    data = store.pack.data
    off = [{**one, "unconfirmed": True} for one in data["combinations"]]
    none = MemoryStore(pack_from_data({**data, "combinations": off}))
    assert concurrency(none, None, DAY).items == ()


# Small organisations drawn from a seed


def organisation(seed: int) -> list[Row]:
    """Return committees, cells and villages with posts, held by few people."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    since = date(2015, 1, 1)
    rows: list[Row] = []

    def node(name: str, kind: str, **facts: Any) -> None:  # noqa: ANN401 - facts
        rows.append(NodeRow(name, kind, since, FOREVER, "", None, facts))

    def edge(kind: str, *ends: str) -> None:
        rows.append(EdgeRow(kind, *ends, since, FOREVER, {}))

    node("p", "province")
    node("co", "commune")
    edge("PART_OF", "co", "p")
    node("dc", "direct_committee")
    for name in ("g0", "g1"):
        node(name, "grassroots_committee")
        edge("UNDER", name, "dc")
        node(f"x-{name}", "executive_committee")
        edge("UNDER", f"x-{name}", name)
    edge("COVERS", "g0", "co")
    units = ["g0", "g1", "x-g0", "x-g1"]
    for n in range(4):
        node(f"v{n}", "village")
        edge("PART_OF", f"v{n}", "co")
    for n in range(5):
        node(f"c{n}", "cell")
        edge("UNDER", f"c{n}", draw.choice(["g0", "g1"]))
        for village in draw.sample(range(4), draw.choice([0, 1, 1, 2])):
            edge("COVERS", f"c{n}", f"v{village}")
    for n in range(6):
        node(f"m{n}", "member")
    units += [f"c{n}" for n in range(5)] + [f"v{n}" for n in range(4)]
    return [*rows, *_posts(draw, units)]


def _posts(draw: Random, units: list[str]) -> Iterator[Row]:
    """Yield up to two posts of each unit, held by nobody or some of six people."""
    since, count = date(2015, 1, 1), 0
    for unit in units:
        for _ in range(draw.choice([0, 1, 1, 2])):
            post, count = f"post{count}", count + 1
            roles = ["secretary", "deputy_secretary", "committee_member"]
            role = "head" if unit[0] == "v" else draw.choice(roles)
            yield NodeRow(post, "post", since, FOREVER, "", None, {"role": role})
            yield EdgeRow("SEAT_IN", post, unit, since, FOREVER, {})
            for member in draw.sample(range(6), draw.choice([0, 1, 1, 1, 2])):
                form = {"form": draw.choice(["full", "full", "acting"])}
                until = draw.choice([FOREVER, FOREVER, FOREVER, date(2024, 1, 1)])
                yield EdgeRow("HOLDS", f"m{member}", post, since, until, form)


def read(rows: list[Row], word: str) -> tuple[dict[str, str], dict[str, set[str]]]:
    """Return the state of each cell, and who holds the first and the other posts.

    `word` is what the other post is in: a village that the cell covers, the committee
    that it is under, or any.
    """
    facts = {row.id: row.facts for row in rows if isinstance(row, NodeRow)}
    edges = [r for r in rows if isinstance(r, EdgeRow) and r.since <= DAY < r.until]
    lead = {r.source: r.target for r in edges if r.source.startswith("x-")}
    seat = {r.source: r.target for r in edges if r.kind == "SEAT_IN"}
    unit = {post: lead.get(at, at) for post, at in seat.items()}
    held = {
        (r.source, r.target)
        for r in edges
        if r.kind == "HOLDS"
        and r.facts["form"] == "full"
        and facts[r.target]["role"] != "committee_member"
    }
    joined = {(r.source, r.target) for r in edges if r.kind in {"COVERS", "UNDER"}}
    firsts = {"secretary"} if word == "village" else {"secretary", "deputy_secretary"}
    letter = "v" if word == "village" else "g"
    first = {p for p in unit if unit[p][0] == "c" and facts[p]["role"] in firsts}
    other = {p for p in unit if unit[p][0] == letter}
    other -= {p for p in other if facts[p]["role"] == "committee_member"}
    states = {}
    meant = set()
    for cell in [name for name in facts if name[0] == "c" and name != "co"]:
        near = {"g0", "g1"}
        if word != "any":
            near = {at for c, at in joined if c == cell and at[0] == letter}
        mine = {p for p in first if unit[p] == cell}
        theirs = {p for p in other if unit[p] in near}
        hold = {m for m, p in held if p in mine}
        beside = {m for m, p in held if p in theirs}
        if not near:
            states[cell] = "covers_none"
            continue
        meant |= near
        if not mine or not theirs:
            states[cell] = "no_post"
        elif not hold or (word != "any" and not beside):
            states[cell] = "vacant"
        else:
            states[cell] = "both" if hold & beside else "apart"
    known = {cell for cell, state in states.items() if state != "covers_none"}
    people = {
        "first": {m for m, p in held if p in first and unit[p] in known},
        "other": {m for m, p in held if p in other and unit[p] in meant},
        "several": {m for m, p in held if any(m == n and p != q for n, q in held)},
        "all": {m for m, _ in held},
    }
    return states, people


@pytest.mark.parametrize("seed", range(60))
def test_states_and_shares_by_plain_python(seed: int) -> None:
    """Each cell is in the state that reading every row gives, and so are the shares."""
    rows = organisation(seed)
    own = "cell-and-grassroots-committee"
    plain, by_kind = pack_named("vietnam"), by_kinds(own)
    for word, name, pack in (
        ("village", "village-secretary-is-head", plain),
        ("committee", own, plain),
        ("any", own, by_kind),
    ):
        store = MemoryStore(pack)
        store.bulk_load(
            [row for row in rows if isinstance(row, NodeRow)],
            [row for row in rows if isinstance(row, EdgeRow)],
        )
        found = concurrency(store, None, DAY)
        states, people = read(rows, word)
        told = [item for item in found.items if item.combination.id == name]
        if set(states.values()) == {"covers_none"}:
            assert told == []
            continue
        (item,) = told
        meant = {unit: is_ for unit, is_ in states.items() if is_ != "covers_none"}
        assert {one.unit: one.state for one in item.items} == meant
        assert item.covers_none == len(states) - len(meant)
        both = list(states.values()).count("both")
        apart = list(states.values()).count("apart")
        assert item.shares[0][1:] == (both, both + apart)
        assert item.shares[1].all == len(people["first"])
        assert item.shares[2].all == len(people["other"])
        pairs = {one.person for unit in item.items for one in unit.holders}
        assert item.shares[1].number == len(pairs & people["first"])
        assert pairs <= people["first"] & people["other"]
        assert found.several[1:] == (len(people["several"]), len(people["all"]))


def test_a_commune_counts_posts_that_its_people_hold_above() -> None:
    """Who leads a committee and sits above it is told of the committee alone, too."""
    given = """\
nodes:
  - {id: dc, kind: direct_committee}
  - {id: g, kind: grassroots_committee, parent: dc}
  - {id: s, kind: post, role: secretary, parent: g}
  - {id: t, kind: post, role: deputy_secretary, parent: dc}
  - {id: m, kind: member}
edges:
  - {kind: HOLDS, source: m, target: s}
  - {kind: HOLDS, source: m, target: t}
"""
    store = filled(MemoryStore(pack_named("vietnam")), given)
    found = concurrency(store, "g", DAY)
    (item,) = found.items
    assert [tuple(one) for one in item.items[0].holders] == [("m", "•••", "s", "t")]
    assert tuple(found.several)[1:] == (1, 1)


def test_what_is_above_a_post_elsewhere_is_asked_too() -> None:
    """A post out of the region is meant by what its unit is below, as one inside is."""
    word = "cell-and-grassroots-committee"
    data = by_kinds(word).data
    words = [
        {**one, "other": {**one["other"], "above": {"direct_committee": {}}}}
        if one["id"] == word
        else one
        for one in data["combinations"]
    ]
    given = """\
nodes:
  - {id: dc, kind: direct_committee}
  - {id: c, kind: cell, parent: dc}
  - {id: g, kind: grassroots_committee, parent: dc}
  - {id: s, kind: post, role: secretary, parent: c}
  - {id: t, kind: post, role: deputy_secretary, parent: g}
  - {id: m, kind: member}
edges:
  - {kind: HOLDS, source: m, target: s}
  - {kind: HOLDS, source: m, target: t}
"""
    pack = pack_from_data({**data, "combinations": words})
    store = filled(MemoryStore(pack), given)
    assert of(concurrency(store, "c", DAY), word).counts["both"] == 1


def test_every_village_secretary_is_head_in_a_synthetic_province() -> None:
    """By bare counts of rows, too, all secretaries of villages' cells are heads."""
    nodes, edges = drawn("quang-ninh", 0.02)
    store = MemoryStore(pack_named("vietnam"))
    store.bulk_load(nodes, edges)
    living = [row for row in edges if row.since <= DAY < row.until]
    kinds = {row.id: row.kind for row in nodes}
    role = {row.id: row.facts.get("role") for row in nodes}
    seat = {row.source: row.target for row in living if row.kind == "SEAT_IN"}
    cells = {
        row.source
        for row in living
        if row.kind == "COVERS"
        and (kinds[row.source], kinds[row.target]) == ("cell", "village")
    }
    secretaries = {
        row.source
        for row in living
        if row.kind == "HOLDS"
        and role[row.target] == "secretary"
        and seat[row.target] in cells
    }
    item = of(concurrency(store, None, DAY), "village-secretary-is-head")
    assert item.shares[0][1:] == (len(cells), len(cells))
    assert item.shares[1][1:] == (len(secretaries), len(secretaries))
    assert len(cells) > 100
