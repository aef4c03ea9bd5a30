"""Trios: three communes that a benchmark merges, and the dependents they are dealt."""

from collections.abc import Iterator
from itertools import chain, cycle, islice
from typing import NamedTuple

TRIOS = (10, 160, 1000)
"""How many dependents the communes of each trio have together."""

_DEALT_FIRST = (
    *("committee",) * 3,
    *("village",) * 3,
    *("chair", "chair", "charge", "department"),
)
_DEALT_THEN = ("village", "charge", "post", "charge", "department", "village", "post")


class Trio(NamedTuple):
    """Three communes to merge; two have a chair, of whom the second's post ends."""

    communes: tuple[str, str, str]
    dependents: int
    second_chair: str

    @property
    def changes(self) -> int:
        """How many rows their merger changes, on the basis of a document.

        A dependent's edge ends and begins anew; the second chair's seat, post and
        holding end. Three communes, their three parent edges and events of lineage,
        the new commune with its parent edge, the document and the edge to it.
        """
        return 2 * (self.dependents - 1) + 3 + 3 * 3 + 2 + 2


def trio(dependents: int) -> Trio:
    """Return the names of the trio with so many dependents."""
    one, two, three = (f"commune-t{dependents}-{place}" for place in range(3))
    return Trio((one, two, three), dependents, f"post-t{dependents}-1-chair")


def dealt(dependents: int) -> Iterator[str]:
    """Yield what the communes of a trio are dealt in turn: each kind, however few."""
    return islice(chain(_DEALT_FIRST, cycle(_DEALT_THEN)), dependents)
