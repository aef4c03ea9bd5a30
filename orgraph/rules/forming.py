"""Which units a day forms out of others, as lineage has it."""

from collections.abc import Collection, Iterator
from typing import NamedTuple, cast

from ..draft import View
from ..model import IN, EdgeRow, FactValue
from .base import Reach


class Formed(NamedTuple):
    """A unit into which others went on the view's day.

    `whole` are those that went in whole, and the unit itself if it was there before;
    `givers` are all that gave anything. What came through a unit that passed on the
    day, formed and merged on, came from what had formed that.
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
    joined: dict[str, str] = {}
    for edge in reach.by_edge.get(view.pack.lineage, ()):
        if edge.since == view.day:
            first = joined.get(edge.target, edge.source)
            joined[edge.target] = min(edge.source, first)
    view.need_nodes(joined)
    units = [
        unit
        for unit in sorted(joined)
        if (row := view.node(unit)) is not None and row.kind in kinds
    ]
    need_forming(view, units)
    for unit in units:
        found = forming(view, unit)
        if found and min(row.source for row in _given(view, unit)) == joined[unit]:
            yield found


def need_forming(view: View, units: Collection[str]) -> None:
    """Read what formed units on the day, a level at a time."""
    seen, memo = set[str](), view.memo
    frontier = {unit for unit in units if ("forming", unit) not in memo}
    while frontier:
        seen |= frontier
        view.need_edges(frontier, [view.pack.lineage], IN)
        givers = {row.source for unit in frontier for row in _given(view, unit)} - seen
        view.need_nodes(givers)
        frontier = {giver for giver in givers if view.node(giver) is None}


def forming(view: View, unit: str) -> Formed | None:
    """Return what a living unit is formed of on the day; None where it isn't."""
    # Several rules ask the same.
    try:
        return cast("Formed | None", view.memo["forming", unit])
    except KeyError:
        found = view.memo["forming", unit] = _forming(view, unit)
        return found


def _forming(view: View, unit: str) -> Formed | None:
    if view.node(unit) is None or not _given(view, unit):
        return None
    givers = _givers(view, unit)
    whole = _givers(view, unit, wholly=True)
    if _lived_before(view, unit):
        if not whole:
            return None
        whole.add(unit)
    return Formed(unit, tuple(sorted(whole)), tuple(sorted(givers)))


def fact_before(view: View, node: str, fact: str) -> FactValue:
    """Return what a fact was on the eve of the view's day.

    Of what wasn't there yet it is what it was founded with.
    """
    rows = view.versions(node)
    known = [row for row in rows if row.since < view.day] or rows[:1]
    return known[-1].facts.get(fact) if known else None


def _givers(view: View, unit: str, *, wholly: bool = False) -> set[str]:
    """Return what gave to a unit on the day, all of it or anything.

    What ended on the day had been given before what came to it then; of one that was
    not there before that is all that it had to give, unless it was founded of nothing.
    """
    found, seen, frontier = set[str](), {unit}, {unit}
    while frontier:
        givers = {
            row.source
            for one in frontier
            for row in _given(view, one)
            if not wholly or row.facts.get("part") == "whole"
        } - seen
        seen |= givers
        frontier = {g for g in givers if view.node(g) is None and _given(view, g)}
        found |= {g for g in givers if g not in frontier or _lived_before(view, g)}
    return found


def _given(view: View, unit: str) -> list[EdgeRow]:
    """Return the lineage by which a unit was given something on the day."""
    rows = view.edges(unit, view.pack.lineage, IN)
    return [row for row in rows if row.since == view.day]


def _lived_before(view: View, unit: str) -> bool:
    life = view.life(unit)
    return life is None or life[0] < view.day
