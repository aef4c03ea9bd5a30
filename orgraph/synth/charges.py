"""Who is in charge of what, by the three tiers of the published motto.

Members of the provincial committee watch over grassroots organisations, those of a
committee directly under the province over communes and cells, members in villages over
households.
"""

from collections import defaultdict
from datetime import date

from . import names
from .layout import Layout
from .posts import Posts
from .territory import Territory

SINCE = date(2020, 9, 1)
"""Charges are dealt out after the congresses of 2020."""

HOUSEHOLDS_EACH = 4
"""How many households a member in a village has at the most: assumed."""


def charges(
    layout: Layout, posts: Posts, territory: Territory
) -> dict[int, list[tuple[str, date]]]:
    """Return what members of committees are in charge of, and since when."""
    found: defaultdict[int, list[tuple[str, date]]] = defaultdict(list)
    sitting = _sitting(posts)
    top = sitting[names.PROVINCIAL]
    turn: defaultdict[int, int] = defaultdict(int)
    for number, organisation in enumerate(layout.organisations):
        unit = names.grassroots(number)
        if organisation.is_cell:
            unit = names.cell(organisation.first)
        found[top[number % len(top)]].append((unit, SINCE))
        above = sitting[names.direct(organisation.above)]
        targets = []
        if organisation.commune >= 0:
            commune = territory.communes[organisation.commune]
            targets = [(commune.id, max(SINCE, commune.since))]
        if not organisation.is_cell:
            cells = range(organisation.first, organisation.last)
            targets += [(names.cell(cell), SINCE) for cell in cells]
        for target in targets:
            found[above[turn[organisation.above] % len(above)]].append(target)
            turn[organisation.above] += 1
    return {member: sorted(targets) for member, targets in found.items()}


def _sitting(posts: Posts) -> dict[str, list[int]]:
    """Return who sits in each organisation now, in order."""
    found: defaultdict[str, dict[int, None]] = defaultdict(dict)
    for member in sorted(posts.held):
        for holding in posts.held[member]:
            post = posts.all[holding.post]
            if holding.until == post.until:
                found[posts.unit_of(post)][member] = None
    return {unit: list(members) for unit, members in found.items()}
