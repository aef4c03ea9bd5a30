"""A plan with the graph before and after it: what all sections of a report look at."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cached_property

from ..draft import Draft, Reader, Snapshot, View
from ..model import EdgeRow, NodeRow, Row
from ..plan import Plan
from .model_people import Chain

EdgeSides = tuple[EdgeRow | None, EdgeRow | None]
"""An edge before and after."""


class Compared:
    """The two views of a plan on its day, and what it changes, by kind of row.

    `old` and `new` are the versions of the nodes touched, on the day or later, `edges`
    the edges touched, by kind. Reads a frontier at a time; the number of reads doesn't
    grow with the plan.
    """

    def __init__(self, plan: Plan, store: Reader) -> None:
        """Read what stands above everything touched, before and after."""
        self.plan = plan
        self.store = store
        self.pack = store.pack
        self.day = plan.effective
        self.after = plan.draft or _redrafted(plan, store)
        self.before = self.after.base
        self.edges: defaultdict[str, list[EdgeSides]] = defaultdict(list)
        self.old: dict[str, NodeRow] = {}
        self.new: dict[str, NodeRow] = {}
        self.passing: dict[str, NodeRow] = {}
        met: set[str] = set()
        for key, before, after in plan.changes:
            if len(key) == 2:  # noqa: PLR2004 - a NodeKey
                met.add(key[0])
                self._sides(before, after)
            else:
                self.edges[key[0]].append((before, after))  # type: ignore[arg-type]
        for kind in self.pack.contains_kinds:
            for before, after in self.edges.get(kind, ()):
                met.update((after or before or ())[1:3])
        self.before.need_ancestors(met)
        self.after.need_ancestors(met)
        self._on_day: dict[str, list[EdgeSides]] = {}
        self._chains: dict[tuple[bool, str], Chain] = {}

    def _sides(self, before: Row | None, after: Row | None) -> None:
        if isinstance(before, NodeRow):
            if before.since <= self.day < before.until:
                self.old[before.id] = before
            elif before.since > self.day:
                self.old.setdefault(before.id, before)
        if isinstance(after, NodeRow):
            if after.since <= self.day < after.until:
                self.new[after.id] = after
            elif after.since > self.day:
                self.new.setdefault(after.id, after)
            elif after.since == after.until == self.day and before is None:
                self.passing[after.id] = after

    @cached_property
    def ended(self) -> tuple[str, ...]:
        """The nodes that the plan ends."""
        return tuple(sorted(self.old.keys() - self.new.keys()))

    @cached_property
    def newborn(self) -> tuple[str, ...]:
        """The nodes that begin to be, or to be known."""
        return tuple(sorted(self.new.keys() - self.old.keys()))

    @cached_property
    def revised(self) -> tuple[str, ...]:
        """The nodes that live on with another name, code or facts."""
        return tuple(
            sorted(
                node
                for node in self.old.keys() & self.new.keys()
                if self.old[node][4:7] != self.new[node][4:7]
            )
        )

    def kind(self, node: str) -> str:
        """Return the kind of a node, which an undo may have made unknown."""
        return (self.after.versions(node) or self.before.versions(node))[0].kind

    def gone(self, kind: str) -> list[EdgeRow]:
        """Return the edges of a kind in force on the day before the plan, not after."""
        return [b for b, a in self._in_force(kind) if b is not None and a is None]

    def come(self, kind: str) -> list[EdgeRow]:
        """Return the edges of a kind in force on the day after the plan, not before."""
        return [a for b, a in self._in_force(kind) if a is not None and b is None]

    def _in_force(self, kind: str) -> list[EdgeSides]:
        """Return the edges touched, each side as it is on the day."""
        sides, day = self._on_day.get(kind), self.day
        if sides is None:
            sides = self._on_day[kind] = [
                (
                    before if before and before.since <= day < before.until else None,
                    after if after and after.since <= day < after.until else None,
                )
                for before, after in self.edges.get(kind, ())
            ]
        return sides

    @cached_property
    def parents(self) -> dict[str, tuple[str | None, str | None]]:
        """The parents before and after, of all nodes whose edge to one changes."""
        found = {}
        nodes = {
            row.source
            for kind in self.pack.contains_kinds
            for sides in self.edges.get(kind, ())
            if (row := sides[1] or sides[0])
        }
        for node in nodes:
            old, new = self.before.parent(node), self.after.parent(node)
            found[node] = (old and old.target, new and new.target)
        return found

    def chain(self, view: View, node: str | None) -> Chain:
        """Return a node and what it is below in a view, the nearest first."""
        if node is None:
            return ()
        place = (view is self.after, node)
        if place not in self._chains:
            self._chains[place] = (node, *view.ancestors(node))
        return self._chains[place]

    @cached_property
    def turned(self) -> dict[str, str]:
        """The kinds of the nodes that have another parent, or one where they had none.

        They are in the order of their ids.
        """
        parents = sorted(self.parents.items())
        return {node: self.kind(node) for node, (old, new) in parents if old != new}

    @cached_property
    def turns(self) -> Counter[tuple[str, str | None, str | None]]:
        """How many have another parent: by kind, and by which they had and have."""
        turned = self.turned.items()
        return Counter((kind, *self.parents[node]) for node, kind in turned)

    @cached_property
    def uppermost(self) -> list[str]:
        """The nodes that end and were below no other that ends, in order."""
        gone = set(self.ended)
        return [n for n in self.ended if gone.isdisjoint(self.before.ancestors(n))]

    def heads(self, units: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return how many people and households are below units before, by kind."""
        kinds = [(kind, f"count:{kind}") for kind in sorted(self.pack.heads)]
        return {
            unit: {kind: below[key] for kind, key in kinds if key in below}
            for unit, below in self.before.below(list(units)).items()
        }


def _redrafted(plan: Plan, store: Reader) -> Draft:
    """Return the draft of a plan that was written and read again."""
    draft = Draft(Snapshot(store, plan.effective))
    draft.redo(plan.changes)
    return draft
