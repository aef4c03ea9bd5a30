"""The embedded store: one SQLite file, written ahead and flushed on every commit."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from json.encoder import encode_basestring_ascii as _quoted
from pathlib import Path
from typing import Any, TypeVar

from ..change import Change
from ..draft import Revision, TallyRow
from ..engine import Stamp
from ..errors import InDoubtInterrupt
from ..model import Direction, EdgeRow, NodeRow, Row, Span
from ..pack import Pack
from . import sqlite_schema as sql
from .base import BULK_TITLE
from .bulk import Given, bulk_revision, check_empty
from .rows import joined, named
from .sqlite_bulk import Spool, fill, spool
from .sqlite_errors import Plainly
from .sqlite_lines import all_lines
from .sqlite_open import connect, make, read_pack, remove_files
from .sqlite_rows import (
    edge_row,
    edge_values,
    key_values,
    name_words,
    node_row,
    node_values,
    revision_row,
    revision_values,
    tally_row,
)
from .sqlite_sweeps import SweptFile

T = TypeVar("T")
_LOCK = "BEGIN IMMEDIATE"


class SqliteStore(SweptFile):
    """A store in one file; open it with open_store or create_store."""

    def __init__(self, path: str | Path, *, create: Pack | None = None) -> None:
        """Open a store, or create one with a schema pack.

        Raises StoreError when the file is missing, foreign, damaged, or of another
        version of the format.
        """
        self.path = str(path)
        self._is_new = create is not None
        with Plainly(self.path):
            if create is not None:
                make(self.path, create)
            self._db = connect(self.path)
            try:
                self.pack = read_pack(self._db, self.path)
            except BaseException:
                self._db.close()
                raise
        self.statements: list[str] | None = None

    # Reading

    def _read(
        self,
        statement: str,
        parameters: Mapping[str, Any],
        row: Callable[[Any], T] = tuple,  # type: ignore[assignment]
    ) -> list[T]:
        """Run one of our statements, and make each row what it stands for."""
        if self.statements is not None:
            self.statements.append(statement)
        with Plainly(self.path):
            return list(map(row, self._db.execute(statement, parameters)))

    def head(self) -> int:
        """See Reader."""
        head: list[tuple[int | None]] = self._read(sql.HEAD, {})
        return head[0][0] or 0

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        return self._read(sql.NODES, _parameters(ids, on), node_row)

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        statement = sql.edges_at(direction, len(kinds))
        return self._at(statement, ids, kinds, on, edge_row)

    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """See Reader."""
        statement = sql.count_edges_at(direction, len(kinds))
        counts: list[tuple[str, int]] = self._at(statement, ids, kinds, on)
        return {kind: number for kind, number in counts if number}

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        statement = sql.walk_from(direction, len(kinds))
        return self._at(statement, ids, kinds, on, edge_row)

    def _at(
        self,
        statement: str,
        ids: Collection[str],
        kinds: Sequence[str],
        on: Span,
        row: Callable[[Any], T] = tuple,  # type: ignore[assignment]
    ) -> list[T]:
        if not kinds or not ids:
            return []
        parameters = {**_parameters(ids, on), **sql.kind_parameters(list(kinds))}
        return self._read(statement, parameters, row)

    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        return self._read(sql.WITH_CODES, _parameters(codes, on), node_row)

    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """See Reader."""
        parameters = {**_parameters((), on), "kind": kind}
        return self._read(sql.OF_KIND, parameters, node_row)

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """See Reader."""
        parameters = {"ids": _json(units), "since": since}
        return self._read(sql.TALLIES, parameters, tally_row)

    def find(self, words: Sequence[str], on: Span, limit: int) -> list[NodeRow]:
        """See Reader."""
        if not words:
            return []
        seeks = [{"word": word, "beyond": word + "\U0010ffff"} for word in words]
        rarest = seeks[0]
        if len(seeks) > 1:
            # Every ward's name begins with "phuong": what is rare leads to few rows.
            rarest = min(seeks, key=lambda seek: len(self._read(sql.SOME_WORDS, seek)))
        rows = self._read(sql.FIND, {**_parameters((), on), **rarest}, node_row)
        return named(rows, words, limit)

    def revision(self, number: int) -> Revision | None:
        """See Reader."""
        rows = self._read(sql.REVISION_N, {"number": number}, revision_row)
        return rows[0] if rows else None

    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """See Store."""
        last = self.head() + 1 if before is None else before
        asked = {"before": last, "limit": limit}
        return self._read(sql.REVISIONS, asked, revision_row)

    def journal(self, number: int) -> list[Change]:
        """See Reader."""
        at = {"number": number}
        after: list[Row] = []
        for statement in (sql.WRITTEN_NODES, sql.PAST_WRITTEN_NODES):
            after += self._read(statement, at, node_row)
        for statement in (sql.WRITTEN_EDGES, sql.PAST_WRITTEN_EDGES):
            after += self._read(statement, at, edge_row)
        before: list[Row] = [*self._read(sql.GONE_NODES, at, node_row)]
        before += self._read(sql.GONE_EDGES, at, edge_row)
        return joined({row.key: row for row in before}, {r.key: r for r in after})

    def revisions_of(self, node: str) -> list[int]:
        """See Store."""
        found: list[tuple[int]] = self._read(sql.REVISIONS_OF, {"id": node})
        return sorted(number for (number,) in found)

    def rows_turning(self, after: date, until: date) -> list[Row]:
        """See Store."""
        days = {"after": after.isoformat(), "until": until.isoformat()}
        nodes = self._read(sql.TURNING_NODES, days, node_row)
        return [*nodes, *self._read(sql.TURNING_EDGES, days, edge_row)]

    def count_without(
        self, ids: Collection[str], kind: str, missing: str, on: Span
    ) -> dict[str, int]:
        """See Store."""
        parameters = {**_parameters(ids, on), "kind": kind, "missing": missing}
        counts: list[tuple[str, int]] = self._read(sql.COUNT_WITHOUT, parameters)
        return dict(counts)

    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """See Reader."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        rows: list[tuple[str, str]] = self._at(sql.led(len(way)), ids, way, on)
        for node, source in sorted(rows):
            found[node].append(source)
        return dict(found)

    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """See Store."""
        kinds = [*way, *([leaving] if leaving is not None else [])]
        statement = sql.count_led(len(way), leaving=leaving is not None)
        counts: list[tuple[str, int]] = self._at(statement, ids, kinds, on)
        return dict(counts)

    def count_astray(
        self, ids: Collection[str], kind: str, way: Sequence[str], on: Span
    ) -> dict[str, int]:
        """See Store."""
        statement = sql.count_astray(len(way))
        counts: list[tuple[str, int]] = self._at(statement, ids, [*way, kind], on)
        return dict(counts)

    # Writing

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See Store."""
        with self._transaction("BEGIN"):
            yield

    def transaction(self, work: Callable[[], T]) -> T:
        """See Store."""
        with self.locked():
            return work()

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Take the write lock; what is written inside is kept wholly or not at all."""
        if self._db.in_transaction:
            message = "a store isn't locked inside one of its own transactions"
            raise RuntimeError(message)
        with self._transaction(_LOCK):
            yield

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[None]:
        if self._db.in_transaction:
            yield
            return
        with Plainly(self.path):
            self._db.execute(begin)
        try:
            yield
            try:
                with Plainly(self.path):
                    self._db.execute("COMMIT")
            except KeyboardInterrupt as stop:
                if self._db.in_transaction or begin != _LOCK:
                    raise
                raise InDoubtInterrupt from stop
        finally:
            if self._db.in_transaction:
                self._db.execute("ROLLBACK")

    def write(
        self, revision: Revision, changes: Sequence[Change], tally: Iterable[TallyRow]
    ) -> None:
        """See Store."""
        rev = revision.number
        replaced = [c.before for c in changes if c.before is not None]
        dropped = [c.before for c in changes if c.before is not None and not c.after]
        written = [c.after for c in changes if c.after is not None]
        with Plainly(self.path):
            many = self._db.executemany
            many(sql.KEEP_NODE, [(rev, *key_values(r)) for r in _nodes(replaced)])
            many(sql.KEEP_EDGE, [(rev, *key_values(r)) for r in _edges(replaced)])
            many(sql.DROP_NODE, [key_values(r) for r in _nodes(dropped)])
            many(sql.DROP_EDGE, [key_values(r) for r in _edges(dropped)])
            many(sql.PUT_NODE, [node_values(r, rev) for r in _nodes(written)])
            many(sql.PUT_EDGE, [edge_values(r, rev) for r in _edges(written)])
            many(sql.ADD_WORD, name_words(self.pack, _nodes(written)))
            many(sql.ADD_TALLY, tally)
            self._db.execute(sql.ADD_REVISION, revision_values(revision))

    def bulk_load(
        self,
        nodes: Iterable[NodeRow],
        edges: Iterable[EdgeRow],
        stamp: Stamp | None = None,
        title: str = BULK_TITLE,
        revision: Revision | None = None,
    ) -> None:
        """See Store."""
        with self.locked(), Plainly(self.path):
            check_empty(self.head())
            filled = fill(self._db, self.pack, nodes, edges)
            lines = all_lines(self._db)
            made = bulk_revision(self, filled, lines, Given(stamp, title, revision))
            self._db.execute(sql.ADD_REVISION, revision_values(made))

    def spool(self) -> Spool:
        """Return all that a store of one revision holds, as it is asked for."""
        return spool(self._db)

    def discard(self) -> None:
        """See Store."""
        if not self._is_new:
            return
        with self.locked(), Plainly(self.path):
            if self.head():
                return
            # Who waits for the lock must not write into a file that is gone.
            self._db.execute(sql.UNMAKE)
        remove_files(self.path)

    def close(self) -> None:
        """See Store."""
        self._db.close()


def _json(ids: Collection[str]) -> str:
    """Return ids for json_each, each once."""
    return f"[{','.join(map(_quoted, dict.fromkeys(ids)))}]"


def _parameters(ids: Collection[str], on: Span) -> dict[str, Any]:
    return {
        "ids": _json(ids),
        "since": on.since.isoformat(),
        "until": on.until.isoformat(),
    }


def _nodes(rows: Iterable[Row]) -> list[NodeRow]:
    return [row for row in rows if isinstance(row, NodeRow)]


def _edges(rows: Iterable[Row]) -> list[EdgeRow]:
    return [row for row in rows if isinstance(row, EdgeRow)]
