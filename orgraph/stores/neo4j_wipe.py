"""Takes a store out of a Neo4j graph, and nothing else that is there.

A part at a time, edges before nodes: a province has so many that a server with little
memory couldn't take them away at once. Nodes of others may be called as ours; so what
is taken away has the properties that ours have.
"""

from .neo4j_hold import Hold
from .neo4j_session import Session

MOST = 5_000
_DELETED = "WITH e LIMIT $most DELETE e RETURN count(*)"
_ENTITY = "n.id IS NOT NULL AND (n.kind IS NOT NULL OR size(keys(n)) = 1)"
_JOINED = "e.key IS NOT NULL AND e.rev IS NOT NULL OR type(e) = 'VERSION'"
EDGES = (
    f"MATCH (n:Entity)-[e]->() WHERE {_ENTITY} AND ({_JOINED}) {_DELETED}",
    f"MATCH (:Word)-[e:IN_NAME_OF]->(:Entity) {_DELETED}",
)
_OURS = {
    "Entity": _ENTITY,
    "PastRow": "n.gone IS NOT NULL AND n.rev IS NOT NULL",
    "Revision": "n.number IS NOT NULL AND n.hash IS NOT NULL",
    "Tally": "n.unit IS NOT NULL AND n.key IS NOT NULL AND n.delta IS NOT NULL",
    "Version": "n.id IS NOT NULL AND n.kind IS NOT NULL AND n.rev IS NOT NULL",
    "Word": "n.word IS NOT NULL AND size(keys(n)) = 1",
}
NODES = tuple(
    f"MATCH (n:{label}) WHERE {ours} WITH n LIMIT $most DETACH DELETE n RETURN count(*)"
    for label, ours in _OURS.items()
)
STORE = "MATCH (n:OrgraphStore) DETACH DELETE n RETURN 0"


def wipe(session: Session, hold: Hold) -> None:
    """Remove every node that is ours, the store node last; constraints stay.

    What is broken off leaves the store node, so that it can be begun again.
    """
    empty(session, hold)
    _remove(session, hold, STORE)


def empty(session: Session, hold: Hold) -> None:
    """Remove every node that is ours but the store node."""
    for statement in (*EDGES, *NODES):
        _remove(session, hold, statement)


def _remove(session: Session, hold: Hold, statement: str) -> None:
    def remove() -> int:
        hold.check()
        return session.rows(statement, {"most": MOST}, int)[0]

    while session.batch(remove):
        pass
