"""Finds what covers ground below a dependent that covers none itself.

A sectional committee is such a one: its cells cover the villages, and go with them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ...draft import View
from ...model import IN, OUT


def nested(
    view: View, nodes: Iterable[str], covering: Sequence[str]
) -> dict[str, list[str]]:
    """Return, for each that covers nothing, those nearest below it that cover ground.

    `covering` are the edges by which ground is covered. Only kinds are entered below
    which something may cover, so that no members are read.
    """
    edges = view.pack.edges
    leading = {kind for edge in covering for kind in edges[edge].ends}
    upper = frozenset[str]().union(*(view.pack.above(kind) for kind in leading))
    found: defaultdict[str, list[str]] = defaultdict(list)
    frontier = {(node, node) for node in nodes}
    view.need_edges(sorted({node for node, _ in frontier}), covering, OUT)
    while frontier:
        open_ = []
        for node, top in sorted(frontier):
            if any(view.live_edges(node, edge, OUT) for edge in covering):
                found[top] += [node] if node != top else []
            elif view.kind(node) in upper:
                open_.append((node, top))
        frontier = _below(view, open_, leading | upper)
        view.need_edges(sorted({node for node, _ in frontier}), covering, OUT)
    return dict(found)


def _below(
    view: View, nodes: Sequence[tuple[str, str]], kinds: Iterable[str]
) -> set[tuple[str, str]]:
    """Return what is directly below these and of some kinds, with what it is of."""
    wanted = frozenset(kinds)
    ends = sorted({edge for kind in wanted if (edge := view.pack.parent_edge(kind))})
    view.need_edges([node for node, _ in nodes], ends, IN)
    rows = [
        (row.source, top)
        for node, top in nodes
        for edge in ends
        for row in view.live_edges(node, edge, IN)
    ]
    view.need_nodes({source for source, _ in rows})
    return {(source, top) for source, top in rows if view.kind(source) in wanted}
