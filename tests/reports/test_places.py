"""How places stand before and after: the report says what the questions say."""

from datetime import date

import pytest
from harness import (
    STAMP,
    NewStore,
    Scenario,
    applied,
    filled,
    proposed,
    scenarios,
    start,
)

from orgraph.model import Span
from orgraph.plan import Plan
from orgraph.queries import white_villages
from orgraph.reports import build_report, render
from orgraph.stores import Store

APPLIED = [
    scenario
    for scenario in scenarios()
    if scenario.pack == "vietnam"
    and scenario.apply is not None
    and "refused" not in scenario.expect
    and "xfail" not in scenario.data
]
GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: gc, kind: grassroots_committee, parent: pc}
  - {id: xa, kind: commune, type: xã, border: true, island: false}
  - {id: v1, kind: village, type: bản, households: 120, parent: xa}
  - {id: v2, kind: village, type: bản, households: 120, parent: xa}
  - {id: v3, kind: village, type: bản, households: 120, parent: xa}
  - {id: h1, kind: household, parent: v1}
  - {id: h2, kind: household, parent: v2}
  - {id: h3, kind: household, parent: v3}
  - {id: c1, kind: cell, parent: gc}
  - {id: c9, kind: cell, parent: gc}
  - {id: m1, kind: member, official: true, parent: c1}
  - {id: m2, kind: member, official: true, parent: c1}
  - {id: m3, kind: member, official: true, parent: c9}
  - {id: m4, kind: member, official: true, parent: c9}
edges:
  - {kind: COVERS, source: c1, target: v1}
  - {kind: OF_HOUSEHOLD, source: m1, target: h1}
  - {kind: OF_HOUSEHOLD, source: m2, target: h2}
"""


def _states(store: Store, day: date) -> dict[str, str]:
    """Return the state of every village, as the question about them says it."""
    villages = [row.id for row in store.of_kind("village", Span.day(day))]
    states = dict.fromkeys(villages, "own")
    answer = white_villages(store, None, day)
    return states | {item.id: item.state for item in answer.items}


def _reported(plan: Plan, store: Store) -> dict[str, tuple[str | None, str | None]]:
    plain = build_report(plan, store).to_plain()
    return {one["id"]: (one["before"], one["after"]) for one in plain["places"]}


@pytest.mark.parametrize("scenario", APPLIED, ids=lambda scenario: scenario.name)
def test_the_report_agrees_with_the_questions(
    scenario: Scenario, new_store: NewStore
) -> None:
    """Each village whose state is another is reported, and as the questions say."""
    store = new_store("vietnam")
    start(scenario, store)
    proposal = scenario.apply
    assert proposal is not None
    plan = store.plan(proposal)
    before = _states(store, scenario.day)
    reported = _reported(plan, store)
    again = _reported(Plan.from_json(plan.to_json()), store)
    assert again == reported
    store.commit(plan, stamp=STAMP)
    after = _states(store, scenario.day)
    for village in sorted({*before, *after, *reported}):
        sides = before.get(village), after.get(village)
        if sides[0] != sides[1]:
            assert village in reported
        if village in reported:
            assert reported[village] == sides


def test_the_three_states_are_never_mixed(new_store: NewStore) -> None:
    """A village without members, one without a cell, one with a joint one, by steps."""
    store = filled(new_store("vietnam"), GIVEN)
    assert _states(store, date(2025, 1, 1)) == {
        "v1": "own",
        "v2": "without_cell",
        "v3": "without_members",
    }
    step = "- {op: join_cells, places: [v2], host: c1}"
    plan = store.plan(proposed(step))
    assert _reported(plan, store) == {
        "v1": ("own", "joint"),
        "v2": ("without_cell", "joint"),
    }
    text = render(build_report(plan, store), "text")
    assert "How 2 villages stand:" in text
    assert "v2 (v2): no cell → only a joint cell" in text
    applied(store, step)
    step = """\
- op: found_cell
  cell: {id: c3, kind: cell, name: Three}
  under: gc
  serves: [v3]
  members: [m3]
"""
    plan = store.plan(proposed(step, "2025-02-01"))
    # Where m3 lives isn't known, so v3 isn't said to be without members any more.
    assert _reported(plan, store)["v3"][0] == "without_members"
    assert "v1" not in _reported(plan, store)


def test_members_are_not_claimed_where_none_are_recorded(new_store: NewStore) -> None:
    """A village founded where nobody is recorded has no cell: that alone is known."""
    given = "nodes: [{id: xa, kind: commune, type: xã}]"
    store = filled(new_store("vietnam"), given)
    step = "- {op: found_unit, new: {id: v, kind: village, name: V}, under: xa}"
    text = render(build_report(store.plan(proposed(step)), store), "text")
    assert "V (v): not there → no cell" in text
    assert "members" not in text


def test_what_stays_white_is_named(new_store: NewStore) -> None:
    """A village that a step touches and leaves in a joint cell is said to be so."""
    store = filled(new_store("vietnam"), GIVEN)
    applied(store, "- {op: join_cells, places: [v2, v3], host: c1}")
    step = "- {op: reinforce_cell, cell: c1, transferred: [m4]}"
    plan = store.plan(proposed(step, "2025-02-01"))
    found = _reported(plan, store)
    assert found["v1"] == found["v2"] == ("joint", "joint")
    text = render(build_report(plan, store), "text")
    assert "v1 (v1): still only a joint cell" in text


def test_a_plan_without_places_says_nothing(new_store: NewStore) -> None:
    """Where a plan touches no place, nothing of places is read or said."""
    store = filled(new_store("vietnam"), GIVEN)
    plan = store.plan(proposed("- {op: rename_unit, unit: gc, name: New}"))
    assert _reported(plan, store) == {}
    assert "stand:" not in render(build_report(plan, store), "text")
