"""What all rules share: their reach, and the question they answer."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import NamedTuple, Self

from ..draft import View
from ..findings import Finding
from ..model import EdgeKey, EdgeRow
from ..pack import Pack
from .census import Census


class Bearing(NamedTuple):
    """What a plan changes: the nodes that it revises, and edges by their kind.

    It is the same before and after, so that what is judged after was judged before.
    `base` is what there is before, `result` what there is after; `memo` keeps what a
    rule works out of it for both.
    """

    revised: Collection[str]
    keys: Mapping[str, Sequence[EdgeKey]]
    base: View
    result: View
    memo: dict[object, set[str]]


class Life(NamedTuple):
    """The kind of a node, and its life [since, until)."""

    kind: str
    since: date
    until: date


class Reach(NamedTuple):
    """What a rule looks at: nodes, and edges that were or will be there.

    A plan gives the nodes it touched and the edges it wrote; an audit gives all. A node
    that isn't there yet, or any more, has no kind and none of the `lives`. `by_edge`
    are the edges by kind. `bearing` is what a plan changes, None in an audit; `revised`
    and `ends` are kept for `borne`.
    """

    nodes: Sequence[str]
    edges: Sequence[EdgeRow]
    by_kind: Mapping[str, Sequence[str]] = {}
    by_edge: Mapping[str, Sequence[EdgeRow]] = {}
    bearing: Bearing | None = None
    lives: Mapping[str, Life] = {}
    revised: Mapping[str, Sequence[str]] = {}
    ends: dict[tuple[str, int], dict[str, set[str]]] | None = None

    @classmethod
    def within(
        cls,
        view: View,
        nodes: Iterable[str],
        edges: Sequence[EdgeRow],
        bearing: Bearing | None = None,
    ) -> Self:
        """Return a reach with all by kind; reads the nodes and their parents."""
        ordered = sorted(nodes)
        view.need_parents(ordered)
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        lives = lives_of(view, ordered)
        for node, life in lives.items():
            by_kind[life[0]].append(node)
        by_edge: defaultdict[str, list[EdgeRow]] = defaultdict(list)
        for row in edges:
            by_edge[row.kind].append(row)
        revised: defaultdict[str, list[str]] = defaultdict(list)
        for node in bearing.revised if bearing else ():
            if node in lives:
                revised[lives[node][0]].append(node)
        said = dict(by_kind), dict(by_edge), bearing, lives, dict(revised)
        return cls(ordered, edges, *said, {})

    def only(self, kinds: Iterable[str]) -> dict[str, Sequence[str]]:
        """Return the nodes of some kinds, by kind and in order."""
        return {kind: self.by_kind[kind] for kind in kinds if kind in self.by_kind}

    def of(self, kinds: Iterable[str]) -> list[str]:
        """Return the nodes of some kinds, in order."""
        found = [self.by_kind[kind] for kind in sorted(kinds) if kind in self.by_kind]
        return sorted(chain.from_iterable(found))

    def borne(
        self,
        kinds: Collection[str],
        *,
        into: Iterable[str] = (),
        out: Iterable[str] = (),
    ) -> list[str]:
        """Return the nodes of some kinds on which a plan bears, in order.

        Those are what it revises, and the ends of what it changes: targets of edges of
        the kinds `into`, sources of the kinds `out`. In an audit they are all.
        """
        if self.bearing is None:
            return self.of(kinds)
        found = {node for kind in kinds for node in self.revised.get(kind, ())}
        for place, edges in ((2, into), (1, out)):
            for edge in edges:
                if edge in self.bearing.keys:
                    ends = self._ends(edge, place)
                    found.update(*(ends[kind] for kind in kinds if kind in ends))
        return sorted(found)

    def _ends(self, edge: str, place: int) -> Mapping[str, set[str]]:
        """Return one end of the edges of a kind that change, by the kind of node."""
        ends = {} if self.ends is None else self.ends
        known = ends.get((edge, place))
        if known is None:
            known = ends[edge, place] = {}
            for key in self.bearing.keys[edge] if self.bearing else ():
                node = str(key[place])
                if node in self.lives:
                    known.setdefault(self.lives[node][0], set()).add(node)
        return known


_made = tuple.__new__  # quicker than a life's own, for each node that a plan touches


def lives_of(view: View, nodes: Iterable[str]) -> dict[str, Life]:
    """Return the lives of those of these nodes that ever were or will be."""
    return {
        node: _made(Life, (rows[0].kind, rows[0].since, rows[-1].until))
        for node in nodes
        if (rows := view.versions(node))
    }


class _Named:
    @classmethod
    def name(cls) -> str:
        """Return the name of the rule: that of its module."""
        return cls.__module__.rpartition(".")[2]


class Rule(_Named, ABC):
    """Finds one kind of fault. Its first docstring line is shown to users.

    A rule runs on the base and on the result of a plan with the same reach; what is
    found on both is existing, and doesn't block.
    """

    @abstractmethod
    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Yield every fault from the view's day on."""

    def where(self, census: Census) -> Iterable[str] | None:  # noqa: ARG002 - for rules
        """Return the nodes at which an audit must look; None where it is every one.

        Too many cost time, and too few hide faults: what `check` finds in a reach of
        these nodes, and of the edges that leave them, is all that it would find.
        """
        return None


class Law(_Named, ABC):
    """Compares what was before a plan with what is after it."""

    def concerns(
        self,
        pack: Pack,  # noqa: ARG002 - for laws
        nodes: Collection[str],
        bearing: Bearing,  # noqa: ARG002 - for laws
    ) -> Collection[str]:
        """Return the nodes that `check` looks at: those by which anything is carried.

        `nodes` are these; another law may look at what else the plan bears on.
        """
        return nodes

    @abstractmethod
    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],
    ) -> Iterator[Finding]:
        """Yield what the plan breaks; `stated` are the amounts its steps state."""
