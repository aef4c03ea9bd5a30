"""How many percent of units are gone: counted from the first day of the law."""

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
