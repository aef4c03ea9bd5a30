"""What stands beside the units of a report: counted, and the first named.

Read is what is directly below the parents of what changes: its brothers and sisters.
What follows a unit into another changes, and is known. What is below a unit that moves
isn't looked at, nor what is below one under which very many may be: that would cost by
the graph, and totals count it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ..model import IN, Span
from .compared import Compared
from .model import Unit
from .model_rest import Other, Rest

MOST_NAMED = 30
"""How many of a kind are named below one unit."""
MOST_READ = 300
"""How many there may be below one unit, of the kinds that can be directly below it."""

Below = dict[str, set[str]]


def rest_of(
    compared: Compared, units: Sequence[Unit]
) -> Mapping[str, tuple[Rest, ...]]:
    """Return what isn't of a report below its units, before and after."""
    known = {unit.id for unit in units}
    living = {unit.id for unit in units if unit.before and unit.after}
    turned = _turned(compared)
    parents = _parents(compared, units, turned)
    before = _children(compared, _narrow(compared, sorted(parents & living)))
    after = {parent: set(children) for parent, children in before.items()}
    for node in turned:
        old, new = compared.parents[node]
        after.get(old or "", set()).discard(node)
        for below, parent in ((before, old), (after, new)):
            if parent in known:
                below.setdefault(str(parent), set()).add(node)
    sides = (before, after)
    wanted = {node for side in sides for some in side.values() for node in some}
    wanted -= known
    compared.before.need_nodes(wanted)
    nodes = compared.pack.nodes
    others = {
        node: (row.kind, node in turned, Other(node, row.name, row.code))
        for node in wanted
        if (row := compared.before.node(node)) and nodes[row.kind].role == "unit"
    }
    found = {}
    for when, below in (("before", before), ("after", after)):
        groups: defaultdict[tuple[str, str, bool], list[Other]] = defaultdict(list)
        for parent, children in below.items():
            for node in children:
                if node in others:
                    kind, follows, other = others[node]
                    groups[parent, kind, follows].append(other)
        found[when] = tuple(
            Rest(*place, len(some), tuple(_first(some)))
            for place, some in sorted(groups.items())
        )
    return found


def _turned(compared: Compared) -> set[str]:
    """Return the units that have another parent."""
    nodes = compared.pack.nodes
    return {n for n, kind in compared.turned.items() if nodes[kind].role == "unit"}


def _parents(
    compared: Compared, units: Sequence[Unit], turned: Collection[str]
) -> set[str]:
    """Return what is or was directly above something that changes."""
    pairs = (compared.parents[node] for node in turned)
    found = {parent for pair in pairs for parent in pair if parent}
    named = {*compared.ended, *compared.newborn, *compared.revised}
    for unit in units:
        if unit.id in named:
            found.update(
                side.parent
                for side in (unit.before, unit.after)
                if side and side.parent
            )
    return found


def _narrow(compared: Compared, parents: Sequence[str]) -> list[str]:
    """Return the units below which no more are than may be read."""
    pack = compared.pack
    below = compared.before.below(parents)
    found = []
    for parent in parents:
        kind = compared.before.kind(parent)
        beneath = {
            source
            for edge in pack.contains_kinds
            for source, targets in pack.edges[edge].ends.items()
            if kind in targets and pack.nodes[source].role == "unit"
        }
        number = sum(below[parent].get(f"count:{one}", 0) for one in beneath)
        if number <= MOST_READ:
            found.append(parent)
    return found


def _children(compared: Compared, parents: Sequence[str]) -> Below:
    """Return what is directly below units on the day, by an edge that units have."""
    pack = compared.pack
    kinds = [
        kind
        for kind in pack.contains_kinds
        if any(pack.nodes[end].role == "unit" for end in pack.edges[kind].ends)
    ]
    found: Below = {}
    rows = compared.store.edges(parents, kinds, IN, Span.day(compared.day))
    for row in rows if parents else ():
        found.setdefault(row.target, set()).add(row.source)
    return found


def _first(some: list[Other]) -> list[Other]:
    ordered = sorted(some, key=lambda one: (one.code or "", one.name, one.id))
    return ordered[:MOST_NAMED]
