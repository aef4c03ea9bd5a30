"""The models of a schema pack, and the questions that the engine asks it."""

from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from ..change import digest
from ..model import Facts

Event = Literal["merged", "absorbed", "split", "closed", "tier_abolished", "moved"]
EVENTS: tuple[Event, ...] = get_args(Event)
End = Literal["source", "target"]
Fate = Literal["follow", "end", "ends_with", "keep", "parent", "ask", "refuse"]
Duplicate = Literal["ask", "keep_all"]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]


class PackPart(BaseModel):
    """What all parts of a pack share: frozen, and no unknown word."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(PackPart):
    """The document and article that a rule or figure comes from."""

    document: str
    article: str = ""

    def __str__(self) -> str:
        """Write it as it is cited."""
        return f"{self.document}, {self.article}" if self.article else self.document


class FactKind(PackPart):
    """A fact: its type and unit, and, where it is additive, who carries it.

    `carried_by` names kinds from the finest up: a node of a later kind carries the fact
    only while no node of an earlier kind below it has that fact.
    """

    type: Literal["text", "boolean", "integer"]
    unit: str = ""
    additive: bool = False
    carried_by: tuple[Name, ...] = ()
    values: tuple[str, ...] = ()


class NodeKind(PackPart):
    """A kind of node: its words, its facts, and what it may become."""

    label: str
    plural: str = ""
    local: str = ""
    role: Literal["unit", "person", "household", "post", "document"] = "unit"
    facts: tuple[Name, ...] = ()
    types: tuple[str, ...] = ()
    becomes: tuple[Name, ...] = ()
    tier: bool = False

    @property
    def is_private(self) -> bool:
        """Whether it is a person or a household: names are masked, heads counted."""
        return self.role in {"person", "household"}

    def counted(self, number: int) -> str:
        """Return "1 commune" or "45 communes"."""
        word = self.label if number == 1 else self.plural or f"{self.label}s"
        return f"{number:,} {word}"


class Case(PackPart):
    """An exception: another fate for some dependents of one event."""

    event: Event
    end: End
    kinds: tuple[Name, ...] = ()
    where: dict[Name, str | bool | int] = {}
    then: Fate


class DuplicateCase(PackPart):
    """Another answer to duplicates, where a fact has a value."""

    where: dict[Name, str | bool | int]
    then: Duplicate


class EdgeKind(PackPart):
    """A kind of edge: its ends, how many there may be, and what becomes of it.

    `ends` are the allowed pairs (kind of the source, kinds of the target).
    `targets` is how many edges a source has on any day, `sources` how many a target
    has: "1", "0..1", "0..*" or "1..*".
    `on_target` says what becomes of the edge when the unit at its target takes part in
    an event, `on_source` likewise; `cases` are the exceptions, the first that fits.
    """

    label: str
    local: str = ""
    contains: bool = False
    ends: dict[Name, tuple[Name, ...]]
    targets: Literal["1", "0..1", "0..*", "1..*"] = "0..*"
    sources: Literal["1", "0..1", "0..*", "1..*"] = "0..*"
    facts: tuple[Name, ...] = ()
    on_target: dict[Event, Fate] = {}
    on_source: dict[Event, Fate] = {}
    cases: tuple[Case, ...] = ()
    on_duplicate: Literal["unite", "ask"] = "unite"
    unique_by: Name | None = None
    on_same: Duplicate = "keep_all"
    same_cases: tuple[DuplicateCase, ...] = ()

    def fate(
        self, event: Event, end: End, kind: str, facts: Facts, edge_facts: Facts
    ) -> Fate:
        """Say what becomes of a dependent of this kind, or of its edge.

        A case's fact is looked for on the dependent, then on the edge.
        """
        for case in self.cases:
            if (case.event, case.end) != (event, end):
                continue
            if case.kinds and kind not in case.kinds:
                continue
            if all(
                facts.get(name, edge_facts.get(name)) == value
                for name, value in case.where.items()
            ):
                return case.then
        return self.default_fate(event, end)

    def default_fate(self, event: Event, end: End) -> Fate:
        """Return the word that holds where no case does."""
        words = self.on_target if end == "target" else self.on_source
        return words.get(event, "keep")

    def is_kept(self, event: Event, end: End) -> bool:
        """Tell whether nothing ever becomes of this edge in an event."""
        return self.default_fate(event, end) == "keep" and not any(
            case.then != "keep"
            for case in self.cases
            if (case.event, case.end) == (event, end)
        )

    @cached_property
    def outliving(self) -> tuple[bool, bool]:
        """Whether the edge may stay on an ended node at its source, at its target."""
        return (
            self.default_fate("closed", "source") == "keep",
            self.default_fate("closed", "target") == "keep",
        )

    def same(self, facts: Facts) -> Duplicate:
        """Say what becomes of two dependents that are unique by a fact."""
        for case in self.same_cases:
            if all(facts.get(name) == value for name, value in case.where.items()):
                return case.then
        return self.on_same


class Threshold(PackPart):
    """A figure that a unit of some kind must reach in [since, until)."""

    id: str
    title: str
    kind: Name
    where: dict[Name, str | bool | int] = {}
    fact: Name
    at_least: int
    since: date
    until: date = date.max
    severity: Literal["error", "warning", "info"] = "error"
    source: Source
    exemptions: str = ""


class Basis(PackPart):
    """The kind of a legal document, and the edge from a unit to it."""

    document: Name
    edge: Name


class Chain(PackPart):
    """The edges that say who holds a post, where it sits, and who is in charge."""

    holds: Name
    seat: Name
    charge: Name


class Pack(PackPart):
    """A whole schema pack; `data` is what it was read from."""

    name: str
    version: str
    title: str
    nodes: dict[Name, NodeKind]
    edges: dict[Name, EdgeKind]
    facts: dict[Name, FactKind]
    lineage: Name
    basis: Basis
    chain: Chain
    thresholds: tuple[Threshold, ...] = ()
    data: dict[str, Any] = Field(repr=False)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the pack's data."""
        return digest("orgraph.pack/1", self.data)

    @cached_property
    def contains_kinds(self) -> tuple[str, ...]:
        """The kinds of edge from a node to its parent."""
        return tuple(sorted(k for k, edge in self.edges.items() if edge.contains))

    @cached_property
    def _parent_edge(self) -> dict[str, str]:
        return {
            kind: name
            for name, edge in self.edges.items()
            if edge.contains
            for kind in edge.ends
        }

    def parent_edge(self, kind: str) -> str | None:
        """Return the kind of edge that joins a node of this kind to its parent."""
        return self._parent_edge.get(kind)

    def may_join(self, edge: str, source: str, target: str) -> bool:
        """Tell whether an edge may go from one kind of node to another."""
        return target in self.edges[edge].ends.get(source, ())

    @cached_property
    def additive(self) -> tuple[str, ...]:
        """The facts that are summed, apportioned and conserved."""
        return tuple(sorted(name for name, fact in self.facts.items() if fact.additive))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The kinds that are counted by head: people and households."""
        return frozenset(kind for kind, node in self.nodes.items() if node.is_private)

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

    @cached_property
    def _carried(self) -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
        found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for name in self.additive:
            kinds = self.facts[name].carried_by
            for place, kind in enumerate(kinds):
                found.setdefault(kind, []).append((name, kinds[:place]))
        return {kind: tuple(facts) for kind, facts in found.items()}

    def carried(self, kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the additive facts a kind carries, each with the finer kinds.

        While a node of a finer kind below has the fact, it is that node's to carry.
        """
        return self._carried.get(kind, ())

    @cached_property
    def finer(self) -> frozenset[tuple[str, str]]:
        """The (fact, kind) that take a fact from the coarser kinds above."""
        return frozenset(
            (name, kind)
            for name in self.additive
            for kind in self.facts[name].carried_by[:-1]
        )

    @cached_property
    def coarse(self) -> frozenset[str]:
        """The kinds that carry a fact only while no finer kind does."""
        return frozenset(
            kind for kind, facts in self._carried.items() if any(f for _, f in facts)
        )

    def fated(self, event: Event, end: End, unit_kinds: frozenset[str]) -> list[str]:
        """Return the kinds of edge that an event does something to, at one end."""
        return sorted(
            name
            for name, edge in self.edges.items()
            if not edge.is_kept(event, end) and self._stands_at(edge, end, unit_kinds)
        )

    def kept(self, event: Event, end: End, unit_kinds: frozenset[str]) -> list[str]:
        """Return the kinds of edge that an event leaves on the ended unit."""
        return sorted(
            name
            for name, edge in self.edges.items()
            if edge.is_kept(event, end)
            and name != self.lineage
            and self._stands_at(edge, end, unit_kinds)
        )

    @staticmethod
    def _stands_at(edge: EdgeKind, end: End, kinds: frozenset[str]) -> bool:
        if end == "source":
            return not kinds.isdisjoint(edge.ends)
        return any(not kinds.isdisjoint(targets) for targets in edge.ends.values())
