"""One full post a person: joined posts count as one, through others of other kinds."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules import Reach
from orgraph.rules.one_full_post import TWO_POSTS, OneFullPost
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: p, kind: province}
  - {id: x, kind: commune, parent: p}
  - {id: v, kind: village, parent: x}
  - {id: w, kind: village, parent: x}
  - {id: g, kind: grassroots_committee, parent: pc}
  - {id: c, kind: cell, parent: g}
  - {id: e, kind: executive_committee, parent: g}
  - {id: secretary, kind: post, role: secretary, parent: c}
  - {id: head, kind: post, role: head, parent: v}
  - {id: elsewhere, kind: post, role: head, parent: w}
  - {id: leader, kind: post, role: secretary, parent: g}
  - {id: seated, kind: post, role: secretary, parent: e}
  - {id: seat, kind: post, role: committee_member, parent: e}
  - {id: deputy, kind: post, role: deputy_secretary, parent: g}
  - {id: d, kind: cell, parent: g}
  - {id: second, kind: post, role: secretary, parent: d}
  - {id: u, kind: village, parent: x}
  - {id: served, kind: post, role: head, parent: u}
  - {id: chair, kind: post, role: chair, parent: x}
  - {id: m, kind: member}
edges:
  - {kind: COVERS, source: c, target: v}
  - {kind: COVERS, source: c, target: u}
"""
CASES = {
    ("secretary", "head"): 0,
    ("secretary", "elsewhere"): 1,
    ("head", "leader"): 1,
    ("head", "secretary", "leader"): 0,
    ("secretary", "seated"): 0,
    ("chair", "seat"): 0,
    ("chair", "leader"): 1,
    ("chair", "secretary", "leader"): 1,
    ("chair", "secretary", "elsewhere"): 3,
    ("secretary", "second"): 1,
    ("secretary", "leader", "second"): 1,
    ("secretary", "leader", "deputy"): 1,
    ("head", "secretary", "served"): 1,
    ("head", "secretary", "leader", "second", "chair"): 2,
}


@pytest.mark.parametrize("posts", CASES)
def test_posts_that_one_may_hold(posts: tuple[str, ...]) -> None:
    """Each two posts that nothing joins are said once; seats are no posts."""
    given = GIVEN + "".join(
        f"  - {{kind: HOLDS, source: m, target: {post}}}\n" for post in posts
    )
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), date(2025, 1, 1))
    found = list(OneFullPost().check(view, Reach.within(view, ["m"], [])))
    assert len(found) == CASES[posts]
    assert len({finding.key for finding in found}) == len(found)
    assert {finding.code for finding in found} <= {TWO_POSTS.code}


@pytest.mark.parametrize(
    ("sure", "unknown", "wanted"),
    [
        ("leader", "chair", ["HOLD04"]),
        ("leader", "secretary", []),
        ("chair leader", "secretary", ["HOLD02"]),
        ("chair elsewhere", "secretary", ["HOLD02", "HOLD04", "HOLD04"]),
        ("head leader", "secretary", ["HOLD04"]),
        ("", "chair leader", ["HOLD04"]),
    ],
)
def test_posts_held_in_a_form_that_is_not_known(
    sure: str, unknown: str, wanted: list[str]
) -> None:
    """One may be too many, or join two others: only what is so both ways is sure."""
    given = GIVEN + "".join(
        f'  - {{kind: HOLDS, source: m, target: {post}, form: "{form}"}}\n'
        for posts, form in ((sure, "full"), (unknown, "?"))
        for post in posts.split()
    )
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), date(2025, 1, 1))
    found = list(OneFullPost().check(view, Reach.within(view, ["m"], [])))
    assert sorted(finding.code for finding in found) == wanted


def test_a_forbidden_combination_joins_nothing() -> None:
    """Posts that may not be combined are two posts; without the word, too."""
    data = load_pack("vietnam").data
    given = GIVEN + "  - {kind: HOLDS, source: m, target: secretary}\n"
    given += "  - {kind: HOLDS, source: m, target: head}\n"
    for change, wanted in (
        ({}, 0),
        ({"word": "allowed"}, 0),
        ({"word": "forbidden"}, 1),
        ({"until": "2020-01-01"}, 1),
        ({"post": {"role": "deputy_secretary"}}, 1),
    ):
        first, *others = data["combinations"]
        pack = pack_from_data({**data, "combinations": [{**first, **change}, *others]})
        view = Snapshot(filled(MemoryStore(pack), given), date(2025, 1, 1))
        found = list(OneFullPost().check(view, Reach.within(view, ["m"], [])))
        assert len(found) == wanted, change


@pytest.mark.parametrize(
    ("cell", "posts", "wanted"),
    [
        ("under: q", ("own", "direct"), 0),
        ("under: q", ("own", "direct", "provincial"), 0),
        ("under: pc", ("own", "provincial"), 0),
        ("under: q", ("own", "provincial"), 1),
        ("under: pc", ("own", "direct"), 1),
        ("under: g", ("own", "direct"), 1),
        ("under: q", ("other", "direct"), 1),
        ("under: q", ("leader", "provincial"), 0),
        ("under: s", ("own", "section", "leader"), 0),
        ("under: s", ("own", "section"), 0),
        ("under: q", ("own", "section"), 1),
        ("under: q", ("section", "leader"), 0),
        ("under: g", ("own", "leader"), 0),
        ("under: h", ("own", "leader"), 1),
        ("under: h", ("elsewhere", "direct"), 1),
        ("under: h", ("elsewhere", "another"), 0),
        ("under: q", ("another", "provincial"), 0),
        ("under: q", ("another", "neighbour"), 1),
    ],
)
def test_a_unit_and_the_committee_directly_above(
    cell: str, posts: tuple[str, ...], wanted: int
) -> None:
    """Whoever leads a unit may lead what it is directly under, and no other."""
    given = f"""\
nodes:
  - {{id: pc, kind: provincial_committee}}
  - {{id: q, kind: direct_committee, parent: pc}}
  - {{id: pd, kind: provincial_committee}}
  - {{id: r, kind: direct_committee, parent: pc}}
  - {{id: h, kind: grassroots_committee, parent: r}}
  - {{id: g, kind: grassroots_committee, parent: pc}}
  - {{id: s, kind: sectional_committee, parent: g}}
  - {{id: c, kind: cell, {cell.replace("under", "parent")}}}
  - {{id: d, kind: cell, parent: r}}
  - {{id: own, kind: post, role: secretary, parent: c}}
  - {{id: other, kind: post, role: secretary, parent: d}}
  - {{id: leader, kind: post, role: secretary, parent: g}}
  - {{id: section, kind: post, role: secretary, parent: s}}
  - {{id: direct, kind: post, role: secretary, parent: q}}
  - {{id: another, kind: post, role: secretary, parent: r}}
  - {{id: elsewhere, kind: post, role: secretary, parent: h}}
  - {{id: provincial, kind: post, role: secretary, parent: pc}}
  - {{id: neighbour, kind: post, role: secretary, parent: pd}}
  - {{id: m, kind: member}}
edges:
""" + "".join(f"  - {{kind: HOLDS, source: m, target: {post}}}\n" for post in posts)
    view = Snapshot(filled(MemoryStore(pack_named("vietnam")), given), date(2025, 7, 1))
    found = list(OneFullPost().check(view, Reach.within(view, ["m"], [])))
    assert len(found) == wanted, found
