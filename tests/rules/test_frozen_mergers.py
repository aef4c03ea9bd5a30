"""Stopped mergers: what is no merger isn't found."""

from datetime import date

from harness import filled, pack_named, proposed

from orgraph.rules.frozen_mergers import FROZEN
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m, kind: municipality, parent: s}
  - {id: l1, kind: locality, people: 9, parent: m}
  - {id: l2, kind: locality, people: 9, parent: m}
"""
STEPS = {
    "  - {op: absorb_units, sources: [l1], into: l2}\n": 1,
    "  - {op: transfer_parts, from: l1, to: l2, "
    "shares: {people: 1, households: none}}\n": 0,
    "  - {op: move_unit, unit: l1, to: m}\n": 0,
    "  - {op: close_unit, unit: l1}\n": 0,
}


def test_only_mergers_are_found() -> None:
    """Of what can happen to localities only a merger is warned of, with its source."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    for step, times in STEPS.items():
        plan = store.plan(proposed(step, "2030-05-01"))
        found = [f for f in plan.findings if f.code == FROZEN.code]
        assert len(found) == times, step
        assert {str(f.source) for f in found} <= {"Example statute, art. 6"}


def test_holds_from_its_first_day_to_the_day_before_its_last() -> None:
    """The day is the effective one, whenever the plan is made."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    (step, *_) = STEPS
    days = {
        date(2029, 12, 31): 0,
        date(2030, 1, 1): 1,
        date(2030, 12, 31): 1,
        date(2031, 1, 1): 0,
    }
    for day, times in days.items():
        plan = store.plan(proposed(step, day.isoformat()))
        assert sum(f.code == FROZEN.code for f in plan.findings) == times, day
