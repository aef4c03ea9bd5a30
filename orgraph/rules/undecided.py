"""Members whom a group lost without anybody's decision: by death, say."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from ..draft import View
from ..draft.spells import edges_ever
from ..findings import Finding
from ..language import say
from ..model import IN, EdgeRow
from ..pack import Limit
from .limiting import Size, counted, judged

CURE = say(
    "Nobody decided that, so it refuses nothing: bring others in with reinforce_cell "
    "or transfer_members, or let the rest join another with join_cells."
)


class Loss(NamedTuple):
    """How many members, official or perhaps, were lost without a decision.

    They count from the day on which there last were enough; `alone` is whether there
    ever were. `without` is how many there would be if nobody had been lost so.
    """

    size: Size = Size(0, 0)
    alone: bool = False

    def without(self, size: Size) -> Size:
        """Return a size with those who were lost."""
        return Size(size.sure + self.size.sure, size.unknown + self.size.unknown)


def lost_undecided(
    view: View,
    groups: Mapping[str, Sequence[str]],
    limit: Limit,
    edges: Sequence[str],
    official: str | None,
) -> dict[str, Loss]:
    """Return what was lost by those who have too few, each counted over some groups.

    `edges` are those by which people count, and `official` the fact of who does. Who
    attends a group is lost to it so by the end of their membership elsewhere.
    """
    places, people = view.pack.questions.places, view.pack.people
    if not groups or places is None or people is None or people.left is None:
        return {}
    near = {group for some in groups.values() for group in some}
    ever = [edges_ever(view, near, edge, IN) for edge in edges]
    rows = {
        key: [
            row for by in ever for g in some for row in by[g] if row.since <= view.day
        ]
        for key, some in groups.items()
    }
    ended = [r for some in rows.values() for r in some if r.since < r.until <= view.day]
    view.need_nodes({row.source for some in rows.values() for row in some})
    own = edges_ever(view, {row.source for row in ended}, places.member)
    lost = {
        row.key
        for row in ended
        if any(
            home.until == row.until and home.facts.get(people.left) in people.undecided
            for home in own[row.source]
        )
    }
    found = {}
    for key, some in rows.items():
        gone = [row for row in some if row.key in lost]
        eve = _last_enough(view, some, limit, official) if gone else None
        late = {row.source for row in gone if eve is None or row.until > eve}
        last = [lived[-1] for one in sorted(late) if (lived := view.versions(one))]
        facts = [row.facts for row in last]
        found[key] = Loss(counted(facts, official), eve is not None)
    return found


def _last_enough(
    view: View, rows: Sequence[EdgeRow], limit: Limit, official: str | None
) -> date | None:
    """Return the last day before the view's on which there were enough, if any."""
    people = {row.source for row in rows}
    turns = {day for row in rows for day in (row.since, row.until)}
    turns |= {one.since for person in people for one in view.versions(person)}
    for day in sorted((turn for turn in turns if turn <= view.day), reverse=True):
        eve = day - timedelta(days=1)
        here = {row.source for row in rows if row.since <= eve < row.until}
        facts = [
            one.facts
            for person in sorted(here)
            for one in view.versions(person)
            if one.since <= eve < one.until
        ]
        if judged(limit, counted(facts, official)) != "few":
            return eve
    return None


def groups_below(view: View, units: Collection[str]) -> list[str]:
    """Return the living groups below units, a level at a time."""
    places = view.pack.questions.places
    if places is None:
        return []
    edges = view.pack.leading_to({places.group})
    above = view.pack.above(places.group)
    found, frontier = set[str](), {*units}
    while frontier:
        view.need_edges(frontier, edges, IN)
        under = {
            row.source
            for node in frontier
            for edge in edges
            for row in view.live_edges(node, edge, IN)
        }
        view.need_nodes(under)
        kinds = {node: row.kind for node in under if (row := view.node(node))}
        found |= {node for node, kind in kinds.items() if kind == places.group}
        frontier = {node for node, kind in kinds.items() if kind in above}
    return sorted(found)


def excused(finding: Finding, limit: Limit, size: Size, lost: Loss) -> Finding:
    """Return what is said of a limit; missed by such a loss alone, it is a warning."""
    if not lost.alone or judged(limit, lost.without(size)) == "few":
        return finding
    severity = "info" if finding.severity == "info" else "warning"
    return finding.model_copy(update={"severity": severity, "hint": CURE})
