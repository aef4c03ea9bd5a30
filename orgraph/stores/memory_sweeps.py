"""What the store in memory answers an audit, in plain loops."""

from abc import ABC
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from ..draft.whole import Shape
from ..model import FOREVER, OUT, Direction, EdgeRow, Key, NodeRow, Row, Span
from .base import Store


class SweptMemory(Store, ABC):
    """The part of a store in memory that an audit asks."""

    _nodes: dict[str, dict[Key, NodeRow]]
    _edges: dict[Key, EdgeRow]

    def faults(self) -> Iterator[str]:
        """See Whole; nothing else writes to it."""
        return iter(())

    def touching(self) -> Iterator[tuple[Row, Row]]:
        """See Whole."""
        for node in self.all_ids():
            yield from pairwise(sorted(self._nodes[node].values()))
        for key, row in sorted(self._edges.items()):
            later = self._edges.get((*key[:3], row.until))
            if later is not None:
                yield row, later

    def all_ids(self) -> Iterator[str]:
        """See Whole."""
        return iter(sorted(self._nodes))

    def shapes(self, day: date) -> Mapping[Shape, int]:
        """See Whole."""
        return Counter(self._shape(row) for row in self._from(day))

    def shaped(
        self, shapes: Collection[Shape], day: date
    ) -> Iterator[tuple[Shape, str, str]]:
        """See Whole."""
        for row in self._from(day):
            shape = self._shape(row)
            if shape in shapes:
                yield shape, row.source, row.target

    def crowded(
        self, kinds: Sequence[str], direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        counts = Counter(
            (row.source if direction == OUT else row.target, row.kind)
            for row in self._from(day)
            if row.kind in kinds
        )
        return iter(sorted({node for (node, _), n in counts.items() if n > 1}))

    def turning(self, kinds: Sequence[str], day: date) -> Iterator[str]:
        """See Whole."""
        return iter(
            sorted(
                {
                    row.source
                    for row in self._from(day)
                    if row.kind in kinds and day in (row.since, row.until)
                }
            )
        )

    def lacking(
        self, kinds: Sequence[str], edge: str, direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        for node in self.all_ids():
            versions = sorted(self._nodes[node].values())
            first, last = versions[0].since, versions[-1].until
            if versions[-1].kind in kinds and last > day:
                rows = self.edges([node], [edge], direction, Span.always())
                begins = max(first, day)
                if not any(r.since <= begins and r.until >= last for r in rows):
                    yield node

    def count_joined(
        self, edges: Sequence[str], kinds: Sequence[str], on: Span
    ) -> Mapping[tuple[str, str], int]:
        """See Whole."""
        return Counter(
            (row.target, node.kind)
            for row in self._edges.values()
            if row.kind in edges and row.until > on.since and row.since < on.until
            for node in self.nodes([row.source], on)
            if node.kind in kinds
        )

    def _from(self, day: date) -> Iterator[EdgeRow]:
        for row in self._edges.values():
            if row.until >= day and row.since < FOREVER:
                yield row

    def _shape(self, row: EdgeRow) -> Shape:
        source, target = (sorted(self._nodes.get(e, {}).values()) for e in row[1:3])
        return Shape(
            row.kind,
            source[0].kind if source else None,
            target[0].kind if target else None,
            all(rows and rows[0].since <= row.since for rows in (source, target)),
            bool(source) and row.until <= source[-1].until,
            bool(target) and row.until <= target[-1].until,
        )
