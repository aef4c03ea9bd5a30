"""Which units a day forms out of others, as lineage has it."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple, cast

from ..draft import View
from ..model import IN, EdgeRow, FactValue
from .base import Reach


class Formed(NamedTuple):
    """A unit into which others went on a day.

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
    given = _Given(view, view.day)
    for unit in units:
        found = forming(view, unit)
        if found and min(row.source for row in given.to(unit)) == joined[unit]:
            yield found
    if reach.bearing is not None:
        # What an earlier plan of the day formed, and this one changes.
        rest = [unit for unit in reach.of(kinds) if unit not in joined]
        need_forming(view, rest)
        yield from (found for unit in rest if (found := forming(view, unit)))


def need_forming(view: View, units: Collection[str], day: date | None = None) -> None:
    """Read what formed units on a day, by default the view's, a level at a time."""
    day = day or view.day
    given = _Given(view, day)
    seen, memo = set[str](), view.memo
    frontier = {unit for unit in units if ("forming", unit, day) not in memo}
    while frontier:
        seen |= frontier
        view.need_edges(frontier, [view.pack.lineage], IN)
        givers = {row.source for unit in frontier for row in given.to(unit)} - seen
        view.need_nodes(givers)
        frontier = {giver for giver in givers if given.ended(giver)}


def forming(view: View, unit: str, day: date | None = None) -> Formed | None:
    """Return what a living unit is formed of on a day; None where it isn't."""
    place = "forming", unit, day or view.day
    # Several rules ask the same.
    try:
        return cast("Formed | None", view.memo[place])
    except KeyError:
        found = view.memo[place] = _Given(view, place[2]).forming(unit)
        return found


def fact_before(view: View, node: str, fact: str) -> FactValue:
    """Return what a fact was on the eve of the view's day.

    Of what wasn't there yet it is what it was founded with.
    """
    rows = view.versions(node)
    known = [row for row in rows if row.since < view.day] or rows[:1]
    return known[-1].facts.get(fact) if known else None


class _Given(NamedTuple):
    """What units were given on a day."""

    view: View
    day: date

    def to(self, unit: str) -> list[EdgeRow]:
        """Return the lineage by which a unit was given something."""
        rows = self.view.edges(unit, self.view.pack.lineage, IN)
        return [row for row in rows if row.since == self.day]

    def forming(self, unit: str) -> Formed | None:
        """See `forming`."""
        if self.view.node(unit) is None or not self.to(unit):
            return None
        givers = self._givers(unit)
        whole = self._givers(unit, wholly=True)
        if self._lived_before(unit):
            if not whole:
                return None
            whole.add(unit)
        return Formed(unit, tuple(sorted(whole)), tuple(sorted(givers)))

    def ended(self, unit: str) -> bool:
        """Tell whether a unit was no more by the end of the day."""
        life = self.view.life(unit)
        return life is None or life[1] <= self.day

    def _givers(self, unit: str, *, wholly: bool = False) -> set[str]:
        """Return what gave to a unit, all of it or anything.

        What ended on the day had been given before what came to it then; of one that
        was not there before that is all that it had to give, unless it was founded of
        nothing.
        """
        found, seen, frontier = set[str](), {unit}, {unit}
        while frontier:
            givers = {
                row.source
                for one in frontier
                for row in self.to(one)
                if not wholly or row.facts.get("part") == "whole"
            } - seen
            seen |= givers
            frontier = {g for g in givers if self.ended(g) and self.to(g)}
            found |= {g for g in givers if g not in frontier or self._lived_before(g)}
        return found

    def _lived_before(self, unit: str) -> bool:
        life = self.view.life(unit)
        return life is None or life[0] < self.day
