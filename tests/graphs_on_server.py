"""Stores on the Neo4j server that the tests started, one at a time."""

from typing import Any

import pytest
from neo4j import Driver
from neo4j_container import Neo4jServer

from orgraph.pack import Pack
from orgraph.stores.neo4j_store import Neo4jStore

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


on_server = pytest.mark.usefixtures("wiped_neo4j")
"""For tests that need the server."""
