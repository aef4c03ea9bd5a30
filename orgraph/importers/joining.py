"""Joins rows that touch and say the same into one, as a draft would have written them.

A row that only goes on with another would stand in the way of every change before it,
though nothing changes on its first day.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import reduce

from ..draft import Draft
from ..model import (
    FOREVER,
    OUT,
    EdgeRow,
    Key,
    NodeRow,
    Row,
    continues,
    same_content,
    united,
)
from ..pack import Pack


def runs(
    pack: Pack, rows: Sequence[Row], without: Collection[int] = ()
) -> list[list[int]]:
    """Return, by their numbers, which rows follow each other and say the same.

    A row that stands alone is in none, nor is one of `without`. Only slots in which one
    row ends where another begins are looked at: hardly any, of most tables.
    """
    ends = {
        (_slot(row), row.until)
        for row in rows
        if row.until != FOREVER and is_joined(pack, row)
    }
    days = {day for _, day in ends}
    slots = {
        _slot(row)
        for row in rows
        if row.since in days and (_slot(row), row.since) in ends
    }
    within: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows) if slots else ():
        if _slot(row) in slots and number not in without:
            within[_slot(row)].append(number)
    return [run for _, some in sorted(within.items()) for run in _in_slot(rows, some)]


def is_joined(pack: Pack, row: Row) -> bool:
    """Tell whether rows of the kind are joined at all.

    Who goes on in a post beyond the end that was recorded takes it again.
    """
    return row.kind != pack.chain.holds


def known_rows(draft: Draft, rows: Sequence[Row], twice: Collection[int]) -> set[int]:
    """Return, by their numbers, which rows the store has: as they are, or joined."""
    known = {
        number
        for number, row in enumerate(rows)
        if number not in twice and same_content(stored(draft, row), row)
    }
    for run in runs(draft.pack, rows, twice):
        for place, number in enumerate(run):
            had = stored(draft, rows[number])
            if had is None or number in known:
                continue
            for end in range(place + 2, len(run) + 1):
                some = run[place:end]
                if same_content(had, reduce(united, [rows[one] for one in some])):
                    known.update(some)
    return known


def stored(draft: Draft, row: Row) -> Row | None:
    """Return what the store has under the key of a row; it was read."""
    if isinstance(row, NodeRow):
        return draft.base.stored_node(row.key)
    return draft.base.stored_edge(row.key)


def join(
    draft: Draft, rows: Sequence[Row], at: dict[Key, int]
) -> tuple[list[Row], list[Row], int]:
    """Join new rows, and edges with what the store has before and after them.

    Returns the rows, what of the store is in them, and how many rows there are less.
    The place of a row, by `at`, is that of the first new one in it. Of a node that the
    store has no version is new.
    """
    beside = {
        other.key: other
        for row in rows
        if isinstance(row, EdgeRow) and is_joined(draft.pack, row)
        for other in draft.base.edges(row.source, row.kind, OUT)
        if continues(other, row) or continues(row, other)
    }
    every = [*rows, *beside.values()]
    into: dict[int, Row] = {}
    gone: set[int] = set()
    for run in runs(draft.pack, every):
        first = next((number for number in run if number < len(rows)), None)
        if first is not None:
            whole = reduce(united, [every[number] for number in run])
            at[whole.key] = at[every[first].key]
            into[first] = whole
            gone.update(number for number in run if number != first)
    left = [into.get(n, row) for n, row in enumerate(rows) if n not in gone]
    return left, [every[n] for n in sorted(gone) if n >= len(rows)], len(gone)


def _slot(row: Row) -> tuple[str, ...]:
    return (row.id,) if isinstance(row, NodeRow) else row[:3]


def _in_slot(rows: Sequence[Row], some: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for number in sorted(some, key=lambda one: (rows[one].since, rows[one].until)):
        if found and continues(rows[found[-1][-1]], rows[number]):
            found[-1].append(number)
        else:
            found.append([number])
    return [run for run in found if len(run) > 1]
