"""The units of a kind become fewer, by as many percent as the law of the day says."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta

from ..draft import View
from ..draft.steps import tally_on
from ..findings import Code, Finding
from ..language import say
from ..model import IN, EdgeRow
from ..pack import Reduction
from .base import Law

OUTSIDE = Code(
    code="REDUCE01",
    meaning="Units become fewer by other percents than the law in force says.",
    severity="info",
    structural=False,
)


class FewerUnits(Law):
    """Below a unit whose parts a plan makes fewer, they fall by the percents wanted.

    What was below units that went into it whole counts as below it before.
    """

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],  # noqa: ARG002 - what all laws are given
    ) -> Iterator[Finding]:
        """Compare the number after the plan with that on the eve of the law."""
        asked = [r for r in after.pack.reductions if r.is_asked(after.day)]
        for reduction in asked:
            key = f"count:{reduction.kind}"
            kinds = {reduction.kind, *after.pack.above(reduction.kind)}
            moved = [node for node in nodes if _is_one_of(after, node, kinds)]
            above = after.need_ancestors(moved) | before.need_ancestors(moved)
            units = sorted(n for n in above if _is_one_of(after, n, {reduction.below}))
            eve = reduction.since - timedelta(days=1)
            fewer = _fewer(before, after, units, key, eve)
            if not fewer:
                continue
            came = _came(after, fewer, eve)
            known = {one for some in came.values() for one in some}
            first = tally_on(before.reader, known, eve)
            for unit, now in fewer.items():
                told = all(_is_told(after, one, eve) for one in came[unit])
                then = sum(first[one].get(key, 0) for one in came[unit]) if told else 0
                yield from self._compare(after, unit, reduction, then, now)

    def _compare(
        self, view: View, unit: str, reduction: Reduction, first: int, now: int
    ) -> Iterator[Finding]:
        low, high = reduction.from_percent, reduction.to_percent
        fallen = (first - now) * 100
        if first and low * first <= fallen <= high * first:
            return
        node = view.pack.nodes[reduction.kind]
        wants = say(
            "{reduction} wants {low} to {high} %",
            reduction=reduction.title,
            low=low,
            high=high,
        )
        if first:
            message = say(
                "{unit} has {counted} of {first:,} before "
                "{since}, {number:.1f} % fewer; {wants}.",
                unit=view.shown(unit),
                counted=node.counted(now),
                first=first,
                since=reduction.since,
                number=fallen / first,
                wants=wants,
            )
        else:
            message = say(
                "{unit} has {counted}; {wants}, and how many "
                "there were before {since} is unknown.",
                unit=view.shown(unit),
                counted=node.counted(now),
                wants=wants,
                since=reduction.since,
            )
        yield OUTSIDE.at(
            unit,
            message,
            hint=reduction.exemptions or None,
            source=reduction.source,
            severity=reduction.severity if first else "info",
        )


def _fewer(
    before: View, after: View, units: Collection[str], key: str, eve: date
) -> dict[str, int]:
    """Return how many are below those living units below which they became fewer."""
    old, new = before.below(units), after.below(units)
    living = [unit for unit in units if after.node(unit)]
    came = {unit: {unit} for unit in living}
    if any(before.node(unit) is None or after.node(unit) is None for unit in units):
        came = _came(after, living, eve)
    counts = {unit: new[unit].get(key, 0) for unit in living}
    return {
        unit: now
        for unit, now in counts.items()
        if now < sum(old[one].get(key, 0) for one in came[unit] if one in old)
    }


def _came(view: View, units: Collection[str], eve: date) -> dict[str, set[str]]:
    """Return units with all that went into them whole since the eve, by way of any."""
    into: dict[str, set[str]] = {}
    frontier = set(units)
    while frontier:
        view.need_edges(frontier, [view.pack.lineage], IN)
        for unit in frontier:
            into[unit] = {row.source for row in _whole(view, unit, eve)}
        frontier = {one for unit in frontier for one in into[unit]} - into.keys()
    view.need_nodes(into)
    found = {}
    for unit in units:
        some, frontier = set[str](), {unit}
        while frontier:
            some |= frontier
            frontier = {one for unit in frontier for one in into[unit]} - some
        found[unit] = some
    return found


def _whole(view: View, unit: str, eve: date) -> list[EdgeRow]:
    return [r for r in _since(view, unit, eve) if r.facts.get("part") == "whole"]


def _since(view: View, unit: str, eve: date) -> list[EdgeRow]:
    rows = view.edges(unit, view.pack.lineage, IN)
    return [row for row in rows if eve < row.since <= view.day]


def _is_told(view: View, unit: str, eve: date) -> bool:
    """Tell whether it is known of what a unit is: it was there, or took only wholes."""
    life = view.life(unit)
    there = life is not None and life[0] <= eve
    return there or _whole(view, unit, eve) == _since(view, unit, eve)


def _is_one_of(view: View, node: str, kinds: Collection[str]) -> bool:
    rows = view.versions(node)
    return bool(rows) and rows[0].kind in kinds
