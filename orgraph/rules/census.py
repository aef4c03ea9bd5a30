"""A whole store, as rules ask it where an audit has to look."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cached_property

from ..draft.whole import Shape, Whole
from ..model import OUT, Direction, Span


class Census:
    """What is counted of a store on a day, once for all rules."""

    def __init__(self, store: Whole, day: date) -> None:
        """Count nothing yet."""
        self.store = store
        self.pack = store.pack
        self.day = day
        self._turning: dict[frozenset[str], tuple[str, ...]] = {}

    @cached_property
    def shapes(self) -> Mapping[Shape, int]:
        """How many edges there are of each shape, of the kinds that the pack has."""
        shapes = self.store.shapes(self.day)
        return {
            s: shapes[s] for s in sorted(shapes, key=str) if s.kind in self.pack.edges
        }

    @cached_property
    def misfits(self) -> tuple[tuple[Shape, str, str], ...]:
        """Edges that may have no business to be: (shape, source, target)."""
        shapes = [shape for shape in self.shapes if not self._fits(shape)]
        return tuple(self.store.shaped(shapes, self.day)) if shapes else ()

    def _fits(self, shape: Shape) -> bool:
        kind = self.pack.edges[shape.kind]
        return (
            shape.source is not None
            and shape.target in kind.ends.get(shape.source, ())
            and shape.begins_inside
            and (shape.source_stays or kind.is_kept("closed", "source"))
            and (shape.target_stays or kind.is_kept("closed", "target"))
        )

    def joined(self, kinds: Collection[str]) -> Iterator[tuple[Shape, str, str]]:
        """Yield (shape, source, target) of the edges of these kinds."""
        shapes = {shape for shape in self.shapes if shape.kind in kinds}
        if shapes:
            yield from self.store.shaped(shapes, self.day)

    def of_kinds(self, kinds: Collection[str], on: Span) -> Iterator[str]:
        """Yield the nodes of some kinds that live in a span."""
        for kind in sorted(kinds):
            for row in self.store.of_kind(kind, on):
                yield row.id

    def living(self, kinds: Collection[str]) -> Iterator[str]:
        """Yield the nodes of some kinds that live on the day."""
        return self.of_kinds(kinds, Span.day(self.day))

    def crowded(self, kinds: Collection[str], direction: Direction) -> Iterator[str]:
        """Yield the ids with several edges of one of these kinds."""
        if kinds:
            yield from self.store.crowded(sorted(kinds), direction, self.day)

    def turning(self, kinds: Collection[str]) -> Iterator[str]:
        """Yield the ids that an edge of these kinds begins or ends to leave today."""
        asked = frozenset(kinds)
        if asked and asked not in self._turning:
            self._turning[asked] = tuple(self.store.turning(sorted(asked), self.day))
        yield from self._turning.get(asked, ())

    def lacking(
        self, kinds: Collection[str], edge: str, direction: Direction = OUT
    ) -> Iterator[str]:
        """Yield the nodes of these kinds whose life no single such edge spans."""
        if kinds:
            yield from self.store.lacking(sorted(kinds), edge, direction, self.day)

    def givers(self, kinds: Collection[str]) -> Iterator[str]:
        """Yield what lineage leads from to units of these kinds."""
        lineage = self.pack.lineage
        sources = {
            shape.source
            for shape in self.shapes
            if shape.kind == lineage and shape.target in kinds and shape.source
        }
        yield from self.of_kinds(sources, Span.always())
        # A giver that isn't there has no kind, and may still be the first of several.
        yield from (node for shape, node, _ in self.misfits if shape.kind == lineage)
