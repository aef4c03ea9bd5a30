"""The type that a merger gives: of what is merged whole, as it was the day before."""

from harness import filled, pack_named, proposed

from orgraph.rules.merged_type import OTHER_TYPE
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: p, kind: province, type: tỉnh, mountainous: true}
  - {id: c1, kind: commune, type: phường, people: 1, area_m2: 9, parent: p}
  - {id: c2, kind: commune, type: thị trấn, people: 1, area_m2: 9, parent: p}
  - {id: c3, kind: commune, type: thị trấn, people: 1, area_m2: 9, parent: p}
"""


def _found(steps: str) -> list[str]:
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    plan = store.plan(proposed(steps, "2025-07-01"))
    return [f.subject for f in plan.findings if f.code == OTHER_TYPE.code]


def test_a_part_of_a_ward_makes_no_ward() -> None:
    """Only what is merged whole gives its type."""
    part = "shares: {people: none, area_m2: 1, households: none}"
    assert _found(f"  - {{op: transfer_parts, from: c1, to: c2, {part}}}") == []
    assert _found("  - {op: absorb_units, sources: [c1], into: c2}") == ["c2"]


def test_a_type_changed_on_the_day_counts_as_it_was() -> None:
    """Who absorbs a ward and is made one on that day is in order."""
    steps = """\
  - {op: absorb_units, sources: [c1], into: c2}
  - {op: change_type, unit: c2, type: phường}
"""
    assert _found(steps) == []
