"""Which units of one day hold the place of which units of another: all at once."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import IN, OUT, Facts, FactValue, Span
from ..near_names import did_you_mean
from .events import Events
from .holding import Holding, alone, holdings
from .library import Library, shown_code, shown_name

UNCHANGED = "unchanged"
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


@dataclass(frozen=True)
class Side:
    """A unit on one of the two days."""

    id: str
    kind: str
    code: str | None
    name: str


@dataclass(frozen=True)
class Pair:
    """A unit of the one day and one of the other that holds its place, or a part of it.

    `part` says of the earlier unit: unchanged (it gave nothing and took nothing),
    whole, part, or None where it isn't known. Without `to` nobody has its place;
    without `from_` the unit took nobody's. Amounts are those of the way, where they
    can be known.
    """

    from_: Side | None
    to: Side | None
    part: str | None = None
    steps: int | None = None
    first: date | None = None
    last: date | None = None
    amounts: Facts | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the pair as JSON data; an unknown amount is null."""
        return {
            "from": vars(self.from_) if self.from_ else None,
            "to": vars(self.to) if self.to else None,
            "part": self.part,
            "steps": self.steps,
            "first": self.first.isoformat() if self.first else None,
            "last": self.last.isoformat() if self.last else None,
            "amounts": dict(self.amounts or {}),
        }


@dataclass(frozen=True)
class Crosswalk:
    """Every unit of a kind on two days, in pairs of the one and the other."""

    from_: date
    to: date
    kind: str
    facts: tuple[str, ...]
    pairs: tuple[Pair, ...]

    def counts(self) -> dict[str, int]:
        """Return how many units there are of the kind, and how many of each fate."""
        sides: dict[str, set[str]] = {"from": set(), "to": set()}
        for pair in self.pairs:
            for name, side in (("from", pair.from_), ("to", pair.to)):
                if side is not None and side.kind == self.kind:
                    sides[name].add(side.id)
        said = Counter(
            "without_from"
            if pair.from_ is None
            else "without_to"
            if pair.to is None
            else pair.part or "unknown"
            for pair in self.pairs
        )
        words = (UNCHANGED, "whole", "part", "unknown", "without_to", "without_from")
        return {
            **{name: len(ids) for name, ids in sides.items()},
            "rows": len(self.pairs),
            **{word: said[word] for word in words},
        }

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.crosswalk/1",
            "from": self.from_.isoformat(),
            "to": self.to.isoformat(),
            "kind": self.kind,
            "facts": list(self.facts),
            "counts": self.counts(),
            "items": [pair.to_plain() for pair in self.pairs],
        }

    def to_csv(self) -> str:
        """Return the answer as a table: empty is none or not known to be, ? unknown.

        A text that a spreadsheet would run as a formula has an apostrophe before it.
        """
        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        unit = ("id", "code", "name", "kind")
        sides = [f"{side}_{field}" for side in ("from", "to") for field in unit]
        table.writerow([*sides, "part", "steps", "first", "last", *self.facts])
        for pair in self.pairs:
            row: list[object] = []
            for side in (pair.from_, pair.to):
                row += [getattr(side, field, "") for field in unit]
            part = pair.part or ("?" if pair.from_ and pair.to else "")
            row += [part, pair.steps, pair.first, pair.last]
            row += [_cell(pair.amounts or {}, fact) for fact in self.facts]
            table.writerow([_safe(cell) for cell in row])
        return out.getvalue()


def _cell(amounts: Facts, fact: str) -> FactValue:
    return ("?" if amounts[fact] is None else amounts[fact]) if fact in amounts else ""


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


@in_one_revision
def crosswalk(
    store: Library, first: date, second: date, kind: str, *, names: bool = False
) -> Crosswalk:
    """Return who, on the second day, holds the place of each unit of the first.

    Each day is taken as it is recorded, what takes effect on it included. Every pair
    has a unit of the kind on one side at least; units that have no other side are
    there with one. Where the first day is the later one, the same pairs are given the
    other way round. People's names and codes are masked unless `names` is set.
    InputError when the pack has no such kind.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> _ = store.commit(plan)
    >>> walk = orgraph.crosswalk(store, day, date(2026, 1, 1), "team")
    >>> [(pair.from_.id, pair.to.id) for pair in walk.pairs]
    [('north', 'field-sales'), ('repair', 'repair'), ('south', 'field-sales')]
    """
    if kind not in store.pack.nodes:
        hint = did_you_mean(kind, store.pack.nodes)
        message = f"the pack {store.pack.name} has no kind {kind!r}{hint}"
        raise InputError(message)
    early, late = sorted((first, second))
    pairs = _Asked(store, early, late, names=names).pairs(kind)
    if second < first:
        pairs = [replace(pair, from_=pair.to, to=pair.from_) for pair in pairs]
    ordered = tuple(sorted(pairs, key=_order))
    return Crosswalk(first, second, kind, store.pack.additive, ordered)


def _order(pair: Pair) -> tuple[bool, str, str]:
    start, end = (side.id if side else "" for side in (pair.from_, pair.to))
    return (pair.from_ is None, start, end)


class _Asked:
    """Pairs the units of an early and a late day."""

    def __init__(self, store: Library, early: date, late: date, *, names: bool) -> None:
        self.store = store
        self.early, self.late = early, late
        self.names = names
        self.events = Events(store, Span(early, Span.day(late).until), after=early)

    def pairs(self, kind: str) -> list[Pair]:
        """Return the pairs that have a unit of the kind on one side, in no order."""
        ours = {row.id for row in self.store.of_kind(kind, Span.day(self.early))}
        late = {row.id for row in self.store.of_kind(kind, Span.day(self.late))}
        onwards = self.events.follow(ours, OUT)
        # What came to a unit on the way is met too: then its amounts aren't its own.
        reached = {event.target for event in onwards}
        before = self.events.follow(late | reached, IN)
        sources = {event.source for event in before} - ours
        others = {unit for unit in sources if self._side(unit, self.early)}
        met = (*onwards, *before, *self.events.follow(others, OUT))
        events = {event.row.key: event for event in met}.values()
        rounds = self.events.rounds(events)
        held = holdings(ours | others, rounds, self.store.pack.additive)
        touched = {end for event in events for end in event[1:3]}
        self.events.read(held)
        lives = self.events.versions
        whole = alone(held, {unit: lives[unit][-1].until for unit in held})
        found: list[Pair] = []
        for unit in sorted({*held, *late}):
            to = self._side(unit, self.late)
            if to is None:
                continue
            for origin, holding in held.get(unit, {}).items():
                from_ = self._side(origin, self.early)
                if from_ and kind in (from_.kind, to.kind):
                    if origin in whole and holding.part == "part":
                        holding = holding._replace(part="whole")  # noqa: PLW2901
                    found.append(_pair(from_, to, holding, touched))
            if unit in late and not held.get(unit):
                found.append(Pair(None, to))
        placed = {pair.from_.id for pair in found if pair.from_}
        left = [self._side(origin, self.early) for origin in ours - placed]
        return [*found, *(Pair(side, None) for side in left)]

    def _side(self, unit: str, day: date) -> Side | None:
        """Return a unit as it was on a day; None where it didn't live."""
        self.events.read([unit])
        for row in self.events.versions[unit]:
            if row.since <= day < row.until:
                pack, names = self.store.pack, self.names
                code = shown_code(pack, row, names=names)
                return Side(row.id, row.kind, code, shown_name(pack, row, names=names))
        return None


def _pair(from_: Side, to: Side, holding: Holding, touched: set[str]) -> Pair:
    amounts = holding.amounts if holding.steps else None
    part = holding.part
    if from_.id == to.id and from_.id not in touched:
        part = UNCHANGED
    days = (holding.first, holding.last)
    return Pair(from_, to, part, holding.steps, *days, amounts)
