"""Functions of the day as steps, and what a node itself adds to the units above it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ..model import FOREVER, EdgeRow, NodeRow
from ..pack import Pack
from .reader import Reader, TallyRow

Steps = dict[tuple[str, int], int]
"""(key, ordinal of the day) → how much more there is from that day on."""

_END = FOREVER.toordinal()


def days(row: NodeRow | EdgeRow, start: int = 0) -> tuple[int, int]:
    """Return the days of a row as ordinals, those before `start` cut off."""
    return max(row.since.toordinal(), start), row.until.toordinal()


def pulse(steps: Steps, key: str, since: int, until: int, amount: int) -> None:
    """Add an amount in [since, until)."""
    if amount and since < until:
        steps[key, since] = steps.get((key, since), 0) + amount
        if until < _END:
            steps[key, until] = steps.get((key, until), 0) - amount


def cut(steps: Mapping[tuple[str, int], int], since: int, until: int) -> Steps:
    """Return the function that is the same in [since, until) and 0 elsewhere."""
    kept: Steps = {}
    if since >= until:
        return kept
    for (key, day), delta in steps.items():
        if day >= until:
            continue
        first = (key, max(day, since))
        kept[first] = kept.get(first, 0) + delta
        if until < _END:
            last = (key, until)
            kept[last] = kept.get(last, 0) - delta
    return kept


def merge(steps: Steps, other: Mapping[tuple[str, int], int], sign: int = 1) -> None:
    """Add a function to another, in place."""
    for place, delta in other.items():
        steps[place] = steps.get(place, 0) + sign * delta


def merged(steps: Steps, other: Steps) -> Steps:
    """Return the sum of two functions."""
    total = dict(steps)
    merge(total, other)
    return total


def less(steps: Steps, other: Steps) -> Steps:
    """Return the difference of two functions, without zeros."""
    difference = dict(steps)
    merge(difference, other, -1)
    return {place: delta for place, delta in difference.items() if delta}


def own_steps(
    pack: Pack, versions: Iterable[NodeRow], below: Steps, start: int = 0
) -> Steps:
    """Return what a node itself counts for: one of its kind, and the facts it carries.

    `below` is what is below it: a fact that a finer kind has there isn't its own.
    """
    steps: Steps = {}
    for row in versions:
        since, until = days(row, start)
        if since >= until:
            continue
        pulse(steps, f"count:{row.kind}", since, until, 1)
        for name, finer in pack.carried(row.kind):
            if name not in row.facts:
                continue
            key, amount = amount_of(row, name)
            pulse(steps, bearer_key(name, row.kind), since, until, 1)
            if not below or not finer:
                pulse(steps, key, since, until, amount)
                continue
            bearers = {bearer_key(name, kind) for kind in finer}
            for first, last in _without(below, bearers, since, until):
                pulse(steps, key, first, last, amount)
    return steps


def amount_of(row: NodeRow, name: str) -> tuple[str, int]:
    """Return under which key a fact that a node carries counts, and for how much."""
    value = row.facts[name]
    if isinstance(value, int):
        return f"fact:{name}", int(value)
    return f"unknown:{name}", 1


def bearer_key(fact: str, kind: str) -> str:
    """Return the key under which those of a kind that have a fact are counted."""
    return f"with:{fact}:{kind}"


def is_borne(below: Mapping[str, int], fact: str, kinds: Iterable[str]) -> bool:
    """Tell whether any node of these kinds below a unit has a fact."""
    return any(below.get(bearer_key(fact, kind)) for kind in kinds)


def tally_on(
    reader: Reader, units: Iterable[str], day: date, pending: Iterable[TallyRow] = ()
) -> dict[str, dict[str, int]]:
    """Return what is below each unit on a day, by key; zeros are left out.

    `pending` are the steps of a plan that is not committed.
    """
    wanted = sorted(set(units))
    found: dict[str, list[TallyRow]] = {unit: [] for unit in wanted}
    for row in (*reader.tallies(wanted, day.toordinal()), *pending):
        if row.unit in found:
            found[row.unit].append(row)
    return {unit: sums_on(rows, day) for unit, rows in found.items()}


def sums_on(rows: Iterable[TallyRow], day: date) -> dict[str, int]:
    """Return what a unit's steps come to on a day, by key; zeros are left out."""
    here = day.toordinal()
    counts: dict[str, int] = {}
    for _, key, since, delta in rows:
        if since <= here:
            counts[key] = counts.get(key, 0) + delta
    return {key: n for key, n in sorted(counts.items()) if n}


def _without(
    below: Steps, keys: set[str], since: int, until: int
) -> list[tuple[int, int]]:
    """Return the parts of [since, until) on which none of these is below."""
    changes: defaultdict[int, int] = defaultdict(int)
    for (key, day), delta in below.items():
        if key in keys:
            changes[max(day, since)] += delta
    parts, count, here = [], 0, since
    for day in sorted(day for day in changes if day < until):
        if count == 0 and day > here:
            parts.append((here, day))
        count, here = count + changes[day], day
    return [*parts, (here, until)] if count == 0 else parts
