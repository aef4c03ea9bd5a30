"""Undo: what can't be taken back, and everything taken back one by one."""

import pytest
from harness import (
    STAMP,
    NewStore,
    Scenario,
    applied,
    filled,
    pack_named,
    proposed,
    rows,
    scenarios,
    start,
)

from orgraph.engine import undo_proposal
from orgraph.errors import InputError
from orgraph.findings import Finding
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, type: rural, area_m2: 5, parent: s}
  - {id: m2, kind: municipality, type: rural, area_m2: 7, parent: s}
"""
LAYERED = [s for s in scenarios() if len(s.given.get("applied", ())) > 1]


@pytest.mark.parametrize("revision", ["0", "-1", "one", '"2"'])
def test_unreadable_revision(revision: str) -> None:
    """A revision is a whole number from 1 on."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:"):
        proposed(f"- {{undo: {revision}}}")


def test_nothing_to_take_back(new_store: NewStore) -> None:
    """An empty store has nothing to take back, and a number may be too high."""
    store = new_store("territory")
    with pytest.raises(InputError, match="no revision to take back"):
        undo_proposal(store)
    filled(store, GIVEN)
    with pytest.raises(InputError, match="no revision 7 to take back"):
        undo_proposal(store, 7)


def test_the_first_revision(new_store: NewStore) -> None:
    """The rows that a store was filled with can be taken back too."""
    store = filled(new_store("territory"), GIVEN)
    plan = store.plan(undo_proposal(store, 1))
    assert not plan.refused, plan.findings
    store.commit(plan, stamp=STAMP)
    assert not rows(store)


def test_twice(new_store: NewStore) -> None:
    """What was taken back isn't taken back again."""
    store = filled(new_store("territory"), GIVEN)
    applied(store, "- {op: rename_unit, unit: m1, name: Ash}")
    applied(store, "- {undo: 2}")
    plan = store.plan(proposed("- {undo: 2}"))
    assert {finding.code for finding in plan.findings} == {"TIME04"}


def test_twice_is_one_finding(new_store: NewStore) -> None:
    """However much was taken back already, one sentence says by which revision."""
    store = filled(new_store("territory"), GIVEN)
    applied(
        store,
        "- {op: merge_units, sources: [m1, m2], into: "
        "{id: m, kind: municipality, name: M, facts: {type: rural}}}",
    )
    applied(store, "- {undo: 2}")
    (finding,) = store.plan(proposed("- {undo: 2}")).findings
    assert (finding.code, finding.subject) == ("TIME04", "revision 2")
    assert finding.message == "Revision 2 was taken back by revision 3."
    assert finding.hint == "Take revision 3 back first."
    # Once that is so, it is as it was, and can be taken back again.
    applied(store, "- {undo: 3}")
    assert not store.plan(proposed("- {undo: 2}")).refused


def test_what_would_be_no_more_is_named(new_store: NewStore) -> None:
    """A unit that somebody built on is named, though the undo leaves no trace of it."""
    store = filled(new_store("territory"), GIVEN)
    new = "{id: m3, kind: municipality, name: Ash, facts: {type: rural}}"
    applied(store, f"- {{op: found_unit, new: {new}, under: s}}")
    below = "{id: l, kind: locality, name: Elm, facts: {type: rural}}"
    applied(store, f"- {{op: found_unit, new: {below}, under: m3}}")
    (finding,) = store.plan(proposed("- {undo: 2}")).findings
    assert finding.code == "TIME05"
    assert finding.message.startswith("Ash (m3) would be no more, and revision 3 ")


@pytest.mark.parametrize("scenario", LAYERED, ids=lambda s: s.name)
def test_all_of_it_the_last_first(scenario: Scenario, new_store: NewStore) -> None:
    """What was committed in a scenario, taken back the last first, leaves the start."""
    store = new_store(scenario.pack)
    start(scenario, store)
    for number in range(store.head(), 1, -1):
        plan = store.plan(undo_proposal(store, number))
        assert not plan.refused, f"revision {number}: {plan.findings}"
        store.commit(plan, stamp=STAMP)
    assert rows(store) == {row.key: row for row in scenario.rows}


@pytest.mark.parametrize("scenario", LAYERED, ids=lambda s: s.name)
def test_together_as_one_by_one(scenario: Scenario, new_store: NewStore) -> None:
    """The last revisions of a day, taken back in one proposal, are as if in turn."""
    store, in_turn = new_store(scenario.pack), new_store(scenario.pack)
    start(scenario, store)
    start(scenario, in_turn)
    day, numbers = undo_proposal(store).effective, list[int]()
    for number in range(store.head(), 1, -1):
        proposal = undo_proposal(in_turn, number)
        if proposal.effective != day:
            break
        numbers.append(number)
        in_turn.commit(in_turn.plan(proposal), stamp=STAMP)
    steps = "\n".join(f"- {{undo: {number}}}" for number in numbers)
    plan = store.plan(proposed(steps, day.isoformat()))
    if rows(store) == rows(in_turn):  # an undo, and what it took back
        assert [finding.code for finding in plan.findings] == ["PLAN01"]
        return
    assert not plan.refused, plan.findings
    store.commit(plan, stamp=STAMP)
    assert rows(store) == rows(in_turn)


PROVINCE = """
nodes:
  - {id: p, kind: province, name: Tỉnh, region: northern_mountain, mountainous: true}
  - {id: a, kind: commune, name: Xã Một, type: xã, mountainous: true, border: true,
     area_m2: 60000000, parent: p}
  - {id: v1, kind: village, name: Bản Một, type: thôn, people: 4000, parent: a}
  - {id: v2, kind: village, name: Bản Hai, type: thôn, people: 500, parent: a}
"""
FOUNDED = """
  - {op: found_unit, under: a, new: {kind: village, id: v3, name: Bản Ba,
     facts: {type: thôn, people: 3000}}}
"""


def undone(later: str) -> Finding:
    """Return what is found of a commune when a village founded in it is taken back."""
    store = filled(MemoryStore(pack_named("vietnam")), PROVINCE)
    applied(store, FOUNDED, "2025-03-01")
    applied(store, later, "2025-03-01")
    plan = store.plan(undo_proposal(store, 2))
    (found,) = (one for one in plan.findings if one.code == "STANDARD01")
    return found


def test_a_breach_that_was_there_before_may_come_back_beside_a_later_revision() -> None:
    """The law judged that state before."""
    found = undone("  - {op: rename_unit, unit: v1, name: Bản Mới}")
    assert (found.state, found.blocks) == ("existing", False)
    assert "4,500 people" in found.message


def test_a_breach_that_was_never_so_large_blocks_an_undo() -> None:
    """A later revision, which stays, took people away, too."""
    found = undone("  - {op: set_facts, unit: v2, facts: {people: 100}}")
    assert (found.state, found.blocks) == ("new", True)
    assert "4,100 people" in found.message
