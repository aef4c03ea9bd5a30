"""Of which groups it is recorded who holds their posts, or that they have any.

Stores may hold groups without their posts, and posts without their holders. What a
group lacks is told where others beside it have it, or had it before it left them.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import NamedTuple

from ..draft import View
from ..draft.spells import edges_ever
from ..model import IN, EdgeRow
from .limiting import led_by, seated


class First(NamedTuple):
    """The first days on which a group below a unit had a post, and a holder of one."""

    post: date
    holder: date | None


def recorded(
    view: View, posts: Mapping[str, Sequence[str]], held: AbstractSet[str]
) -> set[str]:
    """Return the groups of which it is recorded who holds their posts.

    Those are the ones that have, had or beside which are or were such posts: `posts`
    are those of the groups asked about, `held` are those that somebody holds.
    """
    found = {group for group, some in posts.items() if held & set(some)}
    rest = [group for group in posts if group not in found]
    if not rest:
        return found
    once = edges_ever(view, _all(posts, rest), view.pack.chain.holds, IN)
    found |= {g for g in rest if any(once[post] for post in posts[g])}
    rest = [group for group in rest if group not in found]
    for kind in sorted({view.kind(group) for group in rest}):
        found |= _beside(view, [g for g in rest if view.kind(g) == kind], kind)
    return found


def _beside(view: View, groups: Sequence[str], kind: str) -> set[str]:
    """Return the groups beside which somebody holds a post, or once did."""
    view.need_parents(groups)
    above = {group: row.target for group in groups if (row := view.parent(group))}
    beside = led_by(view, set(above.values()), kind)
    near = seated(view, {g for some in beside.values() for g in some})
    here = {row.target for row in holdings(view, near)}
    known = {u for u, some in beside.items() if not here.isdisjoint(_all(near, some))}
    found = {group for group, unit in above.items() if unit in known}
    return found.union(had_beside(view, set(groups) - found, kind, held=True))


def had_beside(
    view: View, groups: Collection[str], kind: str, *, held: bool
) -> dict[str, str]:
    """Return the unit below which others had posts before each group left it.

    That is the last one of several; `held` asks for posts that somebody held.
    """
    edge = view.pack.parent_edge(kind)
    if not groups or edge is None:
        return {}
    above = edges_ever(view, groups, edge)
    units = {row.target for rows in above.values() for row in rows}
    first = first_recorded(view, units, kind)
    found = dict[str, str]()
    for group, rows in above.items():
        for row in sorted(rows, key=lambda row: row.since):
            there = first.get(row.target)
            day = there and (there.holder if held else there.post)
            if day and day < row.until:
                found[group] = row.target
    return found


def first_recorded(view: View, units: Collection[str], kind: str) -> dict[str, First]:
    """Return when each unit first had groups with posts, where it ever had one."""
    edge, holds = view.pack.parent_edge(kind), view.pack.chain.holds
    if not units or edge is None:
        return {}
    below = edges_ever(view, units, edge, IN)
    view.need_nodes({row.source for rows in below.values() for row in rows})
    groups = {
        row.source
        for rows in below.values()
        for row in rows
        if view.kind_or_none(row.source) == kind
    }
    seats = seats_ever(view, groups)
    posts = {row.source for rows in seats.values() for row in rows}
    held = edges_ever(view, posts, holds, IN)
    found = dict[str, First]()
    for unit, rows in below.items():
        ties = [(row, seat) for row in rows for seat in seats.get(row.source, ())]
        holders = ((*tie, row) for tie in ties for row in held[tie[1].source])
        if days := list(_together(ties)):
            found[unit] = First(min(days), min(_together(holders), default=None))
    return found


def _together(ties: Iterable[Sequence[EdgeRow]]) -> Iterator[date]:
    """Yield the days on which all edges of each of these were first there at once."""
    for rows in ties:
        since = max(row.since for row in rows)
        if since < min(row.until for row in rows):
            yield since


def seats_ever(view: View, groups: Collection[str]) -> dict[str, list[EdgeRow]]:
    """Return the edges of all posts that groups, or bodies that led them, ever had."""
    if not groups:
        return {}
    people = view.pack.people
    lead = people.lead if people else None
    edge = view.pack.parent_edge(lead) if lead else None
    below = edges_ever(view, groups, edge, IN) if edge else {}
    view.need_nodes({row.source for rows in below.values() for row in rows})
    near = {
        group: {
            group,
            *(
                row.source
                for row in below.get(group, ())
                if view.kind_or_none(row.source) == lead
            ),
        }
        for group in groups
    }
    seat = view.pack.chain.seat
    rows = edges_ever(view, {n for some in near.values() for n in some}, seat, IN)
    return {g: [row for node in some for row in rows[node]] for g, some in near.items()}


def holdings(view: View, posts: Mapping[str, Collection[str]]) -> list[EdgeRow]:
    """Return the holdings on the day of the posts that groups have."""
    holds = view.pack.chain.holds
    asked = {post for some in posts.values() for post in some}
    view.need_edges(asked, [holds], IN)
    return [row for post in asked for row in view.live_edges(post, holds, IN)]


def _all(posts: Mapping[str, Sequence[str]], groups: Iterable[str]) -> set[str]:
    return {post for group in groups for post in posts[group]}
