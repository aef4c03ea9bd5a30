"""How large units are before and after, and what the law wants of them.

Of units that take part in lineage, and of those that somebody comes directly to or
leaves: their sizes change, and they are as many as the change is large.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from ..draft import View
from ..model import FactValue
from ..queries.tally import totals
from ..rules.below_standard import BelowStandard
from ..rules.classing import Classing
from ..rules.formed_too_small import FormedTooSmall
from .compared import Compared
from .model_sizes import Size, Wanted


def sized(compared: Compared) -> list[str]:
    """Return the units whose size a report says, in order."""
    pack = compared.pack
    kinds = pack.peopled.union(pack.carrying)
    nodes = {n for row in compared.come(pack.lineage) for n in row[1:3]}
    for node, kind in compared.turned.items():
        if kind in pack.heads:
            nodes.update(parent for parent in compared.parents[node] if parent)
    compared.before.need_nodes(nodes)
    compared.after.need_nodes(nodes)
    return sorted(
        node
        for node in nodes
        if compared.kind(node) in kinds
        and (compared.before.node(node) or compared.after.node(node))
    )


def sizes_of(compared: Compared, units: Sequence[str]) -> tuple[Size, ...]:
    """Return heads and additive facts of units, before and after."""
    before = _sizes(compared, compared.before, units)
    after = _sizes(compared, compared.after, units)
    classing = _Wanting(compared)
    return tuple(
        Size(
            unit,
            compared.kind(unit),
            before.get(unit),
            after.get(unit),
            tuple(classing.wanted(unit)) if unit in after else (),
        )
        for unit in units
    )


def _sizes(
    compared: Compared, view: View, units: Sequence[str]
) -> dict[str, Mapping[str, FactValue]]:
    """Return the sizes of those that live in a view."""
    pack = compared.pack
    above = {kind: pack.above(kind) for kind in sorted(pack.heads)}
    found: dict[str, Mapping[str, FactValue]] = {}
    for unit, below in view.below([n for n in units if view.node(n)]).items():
        kind = compared.kind(unit)
        counts, facts = totals(
            pack, {key: n for key, n in below.items() if n}, view.node(unit)
        )
        heads = {head: counts.get(head, 0) for head in above if kind in above[head]}
        found[unit] = {**facts, **heads}
    return found


class _Wanting:
    """Finds what is wanted of units: of what is formed, by the criteria of the day."""

    def __init__(self, compared: Compared) -> None:
        pack, view, day = compared.pack, compared.after, compared.day
        self.view = view
        self._formed: Counter[str] = Counter()
        for row in compared.come(pack.lineage):
            self._formed[row.target] += row.facts.get("part") == "whole"
        standards = pack.thresholds_on(BelowStandard.name(), day)
        self._standing = Classing(view, standards)
        self._forming = Classing(view, pack.thresholds_on(FormedTooSmall.name(), day))

    def wanted(self, unit: str) -> Iterator[Wanted]:
        """Yield what is wanted of a unit, as far as it is known."""
        row = self.view.node(unit)
        if row is None:
            return
        forms = unit in self._formed and row.kind in self._forming.by_kind
        classing = self._forming if forms else self._standing
        if row.kind not in classing.by_kind:
            return
        for aim in classing.wanted(row.kind, row.facts, unit).aims:
            threshold = aim.threshold
            most = threshold.unless_merged
            if most and self._formed[unit] >= most:
                continue
            for target in aim.targets:
                yield Wanted(
                    target.figure.fact,
                    -(-target.whole * target.percent // 100),
                    threshold.title,
                    str(threshold.source),
                    bool(threshold.any_of),
                )
