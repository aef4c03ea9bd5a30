"""Of which groups without members it is recorded that they have none.

Stores may hold organisations without their people. That nobody is in a group is told
where somebody once was, or where there are people beside it, or were before it left.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from ..draft import View
from ..draft.spells import edges_ever
from ..model import IN
from .base import Bearing


def known_empty(view: View, groups: Collection[str]) -> set[str]:
    """Return those groups, of some in which nobody is, that are known to be empty.

    What is beside a group is all below the unit that it is directly below.
    """
    places, people = view.pack.questions.places, view.pack.people
    if not groups or places is None or people is None:
        return set()
    ever = edges_ever(view, groups, places.member, IN)
    found = {g for g in groups if any(r.since <= view.day for r in ever[g])}
    rest = [group for group in groups if group not in found]
    edge = view.pack.parent_edge(places.group)
    if not rest or edge is None:
        return found
    above = edges_ever(view, rest, edge)
    first = first_peopled(view, {r.target for rows in above.values() for r in rows})
    for group, rows in above.items():
        days = [(first[row.target], row) for row in rows if row.target in first]
        if any(row.since <= view.day and day < row.until for day, row in days):
            found.add(group)
    return found


def newly_beside_people(bearing: Bearing) -> set[str]:
    """Return the groups that a plan may bring beside people, where nobody was before.

    They are all the groups below units concerned that had nobody below them.
    """
    known = bearing.memo.get(newly_beside_people)
    if known is None:
        known = bearing.memo[newly_beside_people] = _newly_beside(bearing)
    return known


def _newly_beside(bearing: Bearing) -> set[str]:
    base, result, keys = bearing.base, bearing.result, bearing.keys
    places, people = base.pack.questions.places, base.pack.people
    if places is None or people is None:
        return set()
    ways = base.pack.leading_to({people.person})
    near = {key[2] for way in ways if way in keys for key in keys[way]}
    kinds, head = base.pack.above(places.group), f"count:{people.person}"
    met = base.need_ancestors(near) | result.need_ancestors(near)
    # What is about to be founded has no groups before: they had another unit above.
    there = [node for node in met if base.kind_or_none(node) in kinds]
    below = base.below(there)
    quiet = [unit for unit in there if not below[unit].get(head)]
    if not quiet:
        return set()
    after = [node for node in met if result.kind_or_none(node) in kinds]
    if not any(counts.get(head) for counts in result.below(after).values()):
        return set()
    base.need_edges(quiet, ways, IN)
    rows = (row for unit in quiet for way in ways for row in base.edges(unit, way, IN))
    under = {row.source for row in rows}
    base.need_nodes(under)
    return {node for node in under if base.kind_or_none(node) == places.group}


def first_peopled(view: View, units: Collection[str]) -> dict[str, date]:
    """Return the first day, up to the view's, on which there were people below units.

    It is read off the tallies, so that nobody is read who is beside a group.
    """
    if not units:
        return {}
    people = view.pack.people
    head = f"count:{people.person}" if people else ""
    steps: defaultdict[str, dict[int, int]] = defaultdict(dict)
    for row in view.reader.tallies(sorted(units), 0):
        if row.key == head:
            steps[row.unit][row.day] = row.delta
    found = dict[str, date]()
    for unit, own in steps.items():
        number = 0
        for day in sorted(own):
            number += own[day]
            if number > 0 and day < view.day.toordinal():
                found[unit] = date.fromordinal(day)
                break
    today = view.below([unit for unit in sorted(units) if unit not in found])
    found |= {unit: view.day for unit, counts in today.items() if counts.get(head)}
    return found
