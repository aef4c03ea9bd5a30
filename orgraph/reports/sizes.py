"""How large units are before and after, and what the law wants of them.

Of units that take part in lineage, move or are revised, and of those that somebody
comes directly to or leaves: they are as many as the change is large.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..draft import View
from ..model import FactValue
from ..queries.tally import totals
from ..rules.below_standard import BelowStandard
from ..rules.classing import Classing
from ..rules.formed_too_small import FormedTooSmall, begun_under, formed_under
from .compared import Compared
from .model_sizes import Size, Wanted


def sized(compared: Compared, moved: Iterable[str]) -> list[str]:
    """Return the units whose size a report says, in order; some of them `moved`."""
    pack = compared.pack
    kinds = pack.peopled.union(pack.carrying)
    nodes = {n for row in compared.come(pack.lineage) for n in row[1:3]}
    for node, kind in compared.turned.items():
        if kind in pack.heads:
            nodes.update(parent for parent in compared.parents[node] if parent)
    nodes.update(moved)
    nodes.update(compared.revised)
    compared.before.need_nodes(nodes)
    compared.after.need_nodes(nodes)
    return sorted(
        node
        for node in nodes
        if compared.kind(node) in kinds
        and (compared.before.node(node) or compared.after.node(node))
    )


def sizes_of(
    compared: Compared, units: Sequence[str], counted: Collection[str]
) -> tuple[Size, ...]:
    """Return heads and additive facts of units, before and after.

    What is wanted is that of a unit as it becomes, or as it was where it ends.
    Heads of a kind are said where any are `counted` in the whole, or below a unit:
    where none are recorded at all, it isn't known how many there are.
    """
    known = _recorded(compared, units, counted)
    before = _sizes(compared, compared.before, units, known)
    after = _sizes(compared, compared.after, units, known)
    ending = [unit for unit in units if unit not in after]
    became = _Wanting(compared, compared.after, [*after])
    was = _Wanting(compared, compared.before, ending)
    return tuple(
        Size(
            unit,
            compared.kind(unit),
            before.get(unit),
            after.get(unit),
            tuple((became if unit in after else was).wanted(unit)),
        )
        for unit in units
    )


def _recorded(
    compared: Compared, units: Sequence[str], counted: Collection[str]
) -> list[str]:
    """Return the kinds counted by head of which any are recorded, in order."""
    heads = compared.pack.heads
    if heads <= set(counted):
        return sorted(heads)
    views = compared.before, compared.after
    below = [some for view in views for some in view.below(units).values()]
    return sorted(
        kind
        for kind in heads
        if kind in counted or any(some.get(f"count:{kind}") for some in below)
    )


def _sizes(
    compared: Compared, view: View, units: Sequence[str], known: Sequence[str]
) -> dict[str, Mapping[str, FactValue]]:
    """Return the sizes of those that live in a view, with heads of `known` kinds."""
    pack = compared.pack
    above = {kind: pack.above(kind) for kind in known}
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
    """Finds what is wanted of units, as the two rules that judge their size ask it.

    What is formed on the day, or began under criteria that are in force, meets those,
    unless it is of as many as are exempt; what didn't begin so meets the standard.
    """

    def __init__(self, compared: Compared, view: View, units: Sequence[str]) -> None:
        pack, day = compared.pack, compared.day
        self.view = view
        standards = pack.thresholds_on(BelowStandard.name(), day)
        self._standing = Classing(view, standards)
        self._forming = Classing(view, pack.thresholds_on(FormedTooSmall.name(), day))
        kinds = self._forming.by_kind
        asked = [node for node in units if compared.kind(node) in kinds]
        found = formed_under(view, asked).values()
        self._formed = {one.unit: len(one.whole) for one in found}
        self._anew = begun_under(view, units)

    def wanted(self, unit: str) -> Iterator[Wanted]:
        """Yield what is wanted of a unit, as far as it is known."""
        row = self.view.node(unit)
        if row is None:
            return
        asked = [self._forming] if unit in self._formed else []
        asked += [] if unit in self._anew else [self._standing]
        aims = (
            aim
            for classing in asked
            if row.kind in classing.by_kind
            for aim in classing.wanted(row.kind, row.facts, unit).aims
        )
        for aim in aims:
            threshold = aim.threshold
            exempt = threshold.unless_merged
            if exempt and self._formed[unit] >= exempt:
                continue
            for target in aim.targets:
                yield Wanted(
                    target.figure.fact,
                    -(-target.whole * target.percent // 100),
                    threshold.title,
                    str(threshold.source),
                    bool(threshold.any_of),
                )
