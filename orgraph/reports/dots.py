"""Where the units are that a plan touches, by the two facts that the pack names."""

from collections import Counter
from collections.abc import Collection, Iterable

from ..pack import Pack
from .model import Side, Unit
from .model_map import Dot, Map, Point


def map_of(pack: Pack, units: Iterable[Unit], touched: Collection[str]) -> Map:
    """Return the points of the units touched, and of those that take part in lineage.

    An unknown point is none.
    """
    dots = []
    without = Counter(before=0, after=0)
    named = {*touched}
    for unit in units:
        if unit.id not in named and not unit.sources and not unit.successors:
            continue
        if not pack.has_point(unit.kind):
            continue
        before, after = _point(pack, unit.before), _point(pack, unit.after)
        if before or after:
            dots.append(Dot(unit.id, unit.kind, before, after))
        without["before"] += unit.before is not None and before is None
        without["after"] += unit.after is not None and after is None
    return Map(tuple(dots), dict(without))


def _point(pack: Pack, side: Side | None) -> Point | None:
    if side is None or pack.map is None:
        return None
    degrees = (side.facts.get(pack.map.longitude), side.facts.get(pack.map.latitude))
    return Point(*map(str, degrees)) if all(degrees) else None
