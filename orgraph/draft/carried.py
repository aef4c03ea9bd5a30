"""What nodes themselves carry of what is conserved: heads and additive facts."""

from collections import Counter
from collections.abc import Collection, Iterator

from ..model import NodeRow
from .steps import bearer_key
from .view import View


def carried(view: View, nodes: Collection[str]) -> Counter[str]:
    """Return what these nodes themselves carry on the view's day.

    Keys are `fact:NAME`, `unknown:NAME` and, for people and households, `count:KIND`.
    """
    found: Counter[str] = Counter()
    for row, names in _own(view, nodes):
        if row.kind in view.pack.heads:
            found[f"count:{row.kind}"] += 1
        for name in names:
            value = row.facts[name]
            if isinstance(value, int):
                found[f"fact:{name}"] += value
            else:
                found[f"unknown:{name}"] += 1
    return found


def hidden(before: View, after: View, nodes: Collection[str], name: str) -> list[str]:
    """Return the nodes that carried a fact, and live on with it, but carry it no more.

    That is so where a node of a finer kind with that fact has come below them.
    """
    own = [
        {row.id: (row, names) for row, names in _own(v, nodes)} for v in (before, after)
    ]
    return sorted(
        node
        for node, (_, names) in own[0].items()
        if name in names
        and node in own[1]
        and name in own[1][node][0].facts
        and name not in own[1][node][1]
    )


def _own(view: View, nodes: Collection[str]) -> Iterator[tuple[NodeRow, list[str]]]:
    """Yield each living node with the additive facts that are its own to carry."""
    view.need_nodes(nodes)
    rows = [row for node in sorted(nodes) if (row := view.node(node)) is not None]
    below = view.below([row.id for row in rows if row.kind in view.pack.coarse])
    for row in rows:
        counts = below.get(row.id, {})
        yield (
            row,
            [
                name
                for name, finer in view.pack.carried(row.kind)
                if name in row.facts
                and not any(counts.get(bearer_key(name, kind)) for kind in finer)
            ],
        )
