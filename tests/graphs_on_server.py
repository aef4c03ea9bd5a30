"""Stores on the Neo4j server that the tests started, one at a time."""

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import Driver
from neo4j_container import Neo4jServer

from orgraph.pack import Pack
from orgraph.stores.neo4j_store import Neo4jStore

SEARCHES = {
    "AllNodesScan",
    "DirectedAllRelationshipsScan",
    "DirectedRelationshipIndexScan",
    "DirectedRelationshipTypeScan",
    "DirectedUnionRelationshipTypesScan",
    "IntersectionNodeByLabelsScan",
    "NodeByLabelScan",
    "NodeIndexScan",
    "NodeHashJoin",
    "UndirectedAllRelationshipsScan",
    "UndirectedRelationshipTypeScan",
    "UnionNodeByLabelsScan",
    "ValueHashJoin",
}
"""Operators whose cost is that of the graph, not of what is asked."""
_started: list[Neo4jServer] = []


def serve(server: Neo4jServer) -> None:
    """Let the tests of this process use a server from now on."""
    _started.append(server)


def server() -> Neo4jServer:
    """Return the server; its default database is emptied before each test."""
    return _started[-1]


def url() -> str:
    """Return what the server's store is named by."""
    return server().url


def driver() -> Driver:
    """Return a driver beside the store's: for what Cypher says without orgraph."""
    return server().driver


def cypher(statement: str, **asked: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any values
    """Run a statement beside the store, and return its rows."""
    return [tuple(row) for row in driver().execute_query(statement, asked).records]


def new_graph(pack: Pack) -> Neo4jStore:
    """Return an empty store in an emptied graph; constraints and indexes stay."""
    cypher("MATCH (n) DETACH DELETE n")
    return Neo4jStore(url(), create=pack)


def searches(statement: str, asked: dict[str, Any]) -> Iterator[str]:
    """Yield what a statement would look through the graph for, as the server plans it.

    The one store node is no search.
    """
    plan = driver().execute_query(f"EXPLAIN {statement}", asked).summary.plan
    assert plan is not None
    for operator, details in _operators(plan):
        if operator in SEARCHES and "OrgraphStore" not in details:
            yield f"{operator} {details}"


def _operators(plan: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield each operator of a plan, with its details."""
    name = plan["operatorType"].partition("@")[0]
    yield name, str(plan["args"].get("Details", ""))
    for child in plan.get("children", ()):
        yield from _operators(child)


on_server = pytest.mark.usefixtures("wiped_neo4j")
"""For tests that need the server."""
