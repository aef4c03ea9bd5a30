"""The model of a schema pack, and the questions that the engine asks it."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from pydantic import Field

from ..change import digest
from .asked import Asked, Ending, Freeze, MergerType, Reduction, Threshold
from .kinds import EdgeKind, End, Event, FactKind, Name, NodeKind, PackPart
from .limits import Combination, Limit
from .mirrors import Mirror
from .people import People
from .words import Basis, Chain, MapFacts, Questions


def digest_of(data: dict[str, Any]) -> str:
    """Return the SHA-256 of a pack's data, whether or not it can be read."""
    return digest("orgraph.pack/1", data)


class Pack(PackPart):
    """A whole schema pack; `data` is what it was read from.

    >>> pack = orgraph.load_pack("territory")
    >>> pack.nodes["municipality"].plural, sorted(pack.additive)
    ('municipalities', ['area_m2', 'households', 'people'])
    """

    name: str
    version: str
    title: str
    nodes: dict[Name, NodeKind]
    edges: dict[Name, EdgeKind]
    facts: dict[Name, FactKind]
    lineage: Name
    basis: Basis
    chain: Chain
    questions: Questions = Questions()
    people: People | None = None
    map: MapFacts | None = None
    thresholds: tuple[Threshold, ...] = ()
    freezes: tuple[Freeze, ...] = ()
    endings: tuple[Ending, ...] = ()
    merger_types: tuple[MergerType, ...] = ()
    reductions: tuple[Reduction, ...] = ()
    limits: tuple[Limit, ...] = ()
    combinations: tuple[Combination, ...] = ()
    mirrors: tuple[Mirror, ...] = ()
    data: dict[str, Any] = Field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the pack's data."""
        return digest_of(self.data)

    @cached_property
    def all_asked(self) -> dict[str, tuple[Asked, ...]]:
        """All that the law asks of units, by the key it stands under."""
        return {
            "thresholds": self.thresholds,
            "freezes": self.freezes,
            "endings": self.endings,
            "merger_types": self.merger_types,
            "reductions": self.reductions,
            "limits": self.limits,
            "combinations": self.combinations,
        }

    def limits_on(self, rule: str, day: date) -> tuple[Limit, ...]:
        """Return the limits of a rule that are asked on a day."""
        if (rule, day) not in self._known_limits:
            self._known_limits[rule, day] = tuple(
                one for one in self.limits if one.by == rule and one.is_asked(day)
            )
        return self._known_limits[rule, day]

    @cached_property
    def threshold_by_id(self) -> dict[str, Threshold]:
        """The thresholds by their id, by which others speak of them."""
        return {threshold.id: threshold for threshold in self.thresholds}

    def thresholds_on(self, rule: str, day: date) -> tuple[Threshold, ...]:
        """Return the thresholds of a rule that are asked on a day."""
        if (rule, day) not in self._known_asked:
            self._known_asked[rule, day] = tuple(
                t for t in self.thresholds if t.by == rule and t.is_asked(day)
            )
        return self._known_asked[rule, day]

    def asked(self, rule: str) -> tuple[Asked, ...]:
        """Return what a rule asks of units, in the pack's order."""
        return tuple(one for one in self.every_asked if one.asked_by == rule)

    @property
    def every_asked(self) -> tuple[Asked, ...]:
        """All that the law asks of units, in the pack's order."""
        return tuple(one for asked in self.all_asked.values() for one in asked)

    @cached_property
    def contains_kinds(self) -> tuple[str, ...]:
        """The kinds of edge from a node to its parent."""
        return tuple(sorted(k for k, edge in self.edges.items() if edge.contains))

    @cached_property
    def kept_apart(self) -> frozenset[str]:
        """The kinds of edge that may not join the same two as one of another kind."""
        return frozenset(k for k, edge in self.edges.items() if edge.apart_from)

    @cached_property
    def parent_edges(self) -> dict[str, str]:
        """The kind of edge to its parent, by the kind of node that can have one."""
        return {
            kind: name
            for name, edge in self.edges.items()
            if edge.contains
            for kind in edge.ends
        }

    def parent_edge(self, kind: str) -> str | None:
        """Return the kind of edge that joins a node of this kind to its parent."""
        return self.parent_edges.get(kind)

    def may_join(self, edge: str, source: str, target: str) -> bool:
        """Tell whether an edge may go from one kind of node to another."""
        return target in self.edges[edge].ends.get(source, ())

    @cached_property
    def additive(self) -> tuple[str, ...]:
        """The facts that are summed, apportioned and conserved."""
        return tuple(sorted(name for name, fact in self.facts.items() if fact.additive))

    @cached_property
    def following(self) -> dict[str, tuple[str, ...]]:
        """The facts that a unit takes over from those it is formed of, by its kind."""
        return {
            kind: tuple(name for name in node.facts if self.facts[name].follows)
            for kind, node in self.nodes.items()
        }

    def has_point(self, kind: str) -> bool:
        """Tell whether a map can show where a unit of a kind is."""
        return self.map is not None and self.map.longitude in self.nodes[kind].facts

    @cached_property
    def heads(self) -> frozenset[str]:
        """The kinds that are counted by head: people and households."""
        return frozenset(kind for kind, node in self.nodes.items() if node.is_private)

    @cached_property
    def peopled(self) -> frozenset[str]:
        """The kinds that can stand anywhere above people and households."""
        return frozenset(above for kind in self.heads for above in self.above(kind))

    @cached_property
    def containers(self) -> frozenset[str]:
        """The kinds of node that can have something below them."""
        return frozenset(
            target
            for kind in self.contains_kinds
            for targets in self.edges[kind].ends.values()
            for target in targets
        )

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The facts of a unit that tell which thresholds are meant for it."""
        return tuple(sorted({name for t in self.thresholds for name in t.where}))

    @cached_property
    def leaves(self) -> frozenset[str]:
        """The kinds that have nothing below them and carry nothing but themselves."""
        return (frozenset(self.nodes) - self.containers).difference(self.carrying)

    @cached_property
    def nesting(self) -> frozenset[str]:
        """The kinds that can stand above their own kind, and so in a circle."""
        return frozenset(kind for kind in self.nodes if kind in self.above(kind))

    def above(self, kind: str) -> frozenset[str]:
        """Return the kinds that can stand anywhere above a kind."""
        found: set[str] = set()
        frontier = {kind}
        while frontier:
            frontier = {
                target
                for source in frontier
                if (edge := self.parent_edge(source))
                for target in self.edges[edge].ends.get(source, ())
            } - found
            found |= frontier
        return frozenset(found)

    def leading_to(self, kinds: Iterable[str]) -> tuple[str, ...]:
        """Return the parent edges on the way up from nodes of these kinds."""
        below = frozenset(kinds)
        passed = below.union(*(self.above(kind) for kind in below))
        return tuple(
            sorted({edge for kind in passed if (edge := self.parent_edge(kind))})
        )

    @cached_property
    def units(self) -> frozenset[str]:
        """The kinds of unit that can have something below them."""
        return frozenset(k for k in self.containers if self.nodes[k].role == "unit")

    @cached_property
    def carrying(self) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        """The additive facts that kinds carry, each with the finer kinds.

        While a node of a finer kind below has the fact, it is that node's to carry.
        """
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name in self.additive:
            kinds = self.facts[name].carried_by
            for place, kind in enumerate(kinds):
                found.setdefault(kind, []).append((name, kinds[:place]))
        return {kind: tuple(facts) for kind, facts in found.items()}

    def carried(self, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the additive facts that a kind carries, as `carrying` has them."""
        return self.carrying.get(kind, ())

    @cached_property
    def coarse(self) -> frozenset[str]:
        """The kinds that carry a fact only while no finer kind does."""
        return frozenset(
            kind for kind, facts in self.carrying.items() if any(f for _, f in facts)
        )

    def fated(
        self, event: Event, end: End, unit_kinds: frozenset[str]
    ) -> tuple[str, ...]:
        """Return the kinds of edge that an event does something to, at one end."""
        place = (event, end, unit_kinds)
        if place not in self._known_fated:
            standing = self._standing(end, unit_kinds)
            self._known_fated[place] = tuple(
                kind for kind in standing if not self.edges[kind].is_kept(event, end)
            )
        return self._known_fated[place]

    def kept(
        self, event: Event, end: End, unit_kinds: frozenset[str]
    ) -> tuple[str, ...]:
        """Return the kinds of edge that an event leaves on the ended unit."""
        standing = self._standing(end, unit_kinds)
        return tuple(
            kind
            for kind in standing
            if kind != self.lineage and self.edges[kind].is_kept(event, end)
        )

    def facing(self, edge: str, end: End, unit_kinds: frozenset[str]) -> frozenset[str]:
        """Return the kinds of node that may stand at the other end of such an edge."""
        ends = self.edges[edge].ends
        if end == "source":
            return frozenset(k for kind in unit_kinds for k in ends.get(kind, ()))
        return frozenset(k for k, at in ends.items() if not unit_kinds.isdisjoint(at))

    def _standing(self, end: End, kinds: frozenset[str]) -> tuple[str, ...]:
        """Return the kinds of edge that may have such nodes at one end, in order."""
        if (end, kinds) not in self._known_standing:
            self._known_standing[end, kinds] = tuple(
                sorted(
                    name
                    for name, edge in self.edges.items()
                    if self._stands_at(edge, end, kinds)
                )
            )
        return self._known_standing[end, kinds]

    def memo(self, of: type) -> dict[object, Any]:
        """Return what a class keeps that follows from the pack alone; it grows."""
        return self._memos.setdefault(of, {})

    @cached_property
    def _memos(self) -> dict[type, dict[object, Any]]:
        return {}

    @cached_property
    def _known_limits(self) -> dict[tuple[str, date], tuple[Limit, ...]]:
        return {}

    @cached_property
    def _known_asked(self) -> dict[tuple[str, date], tuple[Threshold, ...]]:
        return {}

    @cached_property
    def _known_fated(self) -> dict[tuple[Event, End, frozenset[str]], tuple[str, ...]]:
        return {}

    @cached_property
    def _known_standing(self) -> dict[tuple[End, frozenset[str]], tuple[str, ...]]:
        return {}

    @staticmethod
    def _stands_at(edge: EdgeKind, end: End, kinds: frozenset[str]) -> bool:
        if end == "source":
            return not kinds.isdisjoint(edge.ends)
        return any(not kinds.isdisjoint(targets) for targets in edge.ends.values())
