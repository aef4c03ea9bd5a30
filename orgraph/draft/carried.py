"""What nodes themselves carry of what is conserved: heads and additive facts."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from ..model import Facts, FactValue, NodeRow
from .steps import is_borne
from .view import View

ALL_OF = "all_of"
"""The fact of a lineage edge that names the facts of which everything went by it."""

_FINER = "finer"


def finer_key(fact: str, node: str) -> str:
    """Return the key under which a step states what it sets a unit's fact to, more.

    Below a unit that carried the fact itself that is no new amount, but a finer one.
    """
    return f"{_FINER}:{fact}:{node}"


def refined(view: View, own: "Own", stated: Mapping[str, int], name: str) -> int:
    """Return how much of what is stated is a finer figure of what units carried."""
    before = finer_key(name, "")
    return sum(
        amount
        for key, amount in stated.items()
        if key.startswith(before)
        and any(
            name in own[above][1]
            for above in view.ancestors(key.removeprefix(before))
            if above in own
        )
    )


def adds_up(view: View, row: NodeRow, name: str) -> bool:
    """Tell whether the finer figures below a unit add up to its own."""
    counts = view.below([row.id]).get(row.id, {})
    below = None if counts.get(f"unknown:{name}") else counts.get(f"fact:{name}", 0)
    return below is not None and below == row.facts[name]


Own = Mapping[str, tuple[NodeRow, list[str]]]
"""Each living node that counts, with its row and the additive facts it carries."""


def own_facts(
    view: View, nodes: Collection[str], of: Collection[str] | None = None
) -> Own:
    """Return what is these nodes' own to carry on the view's day.

    A fact that a finer kind below a node has isn't the node's own. Only some facts are
    looked at where `of` names them.
    """
    view.need_nodes(nodes)
    carrying = view.pack.carrying
    counted = view.pack.heads | carrying.keys()
    rows = [
        row
        for node in sorted(nodes)
        if (row := view.node(node)) is not None and row.kind in counted
    ]
    had = {
        row.id: [
            (name, finer)
            for name, finer in carrying.get(row.kind, ())
            if name in row.facts and (of is None or name in of)
        ]
        for row in rows
    }
    below = view.below([n for n, facts in had.items() if any(f for _, f in facts)])
    own = {}
    for row in rows:
        counts = below.get(row.id, {})
        names = [
            name for name, finer in had[row.id] if not is_borne(counts, name, finer)
        ]
        own[row.id] = (row, names)
    return own


def added_up(view: View, own: Own) -> Counter[str]:
    """Return the sum of what is carried.

    Keys are `fact:NAME`, `unknown:NAME` and, for people and households, `count:KIND`.
    """
    found: Counter[str] = Counter()
    heads = view.pack.heads
    for row, names in own.values():
        if row.kind in heads:
            found[f"count:{row.kind}"] += 1
        for name in names:
            value = row.facts[name]
            if isinstance(value, int):
                found[f"fact:{name}"] += value
            else:
                found[f"unknown:{name}"] += 1
    return found


def carried(view: View, nodes: Collection[str]) -> Counter[str]:
    """Return the sum of what these nodes themselves carry on the view's day."""
    return added_up(view, own_facts(view, nodes))


def unclear(
    name: str, before: Iterable[FactValue], after: Iterable[FactValue]
) -> dict[str, int]:
    """Return how much more is known after a step, where not all is known.

    An unknown figure swallows the known ones that it is added to. Where all is known
    there is nothing to state: what is known is conserved.
    """
    sides = [list(before), list(after)]
    if all(value is not None for side in sides for value in side):
        return {}
    known = [sum(v for v in side if isinstance(v, int)) for side in sides]
    unknown = [sum(value is None for value in side) for side in sides]
    return {
        f"fact:{name}": known[1] - known[0],
        f"unknown:{name}": unknown[1] - unknown[0],
    }


def added_passages(first: Facts, later: Facts) -> dict[str, FactValue]:
    """Return what passed between two units by two steps of a day, as one."""
    both: dict[str, FactValue] = {**first, **later, "step": first.get("step")}
    for name in first.keys() & later.keys() - {"part", "step", ALL_OF}:
        one, other = first[name], later[name]
        known = isinstance(one, int) and isinstance(other, int)
        both[name] = one + other if known else None  # type: ignore[operator]
    # All that was left has gone, or all has gone and nothing came after it.
    wholly = {name for name in all_of(first) if later.get(name, 0) == 0}
    wholly |= set(all_of(later))
    both.pop(ALL_OF, None)
    if wholly and both.get("part") == "part":
        both[ALL_OF] = ", ".join(sorted(wholly))
    return both


def all_of(facts: Facts) -> tuple[str, ...]:
    """Return the facts of which everything goes, as a lineage edge names them."""
    return tuple(name for name in str(facts.get(ALL_OF, "")).split(", ") if name)


def hidden(before: Own, after: Own, name: str) -> list[str]:
    """Return the nodes that carried a fact, and live on with it, but carry it no more.

    That is so where a node of a finer kind with that fact has come below them.
    """
    return sorted(
        node
        for node, (_, names) in before.items()
        if name in names
        and node in after
        and name in after[node][0].facts
        and name not in after[node][1]
    )
