"""Fixtures that several test files share: a new store of every kind."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from harness import STORES, NewStore, pack_named

pytest_plugins = ["neo4j_server"]


@pytest.fixture(params=STORES)
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Return what makes an empty store with a pack; each is closed after the test."""
    made = iter(range(100))
    with ExitStack() as stack:
        yield lambda pack: stack.enter_context(
            STORES[request.param](pack_named(pack), tmp_path / f"{next(made)}.db")
        )
