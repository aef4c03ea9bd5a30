"""Where a unit's class isn't known, what holds of each that it may be of holds."""

from datetime import date
from itertools import product

from harness import filled, pack_named

from orgraph.engine import audit
from orgraph.rules.below_standard import BELOW, NOT_JUDGED
from orgraph.stores.memory import MemoryStore

REGIONS = ("northern_mountain", "red_river_delta", "central_highlands", None)
CLASSES = tuple(
    product(("xã", "phường", None), (True, False, None), (True, False, None))
)
# What is neither a rural commune nor a ward has no standard of its own.
ANY = (("xã", "phường", ""), (True, False), (True, False))
FIGURES = (
    (2_499, 200_000_000), (4_999, 99_999_999), (15_999, 29_999_999),
    (20_999, 5_499_999), (21_000, 14_999_999), (21_000, 100_000_000),
)  # fmt: skip
DAY = date(2026, 2, 1)


def test_is_broken_or_met_if_it_is_so_in_each_class() -> None:
    """A commune is judged as all those known are that it may be; else it is told."""
    lines = ["nodes:", "  - {id: s, kind: province, type: thành phố}"]
    for region in REGIONS:
        stated = f", region: {region}" if region else ""
        lines.append(f"  - {{id: {region}, kind: province, type: thành phố{stated}}}")
        for told, (people, area) in product(CLASSES, FIGURES):
            names = zip(("type", "mountainous", "island"), told, strict=True)
            facts = "".join(
                f", {name}: {str(value).lower()}"
                for name, value in names
                if value is not None
            )
            unit = _id(region, told, people, area)
            lines.append(
                f'  - {{id: "{unit}", kind: commune, people: {people}, '
                f"area_m2: {area}{facts}, parent: {region}}}"
            )
    store = filled(MemoryStore(pack_named("vietnam")), "\n".join(lines) + "\n")
    below: dict[str, set[str]] = {}
    unjudged: set[str] = set()
    for found in audit(store, DAY):
        if found.code == BELOW.code:
            sort = "warning" if "may hold" in found.message else "error"
            assert found.severity == sort
            below.setdefault(found.subject, set()).add(found.about.split()[-1])
        elif found.code == NOT_JUDGED.code:
            unjudged.update(found.units)
    for region, told, (people, area) in product(REGIONS, CLASSES, FIGURES):
        may_be = [
            below.get(_id(one, known, people, area), set())
            for one in ((region,) if region else REGIONS[:-1])
            for known in product(*map(_values, told, ANY))
        ]
        unit = _id(region, told, people, area)
        assert below.get(unit, set()) == set.intersection(*may_be), unit
        differ = set.union(*may_be) != set.intersection(*may_be)
        assert (unit in unjudged) == differ, unit
    assert unjudged
    assert below


def _id(region: str | None, told: tuple[object, ...], people: int, area: int) -> str:
    return "-".join(str(one) for one in (region, *told, people, area))


def _values(value: object, every: tuple[object, ...]) -> tuple[object, ...]:
    return every if value is None else (value,)
