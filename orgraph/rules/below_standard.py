"""A unit reaches the figures that the law of the day wants of its kind."""

from collections.abc import Iterator, Mapping, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..model import FactValue, NodeRow
from ..pack import Threshold
from .base import Reach, Rule

BELOW = Code(
    code="STANDARD01",
    meaning="A unit is below a standard that is in force on the effective date.",
    structural=False,
)
NOT_JUDGED = Code(
    code="STANDARD02",
    meaning="A figure that a standard needs is unknown, so the unit isn't judged.",
    severity="info",
    structural=False,
)


class BelowStandard(Rule):
    """A unit is as large as the standard in force wants; unknown figures are said."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Judge every living unit of a kind that has a standard on the day."""
        standards: dict[str, list[Threshold]] = {}
        for standard in view.pack.thresholds:
            if standard.since <= view.day < standard.until:
                standards.setdefault(standard.kind, []).append(standard)
        if not standards:
            return
        judged = [node for node in reach.of(standards) if view.node(node)]
        below = view.below([n for n in judged if view.kind(n) in view.pack.containers])
        for node in judged:
            found = standards[view.kind(node)]
            yield from self._judge(view, node, found, below.get(node, {}))

    def _judge(
        self,
        view: View,
        node: str,
        standards: Sequence[Threshold],
        below: Mapping[str, int],
    ) -> Iterator[Finding]:
        row = view.node(node)
        if row is None:
            return
        missing: dict[str, Threshold] = {}
        for standard in standards:
            fits = _fits(row.facts, standard.where)
            if fits is False:
                continue
            if fits is not True:
                missing.setdefault(fits, standard)
                continue
            value = _figure(row, below, standard.fact)
            if value is None:
                missing.setdefault(standard.fact, standard)
            elif value < standard.at_least:
                unit = view.pack.facts[standard.fact].unit
                message = (
                    f"{view.shown(node)} has {standard.fact} {value:,} {unit}".rstrip()
                    + f"; {standard.title} wants {standard.at_least:,}."
                )
                yield BELOW.at(
                    node,
                    message,
                    hint=standard.exemptions,
                    source=standard.source,
                    severity=standard.severity,
                )
        if missing:
            shown = ", ".join(sorted(missing))
            message = f"{view.shown(node)} isn't judged: {shown} unknown."
            first = missing[min(missing)]
            yield NOT_JUDGED.at(node, message, source=first.source)


def _fits(facts: Mapping[str, FactValue], where: Mapping[str, FactValue]) -> bool | str:
    """Tell whether a standard is meant for a unit, or name the fact that would tell."""
    unknown: str | None = None
    for name, value in where.items():
        own = facts.get(name)
        if own is None:
            unknown = unknown or name
        elif own != value:
            return False
    return unknown or True


def _figure(row: NodeRow, below: Mapping[str, int], fact: str) -> int | None:
    """Return a figure of a unit: its own, or the sum over those who carry it below."""
    if below.get(f"unknown:{fact}"):
        return None
    if f"fact:{fact}" in below:
        return below[f"fact:{fact}"]
    value = row.facts.get(fact)
    return value if isinstance(value, int) else None
