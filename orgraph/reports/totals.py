"""Counts and facts of a report: below the roots, and below the units that end."""

from collections.abc import Mapping, Sequence

from ..draft import View
from ..model import FactValue
from ..queries.tally import totals
from .compared import Compared

Counts = dict[str, dict[str, int]]
Sums = dict[str, dict[str, FactValue]]


def need_counts(
    compared: Compared, nodes: Sequence[str], sized: Sequence[str]
) -> list[str]:
    """Read at once what is below all units that a report counts.

    Returns the uppermost units above nodes, before or after, in order.
    """
    pack, roots = compared.pack, _roots(compared, nodes)
    ending = (n for n in compared.uppermost if compared.kind(n) in pack.containers)
    turned = (n for n, kind in compared.turned.items() if kind in pack.peopled)
    compared.before.below({*roots, *ending, *turned, *sized})
    return roots


def totals_of(compared: Compared, roots: Sequence[str]) -> tuple[Counts, Sums, Counts]:
    """Return counts and facts below roots, before and after.

    A root on one side alone is counted there, as it is on the other, where it is below
    a root; the third are these.
    """
    before, after = compared.before, compared.after
    counts: Counts = {}
    own: Counts = {"before": {}, "after": {}}
    facts: Sums = {}
    for side, view, other in (("before", before, after), ("after", after, before)):
        counts[side] = {}
        for root, below in view.below(roots).items():
            if view.node(root) is None or view.parent(root) is not None:
                continue
            there = {key: n for key, n in below.items() if n}
            found, sums = totals(compared.pack, there, view.node(root))
            _add_counts(counts[side], found)
            if other.parent(root) is not None:
                _add_counts(own[side], {view.kind(root): 1})
            _add_facts(facts, side, sums)
        _add_counts(counts[side], own[side])
    for kind in sorted(compared.pack.heads):
        sides = {side: counts[side].get(kind, 0) for side in counts}
        if any(sides.values()):
            facts[kind] = dict(sides)
    shown = {side: dict(sorted(found.items())) for side, found in counts.items()}
    return shown, dict(sorted(facts.items())), own


def affected(compared: Compared) -> dict[str, int]:
    """Return how many people and households were below the units that ended."""
    found: dict[str, int] = {}
    ending = [
        node
        for node in compared.uppermost
        if compared.kind(node) in compared.pack.containers
    ]
    for counts in compared.heads(ending).values():
        _add_counts(found, counts)
    return dict(sorted(found.items()))


def _roots(compared: Compared, nodes: Sequence[str]) -> list[str]:
    views = (compared.before, compared.after)
    roots = {_root(view, node) for view in views for node in nodes}
    return sorted(root for root in roots if root)


def _root(view: View, node: str) -> str | None:
    """Return the uppermost unit above a node, or the node; None where it isn't."""
    if view.node(node) is None:
        return None
    above = list(view.ancestors(node))
    return above[-1] if above else node


def _add_counts(counts: dict[str, int], found: Mapping[str, int]) -> None:
    for kind, n in found.items():
        counts[kind] = counts.get(kind, 0) + n


def _add_facts(facts: Sums, side: str, sums: Mapping[str, FactValue]) -> None:
    """Add up a fact over the roots; unknown absorbs, what is absent adds nothing."""
    for name, value in sums.items():
        sides = facts.setdefault(name, {"before": 0, "after": 0})
        known = sides[side]
        both = isinstance(known, int) and isinstance(value, int)
        sides[side] = int(known or 0) + int(value or 0) if both else None
