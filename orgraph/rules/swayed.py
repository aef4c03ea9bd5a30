"""Units of which a plan changes the figures or the class, and that it doesn't touch."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..model import IN, FactValue
from ..pack import Pack, Threshold
from .base import Bearing, Reach
from .classing import ANOTHER, Place, asked_of, by_kind


class _Asking(NamedTuple):
    """What thresholds ask about, which follows from the pack.

    `names` are the facts and what is counted, `kinds` the kinds that are judged, `told`
    those of them of which facts of what is above, `places`, matter. `over` may be above
    these, and `edges` lead there.
    """

    names: frozenset[str | None]
    kinds: frozenset[str]
    told: frozenset[str]
    places: tuple[Place, ...]
    over: frozenset[str]
    edges: tuple[str, ...]


def concerned(
    reach: Reach, thresholds: Sequence[Threshold]
) -> Mapping[str, Sequence[str]]:
    """Return the nodes, by kind, that a plan bears on by what thresholds ask of them.

    Those are the nodes that it touches, those above them whose figures are others by
    it, and those below them whose class is. In an audit they are all that it looks at.
    """
    nodes = reach.only({threshold.kind for threshold in thresholds})
    bearing = reach.bearing
    if bearing is None or not thresholds:
        return nodes
    place = concerned, thresholds[0].by
    more = bearing.memo.get(place)
    if more is None:
        asking = _asking(bearing.base.pack, thresholds)
        found = {*_above(bearing, asking), *_below(bearing, asking)}
        more = bearing.memo[place] = found.difference(reach.nodes)
    if not more:
        return nodes
    all_ = {kind: list(some) for kind, some in nodes.items()}
    for node in more:
        all_.setdefault(bearing.result.kind(node), []).append(node)
    return {kind: sorted(some) for kind, some in all_.items()}


def _asking(pack: Pack, thresholds: Sequence[Threshold]) -> _Asking:
    kept: dict[object, _Asking] = pack.memo(_Asking)
    ids = tuple(threshold.id for threshold in thresholds)
    if ids not in kept:
        figures = [one for threshold in thresholds for one in threshold.figures]
        asked = {k: asked_of(pack, some) for k, some in by_kind(thresholds).items()}
        told = frozenset(kind for kind, some in asked.items() if some.looks_up)
        places = {p for some in asked.values() for p in some.places if p[0]}
        kept[ids] = _Asking(
            frozenset(name for one in figures for name in (one.fact, one.count)),
            frozenset(asked),
            told,
            tuple(sorted(places)),
            frozenset[str]().union(*map(pack.above, told)),
            pack.leading_to(told),
        )
    return kept[ids]


def _above(bearing: Bearing, asking: _Asking) -> Iterator[str]:
    """Yield what is above nodes that a plan touches, and has other figures by it."""
    base, result = bearing.base, bearing.result
    edges = base.pack.contains_kinds
    near = {key[2] for edge in edges for key in bearing.keys.get(edge, ())}
    near.update(bearing.revised)
    met = base.need_ancestors(near) | result.need_ancestors(near)
    upper = sorted(n for n in met - near if result.kind_or_none(n) in asking.kinds)
    for node, gained in result.gained(upper).items():
        if any(n and key.split(":")[1] in asking.names for key, n in gained.items()):
            yield node


def _below(bearing: Bearing, asking: _Asking) -> Iterator[str]:
    """Yield what is below nodes that a plan touches, and is of another class by it."""
    base, result = bearing.base, bearing.result
    edges, places = asking.edges, asking.places
    moved = {key[1] for edge in edges for key in bearing.keys.get(edge, ())}
    stay = [
        node
        for node in sorted(moved.union(bearing.revised))
        if result.kind_or_none(node) in asking.over
        and result.node(node)
        and base.node(node)
    ]
    for view in (base, result):
        view.need_ancestors(stay)
    near = {n for n in stay if _near(base, n, places) != _near(result, n, places)}
    while near:
        result.need_edges(near, edges, IN)
        rows = [r for n in near for e in edges for r in result.live_edges(n, e, IN)]
        near = {row.source for row in rows}
        result.need_nodes(near)
        yield from (node for node in near if result.kind(node) in asking.told)


def _near(view: View, node: str, places: Sequence[Place]) -> list[FactValue]:
    """Return the facts, of a node and what it is below, that tell classes apart."""
    around = {
        row.kind: row.facts
        for upper in reversed([node, *view.ancestors(node)])
        if (row := view.node(upper))
    }
    return [
        around[kind].get(name) if kind in around else ANOTHER for kind, name in places
    ]
