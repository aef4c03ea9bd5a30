"""What an audit asks of a whole store: counts and ids, so that few rows are read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from ..model import Direction, Row, Span
from .reader import Reader


class Shape(NamedTuple):
    """What edges alike have in common: their kind, and how their ends fit them.

    `source` and `target` are the kinds of the nodes at the ends, None where there is no
    such node. `begins_inside`: neither end begins later than the edge. `source_stays`
    and `target_stays`: that end lives as long as the edge is in force.
    """

    kind: str
    source: str | None
    target: str | None
    begins_inside: bool
    source_stays: bool
    target_stays: bool


class Whole(Reader, Protocol):
    """A reader that can also be swept: what it is asked here may read everything."""

    def all_ids(self) -> Iterator[str]:
        """Yield the id of every node, in order."""
        ...

    def shapes(self, day: date) -> Mapping[Shape, int]:
        """Return how many edges there are of each shape, of those in force from `day`.

        Those that ended on the day are among them.
        """
        ...

    def shaped(
        self, shapes: Collection[Shape], day: date
    ) -> Iterator[tuple[Shape, str, str]]:
        """Yield (shape, source, target) of these edges, of some shapes."""
        ...

    def crowded(
        self, kinds: Sequence[str], direction: Direction, day: date
    ) -> Iterator[str]:
        """Yield the ids with several edges of one of these kinds, by the same days."""
        ...

    def turning(self, kinds: Sequence[str], day: date) -> Iterator[str]:
        """Yield the ids that an edge of one of these kinds begins or ends to leave.

        That is on `day` itself.
        """
        ...

    def lacking(
        self, kinds: Sequence[str], edge: str, direction: Direction, day: date
    ) -> Iterator[str]:
        """Yield the nodes of these kinds whose life no single such edge spans.

        That is their life from `day` on; those that end before aren't among them.
        """
        ...

    def count_joined(
        self, edges: Sequence[str], kinds: Sequence[str], on: Span
    ) -> Mapping[tuple[str, str], int]:
        """Return how many nodes of these kinds such edges join to what.

        {(target, kind of the source): how many}.
        """
        ...

    def touching(self) -> Iterator[tuple[Row, Row]]:
        """Yield pairs of rows of one slot of which one ends where the other begins.

        Versions come first, then edges; those whose names differ may be left out.
        """
        ...

    def faults(self) -> Iterator[str]:
        """Yield what is kept that was never written: a sentence each."""
        ...

    def lines(self, number: int) -> Iterator[str]:
        """Yield what is hashed of each change of a revision, in order."""
        ...
