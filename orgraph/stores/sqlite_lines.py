"""What is hashed of the rows in SQLite's tables, as a stream in canonical order.

The text is put together from the columns, which hold canonical JSON already; a row that
isn't as orgraph writes it gives another hash.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from json.encoder import encode_basestring as quoted
from operator import itemgetter
from typing import Any

from . import sqlite_schema as sql

Columns = Sequence[Any]


def all_lines(db: sqlite3.Connection) -> Iterator[str]:
    """Yield what is hashed of every row in a store that was filled at once."""
    for row in db.execute(sql.ALL_NODES):
        yield f"[null,{_node(row)}]"
    for row in db.execute(sql.ALL_EDGES):
        yield f"[null,{_edge(row)}]"


def lines(db: sqlite3.Connection, number: int) -> Iterator[str]:
    """Yield what is hashed of every change of a revision."""
    for said, key, written, gone in (
        (_node, _NODE_KEY, sql.NODES_SAID, sql.GONE_NODES_SAID),
        (_edge, _EDGE_KEY, sql.EDGES_SAID, sql.GONE_EDGES_SAID),
    ):
        before, after = (db.execute(one, {"number": number}) for one in (gone, written))
        yield from _paired(before, after, key, said)


def _paired(
    before: Iterator[Columns],
    after: Iterator[Columns],
    key: Callable[[Columns], tuple[str, ...]],
    said: Callable[[Columns], str],
) -> Iterator[str]:
    """Yield the changes whose two sides come apart, each in order."""
    old = next(before, None)
    for row in after:
        while old is not None and key(old) < key(row):
            yield f"[{said(old)},null]"
            old = next(before, None)
        if old is not None and key(old) == key(row):
            yield f"[{said(old)},{said(row)}]"
            old = next(before, None)
        else:
            yield f"[null,{said(row)}]"
    while old is not None:
        yield f"[{said(old)},null]"
        old = next(before, None)


@cache
def _day(text: str) -> str:
    """Return a day as it is written; ValueError for what is none."""
    return date.fromisoformat(text).isoformat()


_NODE_KEY = itemgetter(0, 2)
_EDGE_KEY = itemgetter(0, 1, 2, 3)


def _node(row: Columns) -> str:
    node, kind, since, until, name, code, facts = row
    coded = "null" if code is None else quoted(code)
    return (
        f'[{quoted(node)},{quoted(kind)},"{_day(since)}","{_day(until)}",'
        f"{quoted(name)},{coded},{facts}]"
    )


def _edge(row: Columns) -> str:
    kind, source, target, since, until, facts = row
    return (
        f"[{quoted(kind)},{quoted(source)},{quoted(target)},"
        f'"{_day(since)}","{_day(until)}",{facts}]'
    )
