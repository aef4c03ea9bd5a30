"""The type that a merger gives: of what is merged whole, as it was the day before."""

from harness import filled, pack_named, proposed

from orgraph.findings import Code
from orgraph.rules.merged_type import NOT_JUDGED, OTHER_TYPE
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: p, kind: province, type: tỉnh, mountainous: true}
  - {id: c1, kind: commune, type: phường, people: 1, area_m2: 9, parent: p}
  - {id: c2, kind: commune, type: thị trấn, people: 1, area_m2: 9, parent: p}
  - {id: c3, kind: commune, type: thị trấn, people: 1, area_m2: 9, parent: p}
"""


def _found(steps: str, code: Code = OTHER_TYPE) -> list[str]:
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    plan = store.plan(proposed(steps, "2025-07-01"))
    return [f.subject for f in plan.findings if f.code == code.code]


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


def _merged(unit: str, kind: str, sources: str) -> str:
    into = f"{{id: {unit}, kind: commune, name: Mới, facts: {{type: {kind}}}}}"
    return f"  - {{op: merge_units, sources: [{sources}], into: {into}}}\n"


def test_what_is_formed_and_merged_on_the_day_has_the_types_that_formed_it() -> None:
    """In two steps a merger with a ward gives what it gives in one, wrong or right."""
    for kind, wrong in (("xã", ["y"]), ("phường", [])):
        steps = _merged("x", "phường", "c1, c2") + _merged("y", kind, "x, c3")
        assert _found(steps) == wrong
        assert _found(steps, NOT_JUDGED) == []


def test_what_is_founded_and_merged_on_the_day_has_its_own_type() -> None:
    """A ward that is founded on the day is a ward, though it wasn't there before."""
    founded = """\
  - op: found_unit
    new: {id: x, kind: commune, name: Mới, facts: {type: phường, people: 1, area_m2: 9}}
    under: p
"""
    assert _found(founded + _merged("y", "xã", "x, c3")) == ["y"]
