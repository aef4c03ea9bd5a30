"""Which units and bodies go where, as far as table and store tell."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ...draft import View
from ...model import IN
from ...pack import Mirror, Pack
from ..components import Component
from ..edges import Edge, Key

Rows = Mapping[tuple[str, str], Sequence[str]]
"""(old code, new code) → the parts that are said to go along."""


class Going(NamedTuple):
    """A unit or body, and the new units to which it, or its ground, goes.

    `code` is that of the old unit, under which the rows of a parts file speak of it;
    `stays` is what it lives on as.
    """

    node: str
    code: str
    to: tuple[Key, ...]
    stays: Key | None = None

    @property
    def is_divided(self) -> bool:
        """Whether it doesn't go whole to one."""
        return len(self.to) + (self.stays is not None) > 1


def going_keys(going: Going) -> tuple[Key, ...]:
    """Return all new units to which something goes, or as which it stays."""
    return (*going.to, *([going.stays] if going.stays else ()))


def units_going(component: Component, ids: Mapping[Key, str]) -> list[Going]:
    """Return where the old units of a component go."""
    found = []
    for old in component.olds:
        edges = [edge for edge in component.edges if edge.old == old]
        to = tuple(edge.new for edge in edges if not edge.note.lives_on)
        stays = next((edge.new for edge in edges if edge.note.lives_on), None)
        found.append(Going(ids[old], old.code, to, stays))
    return found


def mirror_of(pack: Pack, kind: str) -> Mirror | None:
    """Return the mirror of the units of a kind."""
    return next((one for one in pack.mirrors if one.unit == kind), None)


def need_bodies(view: View, units: Iterable[str]) -> None:
    """Read what covers these units, in one batch."""
    kinds = sorted({mirror.edge for mirror in view.pack.mirrors})
    ordered = sorted(units)
    view.need_edges(ordered, kinds, IN)
    rows = (row for unit in ordered for k in kinds for row in view.edges(unit, k, IN))
    view.need_parents({row.source for row in rows})


def bodies_of(view: View, unit: str) -> list[str]:
    """Return the bodies that cover a unit on the day and follow it, by their ids."""
    mirror = mirror_of(view.pack, view.kind(unit))
    if mirror is None:
        return []
    found = _covering(view, unit, mirror, mirror.bodies)
    return [body for body in found if _fits(view, body, mirror)]


def instead_of(view: View, unit: str) -> list[str]:
    """Return what covers a unit on the day in place of a body, by its ids."""
    mirror = mirror_of(view.pack, view.kind(unit))
    if mirror is None or bodies_of(view, unit):
        return []
    return _covering(view, unit, mirror, mirror.instead)


def _covering(
    view: View, unit: str, mirror: Mirror, kinds: Collection[str]
) -> list[str]:
    rows = view.live_edges(unit, mirror.edge, IN)
    return sorted(row.source for row in rows if view.kind(row.source) in kinds)


def _fits(view: View, body: str, mirror: Mirror) -> bool:
    row = view.node(body)
    return row is not None and mirror.fits(row.facts)


def carrying(component: Component, old: Key, rows: Rows) -> list[Edge]:
    """Return the edges along which something of a unit's people goes.

    What leads people stays with them: land alone draws no part of it along.
    """
    edges = [edge for edge in component.edges if edge.old == old]
    peopled = [
        edge
        for edge in edges
        if edge.note.means != "part"
        or edge.note.share("people") != "none"
        or rows.get((old.code, edge.new.code))
    ]
    return peopled or edges


def below(view: View, node: str) -> list[str]:
    """Return the units directly below one, by parent edges that can be divided."""
    kinds = [
        kind
        for kind in view.pack.fated("split", "target", frozenset([view.kind(node)]))
        if view.pack.edges[kind].contains
    ]
    view.need_edges([node], kinds, IN)
    rows = [row for kind in kinds for row in view.live_edges(node, kind, IN)]
    found = sorted(row.source for row in rows)
    view.need_nodes(found)
    return found
