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
from ..model import OUT, NodeRow, Span
from ..pack import Pack
from .library import Library, last_rows, shown_name
from .places import STATES, Ground, ground_of, states

OWN = "own"
EVERY = (OWN, *STATES)
Counts = Mapping[str, int]
"""How many places there are, by state (all states, in order) or by tag."""


class Share(NamedTuple):
    """The places below one unit, by state; `tags` are those of which a tag is true.

    `inherited` is of how many of these a unit above them says so, and not the place;
    of `unknown` places it isn't known whether the tag is true.
    """

    id: str
    kind: str
    name: str
    states: Counts
    tags: Mapping[str, Counts]
    inherited: Counts
    unknown: Counts

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        places = sum(self.states.values())
        return {**self._asdict(), "places": places, "tagged": tagged(self)}


@dataclass(frozen=True)
class Coverage:
    """The places of a region by state, and the same for each unit above them.

    `tags` are the places of which a tag is true, `inherited` of how many of these a
    unit above them says so, and `unknown` how many there are of which it isn't known.
    """

    node: str | None
    on: date
    states: Counts
    tags: Mapping[str, Counts]
    inherited: Counts
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
            "tagged": tagged(self),
            "inherited": dict(self.inherited),
            "unknown": dict(self.unknown),
            "items": [item.to_plain() for item in self.items],
        }


def tagged(found: Share | Coverage) -> Counts:
    """Return of how many places each tag is true: what its counts are of."""
    return {tag: sum(counts.values()) for tag, counts in found.tags.items()}


@dataclass(frozen=True)
class Series:
    """The coverage of one region on several days; days before it began are left out."""

    node: str | None
    days: tuple[Coverage, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data: each day as of coverage, with its units."""
        days = [coverage.to_plain() for coverage in self.days]
        for day in days:
            del day["format"], day["node"]
        return {
            "format": "orgraph.coverage_series/1",
            "node": self.node,
            "items": days,
        }


@in_one_revision
def coverage(
    store: Library, node: str | None, on: date, by: str | None = None
) -> Coverage:
    """Count the places of a region by state, and below each unit above them.

    With `by` only units of that kind are listed. InputError when the pack names no
    places, when no place can be below that kind, or the node doesn't live on the day.
    """
    if by is not None and by not in store.pack.nodes:
        kinds = ", ".join(sorted(store.pack.units))
        message = f"the pack {store.pack.name} has no kind {by!r}; there are: {kinds}"
        raise InputError(message)
    words = store.pack.questions.places
    if (
        by is not None
        and words
        and by not in (kinds_above := store.pack.above(words.place))
    ):
        kinds = ", ".join(sorted(kinds_above))
        message = f"no {words.place} is below a {by}; what it may be below is: {kinds}"
        raise InputError(message)
    ground = ground_of(store, node, on)
    white = states(store, ground, on).white
    chains = _chains(store, ground.asked, on)
    above = {place: _as_far(place, chains[place], node) for place in ground.asked}
    units = sorted({unit for chain in chains.values() for unit in chain})
    rows = last_rows(store.nodes(units, Span.day(on)))
    tags = _Tagged(white, *_said(store.pack, ground, chains, rows))
    listed = {unit for chain in above.values() for unit in chain}
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
            tags.counts(gathered[unit]),
            tags.inherited(gathered[unit]),
            tags.unknown(gathered[unit]),
        )
        for unit, row in rows.items()
        if unit in listed and (by is None or row.kind == by)
    ]
    levels = {item.kind: len(store.pack.above(item.kind)) for item in items}
    items.sort(key=lambda item: (levels[item.kind], item.kind, item.name, item.id))
    return Coverage(
        node,
        on,
        _counted(ground.asked, white),
        tags.counts(ground.asked),
        tags.inherited(ground.asked),
        tags.unknown(ground.asked),
        tuple(items),
    )


@in_one_revision
def coverage_series(
    store: Library, node: str | None, days: Iterable[date], by: str | None = None
) -> Series:
    """Return the coverage of a region on several days, each as of coverage.

    Days on which the node doesn't live are left out; InputError where it lives on none.
    """
    wanted = sorted(set(days))
    rows = [] if node is None else store.nodes([node], Span.always())
    living = [
        day
        for day in wanted
        if node is None or any(row.since <= day < row.until for row in rows)
    ]
    found = tuple(coverage(store, node, day, by) for day in living)
    if not found:
        first, last = (wanted[0], wanted[-1]) if wanted else (None, None)
        message = f"{node} lives on no day asked about, from {first} to {last}"
        raise InputError(message)
    return Series(node, found)


def _chains(store: Library, places: Sequence[str], on: date) -> dict[str, list[str]]:
    """Return what each place is below, the nearest first."""
    rows = store.walk(places, store.pack.contains_kinds, OUT, Span.day(on))
    parents = {row.source: row.target for row in sorted(rows, reverse=True)}
    known: dict[str, list[str]] = {}
    for place in places:
        chain = known[place] = []
        here = parents.get(place)
        while here is not None and here not in chain:
            chain.append(here)
            here = parents.get(here)
    return known


def _as_far(place: str, chain: list[str], node: str | None) -> list[str]:
    """Return what a place is below as far as the node.

    Where the node isn't above it, being a body that leads it, that is the nearest
    alone: of what is further up the region holds only a part.
    """
    if node is None:
        return chain
    way = [place, *chain]
    return chain[: way.index(node) if node in way else 1]


def _counted(places: Iterable[str], white: Mapping[str, str]) -> Counts:
    found = Counter(white.get(place, OWN) for place in places)
    return {state: found[state] for state in EVERY}


Said = Mapping[str, Mapping[str, bool]]
"""What is known of tags: {tag: {place: whether it is so}}."""


class _Tagged(NamedTuple):
    """Counts places by tag: by what they say, and by what is said above them."""

    white: Mapping[str, str]
    own: Said
    above: Said

    def counts(self, places: Sequence[str]) -> Mapping[str, Counts]:
        """Return the counts of the places of which each tag is true."""
        return {
            tag: _counted(
                (p for p in places if own.get(p) or self.above[tag].get(p)), self.white
            )
            for tag, own in self.own.items()
        }

    def inherited(self, places: Sequence[str]) -> Counts:
        """Return of how many places each tag is true by what is above them."""
        return {
            tag: sum(above.get(place, False) for place in places)
            for tag, above in self.above.items()
        }

    def unknown(self, places: Sequence[str]) -> Counts:
        """Return of how many places it isn't known whether each tag is true."""
        return {
            tag: sum(p not in own and p not in self.above[tag] for p in places)
            for tag, own in self.own.items()
        }


def _said(
    pack: Pack,
    ground: Ground,
    chains: Mapping[str, Sequence[str]],
    rows: Mapping[str, NodeRow],
) -> tuple[Said, Said]:
    """Return what places say of tags, and what is said above those that say nothing.

    A place or unit that says it isn't known says something: it stays unknown. A tag
    that doesn't follow is granted to a unit by name, and to nothing below it.
    """
    words = pack.questions.places
    own: dict[str, dict[str, bool]] = {tag: {} for tag in words.tags} if words else {}
    above: dict[str, dict[str, bool]] = {tag: {} for tag in own}
    kinds = words.tags_from if words else ()
    for place in ground.asked:
        near = [rows[unit] for unit in chains[place] if rows[unit].kind in kinds]
        for tag, known in own.items():
            telling = [row for row in near if tag in row.facts]
            if tag in ground.rows[place].facts:
                value, into = ground.rows[place].facts[tag], known
            elif telling and pack.facts[tag].follows:
                value, into = telling[0].facts[tag], above[tag]
            else:
                continue
            if value is not None:
                into[place] = bool(value)
    return own, above
