"""What networkx finds in a graph handed to it is what orgraph answers itself."""

from collections import Counter
from datetime import date

import networkx as nx
import pytest
from harness import NewStore
from towns import done, edge, filled, node

import orgraph
from orgraph.errors import InputError
from orgraph.model import EdgeRow, NodeRow, Row, Span
from orgraph.queries import chain, path, tally

BEFORE = date(2024, 1, 1)
MERGED = date(2025, 1, 1)


def rows() -> list[Row]:
    """Return two districts with municipalities, their council, posts and people."""
    found: list[Row] = [node("s", "state"), node("a", "body"), node("b", "body")]
    found += [edge("UNDER", "b", "a"), edge("COVERS", "b", "m0")]
    for d in ("d", "e"):
        found += [node(d, "district"), edge("PART_OF", d, "s")]
    for m in range(5):
        found.append(node(f"m{m}", "municipality", people=m * 10))
        found.append(edge("PART_OF", f"m{m}", "d" if m < 3 else "e"))
        found += [node(f"p{m}", "post"), edge("SEAT_IN", f"p{m}", f"m{m}")]
        found += [node(f"x{m}", "person"), edge("MEMBER_OF", f"x{m}", "b")]
        found.append(edge("HOLDS", f"x{m}", f"p{m}", form="full"))
    return found


@pytest.fixture
def store(new_store: NewStore) -> orgraph.Store:
    """Return these in a store, with a merger of two of the municipalities."""
    store = new_store("territory")
    given = rows()
    store.bulk_load(
        [row for row in given if isinstance(row, NodeRow)],
        [row for row in given if isinstance(row, EdgeRow)],
    )
    merge = {"op": "merge_units", "sources": ["m0", "m1"]}
    done(
        store,
        MERGED.isoformat(),
        {**merge, "into": {"id": "m9", "kind": "municipality", "name": "M9"}},
    )
    return store


def hierarchy(store: orgraph.Store, on: date) -> "nx.DiGraph[str]":
    """Return the edges to parents alone, as the docstring says."""
    graph = orgraph.to_networkx(store, on=on)
    kinds = store.pack.contains_kinds
    return nx.DiGraph(
        (s, t) for s, t, said in graph.edges(data=True) if said["kind"] in kinds
    )


@pytest.mark.parametrize("on", [BEFORE, MERGED])
def test_networkx_agrees(store: orgraph.Store, on: date) -> None:
    """No circles; what a node reaches is its chain, what reaches it is its tally."""
    graph, above = orgraph.to_networkx(store, on=on), hierarchy(store, on)
    assert nx.is_directed_acyclic_graph(above)
    assert set(graph) == {
        id_ for id_ in store.all_ids() if store.nodes([id_], Span.day(on))
    }
    for id_ in above:
        links = [link.id for link in chain(store, id_, on).chain]
        assert nx.descendants(above, id_) == set(links[1:])
        assert nx.shortest_path(above, id_, links[-1]) == links
        kinds = Counter(graph.nodes[n]["kind"] for n in nx.ancestors(above, id_))
        assert tally(store, id_, on).counts == dict(kinds)


def test_paths_agree(store: orgraph.Store) -> None:
    """By the ties of the pack, networkx finds paths of the same length."""
    graph = orgraph.to_networkx(store, on=MERGED)
    ties = nx.Graph(
        (s, t)
        for s, t, said in graph.edges(data=True)
        if said["kind"] in store.pack.questions.ties
    )
    for first, last in (("x0", "x4"), ("p3", "a"), ("m9", "m4")):
        steps = path(store, first, last, MERGED).steps
        assert len(steps) - 1 == nx.shortest_path_length(ties, first, last)


def test_a_region_on_a_day(store: orgraph.Store) -> None:
    """A root gives what depends on it; facts and days come along, names if asked."""
    graph = orgraph.to_networkx(store, "e", BEFORE)
    assert set(graph) == {"e", "m3", "m4", "p3", "p4", "x3", "x4"}
    assert graph.nodes["m3"] == {
        "kind": "municipality",
        "name": "M3",
        "people": 30,
        "since": "2019-01-01",
    }
    ((_, _, holding),) = (
        (s, t, said) for s, t, said in graph.edges(data=True) if (s, t) == ("x3", "p3")
    )
    assert holding == {"kind": "HOLDS", "form": "full", "since": "2019-01-01"}
    assert graph.nodes["x3"]["name"] == ""
    named = orgraph.to_networkx(store, "e", BEFORE, names=True)
    assert named.nodes["x3"]["name"] == "X3"


def test_all_days(store: orgraph.Store) -> None:
    """Without a day, what has ended and what came after it are both there."""
    graph = orgraph.to_networkx(store)
    assert {"m0", "m1", "m9"} <= set(graph)
    assert graph.nodes["m0"]["until"] == "2025-01-01"
    with pytest.raises(InputError, match="m0 is not in force on 2025-01-01"):
        orgraph.to_networkx(store, "m0", MERGED)


def test_a_store_in_memory() -> None:
    """An empty store is an empty graph."""
    assert len(orgraph.to_networkx(filled())) == 0
