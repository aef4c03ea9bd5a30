"""Takes a store out of a Neo4j graph, and nothing else that is there.

A part at a time, edges before nodes: a province has so many that a server with little
memory couldn't take them away at once.
"""

from . import neo4j_schema as schema
from .neo4j_session import Session

MOST = 5_000
EDGES = "MATCH (:{})-[e]->() WITH e LIMIT $most DELETE e RETURN count(*)"
NODES = "MATCH (n:{}) WITH n LIMIT $most DETACH DELETE n RETURN count(*)"


def wipe(session: Session) -> None:
    """Remove every node that is ours, the store node last; constraints stay.

    What is broken off leaves the store node, so that it can be begun again.
    """
    empty(session)
    _remove(session, NODES.format("OrgraphStore"))


def empty(session: Session) -> None:
    """Remove every node that is ours but the store node."""
    for label in ("Entity", "Word"):
        _remove(session, EDGES.format(label))
    for label in schema.LABELS:
        if label != "OrgraphStore":
            _remove(session, NODES.format(label))


def _remove(session: Session, statement: str) -> None:
    asked = {"most": MOST}
    while session.batch(lambda: session.rows(statement, asked, int))[0]:
        pass
