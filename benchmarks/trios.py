"""Trios: three communes that a benchmark merges, and the dependents they are dealt."""

from collections.abc import Iterator
from itertools import chain, cycle, islice
from typing import NamedTuple

TRIOS = (10, 113, 1000)
"""How many dependents the communes of each trio have together."""

_DEALT_FIRST = (
    *("committee",) * 3,
    *("village",) * 3,
    *("chair", "chair", "charge", "department"),
)
_DEALT_THEN = ("village", "charge", "post", "charge", "department", "village", "post")


class Trio(NamedTuple):
    """Three communes to merge with their committees.

    Two of the communes have a chair, of whom the second's post ends; of the committees'
    three secretaries the first stays. `dependents` are those of the communes.
    """

    communes: tuple[str, str, str]
    committees: tuple[str, str, str]
    dependents: int
    second_chair: str

    @property
    def ending_posts(self) -> tuple[str, ...]:
        """The posts that end with the merger."""
        others = (f"post-{committee}-0" for committee in self.committees[1:])
        return (self.second_chair, *others)


def trio(dependents: int) -> Trio:
    """Return the names of the trio with so many dependents."""
    places = [f"t{dependents}-{place}" for place in range(3)]
    communes = tuple(f"commune-{place}" for place in places)
    committees = tuple(f"grassroots_committee-{place}" for place in places)
    chair = f"post-t{dependents}-1-chair"
    return Trio(communes, committees, dependents, chair)  # type: ignore[arg-type]


def dealt(dependents: int) -> Iterator[str]:
    """Yield what the communes of a trio are dealt in turn: each kind, however few."""
    return islice(chain(_DEALT_FIRST, cycle(_DEALT_THEN)), dependents)
