"""Who holds the place of whom after events of lineage: one pass in order of time."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..model import FactValue
from .events import Event

_RANKS: dict[str | None, int] = {"whole": 0, None: 1, "part": 2}
_PARTS = tuple(_RANKS)

Amounts = Mapping[str, FactValue]


class Holding(NamedTuple):
    """How a unit holds the place that another had.

    `part` is whole, part, or None where it isn't known. Of several ways `steps` and the
    days are those of the shortest. `amounts` are those of the first step, and None
    where what followed, or came before, doesn't let them be known. `gave` are the days
    of the last two parts of it that were given away after all had come, a whole being
    both.
    """

    part: str | None
    steps: int = 0
    first: date | None = None
    last: date | None = None
    amounts: Amounts | None = None
    gave: tuple[date, ...] = ()

    def left(self, event: Event) -> "Holding":
        """Return what remains where something was given away."""
        remains = None if event.extent is None else "part"
        part, day = _least(self.part, remains), event.row.since
        gave = (day, day) if event.extent == "whole" else (*self.gave[-1:], day)
        return self._replace(part=part, amounts=None, gave=gave)

    def given(self, event: Event, amounts: Amounts | None, *, alone: bool) -> "Holding":
        """Return what comes of this by an event that states the amounts of this place.

        Without them the amounts go on where the whole goes to one unit `alone`.
        """
        if amounts is None and alone and event.extent == "whole":
            amounts = self.amounts
        day = event.row.since
        part = _least(self.part, event.extent)
        return Holding(part, self.steps + 1, self.first or day, day, amounts)

    def joined(self, other: "Holding | None") -> "Holding":
        """Return this and what came another way."""
        if other is None:
            return self
        shortest = min(self, other, key=_length)
        return Holding(
            part=_PARTS[min(_RANKS[self.part], _RANKS[other.part])],
            steps=shortest.steps,
            first=shortest.first,
            last=shortest.last,
            amounts=_sum(self.amounts, other.amounts),
        )


Holdings = Mapping[str, Mapping[str, Holding]]


def alone(held: Holdings, ends: Mapping[str, date]) -> set[str]:
    """Return the origins whose place one unit holds by itself, all parts together.

    `ends` has the last day of each unit's life, exclusive. What ends on the day on
    which it goes over, or is divided, has given all; of a lone part the rest is open.
    """
    holders = Counter(
        origin
        for unit, origins in held.items()
        for origin, holding in origins.items()
        if holding.gave != (ends[unit], ends[unit])
    )
    return {origin for origin, count in holders.items() if count == 1}


def holdings(
    origins: Iterable[str],
    rounds: Iterable[Sequence[Event]],
    additive: Iterable[str],
) -> Holdings:
    """Return {unit: {origin: how it holds its place}} after rounds of events.

    Whole and whole is whole, anything with a part is a part. A unit that gave something
    away has what remains. Events of one round don't see each other.
    """
    facts = tuple(additive)
    held: defaultdict[str, dict[str, Holding]] = defaultdict(dict)
    for origin in origins:
        held[origin][origin] = Holding("whole")
    touched: set[str] = set()
    for at_once in rounds:
        gifts = Counter(event.source for event in at_once)
        moved: list[tuple[Event, str, Holding]] = []
        for event in at_once:
            source, said = event.source, None
            if source not in touched:
                # All that it has is its own, and so is what the event says.
                known = event.row.facts
                said = {name: known[name] for name in facts if name in known}
            moved += [
                (event, origin, holding.given(event, said, alone=gifts[source] == 1))
                for origin, holding in held.get(source, {}).items()
            ]
        for event in at_once:
            mine = held.get(event.source, {})
            mine.update({o: holding.left(event) for o, holding in mine.items()})
        for event, origin, holding in moved:
            theirs = held[event.target]
            theirs[origin] = holding.joined(theirs.get(origin))
        touched.update(event.target for event in at_once)
    return held


def _length(way: Holding) -> tuple[int, str, str]:
    return way.steps, str(way.last), str(way.first)


def _least(one: str | None, other: str | None) -> str | None:
    """Return the part that is left of a part."""
    return _PARTS[max(_RANKS[one], _RANKS[other])]


def _sum(one: Amounts | None, other: Amounts | None) -> Amounts | None:
    """Return amounts of both, as far as both are known to be; unknown absorbs."""
    if one is None or other is None:
        return None
    found: dict[str, FactValue] = {}
    for name in sorted(one.keys() & other.keys()):
        value, more = one[name], other[name]
        if isinstance(value, int) and isinstance(more, int):
            found[name] = value + more
        else:
            found[name] = None
    return found
