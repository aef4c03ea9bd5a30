"""A process that commits to a server's store without a pause.

python neo4j_hammer.py URL REVISIONS: each revision gives all localities another number
of people, which is that of the revision.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from towns import STAMP, START, edge, node

from orgraph.change import Change
from orgraph.engine.commit import append
from orgraph.model import EdgeRow, NodeRow
from orgraph.stores import Store, open_store

PLACES = 200


def rows(number: int) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return localities below a municipality, each with so many people."""
    names = [f"l{n}" for n in range(PLACES)]
    nodes = [node("m", "municipality")]
    nodes += [node(name, "locality", people=number) for name in names]
    return nodes, [edge("PART_OF", name, "m") for name in names]


def committed(store: Store) -> int:
    """Commit one revision."""
    number = store.head() + 1
    before, after = rows(number - 1)[0][1:], rows(number)[0][1:]
    changes = [
        Change(row.key, old, row) for old, row in zip(before, after, strict=True)
    ]
    proposal = {"title": "A hammer", "effective": START.isoformat(), "steps": []}
    return append(store, changes, proposal, STAMP, []).number


def main(url: str, revisions: int) -> None:
    """Commit so many revisions."""
    with open_store(url) as store:
        for _ in range(revisions):
            store.transaction(lambda: committed(store))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
