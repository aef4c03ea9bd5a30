"""Bodies that lead one place and nothing besides: they are that place's own.

A village whose cell became a committee with cells isn't without a cell: they divide it.
A body that leads several places is none's own, since which of them a group below it
serves only that group can say.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ..model import IN, OUT, EdgeRow
from ..pack import Pack
from .view import View


class _Words(NamedTuple):
    """What the pack calls bodies that may lead places, and what else they may lead.

    `bodies` are the kinds above groups that may cover a place, `wide` those of places
    and of what is above them, and `edges` lead from groups and bodies to bodies.
    """

    place: str
    covers: str
    bodies: frozenset[str]
    wide: frozenset[str]
    edges: tuple[str, ...]


def _words(pack: Pack) -> _Words | None:
    kept: dict[object, _Words | None] = pack.memo(_Words)
    if _Words not in kept:
        kept[_Words] = _spoken(pack)
    return kept[_Words]


def _spoken(pack: Pack) -> _Words | None:
    places, covers = pack.questions.places, pack.questions.covers
    if places is None or covers is None:
        return None
    ends, uppers = pack.edges[covers].ends, pack.above(places.group)
    return _Words(
        places.place,
        covers,
        frozenset(kind for kind in uppers if places.place in ends.get(kind, ())),
        frozenset({places.place, *pack.above(places.place)}),
        tuple(
            sorted({e for k in (places.group, *uppers) if (e := pack.parent_edge(k))})
        ),
    )


def own_bodies(view: View, rows: Iterable[EdgeRow]) -> dict[str, list[str]]:
    """Return the bodies that are places' own, by place, of those that cover them.

    `rows` are edges in force by which places are covered. Of a body that leads one
    place alone it is read what the groups below it serve.
    """
    words = _words(view.pack)
    found = {row.source for row in rows}
    if words is None or not found:
        return {}
    view.need_nodes(found)
    bodies = [n for n in found if (r := view.node(n)) and r.kind in words.bodies]
    if not bodies:
        return {}
    led = _led(view, words, {body: {body} for body in bodies})
    alone = [body for body in sorted(led) if len(led[body]) == 1]
    by: dict[str, list[str]] = {}
    for body, ground in _led(view, words, _below(view, words, alone)).items():
        for place in ground if ground == led[body] else ():
            by.setdefault(place, []).append(body)
    return by


def _below(view: View, words: _Words, bodies: Collection[str]) -> dict[str, set[str]]:
    """Return all that is below bodies, and each itself, a level at a time."""
    below = {body: {body} for body in bodies}
    frontier = {body: {body} for body in bodies}
    while frontier:
        nodes = {node for some in frontier.values() for node in some}
        view.need_edges(nodes, words.edges, IN)
        rows = {
            body: {
                row.source
                for node in some
                for edge in words.edges
                for row in view.live_edges(node, edge, IN)
            }
            for body, some in frontier.items()
        }
        frontier = {b: more for b, some in rows.items() if (more := some - below[b])}
        for body, some in frontier.items():
            below[body] |= some
    return below


def _led(
    view: View, words: _Words, below: Mapping[str, Collection[str]]
) -> dict[str, set[str]]:
    """Return the places that these nodes cover, and what is above places."""
    nodes = {node for some in below.values() for node in some}
    view.need_edges(nodes, [words.covers], OUT)
    led = {n: {r.target for r in view.live_edges(n, words.covers, OUT)} for n in nodes}
    view.need_nodes({ground for some in led.values() for ground in some})
    return {
        body: {
            ground
            for node in some
            for ground in led[node]
            if (row := view.node(ground)) and row.kind in words.wide
        }
        for body, some in below.items()
    }


def led_above(view: View, nodes: Iterable[str]) -> set[str]:
    """Return what the bodies above nodes cover, and those that are among them."""
    words = _words(view.pack)
    if words is None:
        return set()
    met = view.need_ancestors(nodes)
    bodies = [node for node in met if view.kind_or_none(node) in words.bodies]
    view.need_edges(bodies, [words.covers], OUT)
    return {r.target for n in bodies for r in view.live_edges(n, words.covers, OUT)}
