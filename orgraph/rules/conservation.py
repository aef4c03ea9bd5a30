"""What is counted is neither lost nor made by a reorganisation."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..model import IN
from .base import Law

LOST = Code(
    code="SUM01",
    meaning="An additive fact is lost or made by the plan.",
    hint="Merge, absorb or move; a new figure is a step of its own.",
)
HEADS = Code(
    code="SUM02",
    meaning="People or households are lost or made by the plan.",
)


class Conservation(Law):
    """Additive facts and heads add up to the same before and after a plan."""

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],
    ) -> Iterator[Finding]:
        """Compare what the touched nodes carry, less what the steps state."""
        old, new = carried(before, nodes), carried(after, nodes)
        for name in before.pack.additive:
            known, unknown = f"fact:{name}", f"unknown:{name}"
            expected = _shown(
                old[known] + stated.get(known, 0), old[unknown] + stated.get(unknown, 0)
            )
            found = _shown(new[known], new[unknown])
            if expected != found:
                message = f"{name} should be {expected} after the plan and is {found}."
                yield LOST.at(name, message)
        for kind in sorted(before.pack.heads):
            key = f"count:{kind}"
            if old[key] + stated.get(key, 0) != new[key]:
                message = f"{kind}: {old[key]} before the plan, {new[key]} after it."
                yield HEADS.at(kind, message)


def _shown(known: int, unknown: int) -> int | str:
    return "unknown" if unknown else known


def carried(view: View, nodes: Collection[str]) -> Counter[str]:
    """Return what these nodes themselves carry on the view's day.

    Keys are `fact:NAME`, `unknown:NAME` and, for people and households, `count:KIND`.
    """
    pack = view.pack
    found: Counter[str] = Counter()
    coarse: list[str] = []
    view.need_nodes(nodes)
    for node in nodes:
        row = view.node(node)
        if row is None:
            continue
        if row.kind in pack.heads:
            found[f"count:{row.kind}"] += 1
        facts = pack.carried(row.kind)
        if any(finer and name in row.facts for name, finer in facts):
            coarse.append(node)
        else:
            _add(found, row.facts, [name for name, _ in facts])
    below = finer_kinds(view, coarse)
    for node in coarse:
        row = view.node(node)
        if row is not None:
            facts = pack.carried(row.kind)
            own = [name for name, finer in facts if not below[node] & set(finer)]
            _add(found, row.facts, own)
    return found


def _add(found: Counter[str], facts: Mapping[str, object], names: list[str]) -> None:
    for name in names:
        value = facts.get(name, 0)
        if isinstance(value, int):
            found[f"fact:{name}"] += value
        else:
            found[f"unknown:{name}"] += 1


def finer_kinds(view: View, nodes: Collection[str]) -> dict[str, set[str]]:
    """Return the kinds of the direct dependents of each node."""
    view.need_edges(nodes, view.pack.contains_kinds, IN)
    children = {node: [edge.source for edge in view.children(node)] for node in nodes}
    view.need_nodes(child for found in children.values() for child in found)
    return {
        node: {view.kind(child) for child in found} for node, found in children.items()
    }
