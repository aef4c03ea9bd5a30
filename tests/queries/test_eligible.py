"""Who is eligible for a post: worked out by hand, by plain Python, and by plans."""

from collections.abc import Iterable
from datetime import date
from random import Random
from typing import Any

import pytest
from harness import filled, pack_named
from synthetic_provinces import rows as drawn

from orgraph.change import Change
from orgraph.draft import Draft
from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, NodeRow, Row
from orgraph.pack import pack_from_data
from orgraph.proposal import Proposal
from orgraph.queries import Sought, eligible, trial
from orgraph.queries.eligible import Candidate, Eligible
from orgraph.stores import MemoryStore, Store

DAY = date(2025, 7, 1)

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, parent: p}
  - {id: y, kind: commune, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: dx, kind: direct_committee, parent: pc}
  - {id: dy, kind: direct_committee, parent: pc}
  - {id: ex, kind: executive_committee, parent: dx}
  - {id: c, kind: cell, parent: dx}
  - {id: a, kind: post, role: secretary, rank: commune, parent: dx}
  - {id: b, kind: post, role: secretary, rank: commune, parent: dy}
  - {id: d, kind: post, role: deputy_secretary, rank: commune, parent: dx}
  - {id: e, kind: post, role: deputy_secretary, rank: lower, parent: dx}
  - {id: f, kind: post, role: deputy_secretary, parent: dx}
  - {id: g, kind: post, role: chair, rank: commune, parent: x}
  - {id: h, kind: post, role: deputy_chair, rank: commune, parent: x}
  - {id: old, kind: post, role: secretary, rank: commune, parent: dy}
  - {id: incumbent, kind: member, service_end: "2050-01-01", parent: c}
  - {id: good, kind: member, service_end: "2050-01-01", parent: c}
  - {id: native, kind: member, service_end: "2035-06-30", parent: c}
  - {id: unknown, kind: member, service_end: "2035", parent: c}
  - {id: rotated, kind: member, service_end: "2050", parent: c}
  - {id: chair, kind: member, service_end: "2050", parent: c}
  - {id: newcomer, kind: member, admission_date: "2025-07-02", parent: c}
  - {id: someday, kind: member, admission_date: "2025-07", parent: c}
  - {id: idle, kind: member, parent: c}
  - {id: outsider, kind: candidate}
edges:
  - {kind: COVERS, source: dx, target: x}
  - {kind: COVERS, source: dy, target: y}
  - {kind: NATIVE_OF, source: good, target: x}
  - {kind: NATIVE_OF, source: native, target: y}
  - {kind: NATIVE_OF, source: rotated, target: x}
  - {kind: NATIVE_OF, source: chair, target: x}
  - {kind: HOLDS, source: incumbent, target: b, since: 2015-07-01}
  - {kind: HOLDS, source: good, target: a, since: 2020-01-01}
  - {kind: HOLDS, source: native, target: e, since: 2020-01-01}
  - {kind: HOLDS, source: unknown, target: f, since: 2020-01-01}
  - {kind: HOLDS, source: rotated, target: old, since: 2018-01-01, until: 2023-01-01}
  - {kind: HOLDS, source: rotated, target: d, since: 2023-01-01}
  - {kind: HOLDS, source: chair, target: g, since: 2020-01-01}
  - {kind: HOLDS, source: chair, target: h, since: 2020-01-01}
  - {kind: PLANNED_FOR, source: good, target: b, since: 2024-01-01}
  - {kind: PLANNED_FOR, source: native, target: b, since: 2024-01-01}
  - {kind: PLANNED_FOR, source: idle, target: b, since: 2024-01-01, until: 2025-01-01}
  - {kind: PLANNED_FOR, source: newcomer, target: b, since: 2024-01-01, stage: proposed}
"""


@pytest.fixture
def store() -> Store:
    """Return two communes with their committees, and cadres of all sorts."""
    return filled(MemoryStore(pack_named("vietnam")), GIVEN)


def codes(item: Candidate) -> set[str]:
    """Return the codes of what stands against somebody."""
    return {reason.code for reason in item.reasons}


def by_person(found: Eligible) -> dict[str, Candidate]:
    """Return the candidates by their ids."""
    return {item.person: item for item in found.items}


def test_each_reason_has_its_code(store: Store) -> None:
    """Of those planned and those in equivalent posts, one may come, others not."""
    found = by_person(eligible(store, "b", DAY))

    assert {who: (item.standing, codes(item)) for who, item in found.items()} == {
        "good": ("eligible", set()),
        "native": ("not_eligible", {"ROTATE05", "ROTATE07", "NATIVE01"}),
        "rotated": ("not_eligible", {"ROTATE01", "ROTATE09"}),
        "chair": ("not_eligible", {"ROTATE09", "HOLD02"}),
        "incumbent": ("holder", {"TERM01"}),
    }
    assert {who: item.because for who, item in found.items()} == {
        "good": "planned",
        "native": "planned",
        "rotated": "equivalent",
        "chair": "equivalent",
        "incumbent": "equivalent",
    }
    assert (found["chair"].leaves, found["chair"].keeps) == ("g", ("h",))
    assert [item.planned for item in found.values()] == [
        who in {"good", "native"} for who in found
    ]


def test_a_reason_names_its_threshold_and_source(store: Store) -> None:
    """The number is the pack's, and so are the document and the article."""
    found = by_person(eligible(store, "b", DAY))
    reasons = {r.code: r for item in found.values() for r in item.reasons}

    early = reasons["ROTATE01"]
    assert early.to_plain() == {
        "code": "ROTATE01",
        "unknown": False,
        "severity": "error",
        "message": "rotated holds d for 30 months; a rotation wants at least 36.",
        "limit": "rotation-36-months",
        "asks": "months, at least 36",
        "document": "Regulation 65-QĐ/TW (2022)",
        "article": "art. 8",
    }
    assert "for 120 months" in reasons["TERM01"].message
    assert reasons["TERM01"].asks == "months, at most 119"
    assert "lasts another 119 months" in reasons["ROTATE05"].message
    assert reasons["HOLD02"].limit == "one-full-post"


def test_others_are_asked_about_by_name(store: Store) -> None:
    """Who isn't admitted, or isn't a member, can't come; what isn't known is said."""
    who = ("newcomer", "someday", "idle", "outsider", "unknown")
    found = by_person(eligible(store, "b", DAY, Sought(who)))

    assert {who: (item.standing, codes(item)) for who, item in found.items()} == {
        "newcomer": ("not_eligible", {"ADMITTED01"}),
        "someday": ("unknown", {"ADMITTED02", "NATIVE02"}),
        "idle": ("unknown", {"NATIVE02"}),
        "outsider": ("not_eligible", {"PEOPLE02"}),
        "unknown": ("not_eligible", {"ROTATE06", "ROTATE08", "ROTATE09", "NATIVE02"}),
    }
    unknown = {r.code: r.unknown for r in found["unknown"].reasons}
    assert unknown == {
        "ROTATE06": True,
        "ROTATE08": True,
        "ROTATE09": False,
        "NATIVE02": True,
    }


def test_who_holds_several_leaves_the_like_one_in_a_unit_of_the_same_kind() -> None:
    """Without ranks a committee's secretary isn't like a cell's, however long before.

    Two cells nobody leads, though their committee's secretary may lead one.
    """
    given = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: g, kind: grassroots_committee, parent: pc}
  - {id: c, kind: cell, parent: g}
  - {id: d, kind: cell, parent: g}
  - {id: of-g, kind: post, role: secretary, parent: g}
  - {id: of-c, kind: post, role: secretary, parent: c}
  - {id: of-d, kind: post, role: secretary, parent: d}
  - {id: m, kind: member, parent: c}
  - {id: n, kind: member, parent: c}
edges:
  - {kind: HOLDS, source: m, target: of-g, since: 2015-01-01}
  - {kind: HOLDS, source: m, target: of-c, since: 2020-01-01}
  - {kind: HOLDS, source: n, target: of-d, since: 2020-01-01}
"""
    store = filled(MemoryStore(pack_named("vietnam")), given)
    found = by_person(eligible(store, "of-d", DAY))["m"]
    assert (found.leaves, found.keeps, found.standing) == (
        "of-c",
        ("of-g",),
        "eligible",
    )
    everybody = Sought(below="pc", everybody=True)
    assert by_person(eligible(store, "of-g", DAY, everybody))["n"].because == (
        "holds a post"
    )


def test_all_are_those_who_hold_a_post_there(store: Store) -> None:
    """With `everybody` posts of any rank are looked at, below the unit named."""
    found = eligible(store, "b", DAY, Sought(below="dx", everybody=True))
    others = {"good", "native", "unknown", "rotated", "chair", "incumbent"}
    assert set(by_person(found)) == others
    narrow = eligible(store, "b", DAY, Sought(below="y", everybody=True))
    assert set(by_person(narrow)) == {"good", "native", "incumbent"}


def test_limits_that_are_off_are_no_reasons() -> None:
    """What is unconfirmed, or not yet in force, stands against nobody."""
    data = pack_named("vietnam").data
    off = [{**one, "unconfirmed": True} for one in data["limits"]]
    store = filled(MemoryStore(pack_from_data({**data, "limits": off})), GIVEN)
    found = eligible(store, "b", DAY)
    assert found.asked == ()
    assert {code for item in found.items for code in codes(item)} == set()

    strict = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    before = eligible(strict, "b", date(2022, 4, 27), Sought(("native",)))
    assert codes(before.items[0]) == {"ROTATE03"}
    assert "before_rotation" in {limit.by for limit in before.asked}


def test_a_post_that_somebody_holds_later() -> None:
    """Where the next holder is recorded, nobody can be brought to the post."""
    later = "  - {kind: HOLDS, source: idle, target: b, since: 2026-01-01}\n"
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN + later)
    found = by_person(eligible(store, "b", DAY))
    assert codes(found["good"]) == {"POST04"}
    assert "idle from 2026-01-01 on" in found["good"].reasons[0].message


def test_what_cannot_be_asked(store: Store) -> None:
    """A node that is no post, or a person who isn't there, is said in a sentence."""
    with pytest.raises(InputError, match="dx is a direct_committee"):
        eligible(store, "dx", DAY)
    with pytest.raises(InputError, match="nowhere doesn't live on"):
        eligible(store, "nowhere", DAY)
    with pytest.raises(InputError, match="c is a cell, not a person"):
        eligible(store, "b", DAY, Sought(("c",)))


def test_names_are_masked() -> None:
    """A person's name is shown only where it is asked for."""
    given = GIVEN.replace("id: good, ", "id: good, name: Jane, ")
    store = filled(MemoryStore(pack_named("vietnam")), given)
    assert by_person(eligible(store, "b", DAY))["good"].name == "•••"
    assert by_person(eligible(store, "b", DAY, names=True))["good"].name == "Jane"


# What a plan says of the same move


def of_plan(store: Store, post: str, item: Candidate, on: date) -> set[str]:
    """Return the codes that a plan of the candidate's move finds about them."""
    out = {
        row.source
        for row in store.edges([post], ["HOLDS"], "in", _span(on))
        if row.source != item.person
    }
    move = {"person": item.person, "from": item.leaves, "to": post}
    step: dict[str, Any] = {
        "op": "rotate_cadres",
        "moves": [{k: v for k, v in move.items() if v} | _beside(item)],
        "leaves_vacant": [item.leaves] if item.leaves else [],
        "without_post": sorted(out),
    }
    data = {"title": "A move", "effective": on.isoformat(), "steps": [step]}
    plan = store.plan(Proposal.model_validate(data))
    return {
        finding.code
        for finding in plan.findings
        if finding.subject in {item.person, post} and finding.state == "new"
    } - OF_POSTS


OF_POSTS = {"VACANT01", "HOLD01"}


def _beside(item: Candidate) -> dict[str, bool]:
    return {"concurrent": True} if item.keeps else {}


def _span(on: date) -> Any:  # noqa: ANN401 - of the model
    from orgraph.model import Span

    return Span.day(on)


def compared(store: Store, posts: Iterable[str], on: date, sought: Sought) -> int:
    """Assert that a plan of each candidate's move says what the question says."""
    asked = 0
    for post in posts:
        for item in eligible(store, post, on, sought).items:
            if item.standing != "holder":
                assert of_plan(store, post, item, on) == codes(item), (post, item)
                asked += 1
    return asked


def test_a_plan_says_the_same(store: Store) -> None:
    """Whatever the post, what a plan of the move finds is what the question says."""
    everybody = Sought(below="pc", everybody=True)
    assert compared(store, "abdefgh", DAY, everybody) > 30
    assert compared(store, "abdefgh", date(2022, 1, 1), everybody) > 20
    named = Sought(("newcomer", "someday", "idle", "outsider", "unknown"))
    assert compared(store, "abg", DAY, named) == 15


def test_a_plan_says_the_same_over_a_synthetic_province() -> None:
    """So it is with the posts of a piece of a province, whose ranks aren't recorded."""
    nodes, edges = drawn("quang-ninh", 0.02)
    store = MemoryStore(pack_named("vietnam"))
    draw = Random(3)  # noqa: S311 - drawn from a seed, not for secrecy
    ends = ("2030-01-01", "2034", "2035", "2040-05", None)
    told = [
        row._replace(facts={**row.facts, "service_end": draw.choice(ends)})
        if row.kind == "member" and draw.random() < 0.7
        else row
        for row in nodes
    ]
    store.bulk_load(told, edges)
    on = date(2025, 1, 1)
    seats = {r.source: r.target for r in edges if r.kind == "SEAT_IN" and r.until > on}
    kinds = {row.id: row.kind for row in nodes}
    by: dict[str, list[str]] = {}
    for row in nodes:
        if row.id in seats and row.facts.get("role") in {"secretary", "head"}:
            by.setdefault(kinds[seats[row.id]], []).append(row.id)
    found = 0
    for kind in ("cell", "grassroots_committee", "direct_committee", "village"):
        found += compared(store, draw.sample(sorted(by[kind]), 2), on, Sought())
    assert found > 20


def test_what_may_not_be_combined_stands_against_somebody() -> None:
    """Who would keep a post that the pack forbids beside this one isn't eligible."""
    data = pack_named("vietnam").data
    forbidden = {
        "id": "leads-no-cell",
        "title": "leading a cell and what it is under",
        "kind": "cell",
        "other": {"unit": "direct_committee", "post": {"role": "secretary"}},
        "word": "forbidden",
        "since": "2010-01-01",
        "severity": "warning",
    }
    given = """\
nodes:
  - {id: dx, kind: direct_committee}
  - {id: c, kind: cell, parent: dx}
  - {id: e, kind: enterprise}
  - {id: s, kind: post, role: secretary, rank: commune, parent: dx}
  - {id: d, kind: post, role: head, rank: commune, parent: e}
  - {id: k, kind: post, role: secretary, parent: c}
  - {id: m, kind: member, parent: c}
edges:
  - {kind: HOLDS, source: m, target: d}
  - {kind: HOLDS, source: m, target: k}
"""
    pack = pack_from_data({**data, "combinations": [forbidden]})
    store = filled(MemoryStore(pack), given)
    (found,) = eligible(store, "s", DAY, Sought(("m",))).items
    assert (found.leaves, found.keeps, "COMBINE01" in codes(found)) == (
        "d",
        ("k",),
        True,
    )


def test_many_candidates_are_told_as_each_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No step sees where those before it went: so the cost isn't that of a square."""
    nodes, edges = drawn("quang-ninh", 0.02)
    store = MemoryStore(pack_named("vietnam"))
    store.bulk_load(nodes, edges)
    on = date(2025, 1, 1)
    seats = {r.source for r in edges if r.kind == "SEAT_IN" and "cell-" in r.target}
    post = min(n.id for n in nodes if n.id in seats and n.until > on)
    written: list[int] = []

    class Watched(Draft):
        def changes(self) -> tuple[Change, ...]:
            written.append(len(super().changes()))
            return super().changes()

    monkeypatch.setattr(trial, "Draft", Watched)
    told = eligible(store, post, on, Sought(below="syn-provincial_committee"))
    assert len(told.items) > 300
    *steps, gathered = written
    assert max(steps) < 5
    assert gathered > 300
    for one in told.items[::40]:
        (alone,) = eligible(store, post, on, Sought((one.person,))).items
        assert alone == one._replace(because="named")


# Small stores drawn from a seed, against plain Python


def cadres(seed: int) -> list[Row]:
    """Return communes under a committee each, and secretaries with what they are."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    since = date(2010, 1, 1)
    rows: list[Row] = []

    def node(name: str, kind: str, **facts: Any) -> None:  # noqa: ANN401 - facts
        rows.append(NodeRow(name, kind, since, FOREVER, "", None, facts))

    def edge(kind: str, *ends: str, on: date = since, **facts: Any) -> None:  # noqa: ANN401 - facts
        rows.append(EdgeRow(kind, *ends, on, FOREVER, facts))

    node("p", "province")
    node("pc", "provincial_committee")
    for n in range(5):
        node(f"x{n}", "commune")
        edge("PART_OF", f"x{n}", "p")
        node(f"d{n}", "direct_committee")
        edge("UNDER", f"d{n}", "pc")
        edge("COVERS", f"d{n}", f"x{n}")
        node(f"s{n}", "post", role="secretary", **_some(draw, "rank", ["one", "two"]))
        edge("SEAT_IN", f"s{n}", f"d{n}")
        ends = ["2030-01-01", "2035-06-30", "2035-07-01", "2035", "2036", None]
        node(f"m{n}", "member", **_some(draw, "service_end", ends))
        if n:
            edge("HOLDS", f"m{n}", f"s{n}", on=date(draw.randint(2011, 2024), 3, 1))
        if draw.random() < 0.7:
            edge("NATIVE_OF", f"m{n}", f"x{draw.randrange(3)}")
        if draw.random() < 0.5:
            edge("PLANNED_FOR", f"m{n}", "s0")
    return rows


def _some(draw: Random, name: str, values: list[Any]) -> dict[str, Any]:
    value = draw.choice([*values, "left out"])
    return {} if value == "left out" else {name: value}


def expected(rows: list[Row], person: str, left: str) -> set[str]:
    """Return the codes of a rotation to s0 in 2025, by reading all rows."""
    facts = {row.id: row.facts for row in rows if isinstance(row, NodeRow)}
    ends = {(r.kind, r.source, r.target) for r in rows if isinstance(r, EdgeRow)}
    found = set()
    if ("PLANNED_FOR", person, "s0") not in ends:
        found.add("ROTATE09")
    ranks = {facts["s0"].get("rank"), facts[left].get("rank")}
    if None in ranks:
        found.add("ROTATE08")
    elif len(ranks) > 1:
        found.add("ROTATE07")
    end = facts[person].get("service_end")
    if end in {"2030-01-01", "2035-06-30"}:
        found.add("ROTATE05")
    elif end in {"2035", None}:
        found.add("ROTATE06")
    born = {place for kind, who, place in ends if (kind, who) == ("NATIVE_OF", person)}
    if not born:
        found.add("NATIVE02")
    elif born == {"x0"}:
        found.add("NATIVE01")
    return found


@pytest.mark.parametrize("seed", range(40))
def test_rotations_by_plain_python(seed: int) -> None:
    """Planning, rank, service and birthplace are judged as plain Python judges them."""
    rows = cadres(seed)
    store = MemoryStore(pack_named("vietnam"))
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    who = tuple(f"m{n}" for n in range(1, 5))
    found = by_person(eligible(store, "s0", DAY, Sought(who)))
    assert {one: codes(item) for one, item in found.items()} == {
        one: expected(rows, one, one.replace("m", "s")) for one in who
    }
    told = {"ROTATE06", "ROTATE08", "NATIVE02"}
    for item in found.values():
        against = codes(item) - told
        standing = (
            "not_eligible" if against else "unknown" if codes(item) else "eligible"
        )
        assert item.standing == standing
