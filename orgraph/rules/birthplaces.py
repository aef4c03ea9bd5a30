"""Where birthplaces lie on the day, also those that ended, whole or in parts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.spells import edges_ever
from ..model import IN, OUT, Direction


class Birthplace(NamedTuple):
    """Where a birthplace lies: `heirs` are it itself and what took its place since.

    It lies in all that is `sure`: what took its place whole, and what all its parts are
    in. Of what else is `possible` it isn't known, and of a `lost` one of nothing.
    """

    node: str
    heirs: frozenset[str]
    sure: frozenset[str]
    possible: frozenset[str]
    lost: bool

    def lies_in(self, other: "Birthplace") -> bool:
        """Tell whether this is in the other, or in a part of it."""
        return not self.sure.isdisjoint(other.heirs)


class _Fate(NamedTuple):
    """What became of a place that ended: what took its place `whole`, or parts of it.

    Where nothing did, `below` was in it on its last day, and it was in what is `above`.
    """

    whole: Collection[str]
    parts: Collection[str]
    below: Collection[str] = ()
    above: Collection[str] = ()

    @property
    def heirs(self) -> list[str]:
        """What has its ground, or some of it, or is around that."""
        return [*self.whole, *self.parts, *(self.below or self.above)]


class Birthplaces:
    """Tells where places lie; of all that it is asked about no more is read."""

    def __init__(
        self, view: View, places: Iterable[str], kinds: Collection[str]
    ) -> None:
        """Read what is above places and what became of them; `kinds` are of places."""
        self.view, self.kinds = view, kinds
        self._fates: dict[str, _Fate] = {}
        self._known: dict[str, set[str]] = {}
        met, frontier = set[str](), set(places)
        while frontier:
            met |= frontier
            view.need_parents(frontier)
            ended = sorted(n for n in frontier if view.node(n) is None)
            self._fates.update(self._became(ended))
            frontier = {up for node in frontier for up in self._around(node)} - met

    def of(self, place: str) -> Birthplace:
        """Return where a place lies."""
        heirs = self._reached(place, self._heirs)
        lost = any(n in self._fates and not self._heirs(n) for n in heirs)
        sure = frozenset(self._sure(place))
        return Birthplace(place, heirs, sure, self._reached(place, self._around), lost)

    def _became(self, ended: Sequence[str]) -> Mapping[str, _Fate]:
        view, lineage = self.view, self.view.pack.lineage
        view.need_edges(ended, [lineage], OUT)
        went = {node: view.edges(node, lineage, OUT) for node in ended}
        bare = [node for node, rows in went.items() if not rows]
        below, above = self._last(bare, IN), self._last(bare, OUT)
        found = {}
        for node, rows in went.items():
            all_ = {row.target for row in rows}
            whole, again = (
                {row.target for row in rows if row.facts.get("part") == word}
                for word in ("whole", "restored")
            )
            # What is restored has its place again, whatever had it between.
            whole = again or whole
            some = below.get(node, ()), above.get(node, ())
            found[node] = _Fate(whole, all_ - whole, *some)
        return found

    def _last(self, nodes: Sequence[str], way: Direction) -> dict[str, set[str]]:
        """Return what was in places on their last day, or what they were in."""
        view, parents = self.view, self.view.pack.parent_edges
        found: dict[str, set[str]] = {node: set() for node in nodes}
        for edge in sorted({parents[kind] for kind in self.kinds if kind in parents}):
            for node, rows in edges_ever(view, nodes, edge, way).items():
                _, end = view.life(node) or (None, None)
                last = [row for row in rows if row.until == end]
                found[node] |= {r.source if way == IN else r.target for r in last}
        return found

    def _heirs(self, node: str) -> Collection[str]:
        return fate.heirs if (fate := self._fates.get(node)) else ()

    def _around(self, node: str) -> Collection[str]:
        """Return what a place is directly in, or may be."""
        if fate := self._fates.get(node):
            return [*fate.heirs, *fate.above]
        parent = self.view.parent(node)
        return [parent.target] if parent else []

    def _reached(
        self, place: str, step: Callable[[str], Collection[str]]
    ) -> frozenset[str]:
        found, frontier = set[str](), {place}
        while frontier:
            found |= frontier
            frontier = {one for node in frontier for one in step(node)} - found
        return frozenset(found)

    def _sure(self, node: str) -> set[str]:
        """Return what a place is in for certain."""
        if node in self._known:
            return self._known[node]
        # What came round in a circle adds nothing.
        self._known[node] = {node}
        fate = self._fates.get(node)
        if fate is None:
            up = [self._sure(one) for one in self._around(node)]
        else:
            up = [self._sure(one) for one in fate.whole or fate.above]
            # Of a lone part the rest is open.
            if not fate.whole and len(fate.parts) > 1:
                up = [set.intersection(*map(self._sure, fate.parts))]
        self._known[node] = {node}.union(*up)
        return self._known[node]
