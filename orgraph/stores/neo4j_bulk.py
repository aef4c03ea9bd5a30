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
from .neo4j_open import drop_indexes, make_schema
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
        session.transaction(lambda: _begin(session))
        is_large = revision.rows >= LARGE
        session.is_filling = True
        try:
            if is_large:
                drop_indexes(session, pack)
            _pour(session, pack, spool)
            if is_large:
                make_schema(session, pack)
            done = revision_properties(revision)
            session.transaction(
                lambda: session.write(cypher.ADD_REVISION, revision=done)
            )
        except BaseException:
            empty(session)
            make_schema(session, pack)
            session.alone(cypher.END_LOAD, {})
            raise
        finally:
            session.is_filling = False


def _begin(session: Session) -> None:
    if not session.rows(cypher.BEGIN_LOAD, {}, int):
        message = f"{session.server.name}: the store is not empty, or is being filled"
        raise StoreError(message)


def _pour(session: Session, pack: Pack, spool: Spool) -> None:
    named = words(pack)
    grouped = (list(rows) for _, rows in groupby(spool.nodes, itemgetter(0)))
    for versions in _batches(grouped):
        days = Days()
        nodes = [_entity(rows, named, days) for rows in versions]
        _write(session, cypher.LOAD_NODES, nodes, days)
    for edges in _batches(spool.edges):
        _write_edges(session, named, edges)
    found = groupby(spool.words, itemgetter(0))
    for wanted in _batches([word, [i for _, i in pairs]] for word, pairs in found):
        _write(session, cypher.LOAD_WORDS, wanted)
    for tallies in _batches(map(list, spool.tallies)):
        _write(session, cypher.LOAD_TALLIES, tallies)


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


def _write(
    session: Session, statement: str, rows: list[Any], days: Iterable[date] = ()
) -> None:
    asked = {"rows": rows, "days": list(days)} if days else {"rows": rows}

    def work() -> None:
        session.write(cypher.GO_ON_LOADING)
        session.write(statement, **asked)

    session.batch(work)


class _MissingEndError(Exception):
    """An edge leads to a node that isn't there."""


def _write_edges(session: Session, named: Words, edges: list[EdgeRow]) -> None:
    """Write edges; those to a node that isn't there make its bare entity, as written.

    No import lets such edges in; a store can hold them all the same.
    """
    days = Days()
    rows = [new_edge(row, named.types[row.kind], days) for row in edges]
    asked = {"rows": rows, "days": list(days), "rev": 1}

    def work(statement: str) -> int:
        session.write(cypher.GO_ON_LOADING)
        return session.write(statement, **asked)

    def joined() -> None:
        if work(cypher.LOAD_EDGES) < len(rows):
            raise _MissingEndError

    try:
        session.batch(joined)
    except _MissingEndError:
        session.batch(lambda: work(cypher.ADD_EDGES))
