"""What is so on each of a handful of days: the state of the naive model, and tables."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

Cells = frozenset[tuple[Any, ...]]
Facts = Mapping[str, Any]


class Refused(Exception):  # noqa: N818 - it is an answer, not a fault
    """The step can't be planned, for this reason."""


class Run(NamedTuple):
    """One edge in force from the day `since` to the day before `until`."""

    kind: str
    source: str
    target: str
    since: int
    until: int


@dataclass
class State:
    """Lives, what units say on each day, edges by the day, and lineage."""

    open: int
    lives: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    says: dict[tuple[str, int], tuple[str, Facts]] = field(default_factory=dict)
    edges: set[tuple[str, str, str, int]] = field(default_factory=set)
    lineage: set[tuple[Any, ...]] = field(default_factory=set)

    def cells(self) -> Cells:
        """Return everything that is so, one tuple for each part of it."""
        return frozenset(
            [("life", node, *life) for node, life in self.lives.items()]
            + [
                ("says", node, day, name, tuple(sorted(facts.items())))
                for (node, day), (name, facts) in self.says.items()
            ]
            + [("edge", *edge) for edge in self.edges]
            + [("lineage", *event) for event in self.lineage]
        )

    @classmethod
    def of(cls, cells: Cells, last: int) -> "State":
        """Return the state in which just this is so."""
        state = cls(last)
        for what, *rest in cells:
            if what == "life":
                state.lives[rest[0]] = (rest[1], rest[2], rest[3])
            elif what == "says":
                state.says[rest[0], rest[1]] = (rest[2], dict(rest[3]))
            elif what == "edge":
                state.edges.add((rest[0], rest[1], rest[2], rest[3]))
            else:
                state.lineage.add(tuple(rest))
        return state

    def lives_on(self, node: str, day: int) -> bool:
        """Tell whether a unit lives on a day."""
        return node in self.lives and self.lives[node][1] <= day < self.lives[node][2]

    def kind(self, node: str) -> str:
        """Return the kind of a unit."""
        return self.lives[node][0]

    def facts(self, node: str, day: int) -> Facts:
        """Return what is known of a unit on a day."""
        return self.says[node, day][1]

    def runs(self) -> list[Run]:
        """Return the edges as the stretches of days on which they are in force."""
        runs = []
        for edge in sorted({edge[:3] for edge in self.edges}):
            days = [day for day in range(self.open) if (*edge, day) in self.edges]
            for day in days:
                if day - 1 not in days:
                    until = day
                    while until in days:
                        until += 1
                    runs.append(Run(*edge, day, until))
        return runs

    def parent(self, node: str, day: int, contains: Iterable[str]) -> str | None:
        """Return what a unit is under on a day."""
        return self.parents(day, contains).get(node)

    def parents(self, day: int, contains: Iterable[str]) -> dict[str, str]:
        """Return what every unit is under on a day."""
        kinds = set(contains)
        found: dict[str, str] = {}
        for kind, source, target, on in self.edges:
            if on == day and kind in kinds:
                found[source] = min(target, found.get(source, target))
        return found


class Tables:
    """What a pack's files say, and what follows from that for a state."""

    def __init__(self, pack: Mapping[str, Any]) -> None:
        """Know a pack, as its files say it."""
        self.kinds: Mapping[str, Any] = pack["nodes"]
        self.edges: Mapping[str, Any] = pack["edges"]
        self.lineage: str = pack["lineage"]
        self.contains = [k for k, edge in self.edges.items() if edge.get("contains")]
        facts: Mapping[str, Any] = pack["facts"]
        self.additive = {
            k: f["carried_by"] for k, f in facts.items() if f.get("additive")
        }

    def is_private(self, kind: str) -> bool:
        """Tell whether a kind is one of people or households."""
        return self.kinds[kind].get("role") in {"person", "household"}

    def parent_edge(self, kind: str) -> str | None:
        """Return the kind of edge that leads from a kind to its parent."""
        return next((k for k in self.contains if kind in self.edges[k]["ends"]), None)

    def above(self, state: State, node: str, day: int) -> list[str]:
        """Return what a unit is below, the nearest first."""
        return _above(node, state.parents(day, self.contains))

    def carried(self, state: State, day: int, nodes: Iterable[str]) -> Counter[str]:
        """Return the amounts that units themselves carry on a day, and the heads."""
        living = [node for node in state.lives if state.lives_on(node, day)]
        parents = state.parents(day, self.contains)
        above = {node: _above(node, parents) for node in living}
        found: Counter[str] = Counter()
        for node in nodes:
            if node not in above:
                continue
            kind, facts = state.kind(node), state.facts(node, day)
            if self.is_private(kind):
                found[f"count:{kind}"] += 1
            for name, kinds in self.additive.items():
                if kind not in kinds or name not in facts:
                    continue
                finer = kinds[: kinds.index(kind)]
                if not any(
                    node in above[other]
                    and state.kind(other) in finer
                    and name in state.facts(other, day)
                    for other in living
                ):
                    value = facts[name]
                    key = f"unknown:{name}" if value is None else f"fact:{name}"
                    found[key] += 1 if value is None else value
        return found


def _above(node: str, parents: Mapping[str, str]) -> list[str]:
    found: list[str] = []
    here = parents.get(node)
    while here is not None and here not in found:
        found.append(here)
        here = parents.get(here)
    return found
