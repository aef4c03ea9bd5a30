"""How many places have a group of their own: by unit above them, by tag, over days.

A place has members and a group of its own, or is one of the white places, each in one
state (`queries/places.py`). They are never added up into one share, since a place with
a joint group is neither covered nor white.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import OUT, Span
from .library import Library, last_rows, shown_name
from .places import STATES, Ground, ground_of, states

OWN = "own"
EVERY = (OWN, *STATES)
Counts = Mapping[str, int]
"""How many places there are, by state; all states, in order."""


class Share(NamedTuple):
    """The places below one unit, by state; `tags` are those of which a tag is true."""

    id: str
    kind: str
    name: str
    states: Counts
    tags: Mapping[str, Counts]

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        return {**self._asdict(), "places": sum(self.states.values())}


@dataclass(frozen=True)
class Coverage:
    """The places of a region by state, and the same for each unit above them.

    `tags` are the places of which a tag is true, `unknown` how many there are of which
    it isn't known whether it is.
    """

    node: str | None
    on: date
    states: Counts
    tags: Mapping[str, Counts]
    unknown: Counts
    items: tuple[Share, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.coverage/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "places": sum(self.states.values()),
            "states": dict(self.states),
            "tags": {tag: dict(counts) for tag, counts in self.tags.items()},
            "unknown": dict(self.unknown),
            "items": [item.to_plain() for item in self.items],
        }


@dataclass(frozen=True)
class Series:
    """The coverage of one region on several days; days before it began are left out."""

    node: str | None
    days: tuple[Coverage, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data, without the units."""
        days = [coverage.to_plain() for coverage in self.days]
        keys = ("on", "places", "states", "tags", "unknown")
        return {
            "format": "orgraph.coverage_series/1",
            "node": self.node,
            "items": [{key: day[key] for key in keys} for day in days],
        }


@in_one_revision
def coverage(
    store: Library, node: str | None, on: date, by: str | None = None
) -> Coverage:
    """Count the places of a region by state, and below each unit above them.

    With `by` only units of that kind are listed. InputError when the pack names no
    places, has no such kind, or the node doesn't live on the day.
    """
    if by is not None and by not in store.pack.nodes:
        kinds = ", ".join(sorted(store.pack.units))
        message = f"the pack {store.pack.name} has no kind {by!r}; there are: {kinds}"
        raise InputError(message)
    ground = ground_of(store, node, on)
    white = states(store, ground, on).white
    above = _above(store, ground.asked, node, on)
    units = sorted({unit for chain in above.values() for unit in chain})
    known = last_rows(store.nodes(units, Span.day(on)))
    places = store.pack.questions.places
    tags = places.tags if places else ()
    gathered: defaultdict[str, list[str]] = defaultdict(list)
    for place in ground.asked:
        for unit in above[place]:
            gathered[unit].append(place)
    items = [
        Share(
            unit,
            row.kind,
            shown_name(store.pack, row, names=False),
            _counted(gathered[unit], white),
            _tagged(ground, gathered[unit], white, tags),
        )
        for unit, row in known.items()
        if by is None or row.kind == by
    ]
    levels = {item.kind: len(store.pack.above(item.kind)) for item in items}
    items.sort(key=lambda item: (levels[item.kind], item.kind, item.name, item.id))
    return Coverage(
        node,
        on,
        _counted(ground.asked, white),
        _tagged(ground, ground.asked, white, tags),
        {
            tag: sum(
                ground.rows[place].facts.get(tag) is None for place in ground.asked
            )
            for tag in tags
        },
        tuple(items),
    )


@in_one_revision
def coverage_series(store: Library, node: str | None, days: Iterable[date]) -> Series:
    """Return the coverage of a region on several days, as of coverage.

    Days on which the node doesn't live are left out; InputError where it lives on none.
    """
    wanted = sorted(set(days))
    rows = [] if node is None else store.nodes([node], Span.always())
    living = [
        day
        for day in wanted
        if node is None or any(row.since <= day < row.until for row in rows)
    ]
    found = tuple(coverage(store, node, day) for day in living)
    if not found:
        first, last = (wanted[0], wanted[-1]) if wanted else (None, None)
        message = f"{node} lives on no day asked about, from {first} to {last}"
        raise InputError(message)
    return Series(node, found)


def _above(
    store: Library, places: Sequence[str], node: str | None, on: date
) -> dict[str, list[str]]:
    """Return what each place is below as far as the node, the nearest first.

    Where the node isn't above it, being a body that leads it, that is the nearest
    alone: of what is further up the region holds only a part.
    """
    rows = store.walk(places, store.pack.contains_kinds, OUT, Span.day(on))
    parents = {row.source: row.target for row in sorted(rows, reverse=True)}
    known: dict[str, list[str]] = {}
    for place in places:
        chain: list[str] = []
        here = parents.get(place)
        while here is not None and here not in chain:
            chain.append(here)
            here = parents.get(here)
        if node is not None:
            way = [place, *chain]
            end = way.index(node) if node in way else 1
            chain = chain[:end]
        known[place] = chain
    return known


def _counted(places: Iterable[str], white: Mapping[str, str]) -> Counts:
    found = Counter(white.get(place, OWN) for place in places)
    return {state: found[state] for state in EVERY}


def _tagged(
    ground: Ground,
    places: Sequence[str],
    white: Mapping[str, str],
    tags: Sequence[str],
) -> Mapping[str, Counts]:
    """Return the counts of the places of which each tag is true."""
    return {
        tag: _counted(
            (place for place in places if ground.rows[place].facts.get(tag) is True),
            white,
        )
        for tag in tags
    }
