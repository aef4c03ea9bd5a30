"""What others have joined to units of a store on a server is left alone."""

from datetime import date
from typing import Any

from conftest import EDGES, NODES
from graphs_on_server import cypher, new_graph, on_server
from harness import errors, pack_named
from towns import done, filled, rows_of, undone

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
        "MATCH (a)-[r:NOTE|`CO VERS`]->(b) RETURN labels(a), a.id, type(r), "
        "properties(r), labels(b), b.id ORDER BY toString(r.key), a.id, b.id, type(r)"
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
