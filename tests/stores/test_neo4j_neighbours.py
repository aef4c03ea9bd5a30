"""What others have joined to units of a store on a server is left alone."""

from datetime import date
from typing import Any

import pytest
from conftest import EDGES, NODES
from graphs_on_server import cypher, new_graph, on_server
from harness import errors, pack_named
from towns import done, filled, found, rows_of, undone

from orgraph.model import Span
from orgraph.queries import chain
from orgraph.stores import Store

PACK = pack_named("territory")
NOTES = (
    "MATCH (n:Entity {id: 'm1'}) CREATE (n)-[:NOTE {key: 'k'}]->(:Memo {id: 'm1'})",
    "MATCH (n:Entity {id: 'd1'}) CREATE (n)-[:NOTE {key: 'a b c', rev: 'x'}]->(:Memo)",
    "MATCH (n:Entity {id: 'm1'}) CREATE (n)<-[:NOTE {key: 'k', since: 1}]-(:Memo)",
    "MATCH (n:Entity {id: 'm1'}), (m:Entity {id: 'd1'}) CREATE (n)-[:NOTE]->(m)",
    "MATCH (n:Entity {id: 'l1'}), (m:Entity {id: 'm1'}) CREATE (n)-[:`CO VERS`]->(m)",
)
"""Relationships of others at units, with properties called as ours or with none."""


def noted() -> list[tuple[Any, ...]]:
    """Return the relationships of others, in order."""
    return cypher(
        "MATCH (a)-[r:NOTE|`CO VERS`]->(b) WITH * ORDER BY elementId(r) "
        "RETURN elementId(r), type(r), properties(r), a.id, b.id"
    )


def answers(store: Store) -> list[object]:
    """Return what a store says after a reform and the undoing of a part of it."""
    done(store, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Third"})
    move = done(store, "2022-01-01", {"op": "move_unit", "unit": "l1", "to": "m3"})
    undone(store, move)
    names = sorted({row.id for row in NODES})
    return [
        rows_of(store),
        [store.revisions_of(name) for name in names],
        [store.journal(number) for number in range(1, store.head() + 1)],
        [chain(store, name, date(2023, 1, 1)) for name in ("l1", "x1")],
        errors(store, date(2023, 1, 1)),
    ]


@on_server
def test_relationships_of_others_are_not_read() -> None:
    """A store answers, plans and commits as if nobody had joined anything to it."""
    alone = filled(*NODES, *EDGES)
    with new_graph(PACK) as store:
        store.bulk_load(NODES, EDGES)
        for note in NOTES:
            cypher(note)
        theirs = noted()
        assert len(theirs) == len(NOTES)
        assert answers(store) == answers(alone)
        assert noted() == theirs


def entities(name: str) -> list[tuple[Any, ...]]:
    """Return what a graph holds of a node, and how many words lead to it."""
    return cypher(
        "MATCH (n:Entity {id: $id}) RETURN labels(n), properties(n), "
        "COUNT { (:Word)-[:IN_NAME_OF]->(n) }",
        id=name,
    )


FOUND = found("municipality", "fresh", "d1")
BARE = [(["Entity"], {"id": "fresh"}, 0)]


@on_server
@pytest.mark.parametrize("note", ["(n)-[:NOTE]->(m)", "(n)<-[:NOTE]-(m)"])
def test_relationships_of_others_outlive_a_unit(note: str) -> None:
    """A unit that is taken back stays as a bare node while others are joined to it."""
    with new_graph(PACK) as store:
        store.bulk_load(NODES, EDGES)
        before = rows_of(store)
        founding = done(store, "2021-01-01", FOUND)
        whole = entities("fresh")
        cypher(f"MATCH (n:Entity {{id: 'fresh'}}) CREATE (m:Memo {{id: 'm'}}), {note}")
        theirs = noted()
        taken_back = undone(store, founding)
        assert (entities("fresh"), noted()) == (BARE, theirs)
        assert (rows_of(store), errors(store, date(2023, 1, 1))) == (before, set())
        assert store.find(["fresh"], Span.always(), 9) == []
        undone(store, taken_back)
        assert (entities("fresh"), noted()) == (whole, theirs)
        assert [row.id for row in store.find(["fresh"], Span.always(), 9)] == ["fresh"]


@on_server
def test_a_unit_that_nobody_joined_goes_when_it_is_taken_back() -> None:
    """Its words go with it, and nothing of it is left but what it was."""
    with new_graph(PACK) as store:
        store.bulk_load(NODES, EDGES)
        founding = done(store, "2021-01-01", FOUND)
        assert entities("fresh")[0][2] == 1
        undone(store, founding)
        assert entities("fresh") == []
        assert cypher("MATCH (n) WHERE n.id = 'fresh' RETURN labels(n)") == [
            (["PastRow", "PastVersion"],)
        ]
