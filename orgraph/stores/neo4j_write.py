"""Writes a revision into a Neo4j graph: what was goes to past rows, and what becomes.

A few statements for a revision of any size, each for all rows of its sort.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..change import Change
from ..draft import Revision, TallyRow
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from . import neo4j_statements as cypher
from .neo4j_rows import (
    Days,
    Properties,
    fact_properties,
    new_edge,
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
    _rows(session, cypher.ADD_VERSIONS, _new_nodes(_new(nodes), named, rev))
    days = Days()
    replaced = _replaced_edges(edges, named, days)
    made = [new_edge(row, named.types[row.kind], days) for row in _new(edges)]
    asked = {"days": list(days), "rev": rev}
    _rows(session, cypher.CHANGE_EDGES, replaced, **asked, kinds=named.kinds)
    _rows(session, cypher.ADD_EDGES, made, **asked)
    found = name_words(pack, _newly_named(nodes))
    _rows(session, cypher.ADD_WORDS, [list(pair) for pair in found])
    ids = sorted({change.row[0] for change in nodes})
    if ids:
        session.write(cypher.NAME_ENTITIES, ids=ids)
    _rows(session, cypher.FREE_ENTITIES, _gone(nodes, named))
    _rows(session, cypher.ADD_TALLIES, [list(step) for step in tally])
    session.write(cypher.ADD_REVISION, revision=revision_properties(revision))
    session.wrote(revision)


def _rows(
    session: Session,
    statement: str,
    rows: list[Any],
    **asked: Any,  # noqa: ANN401 - values of any type
) -> None:
    if rows:
        session.write(statement, rows=rows, **asked)


def _new(changes: Iterable[Change]) -> list[Any]:
    return [c.after for c in changes if c.before is None and c.after is not None]


def _new_nodes(rows: Iterable[NodeRow], named: Words, rev: int) -> list[Properties]:
    """Return versions as ADD_VERSIONS wants them."""
    return [
        {
            "id": row.id,
            "label": named.labels[row.kind],
            "after": node_properties(row, rev),
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
    changes: Iterable[Change], named: Words, days: Days
) -> list[list[Any]]:
    """Return edges as CHANGE_EDGES wants them.

    An edge that is taken away has no day of an end. Its facts are in a list, which is
    empty where they stay as they are.
    """
    return [
        [
            *(before.source, before.target, named.types[before.kind]),
            days[before.since],
            *(
                (None, [])
                if after is None
                else (days[after.until], _others(before, after))
            ),
        ]
        for _, before, after in changes
        if isinstance(before, EdgeRow) and not isinstance(after, NodeRow)
    ]


def _others(before: EdgeRow, after: EdgeRow) -> list[Properties]:
    return [] if before.facts == after.facts else [fact_properties(after.facts)]


def _newly_named(changes: Iterable[Change]) -> Iterator[NodeRow]:
    """Yield the versions that are new, or have another name than before."""
    for _, before, after in changes:
        if isinstance(after, NodeRow) and (
            not isinstance(before, NodeRow) or before.name != after.name
        ):
            yield after


def _gone(changes: Iterable[Change], named: Words) -> list[Properties]:
    """Return the nodes that lost a version: perhaps their last."""
    return [
        {"id": change.before.id, "label": named.labels[change.before.kind]}
        for change in changes
        if isinstance(change.before, NodeRow) and change.after is None
    ]
