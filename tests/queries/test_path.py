"""Paths between people and units, against a plain search over all ties."""

from collections import deque
from datetime import date
from itertools import pairwise

import pytest
from harness import NewStore
from provinces import DAY, Oracle, province
from test_regions import loaded
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.pack import pack_from_data
from orgraph.queries import path
from orgraph.queries.path import Step
from orgraph.stores import MemoryStore


def length(oracle: Oracle, ties: tuple[str, ...], first: str, last: str) -> int | None:
    """Return how many ties lie between two nodes, by trying all."""
    near: dict[str, set[str]] = {name: set() for name in oracle.nodes}
    for kind in ties:
        for source, target in oracle.pairs(kind):
            near[source].add(target)
            near[target].add(source)
    far = {first: 0}
    waiting = deque([first])
    while waiting:
        here = waiting.popleft()
        for there in near[here] - far.keys():
            far[there] = far[here] + 1
            waiting.append(there)
    return far.get(last)


@pytest.mark.parametrize("seed", range(12))
def test_paths_are_shortest_and_real(seed: int, new_store: NewStore) -> None:
    """A path has as few steps as there can be, each a tie of the day, its way said."""
    rows = province(seed)
    store, oracle = loaded(new_store, rows), Oracle(rows)
    ids = sorted(oracle.nodes)
    for first, last in zip(ids, ids[::-1], strict=True):
        found = path(store, first, last, DAY)
        wanted = length(oracle, store.pack.questions.ties, first, last)
        assert (len(found.steps) - 1 if found.steps else None) == wanted
        if not found.steps:
            continue
        assert [found.steps[0].id, found.steps[-1].id] == [first, last]
        assert (found.steps[0].by, found.steps[0].forward) == (None, None)
        for near, far in pairwise(found.steps):
            ends = (near.id, far.id) if far.forward else (far.id, near.id)
            assert far.by is not None
            assert ends in oracle.pairs(far.by)
            assert far.kind == oracle.nodes[far.id].kind
        assert path(store, first, last, DAY) == found


@pytest.fixture
def store() -> MemoryStore:
    """Return two people of two bodies under one, and a third who is nowhere."""
    return filled(
        *(node(name, "body") for name in "abc"),
        *(node(name, "person") for name in "xyz"),
        edge("UNDER", "b", "a"),
        edge("UNDER", "c", "a"),
        edge("MEMBER_OF", "x", "b"),
        edge("MEMBER_OF", "y", "c", until=date(2024, 1, 1)),
        edge("MEMBER_OF", "y", "b", date(2024, 1, 1)),
        edge("IN_CHARGE_OF", "x", "b"),
    )


def test_who_joins_two_people(store: MemoryStore) -> None:
    """Each step says by which tie and which way; of two, the pack's first is taken."""
    found = path(store, "x", "y", DAY, names=True)
    assert found.steps == (
        Step("x", "person", "X", None, None),
        Step("b", "body", "B", "MEMBER_OF", forward=True),
        Step("y", "person", "Y", "MEMBER_OF", forward=False),
    )
    before = path(store, "x", "y", date(2023, 1, 1))
    assert [(s.id, s.by) for s in before.steps] == [
        ("x", None),
        ("b", "MEMBER_OF"),
        ("a", "UNDER"),
        ("c", "UNDER"),
        ("y", "MEMBER_OF"),
    ]
    assert [s.name for s in before.steps] == ["•••", "B", "A", "C", "•••"]


def test_ends_of_a_path(store: MemoryStore) -> None:
    """A node is joined to itself by no tie, and to who is alone by nothing."""
    assert [s.id for s in path(store, "x", "x", DAY).steps] == ["x"]
    nothing = path(store, "x", "z", DAY)
    assert nothing.steps == ()
    assert nothing.to_plain() == {
        "format": "orgraph.path/1",
        "from": "x",
        "to": "z",
        "on": "2025-06-01",
        "steps": [],
    }
    with pytest.raises(InputError, match="doesn't live on 2018-01-01"):
        path(store, "x", "y", date(2018, 1, 1))


def test_a_pack_without_ties() -> None:
    """A store of an older pack says which word of the pack is missing."""
    data = dict(filled().pack.data)
    del data["questions"]
    with pytest.raises(InputError, match=r"questions\.ties"):
        path(MemoryStore(pack_from_data(data)), "x", "y", DAY)
