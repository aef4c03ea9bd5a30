"""The edges that something becomes of when units end, or when parts leave a unit."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple, Self

from ..model import IN, OUT, Direction, EdgeKey, EdgeRow
from ..pack import End, Event
from .view import View


class Leaving(NamedTuple):
    """How a unit gives its dependents away.

    `to` is the one that takes its place, None where no single one does. `only` names
    the dependents that leave a unit which lives on; None where it ends, and all leave.
    """

    event: Event
    to: str | None = None
    only: frozenset[str] | None = None


class Case(NamedTuple):
    """One edge of a unit that is left, seen from that unit.

    The unit is at its `end`, and `dependent` stands at the other.
    """

    event: Event
    row: EdgeRow
    end: End
    unit: str
    dependent: str

    @classmethod
    def seen(cls, event: Event, row: EdgeRow, end: End) -> Self:
        """Return the case of an edge whose unit is at an end of it."""
        if end == "target":
            return cls(event, row, end, row.target, row.source)
        return cls(event, row, end, row.source, row.target)

    def is_own_parent(self, view: View) -> bool:
        """Tell whether this is the ending unit's edge to its own parent."""
        return self.end == "source" and view.pack.edges[self.row.kind].contains

    def fate(self, view: View) -> str:
        """Return the pack's word for the edge, which holds if nobody says otherwise."""
        node = view.node(self.dependent) or view.versions(self.dependent)[-1]
        facts = (node.kind, node.facts, self.row.facts)
        fate: str = view.pack.edges[self.row.kind].fate(self.event, self.end, *facts)
        return fate

    def joined_to(self, other: str) -> tuple[str, str]:
        """Return the ends of the edge when another takes the unit's place."""
        if self.end == "target":
            return self.row.source, other
        return other, self.row.target


_AT_UNIT: tuple[tuple[End, Direction], ...] = (("target", IN), ("source", OUT))
_AT_PART: tuple[tuple[End, Direction], ...] = (("target", OUT), ("source", IN))
"""Each end at which a unit may stand, and where its edges are, or those of a part."""


def ending_cases(
    view: View, event: Event, units: Sequence[str], settled: Collection[EdgeKey]
) -> Iterator[Case]:
    """Yield every edge of ending units that the event does something to."""
    for end, direction, fated in _fated(view, event, units):
        for unit in units:
            for kind in fated:
                rows = view.edges(unit, kind, direction)
                for row in sorted(rows) if rows else ():
                    if row.until > view.day and row.key not in settled:
                        other = row.source if end == "target" else row.target
                        yield Case(event, row, end, unit, other)


def ending_edges(
    view: View, event: Event, units: Sequence[str]
) -> Iterator[tuple[str, End, list[EdgeRow]]]:
    """Yield the same edges by their kind and the end at which the units are."""
    for end, direction, fated in _fated(view, event, units):
        for kind in fated:
            rows = [row for unit in units for row in view.edges(unit, kind, direction)]
            if rows:
                yield kind, end, rows


def _fated(
    view: View, event: Event, units: Sequence[str]
) -> Iterator[tuple[End, Direction, tuple[str, ...]]]:
    """Read the edges of ending units; yields which kinds there are at which end."""
    kinds = frozenset(view.kind(unit) for unit in units)
    for end, direction in _AT_UNIT:
        fated = view.pack.fated(event, end, kinds)
        view.need_edges(units, fated, direction)
        yield end, direction, fated


def parting_cases(
    view: View, event: Event, unit: str, parts: Collection[str]
) -> Iterator[Case]:
    """Yield the edges between a unit that lives on and the parts that leave it.

    They are read at the parts: the unit may have many more.
    """
    kinds = frozenset([view.kind(unit)])
    ordered = sorted(parts)
    for end, direction in _AT_PART:
        fated = view.pack.fated(event, end, kinds)
        view.need_edges(ordered, fated, direction)
        for part in ordered:
            for kind in fated:
                for row in sorted(view.edges(part, kind, direction)):
                    case = Case(event, row, end, unit, part)
                    joined = row.target if end == "target" else row.source
                    if (
                        joined == unit
                        and row.until > view.day
                        and not case.is_own_parent(view)
                    ):
                        yield case
