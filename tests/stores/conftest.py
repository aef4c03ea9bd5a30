"""A small territory in every store: the same tests run on all of them."""

from datetime import date

import pytest
from harness import NewStore
from towns import done, edge, node

from orgraph.model import EdgeRow, NodeRow
from orgraph.stores import Store

TURN = date(2020, 1, 1)
"""On this day a municipality is renamed, another ends, and a locality changes hands."""

NODES = (
    node("st", "state"),
    node("d1", "district"),
    node("m1", "municipality", until=TURN, area_m2=10)._replace(name="Hòa Bình"),
    node("m1", "municipality", since=TURN, area_m2=10)._replace(name="Hoà Thắng"),
    node("m2", "municipality", until=TURN)._replace(code="42", name="Old Town"),
    node("m3", "municipality", since=TURN)._replace(code="42", name="New Town"),
    node("m4", "municipality", since=TURN, until=TURN),
    node("l1", "locality", people=5),
    node("l2", "locality", people=None),
    node("b1", "body"),
    node("x1", "person")._replace(name="An Town"),
)
EDGES = (
    edge("PART_OF", "d1", "st"),
    edge("PART_OF", "m1", "d1"),
    edge("PART_OF", "m2", "d1", until=TURN),
    edge("PART_OF", "m3", "d1", since=TURN),
    edge("PART_OF", "l1", "m1"),
    edge("PART_OF", "l2", "m2", until=TURN),
    edge("PART_OF", "l2", "m1", since=TURN),
    edge("COVERS", "b1", "m1"),
    edge("COVERS", "b1", "l1", form="full"),
    edge("MEMBER_OF", "x1", "b1"),
)


@pytest.fixture
def empty(new_store: NewStore) -> Store:
    """Return an empty store."""
    return new_store("territory")


@pytest.fixture
def store(empty: Store) -> Store:
    """Return a store that holds the territory as revision 1."""
    nodes: tuple[NodeRow, ...] = NODES
    edges: tuple[EdgeRow, ...] = EDGES
    empty.bulk_load(nodes, edges)
    return empty


@pytest.fixture
def changed(store: Store) -> Store:
    """Return that store after a rename and a move, revisions 2 and 3."""
    done(store, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Third"})
    done(store, "2022-01-01", {"op": "move_unit", "unit": "l1", "to": "m3"})
    return store
