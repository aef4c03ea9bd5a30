"""Whose chain changes, and how: people by themselves, all others by groups.

A chain is what somebody is below, the nearest first. It changes where the parent of the
person, or of anything above, is another. Below the lowest unit that has another parent
all chains change alike, so that unit stands for all below it, and nobody is walked: how
many they are is told by the tallies, less those below whom a lower unit stands for.
"""

from collections import Counter, defaultdict
from collections.abc import Container, Mapping

from .compared import Compared
from .model_people import Chain, ChainGroup, Person


def people_of(compared: Compared) -> tuple[Person, ...]:
    """Return the people whose own edges change, with their chains before and after."""
    nodes = compared.pack.nodes
    people = {kind for kind, node in nodes.items() if node.role == "person"}
    return tuple(
        Person(node, kind, *chains_above(compared, node))
        for node, kind in compared.turned.items()
        if kind in people
    )


def chain_groups(compared: Compared) -> tuple[ChainGroup, ...]:
    """Return all others whose chains change: below a unit, or by where they were.

    A group without a unit are households, say, that have another parent themselves.
    """
    pack, turned = compared.pack, compared.turned
    heads, peopled = pack.heads, pack.peopled
    units = [node for node, kind in turned.items() if kind in peopled]
    below = compared.heads(units)
    counts = {unit: dict(heads) for unit, heads in below.items()}
    alone: defaultdict[tuple[Chain, Chain], Counter[str]] = defaultdict(Counter)
    nearest = _Nearest(compared, counts)
    for unit in units:
        if (above := nearest.above(compared.parents[unit][0])) is not None:
            _subtract(counts[above], below[unit])
    for (kind, old, new), number in compared.turns.items():
        if kind not in heads:
            continue
        if (above := nearest.above(old)) is not None:
            _subtract(counts[above], {kind: number})
        if pack.nodes[kind].role != "person":
            alone[_chains(compared, old, new)][kind] += number
    groups = [
        ChainGroup(unit, turned[unit], *chains_above(compared, unit), some)
        for unit, heads in counts.items()
        if (some := {kind: n for kind, n in heads.items() if n})
    ]
    groups += [
        ChainGroup(None, None, *chains, dict(sorted(heads.items())))
        for chains, heads in alone.items()
    ]
    return tuple(sorted(groups, key=lambda g: (g.unit or "", g.before, g.after)))


def chains_above(compared: Compared, node: str) -> tuple[Chain, Chain]:
    """Return what a node with another parent is below, before and after."""
    return _chains(compared, *compared.parents[node])


def _chains(
    compared: Compared, old: str | None, new: str | None
) -> tuple[Chain, Chain]:
    return compared.chain(compared.before, old), compared.chain(compared.after, new)


def _subtract(counts: dict[str, int], others: Mapping[str, int]) -> None:
    for kind, n in others.items():
        counts[kind] = counts.get(kind, 0) - n


class _Nearest:
    """Finds the lowest of some units among a former parent and what it was below."""

    def __init__(self, compared: Compared, units: Container[str]) -> None:
        self.compared = compared
        self.units = units
        self._known: dict[str, str | None] = {}

    def above(self, parent: str | None) -> str | None:
        if parent is None:
            return None
        if parent not in self._known:
            chain = self.compared.chain(self.compared.before, parent)
            self._known[parent] = next((n for n in chain if n in self.units), None)
        return self._known[parent]
