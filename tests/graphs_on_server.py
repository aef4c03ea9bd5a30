"""Stores on the Neo4j server that the tests were given, one at a time."""

import os
from functools import cache
from typing import Any

import pytest

from orgraph.pack import Pack
from orgraph.stores.neo4j_store import Neo4jStore

URL = os.environ.get("ORGRAPH_NEO4J_URL", "")
"""The server of the tests; its default database is emptied again and again."""


@cache
def driver() -> Any:  # noqa: ANN401 - the driver is not typed for all its versions
    """Return a driver beside the store's: for what Cypher says without orgraph."""
    import neo4j

    user = os.environ.get("NEO4J_USERNAME", "neo4j")
    password = os.environ.get("NEO4J_PASSWORD", "")
    return neo4j.GraphDatabase.driver(
        URL, auth=(user, password), notifications_min_severity="OFF"
    )


def cypher(statement: str, **asked: Any) -> list[tuple[Any, ...]]:  # noqa: ANN401 - any values
    """Run a statement beside the store, and return its rows."""
    return [tuple(row) for row in driver().execute_query(statement, asked).records]


def new_graph(pack: Pack) -> Neo4jStore:
    """Return an empty store in an emptied graph; constraints and indexes stay."""
    cypher("MATCH (n) DETACH DELETE n")
    return Neo4jStore(URL, create=pack)


on_server = pytest.mark.skipif(not URL, reason="ORGRAPH_NEO4J_URL names no server")
"""For tests that need the server."""
