"""The units of a kind become fewer, by as many percent as the law of the day says."""

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta

from ..draft import View
from ..draft.steps import tally_on
from ..findings import Code, Finding
from ..language import say
from ..pack import Reduction
from .base import Law

OUTSIDE = Code(
    code="REDUCE01",
    meaning="Units become fewer by other percents than the law in force says.",
    severity="info",
    structural=False,
)


class FewerUnits(Law):
    """Below a unit whose parts a plan makes fewer, they fall by the percents wanted."""

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
            old, new = before.below(units), after.below(units)
            fewer = [u for u in units if new[u].get(key, 0) < old[u].get(key, 0)]
            if not fewer:
                continue
            eve = reduction.since - timedelta(days=1)
            first = tally_on(before.reader, fewer, eve)
            for unit in fewer:
                counts = first[unit].get(key, 0), new[unit].get(key, 0)
                yield from self._compare(after, unit, reduction, *counts)

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


def _is_one_of(view: View, node: str, kinds: Collection[str]) -> bool:
    rows = view.versions(node)
    return bool(rows) and rows[0].kind in kinds
