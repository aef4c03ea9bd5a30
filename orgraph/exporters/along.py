"""Finds what has to come along with an export, so that an import takes it.

Some edges every node of a kind has on every day of its life: a member is in a cell. On
a day, or in a region, a part of them is missing: those of other days, and those that
lead out. With them comes what they lead to, and nothing else of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..draft import Reader
from ..model import IN, OUT, Direction, NodeRow, Span
from ..pack import Pack

_ALWAYS_ONE = {"1", "1..*"}


class Wanted(NamedTuple):
    """A kind of edge that nodes have on every day, at the end that has it."""

    edge: str
    direction: Direction
    kinds: frozenset[str]


def wanted(pack: Pack) -> list[Wanted]:
    """Return the edges that the pack wants on every day, and of which kinds."""
    found = []
    for name, edge in sorted(pack.edges.items()):
        if edge.targets in _ALWAYS_ONE:
            found.append(Wanted(name, OUT, frozenset(edge.ends)))
        if edge.sources in _ALWAYS_ONE:
            ends = {end for targets in edge.ends.values() for end in targets}
            found.append(Wanted(name, IN, frozenset(ends)))
    return found


def beyond(
    store: Reader, nodes: Iterable[NodeRow], asked: Iterable[Wanted]
) -> set[str]:
    """Return what the wanted edges of these nodes, on any day, lead to."""
    of: defaultdict[str, set[str]] = defaultdict(set)
    for row in nodes:
        of[row.kind].add(row.id)
    found: set[str] = set()
    for edge, direction, kinds in asked:
        having = sorted(node for kind in kinds for node in of.get(kind, ()))
        rows = store.edges(having, [edge], direction, Span.always()) if having else ()
        found.update(row.target if direction == OUT else row.source for row in rows)
    return found
