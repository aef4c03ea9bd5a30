"""What committing a merger costs beside a bare transaction, and its undo beside both.

The store takes the write lock, makes the hash of the revision, keeps the rows that are
replaced, and writes the new ones with their tallies and words. The bare side is handed
the same rows as tuples that are ready to be written: with the store's own statements it
puts them into the same two tables, in a copy of the store's file, and beside them a
line of a journal (all changes as JSON) with its SHA-256, in one transaction. Both files
are written ahead (WAL) and flushed on commit (synchronous=FULL).

After every round both have the rows that they began with. What the store keeps of the
past piles up from round to round at the same few keys, which is its worst case.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any

from orgraph.change import Change, change_to_plain
from orgraph.engine import undo_proposal
from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.stores import SqliteStore
from orgraph.stores import sqlite_schema as sql
from orgraph.stores.sqlite_rows import edge_values, key_values, node_values

from . import merger
from .ground import Ground
from .measure import Series, alternate, timed
from .table import Result, at_most, size_name

REV = 2
"""The revision that the rows of the bare side say they are of."""


def commit(ground: Ground) -> Iterator[Result]:
    """Commit the merger beside the bare transaction."""
    for size in ground.sizes:
        series = _series(ground)
        what = f"commit by a bare transaction, {size_name(size)} nodes"
        ratio = series.ratio([f"commit {size}"], [f"bare {size}"])
        shown = f"{series.seconds(f'commit {size}') * 1e3:.1f} ms"
        yield at_most("commit", what, ratio, 2.5, note=shown)


def undo(ground: Ground) -> Iterator[Result]:
    """Plan, check and commit the undo beside planning and committing the merger."""
    series = _series(ground)
    undone = ("undo plan {}", "undo commit {}")
    for size in ground.sizes:
        above = [name.format(size) for name in undone]
        ratio = series.ratio(above, [f"plan {size}", f"commit {size}"])
        seconds = sum(series.seconds(name) for name in above)
        what = f"undo by plan and commit, {size_name(size)} nodes"
        yield at_most("undo", what, ratio, 2.5, note=f"{seconds * 1e3:.1f} ms")
    if len(ground.sizes) > 1:
        large, small = (
            [name.format(size) for name in undone]
            for size in (ground.large, ground.small)
        )
        what = f"undo at {size_name(ground.large)} by {size_name(ground.small)}"
        yield at_most("undo", what, series.ratio(large, small), 1.3)


@cache
def _series(ground: Ground) -> Series:
    """Run the whole circle on every size: plan, commit, undo, and the bare commit."""
    sides = []
    for size in ground.sizes:
        sides.append(partial(_circle, ground.store(size), size))
        changes = merger.checked_plan(ground.store(size)).changes
        sides.append(partial(Bare(ground.bare(size), changes).circle, size))
    return alternate(2 * ground.rounds, *sides)


def _circle(store: SqliteStore, size: int) -> Mapping[str, float]:
    proposal = merger.proposal()
    plan_seconds, plan = timed(lambda: store.plan(proposal))
    commit_seconds, revision = timed(lambda: merger.commit(store, plan))
    assert revision.rows == len(plan.changes)
    back = undo_proposal(store)
    undo_seconds, undone = timed(lambda: store.plan(back))
    undo_commit_seconds, revision = timed(lambda: merger.commit(store, undone))
    assert revision.rows == len(plan.changes)
    return {
        f"plan {size}": plan_seconds,
        f"commit {size}": commit_seconds,
        f"undo plan {size}": undo_seconds,
        f"undo commit {size}": undo_commit_seconds,
    }


class Bare:
    """Writes the same rows with sqlite3 alone."""

    def __init__(self, db: sqlite3.Connection, changes: Sequence[Change]) -> None:
        """Make all values ready before anything is timed."""
        self.db = db
        self.plain = [change_to_plain(change) for change in changes]
        self.there = _writes(changes)
        self.back = _writes([change.inverse() for change in changes])

    def circle(self, size: int) -> Mapping[str, float]:
        """Commit, and put everything back."""
        seconds, _ = timed(lambda: self._commit(self.there))
        written = self.there[0][1][0]
        key = {"id": written[0], "since": written[2]}
        statement = "SELECT * FROM node WHERE id = :id AND since = :since"
        assert self.db.execute(statement, key).fetchall() == [written]
        self._commit(self.back)
        return {f"bare {size}": seconds}

    def _commit(self, writes: Sequence[tuple[str, list[Any]]]) -> None:
        line = json.dumps(self.plain, ensure_ascii=False)
        held = hashlib.sha256(line.encode()).hexdigest()
        self.db.execute("BEGIN IMMEDIATE")
        for statement, values in writes:
            self.db.executemany(statement, values)
        statement = "INSERT INTO journal (line, hash) VALUES (?, ?)"
        self.db.execute(statement, (line, held))
        self.db.execute("COMMIT")


def _writes(changes: Sequence[Change]) -> list[tuple[str, list[Any]]]:
    """Return the statements that write the later side of changes, with their values."""
    put = [change.after for change in changes if change.after is not None]
    drop = [change.row for change in changes if change.after is None]
    nodes, edges = _parted(put)
    lost_nodes, lost_edges = _parted(drop)
    return [
        (sql.PUT_NODE, [node_values(row, REV) for row in nodes]),
        (sql.PUT_EDGE, [edge_values(row, REV) for row in edges]),
        (sql.DROP_NODE, [key_values(row) for row in lost_nodes]),
        (sql.DROP_EDGE, [key_values(row) for row in lost_edges]),
    ]


def _parted(rows: Sequence[Row]) -> tuple[list[NodeRow], list[EdgeRow]]:
    nodes = [row for row in rows if isinstance(row, NodeRow)]
    return nodes, [row for row in rows if isinstance(row, EdgeRow)]
