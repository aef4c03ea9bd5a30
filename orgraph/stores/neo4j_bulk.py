"""Fills an empty Neo4j store, batch by batch, from rows that come in any order.

They go through a SQLite file, which sorts, hashes and counts them; so neither client
nor server ever holds them all. Until the last batch nobody can open the store: a load
that was broken off is made anew. Indexes of a large load are made when its rows are
there, which takes a part of the time that keeping them up to date would.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

from ..draft import Revision
from ..errors import StoreError
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from . import neo4j_statements as cypher
from .bulk import check_empty
from .neo4j_errors import Plainly
from .neo4j_hold import Hold
from .neo4j_open import drop_indexes, make_schema, refuse_labels
from .neo4j_rows import Days, fact_properties, new_edge, revision_properties
from .neo4j_schema import Words, words
from .neo4j_session import Session
from .neo4j_wipe import empty
from .sqlite import SqliteStore
from .sqlite_bulk import Spool

T = TypeVar("T")
BATCH = 5_000
LARGE = 50_000
"""From so many rows on, dropping indexes and making them again takes less time."""


def fill(
    session: Session,
    pack: Pack,
    load: Callable[[SqliteStore], None],
) -> None:
    """Fill an empty store with what `load` puts into an empty file."""
    check_empty(session.head().number)
    with TemporaryDirectory(prefix="orgraph-") as folder:
        path = Path(folder) / "load.db"
        with SqliteStore(path, create=pack) as file:
            load(file)
            revision = file.revision(1)
            if revision is None:
                message = "a load wrote no revision"
                raise RuntimeError(message)
            pour(session, pack, file.spool(), revision)


def pour(session: Session, pack: Pack, spool: Spool, revision: Revision) -> None:
    """Write what a file holds as the first revision of an empty store."""
    with Plainly(session.server.name):
        refuse_labels(session, "OrgraphStore")
        hold = Hold(session)
        if not hold.begin():
            name = session.server.name
            message = f"{name}: the store is not empty, or is being filled"
            raise StoreError(message)
        session.is_filling = True
        try:
            _fill(session, pack, spool, revision, hold)
        except BaseException:
            if hold.is_ours():
                empty(session, hold)
                with hold.kept():
                    make_schema(session, pack)
                hold.let_go()
            raise
        finally:
            session.is_filling = False


def _fill(
    session: Session, pack: Pack, spool: Spool, revision: Revision, hold: Hold
) -> None:
    is_large = revision.rows >= LARGE
    if is_large:
        with hold.kept():
            drop_indexes(session, pack)
    _pour(session, pack, spool, hold)
    if is_large:
        with hold.kept():
            make_schema(session, pack)
    done = revision_properties(revision)

    def end() -> None:
        hold.check()
        session.write(cypher.ADD_REVISION, revision=done)

    session.transaction(end)


def _pour(session: Session, pack: Pack, spool: Spool, hold: Hold) -> None:
    named, loading = words(pack), _Loading(session, hold)
    grouped = (list(rows) for _, rows in groupby(spool.nodes, itemgetter(0)))
    for versions in _batches(grouped):
        days = Days()
        nodes = [_entity(rows, named, days) for rows in versions]
        loading.write(cypher.LOAD_NODES, nodes, days)
    for edges in _batches(spool.edges):
        loading.write_edges(named, edges)
    found = groupby(spool.words, itemgetter(0))
    for wanted in _batches([word, [i for _, i in pairs]] for word, pairs in found):
        loading.write(cypher.LOAD_WORDS, wanted)
    for tallies in _batches(map(list, spool.tallies)):
        loading.write(cypher.LOAD_TALLIES, tallies)


def _entity(versions: list[NodeRow], named: Words, days: Days) -> list[Any]:
    """Return a node with its versions, as LOAD_NODES wants it."""
    first, last = versions[0], versions[-1]
    return [
        *(last.id, named.labels[last.kind], last.kind, last.name, last.code),
        *(days[first.since], days[last.until]),
        [
            [
                *(row.kind, row.name, row.code, days[row.since], days[row.until]),
                fact_properties(row.facts),
            ]
            for row in versions
        ],
    ]


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    batch: list[T] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


class _MissingEndError(Exception):
    """An edge leads to a node that isn't there."""


class _Loading:
    """Writes batches, each in a transaction of its own, while the store is ours."""

    def __init__(self, session: Session, hold: Hold) -> None:
        self._session, self._hold = session, hold

    def write(self, statement: str, rows: list[Any], days: Iterable[date] = ()) -> None:
        """Write rows; their days are places in these."""
        self._session.batch(lambda: self._written(statement, rows, days))

    def _written(self, statement: str, rows: list[Any], days: Iterable[date]) -> int:
        self._hold.check()
        return self._session.write(statement, rows=rows, days=list(days), rev=1)

    def write_edges(self, named: Words, edges: list[EdgeRow]) -> None:
        """Write edges; those to a node that isn't there make its bare entity.

        No import lets such edges in; a store can hold them all the same.
        """
        days = Days()
        rows = [new_edge(row, named.types[row.kind], days) for row in edges]

        def joined() -> None:
            if self._written(cypher.LOAD_EDGES, rows, days) < len(rows):
                raise _MissingEndError

        try:
            self._session.batch(joined)
        except _MissingEndError:
            self.write(cypher.ADD_EDGES, rows, days)
