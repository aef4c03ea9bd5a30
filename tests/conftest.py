"""Fixtures that several test files share: a new store of every kind."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from graphs_on_server import new_graph
from harness import STORES, NewStore, pack_named

from orgraph.stores import SqliteStore, Store

pytest_plugins = ["neo4j_server", "chromium"]

if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    # So it is where a shell runs the suite in the background, and every command that a
    # test starts would be deaf to Ctrl-C, too.
    signal.signal(signal.SIGINT, signal.default_int_handler)


EVERYWHERE = [
    *STORES,
    pytest.param("neo4j", marks=(pytest.mark.neo4j, pytest.mark.slow)),
]


@pytest.fixture(params=EVERYWHERE)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Return what makes an empty store with a pack; each is closed after the test."""
    on_server = request.param == "neo4j"
    if on_server:
        request.getfixturevalue("wiped_neo4j")
    made = iter(range(100))
    with ExitStack() as stack:

        def new(pack: str) -> Store:
            number = next(made)
            if on_server and not number:
                return stack.enter_context(new_graph(pack_named(pack)))
            # A server has one graph: what a test compares with it is in memory.
            make = STORES["memory" if on_server else request.param]
            return stack.enter_context(
                make(pack_named(pack), tmp_path / f"{number}.db")
            )

        yield new


@pytest.fixture
def rows_read(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return how many rows each statement of SQLite stores has read; it grows."""
    read: list[int] = []
    plain = SqliteStore._read

    def counting(store: SqliteStore, *arguments: Any) -> list[Any]:  # noqa: ANN401 - as _read
        found = plain(store, *arguments)
        read.append(len(found))
        return found

    monkeypatch.setattr(SqliteStore, "_read", counting)
    return read
