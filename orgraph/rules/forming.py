"""Which units a day forms out of others, as lineage has it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from ..draft import View
from ..model import IN, FactValue
from .base import Reach


class Formed(NamedTuple):
    """A unit into which others went on the view's day.

    `whole` are those that went in whole, and the unit itself if it was there before;
    `givers` are all that gave anything.
    """

    unit: str
    whole: tuple[str, ...]
    givers: tuple[str, ...]

    @property
    def is_merger(self) -> bool:
        """Whether two units or more became this one."""
        return len(self.whole) > 1


def formed(view: View, reach: Reach, kinds: Collection[str]) -> Iterator[Formed]:
    """Yield the living units of some kinds that the day forms, in order.

    A unit that was there before and is given only parts isn't formed anew.
    A unit belongs to the reach that has the first of its givers, so that an audit in
    batches meets it once.
    """
    lineage = view.pack.lineage
    joined: dict[str, str] = {}
    for edge in reach.by_edge.get(lineage, ()):
        if edge.since == view.day:
            first = joined.get(edge.target, edge.source)
            joined[edge.target] = min(edge.source, first)
    view.need_nodes(joined)
    units = [
        unit
        for unit in sorted(joined)
        if (row := view.node(unit)) is not None and row.kind in kinds
    ]
    view.need_edges(units, [lineage], IN)
    for unit in units:
        found = forming(view, unit)
        if found is not None and found.givers[0] == joined[unit]:
            yield found


def forming(view: View, unit: str) -> Formed | None:
    """Return what a living unit is formed of on the day; None where it isn't."""
    rows = [
        row for row in view.edges(unit, view.pack.lineage, IN) if row.since == view.day
    ]
    if not rows or view.node(unit) is None:
        return None
    givers = sorted({row.source for row in rows})
    whole = {row.source for row in rows if row.facts.get("part") == "whole"}
    if _lived_before(view, unit):
        if not whole:
            return None
        whole.add(unit)
    return Formed(unit, tuple(sorted(whole)), tuple(givers))


def fact_before(view: View, node: str, fact: str) -> FactValue:
    """Return what a fact was on the eve of the view's day."""
    rows = [row for row in view.versions(node) if row.since < view.day]
    return rows[-1].facts.get(fact) if rows else None


def _lived_before(view: View, unit: str) -> bool:
    first: date = view.versions(unit)[0].since
    return first < view.day
