"""How many percent of units are gone: counted from the first day of the law."""

import pytest
from harness import applied, filled, pack_named, proposed

from orgraph.rules.fewer_units import OUTSIDE, FewerUnits
from orgraph.stores.memory import MemoryStore

GIVEN = "nodes:\n  - {id: s, kind: state}\n" + "".join(
    f"  - {{id: m{n}, kind: municipality, parent: s}}\n" for n in range(10)
)


def test_each_fall_is_counted_from_the_first_day() -> None:
    """Of ten, five or six are to be left; whatever else is left is warned of."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    said = {}
    for gone in range(1, 10):
        step = f"  - {{op: close_unit, unit: m{gone}}}"
        plan = applied(store, step, f"2030-0{gone}-01")
        said[gone] = OUTSIDE.code in {f.code for f in plan.findings}
    assert said == {gone: not 4 <= gone <= 5 for gone in range(1, 10)}
    assert FewerUnits.name() == "fewer_units"


def test_who_becomes_no_fewer_is_not_judged() -> None:
    """A plan that founds or renames units is told nothing of their number."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    for step in (
        "  - {op: found_unit, new: {id: n, kind: municipality, name: New}, under: s}",
        "  - {op: rename_unit, unit: m1, name: Ash}",
    ):
        plan = store.plan(proposed(step, "2030-06-01"))
        assert OUTSIDE.code not in {f.code for f in plan.findings}


PROVINCES = "nodes:\n" + "".join(
    f"  - {{id: {province}, kind: province, type: tỉnh}}\n"
    + "".join(
        f"  - {{id: {province}{n}, kind: commune, type: đặc khu, parent: {province}}}\n"
        for n in range(5)
    )
    for province in "pq"
)
UNITED = """\
  - op: merge_units
    sources: [p, q]
    into: {id: u, kind: province, name: Tỉnh, facts: {type: tỉnh}}
"""
ABSORBED = "  - {op: absorb_units, sources: [q], into: p}\n"
DIVIDED = """\
  - op: split_unit
    source: p
    targets:
      - new: {id: u, kind: province, name: Tỉnh, facts: {type: tỉnh}}
        parts: [p0, p1]
      - new: {id: v, kind: province, name: Tỉnh khác, facts: {type: tỉnh}}
        parts: [p2, p3, p4]
"""


def _closed(*units: str) -> str:
    return "".join(f"  - {{op: close_unit, unit: {unit}}}\n" for unit in units)


def _said(*plans: str) -> list[tuple[str, str]]:
    store = filled(MemoryStore(pack_named("vietnam")), PROVINCES)
    for month, steps in enumerate(plans, 5):
        plan = applied(store, steps, f"2025-0{month}-01")
    return [(f.subject, f.message) for f in plan.findings if f.code == OUTSIDE.code]


@pytest.mark.parametrize(("united", "unit"), [(UNITED, "u"), (ABSORBED, "p")])
def test_what_provinces_had_counts_for_the_one_they_became(
    united: str, unit: str
) -> None:
    """Of two by five, six gone are 60 %, in one plan or two, merged or absorbed."""
    gone = _closed("p1", "p2", "p3", "q1", "q2", "q3")
    for plans in ((united + gone,), (gone + united,), (united, gone)):
        assert _said(*plans) == [], plans
    ((said, message),) = _said(united, _closed("p1"))
    assert said == unit
    assert "has 9 communes of 10 before" in message
    assert _said(united) == [], "none is fewer for having another above it"


def test_what_was_in_a_province_formed_of_parts_is_unknown() -> None:
    """How many of the old ones were in its ground nobody recorded."""
    ((unit, message),) = _said(DIVIDED, _closed("p1"))
    assert unit == "u"
    assert "is unknown" in message
