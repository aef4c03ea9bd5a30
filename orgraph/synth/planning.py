"""Who is planned for which higher post: at most three a post, and three posts each.

Limits: Regulation 377-QĐ/TW (2025), as under Regulation 50-QĐ/TW.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from . import names
from .layout import Layout
from .posts import Posts

PLANNED = date(2024, 7, 1)
"""The lists for the next term are approved in the year before its congresses."""
STAGE = "approved"

_MOST = 3
_EACH = 2
"""How many are planned for one post: assumed; the law allows three."""
_ROLES = {"committee_member": 1, "deputy_secretary": 2, "secretary": 3}

Rank = tuple[int, int]
"""How high a post is: the level of its unit, then its role in it."""


def planning(layout: Layout, posts: Posts) -> dict[int, list[int]]:
    """Return for which posts members are planned, both by number."""
    ranks = _ranks(layout, posts)
    holders: defaultdict[str, dict[Rank, list[int]]] = defaultdict(dict)
    highest: dict[int, Rank] = {}
    for member in sorted(posts.held):
        for holding in posts.held[member]:
            post, rank = posts.all[holding.post], ranks[holding.post]
            if rank is not None and holding.until == post.until:
                highest[member] = max(highest.get(member, rank), rank)
                unit = posts.unit_of(post)
                holders[unit].setdefault(rank, []).append(member)
    planned: defaultdict[int, list[int]] = defaultdict(list)
    for number, post in enumerate(posts.all):
        rank = ranks[number]
        if rank is None or post.unit != posts.unit_of(post):
            continue
        for member in _next(holders[post.unit], rank, highest, planned):
            planned[member].append(number)
    return dict(planned)


def _next(
    here: dict[Rank, list[int]],
    rank: Rank,
    highest: dict[int, Rank],
    planned: dict[int, list[int]],
) -> list[int]:
    """Return who comes next for a post: those who sit just below it, the first free."""
    below_it: Iterable[int] = (
        member
        for own in sorted((r for r in here if r < rank), reverse=True)
        for member in here[own]
        if highest[member] < rank and len(planned[member]) < _MOST
    )
    free = sorted(dict.fromkeys(below_it), key=lambda member: len(planned[member]))
    return free[:_EACH]


def _ranks(layout: Layout, posts: Posts) -> list[Rank | None]:
    """Return the rank of each post; None where nobody is planned for it."""
    levels = {names.PROVINCIAL: 3}
    levels |= {names.direct(number): 2 for number in range(len(layout.types))}
    levels |= {names.grassroots(n): 1 for n in range(len(layout.organisations))}
    return [
        (levels[unit], _ROLES[post.role])
        if (unit := posts.unit_of(post)) in levels and post.role in _ROLES
        else None
        for post in posts.all
    ]
