"""Takes a store out of a Neo4j graph, and nothing else that is there."""

from . import neo4j_schema as schema
from .neo4j_session import Session

WIPE = "MATCH (n:{}) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS OF 5000 ROWS"


def wipe(session: Session) -> None:
    """Remove every node that is ours, the store node last; constraints stay.

    What is broken off leaves the store node, so that it can be begun again.
    """
    empty(session)
    session.alone(WIPE.format("OrgraphStore"), {})


def empty(session: Session) -> None:
    """Remove every node that is ours but the store node."""
    for label in schema.LABELS:
        if label != "OrgraphStore":
            session.alone(WIPE.format(label), {})
