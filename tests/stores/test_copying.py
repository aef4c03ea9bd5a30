"""A store is copied with all its revisions, from any kind of store to any other."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from conftest import EDGES, NODES
from graphs_on_server import new_graph
from harness import STORES, errors, pack_named
from test_conformance_revisions import everything
from towns import done, undone

from orgraph.errors import StoreError
from orgraph.stores import MemoryStore, Store
from orgraph.stores.copying import Copied, copy_store

TODAY = date(2025, 1, 1)
PAIRS = [
    pytest.param(pair, id="-".join(pair), marks=[pytest.mark.neo4j] * ("neo4j" in pair))
    for pair in product([*STORES, "neo4j"], repeat=2)
    if pair != ("neo4j", "neo4j")  # there is one server, with one graph
]


@pytest.fixture(params=PAIRS)
def pair(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Store, Store]]:
    """Return a store with a history, and an empty one."""
    if "neo4j" in request.param:
        request.getfixturevalue("wiped_neo4j")
    pack = pack_named("territory")
    with ExitStack() as stack:
        source, target = (
            stack.enter_context(
                new_graph(pack)
                if name == "neo4j"
                else STORES[name](pack, tmp_path / f"{place}.db")
            )
            for place, name in enumerate(request.param)
        )
        source.bulk_load(NODES, EDGES)
        rename = {"op": "rename_unit", "unit": "m1", "name": "Third"}
        done(source, "2021-01-01", rename)
        moved = done(
            source, "2022-01-01", {"op": "move_unit", "unit": "l1", "to": "m3"}
        )
        undone(source, moved)
        yield source, target


def test_a_copy_is_the_same(pair: tuple[Store, Store]) -> None:
    """Rows, who wrote them, tallies, revisions, journals and hashes are all alike."""
    source, target = pair
    assert copy_store(source, target) == Copied(0, 4)
    assert everything(target) == everything(source)
    assert errors(target, TODAY) == set()


def test_a_copy_goes_on(pair: tuple[Store, Store]) -> None:
    """A copy that was broken off goes on, and again when the original did."""
    source, target = pair

    def broken(done: int, _: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        copy_store(source, target, broken)
    assert target.head() == 2
    assert copy_store(source, target) == Copied(2, 4)
    done(source, "2023-01-01", {"op": "rename_unit", "unit": "m3", "name": "New"})
    assert copy_store(source, target) == Copied(4, 5)
    assert copy_store(source, target) == Copied(5, 5)
    assert everything(target) == everything(source)


def test_a_copy_of_something_else_is_refused(pair: tuple[Store, Store]) -> None:
    """Where the target went its own way, nothing is copied over it."""
    source, target = pair
    target.bulk_load(NODES, EDGES, title="Another")
    before = everything(target)
    with pytest.raises(StoreError, match="not one of the store to copy from"):
        copy_store(source, target)
    assert everything(target) == before
    other = MemoryStore(pack_named("vietnam"))
    with pytest.raises(StoreError, match="different schema packs"):
        copy_store(source, other)


def test_a_revision_that_was_tampered_with_is_not_copied(
    pair: tuple[Store, Store],
) -> None:
    """What doesn't hold what its hash was made of is copied no further."""
    source, target = pair
    true = source.journal

    def lying(number: int) -> list[object]:
        return true(number)[:-1] if number == 3 else true(number)

    source.journal = lying  # type: ignore[method-assign, assignment]
    with pytest.raises(StoreError, match="revision 3 of the store to copy from"):
        copy_store(source, target)
    assert target.head() == 2
