"""Writes a revision into a Neo4j graph: what was goes to past rows, and what becomes.

A few statements for a revision of any size, each for all rows of its sort.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from ..change import Change
from ..draft import Revision, TallyRow
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from . import neo4j_statements as cypher
from .neo4j_rows import (
    Properties,
    edge_key,
    edge_properties,
    node_properties,
    revision_properties,
)
from .neo4j_schema import Words, words
from .neo4j_session import Session
from .sqlite_rows import name_words


def write_revision(
    session: Session,
    pack: Pack,
    revision: Revision,
    changes: Sequence[Change],
    tally: Iterable[TallyRow],
) -> None:
    """Write changes, tallies and the revision, inside a transaction."""
    rev, named = revision.number, words(pack)
    nodes = [change for change in changes if isinstance(change.row, NodeRow)]
    edges = [change for change in changes if isinstance(change.row, EdgeRow)]
    _rows(session, cypher.CHANGE_VERSIONS, _replaced_nodes(nodes, rev), rev=rev)
    _rows(session, cypher.ADD_VERSIONS, new_nodes(_new(nodes), named, rev))
    _rows(session, cypher.CHANGE_EDGES, _replaced_edges(edges, named, rev), rev=rev)
    _rows(session, cypher.ADD_EDGES, new_edges(_new(edges), named, rev))
    written = [c.after for c in nodes if isinstance(c.after, NodeRow)]
    _rows(session, cypher.ADD_WORDS, [list(pair) for pair in name_words(pack, written)])
    ids = sorted({change.row[0] for change in nodes})
    if ids:
        session.write(cypher.NAME_ENTITIES, ids=ids)
    _rows(session, cypher.FREE_ENTITIES, _gone(nodes, named))
    _rows(session, cypher.ADD_TALLIES, [list(step) for step in tally])
    session.write(cypher.ADD_REVISION, revision=revision_properties(revision))
    session.wrote(revision)


def _rows(session: Session, statement: str, rows: list[Any], **asked: int) -> None:
    if rows:
        session.write(statement, rows=rows, **asked)


def _new(changes: Iterable[Change]) -> list[Any]:
    return [c.after for c in changes if c.before is None and c.after is not None]


def new_nodes(rows: Iterable[NodeRow], named: Words, rev: int) -> list[Properties]:
    """Return versions as ADD_VERSIONS wants them."""
    return [
        {
            "id": row.id,
            "label": named.labels[row.kind],
            "after": node_properties(row, rev),
        }
        for row in rows
    ]


def new_edges(rows: Iterable[EdgeRow], named: Words, rev: int) -> list[Properties]:
    """Return edges as ADD_EDGES wants them."""
    return [
        {
            "source": row.source,
            "target": row.target,
            "type": named.types[row.kind],
            "after": edge_properties(row, rev),
        }
        for row in rows
    ]


def _replaced_nodes(changes: Iterable[Change], rev: int) -> list[Properties]:
    return [
        {
            "id": change.before.id,
            "since": change.before.since,
            "after": node_properties(change.after, rev)
            if isinstance(change.after, NodeRow)
            else None,
        }
        for change in changes
        if isinstance(change.before, NodeRow)
    ]


def _replaced_edges(
    changes: Iterable[Change], named: Words, rev: int
) -> list[Properties]:
    return [
        {
            "source": change.before.source,
            "kind": change.before.kind,
            "type": named.types[change.before.kind],
            "key": edge_key(change.before),
            "after": edge_properties(change.after, rev)
            if isinstance(change.after, EdgeRow)
            else None,
        }
        for change in changes
        if isinstance(change.before, EdgeRow)
    ]


def _gone(changes: Iterable[Change], named: Words) -> list[Properties]:
    """Return the nodes that lost a version: perhaps their last."""
    return [
        {"id": change.before.id, "label": named.labels[change.before.kind]}
        for change in changes
        if isinstance(change.before, NodeRow) and change.after is None
    ]
