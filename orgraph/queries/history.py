"""What was done: the revisions of a store, or those that touched one node."""

from typing import Any

from ..draft import Revision
from ..model import Span
from .library import Library
from .show import removals


def history(
    store: Library, node: str | None = None, limit: int = 100
) -> dict[str, Any]:
    """Return revisions, the last first, with what is recorded for later days.

    Of a person it is said by which one they were removed, on what ground and by whom.
    """
    said: dict[int, list[dict[str, Any]]] = {}
    if node is None:
        found = store.revisions(limit=limit)
    else:
        for one in removals(store, node):
            said.setdefault(one.pop("revision"), []).append(one)
        numbers = store.revisions_of(node)[-limit:][::-1]
        found = [rev for number in numbers if (rev := store.revision(number))]
    return {
        "format": "orgraph.history/1",
        **({"node": node} if node else {}),
        **({"taken_back": True} if node and _is_gone(store, node) else {}),
        "head": store.head(),
        "items": [
            {
                **plain_revision(revision),
                **(
                    {"removed": said[number]}
                    if (number := revision.number) in said
                    else {}
                ),
            }
            for revision in found
        ],
    }


def _is_gone(store: Library, node: str) -> bool:
    """Tell whether a node is no more, on no day: its founding was taken back."""
    return not store.nodes([node], Span.always())


def plain_revision(revision: Revision) -> dict[str, Any]:
    """Return a revision as it is listed: without its proposal."""
    plain = revision._asdict()
    plain.pop("proposal")
    return plain
