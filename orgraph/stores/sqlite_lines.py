"""What is hashed of the rows in SQLite's tables, as a stream in canonical order.

The text is put together from the columns, which hold canonical JSON already; a row that
isn't as orgraph writes it gives another hash.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cache
from heapq import merge
from json.encoder import encode_basestring as quoted
from typing import Any

from . import sqlite_schema as sql

Keyed = tuple[tuple[str, ...], str]
"""The key of a row, as columns, and what is hashed of the row."""


def all_lines(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is hashed of every row in a store that was filled at once."""
    for row in db.execute(sql.ALL_NODES):
        yield f"[null,{_node(row)[1]}]"
    for row in db.execute(sql.ALL_EDGES):
        yield f"[null,{_edge(row)[1]}]"


def lines(db: sqlite3.Connection, number: int) -> Iterator[str]:
    """Yield what is hashed of every change of a revision."""

    def rows(statement: str, said: Callable[[Sequence[Any]], Keyed]) -> Iterator[Keyed]:
        return map(said, db.execute(statement, {"number": number}))

    for said, (written, past, gone) in (
        (_node, (sql.NODES_SAID, sql.PAST_NODES_SAID, sql.GONE_NODES_SAID)),
        (_edge, (sql.EDGES_SAID, sql.PAST_EDGES_SAID, sql.GONE_EDGES_SAID)),
    ):
        after = merge(rows(written, said), rows(past, said))
        yield from _paired(rows(gone, said), after)


def _paired(before: Iterable[Keyed], after: Iterable[Keyed]) -> Iterator[str]:
    """Yield the changes whose two sides come apart, each in order."""
    olds = iter(before)
    old = next(olds, None)
    for key, said in after:
        while old is not None and old[0] < key:
            yield f"[{old[1]},null]"
            old = next(olds, None)
        if old is not None and old[0] == key:
            yield f"[{old[1]},{said}]"
            old = next(olds, None)
        else:
            yield f"[null,{said}]"
    while old is not None:
        yield f"[{old[1]},null]"
        old = next(olds, None)


@cache
def _day(text: str) -> str:
    """Return a day as it is written; ValueError for what is none."""
    return date.fromisoformat(text).isoformat()


def _node(row: Sequence[Any]) -> Keyed:
    node, kind, since, until, name, code, facts = row
    coded = "null" if code is None else quoted(code)
    return (node, since), (
        f'[{quoted(node)},{quoted(kind)},"{_day(since)}","{_day(until)}",'
        f"{quoted(name)},{coded},{facts}]"
    )


def _edge(row: Sequence[Any]) -> Keyed:
    kind, source, target, since, until, facts = row
    return (kind, source, target, since), (
        f"[{quoted(kind)},{quoted(source)},{quoted(target)},"
        f'"{_day(since)}","{_day(until)}",{facts}]'
    )
