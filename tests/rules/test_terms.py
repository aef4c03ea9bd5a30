"""Terms in a row: a draft that renews a holding begins another."""

from datetime import date

import pytest
from harness import filled, pack_named, proposed

from orgraph.draft import Draft, Snapshot
from orgraph.engine.ruling import rule_findings, touch
from orgraph.model import OUT
from orgraph.pack import load_pack, pack_from_data
from orgraph.rules.terms import TOO_LONG
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: dx, kind: direct_committee, parent: pc}
  - {id: a, kind: post, role: ROLE, parent: dx}
  - {id: m, kind: member}
edges:
  - {kind: HOLDS, source: m, target: a, since: SINCE, until: 2020-07-01}
  - {kind: HOLDS, source: m, target: a, since: 2020-07-01, form: full}
"""
DAY = date(2025, 7, 1)


@pytest.mark.parametrize(
    ("since", "role", "wanted"),
    [
        ("2015-07-01", "secretary", 1),
        ("2015-07-02", "secretary", 0),
        ("2012-01-01", "chair", 1),
        ("2012-01-01", "deputy_secretary", 0),
    ],
)
def test_ten_years_to_the_day(since: str, role: str, wanted: int) -> None:
    """Who led for ten years without a break can't be appointed again."""
    given = GIVEN.replace("SINCE", since).replace("ROLE", role)
    store = filled(MemoryStore(pack_named("vietnam")), given)
    draft = Draft(Snapshot(store, DAY))
    (row,) = (r for r in draft.edges("m", "HOLDS", OUT) if r.until > DAY)
    draft.disconnect(row)
    draft.connect("HOLDS", "m", "a")
    found = rule_findings(draft, touch(draft.changes()))
    assert [f.state for f in found if f.code == TOO_LONG.code] == ["new"] * wanted


@pytest.mark.parametrize(
    ("since", "wanted"),
    [
        ("2015-07-01", {"TERM01"}),
        ("2015-07-02", {"TERM02"}),
        ("2017-07-01", {"TERM02"}),
        ("2017-07-02", set()),
    ],
)
def test_two_holdings_may_be_two_terms(since: str, wanted: set[str]) -> None:
    """Of two that fall short of ten years by at most two nobody can tell."""
    given = GIVEN.replace("SINCE", since).replace("ROLE", "secretary")
    given = given.replace("form: full}", "until: 2025-07-01}")
    step = "  - {op: appoint, person: m, post: a}\n"
    store = filled(MemoryStore(pack_named("vietnam")), given)
    plan = store.plan(proposed(step, "2025-07-01"))
    assert {f.code for f in plan.findings if f.code.startswith("TERM")} == wanted


def test_what_counts_is_the_packs() -> None:
    """Years of acting are a term only where the pack says that acting counts."""
    data = load_pack("vietnam").data
    given = GIVEN.replace("ROLE", "secretary").replace("SINCE", "2012-01-01")
    given = given.replace("until: 2020-07-01}", "until: 2020-07-01, form: acting}")
    given = given.replace("form: full}", "until: 2025-07-01}")
    step = "  - {op: appoint, person: m, post: a}\n"
    for counted, wanted in (((), set()), (("acting",), {"TERM01"})):
        posts = {**data["questions"]["posts"], "counted": counted}
        questions = {**data["questions"], "posts": posts}
        pack = pack_from_data({**data, "questions": questions})
        plan = filled(MemoryStore(pack), given).plan(proposed(step, "2025-07-01"))
        assert {f.code for f in plan.findings if f.blocks} == wanted
