"""Fills an empty SQLite store from two streams, keeping hardly any row in memory.

Rows go in as they come. Then the hash is taken from the tables, in their canonical
order, and what only adds one head to the unit above it is counted by SQLite.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from typing import NamedTuple, TypeVar

from ..draft import TallyRow
from ..draft.steps import Steps, pulse
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from . import sqlite_schema as sql
from .bulk import Filled, bulk_tallies
from .sqlite_rows import (
    edge_row,
    edge_values,
    name_words,
    node_row,
    node_values,
    tally_row,
)

T = TypeVar("T")
_BATCH = 5_000


def fill(
    db: sqlite3.Connection,
    pack: Pack,
    nodes: Iterable[NodeRow],
    edges: Iterable[EdgeRow],
) -> Filled:
    """Write the rows, the words of their names, and the tallies."""
    for statement in sql.NO_INDEXES:
        db.execute(statement)
    first = None
    for batch in _batches(nodes):
        db.executemany(sql.PUT_NODE, [node_values(row, 1) for row in batch])
        db.executemany(sql.ADD_WORD, name_words(pack, batch))
        begins = min(row.since for row in batch)
        first = begins if first is None else min(first, begins)
    db.executemany(sql.PUT_EDGE, (edge_values(row, 1) for row in edges))
    for statement in sql.ALL_INDEXES:
        db.execute(statement)
    _tally(db, pack)
    ((rows,),) = db.execute(sql.COUNT_ROWS)
    return Filled(rows, first)


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(rows)
    while batch := list(islice(stream, _BATCH)):
        yield batch


def _tally(db: sqlite3.Connection, pack: Pack) -> None:
    """Write the tallies; leaves that carry no facts are never read one by one."""
    leaves = {
        kind
        for kind in pack.nodes
        if kind not in pack.containers and not pack.carried(kind)
    }
    asked = [*pack.contains_kinds, *sorted(leaves)]
    counting = sql.count_leaves(len(pack.contains_kinds), len(leaves))
    counted: defaultdict[str, Steps] = defaultdict(dict)
    for unit, kind, since, until, number in db.execute(counting, asked):
        pulse(counted[unit], f"count:{kind}", _ordinal(since), _ordinal(until), number)
    others = sorted(pack.nodes.keys() - leaves)
    nodes = db.execute(sql.of_kinds(len(others)), others)
    upwards = sql.parents_of_kinds(len(pack.contains_kinds), len(others))
    edges = db.execute(upwards, [*pack.contains_kinds, *others])
    steps = list(
        bulk_tallies(pack, map(node_row, nodes), map(edge_row, edges), counted)
    )
    db.executemany(sql.ADD_TALLY, steps)


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


class Spool(NamedTuple):
    """All that a store of one revision holds, each in order, for another store."""

    nodes: Iterator[NodeRow]
    edges: Iterator[EdgeRow]
    words: Iterator[tuple[str, str]]
    tallies: Iterator[TallyRow]


def spool(db: sqlite3.Connection) -> Spool:
    """Read all rows of a store of one revision, as they are asked for."""
    return Spool(
        (node_row((*row, 1)) for row in db.execute(sql.ALL_NODES)),
        (edge_row((*row, 1)) for row in db.execute(sql.ALL_EDGES)),
        iter(db.execute(sql.ALL_WORDS)),
        map(tally_row, db.execute(sql.ALL_TALLIES)),
    )
