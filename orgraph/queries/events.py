"""The events of lineage: who took whose place, read a level at a time, kept in time.

Parts may flow both ways over the years, so a place is followed as (unit, moment): what
a unit gave before something came to it is not part of what came.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from datetime import date
from itertools import groupby
from typing import NamedTuple

from ..model import BEGINNING, OUT, Direction, EdgeKey, EdgeRow, NodeRow, Span
from .library import Library

Moment = tuple[date, int, int]
"""When something passed: day, revision and step."""


class Event(NamedTuple):
    """A place that passed from one unit to another, wholly or in part."""

    at: Moment
    source: str
    target: str
    row: EdgeRow

    @property
    def part(self) -> str | None:
        """`whole`, `part` or `restored`; None where the row doesn't say."""
        said = self.row.facts.get("part")
        return said if isinstance(said, str) else None

    @property
    def extent(self) -> str | None:
        """`whole` or `part`, as which a unit that is restored has its place."""
        return "part" if self.part == "restored" else self.part


class Events:
    """The events that were met, and the versions of the units that they join.

    Each unit is read once, and so many statements are run for each level, however many
    units are on it. Events up to `after` and beyond the span aren't followed.
    """

    def __init__(self, store: Library, span: Span, after: date = BEGINNING) -> None:
        """Read nothing yet."""
        self.store = store
        self.span = span
        self.after = after
        self.versions: dict[str, list[NodeRow]] = {}
        self._at: dict[tuple[str, Direction], list[Event]] = {}

    def follow(
        self,
        starts: AbstractSet[str],
        direction: Direction,
        but: AbstractSet[str | None] = frozenset(),
    ) -> list[Event]:
        """Return the events onwards ("out") or back ("in") from units, in order.

        The starts are taken as they were at all times of the span. What says
        one of `but` of its part isn't followed.
        """
        reached: dict[str, Moment] = {}
        found: dict[EdgeKey, Event] = {}
        frontier = set(starts)
        while frontier:
            self._read(frontier, direction)
            farther: set[str] = set()
            for node in frontier:
                for event in self._at[node, direction]:
                    if event.extent in but:
                        continue
                    at = event.at
                    if node not in starts and not (
                        _beyond(reached[node], at, direction)
                        or (at == reached[node] and self.turned(node, at[0]))
                    ):
                        continue
                    found[event.row.key] = event
                    far = event.target if direction == OUT else event.source
                    # The first moment at which something came lets most go on.
                    if far not in starts and (
                        far not in reached or _beyond(at, reached[far], direction)
                    ):
                        reached[far] = at
                        farther.add(far)
            frontier = farther
        return [event for group in self.rounds(found.values()) for event in group]

    def rounds(self, events: Iterable[Event]) -> Iterator[list[Event]]:
        """Yield the events that happened at once, in order.

        What a unit gave on its first or last day waits for what came to it then.
        """
        for at, group in groupby(sorted(events), key=lambda event: event.at):
            waiting = list(group)
            while waiting:
                late = {event.target for event in waiting}
                late &= {event.source for event in waiting}
                late = {unit for unit in late if self.turned(unit, at[0])}
                ready = [event for event in waiting if event.source not in late]
                yield ready or waiting  # in a circle, which no plan makes, all at once
                waiting = [e for e in waiting if e.source in late] if ready else []

    def read(self, ids: Iterable[str]) -> None:
        """Read the versions of units that weren't met yet."""
        wanted = sorted({node for node in ids if node not in self.versions})
        if not wanted:
            return
        self.versions.update((node, []) for node in wanted)
        for row in sorted(self.store.nodes(wanted, Span.always())):
            self.versions[row.id].append(row)

    def _read(self, ids: Iterable[str], direction: Direction) -> None:
        """Read the events at units that weren't asked for in this direction yet."""
        wanted = sorted(node for node in ids if (node, direction) not in self._at)
        if not wanted:
            return
        kinds = [self.store.pack.lineage]
        rows = self.store.edges(wanted, kinds, direction, self.span)
        self.read([*wanted, *(end for row in rows for end in row[1:3])])
        self._at.update(((node, direction), []) for node in wanted)
        for row in rows:
            if row.since > self.after:
                near = row.source if direction == OUT else row.target
                event = Event(_moment(row), row.source, row.target, row)
                self._at[near, direction].append(event)

    def turned(self, unit: str, day: date) -> bool:
        """Tell whether a unit began or ended on a day.

        What it gave on its first day came to it on that day, and what came to it on
        its last day it gave: that is known even of rows that have no steps.
        """
        versions = self.versions[unit]
        return bool(versions) and day in {versions[0].since, versions[-1].until}


def _moment(row: EdgeRow) -> Moment:
    step = row.facts.get("step")
    return (row.since, row.rev, step if isinstance(step, int) else 0)


def _beyond(one: Moment, other: Moment, direction: Direction) -> bool:
    """Tell whether the other moment lies farther on the way than the one."""
    return other > one if direction == OUT else other < one
