"""Who leads groups: their posts and leading bodies, and which posts somebody holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ..draft import View
from ..draft.spells import edges_ever
from ..model import IN, EdgeRow
from .limiting import Size, led_by, posts_of, seated


class Leading(NamedTuple):
    """What leads a group.

    `posts` are those that live, those of its `bodies` included; `known` is whether any
    was ever recorded, of it or of what it began as. `filled` are those that somebody
    holds for good, `held` those that somebody holds at all: both None where nobody is
    recorded as holding any.
    """

    bodies: Sequence[str]
    posts: Sequence[str]
    known: bool
    filled: AbstractSet[str] | None = None
    held: AbstractSet[str] | None = None

    def number(self, posts: Collection[str]) -> Size:
        """Return how many of some posts are held for good, and how many otherwise.

        Where nobody is recorded as holding any, every post counts.
        """
        if self.filled is None or self.held is None:
            return Size(len(posts), 0)
        full = len(self.filled & set(posts))
        return Size(full, len(self.held & set(posts)) - full)


def leading(view: View, groups: Sequence[str], lead: str) -> dict[str, Leading]:
    """Return what leads groups; `lead` is the kind of the bodies that do."""
    posts = posts_of(view, groups)
    bodies = led_by(view, groups, lead)
    bare = [group for group in groups if not posts[group]]
    gone = _had_posts(view, bare, lead) if bare else set[str]()
    young = [group for group in bare if group not in gone]
    gone |= _came_of_led(view, young, lead) if young else set[str]()
    rows, is_full = holdings(view, posts), view.pack.questions.posts.is_full
    held = {row.target for row in rows}
    filled = {row.target for row in rows if is_full(row.facts)}
    recorded = _recorded(view, posts, held)
    return {
        group: Leading(
            bodies[group],
            some,
            bool(some) or group in gone,
            *((filled, held) if group in recorded else ()),
        )
        for group, some in posts.items()
    }


def sitting(view: View, led: Leading, own: Collection[str]) -> Size:
    """Return how many are in the bodies that lead a group, each person once.

    They have the seats there and the group's `own` posts, and vacant ones count, too:
    so there are no more of them than posts. Where nobody is recorded as holding any,
    both may be held by the same people.
    """
    chain = view.pack.chain
    seats = {r.source for b in led.bodies for r in view.live_edges(b, chain.seat, IN)}
    if not led.bodies or led.held is None:
        return Size(len(seats), len({*own} - seats) if led.bodies else 0)
    is_full, found = view.pack.questions.posts.is_full, set[str]()
    for post in seats.union(own):
        rows = view.live_edges(post, chain.holds, IN)
        full = [row for row in rows if is_full(row.facts)]
        found.update([row.source for row in full or rows] or [post])
    return Size(min(len(found), len(seats.union(own))), 0)


def _had_posts(view: View, groups: Sequence[str], lead: str) -> set[str]:
    """Return the groups that had a post once, or a body that leads them had one."""
    seat, edge = view.pack.chain.seat, view.pack.parent_edge(lead)
    below = edges_ever(view, groups, edge, IN) if edge else {}
    view.need_nodes({row.source for rows in below.values() for row in rows})
    near = {
        group: {
            group,
            *(
                row.source
                for row in below.get(group, ())
                if view.versions(row.source) and view.kind(row.source) == lead
            ),
        }
        for group in groups
    }
    seats = edges_ever(view, {n for some in near.values() for n in some}, seat, IN)
    return {group for group, some in near.items() if any(seats[n] for n in some)}


def _came_of_led(view: View, groups: Sequence[str], lead: str) -> set[str]:
    """Return the groups that began as others went into them that had a post once."""
    rows = edges_ever(view, groups, view.pack.lineage, IN)
    view.need_nodes(groups)
    came = {
        group: {row.source for row in rows[group] if row.since == life[0]}
        for group in groups
        if (life := view.life(group))
    }
    before = sorted({source for some in came.values() for source in some})
    led = _had_posts(view, before, lead) if before else set[str]()
    return {group for group, some in came.items() if not led.isdisjoint(some)}


def holdings(view: View, posts: Mapping[str, Collection[str]]) -> list[EdgeRow]:
    """Return the holdings on the day of the posts that groups have."""
    holds = view.pack.chain.holds
    asked = {post for some in posts.values() for post in some}
    view.need_edges(asked, [holds], IN)
    return [row for post in asked for row in view.live_edges(post, holds, IN)]


def _recorded(
    view: View, posts: Mapping[str, Sequence[str]], held: AbstractSet[str]
) -> set[str]:
    """Return the groups of which it is recorded who holds their posts.

    Those are the ones that have, had or beside which are or were such posts: stores may
    hold posts without their holders.
    """
    found = {group for group, some in posts.items() if held & set(some)}
    rest = [group for group in posts if group not in found]
    if not rest:
        return found
    once = edges_ever(view, _all(posts, rest), view.pack.chain.holds, IN)
    found |= {g for g in rest if any(once[post] for post in posts[g])}
    rest = [group for group in rest if group not in found]
    view.need_parents(rest)
    above = {group: row.target for group in rest if (row := view.parent(group))}
    for kind in sorted({view.kind(group) for group in above}):
        units = {unit for g, unit in above.items() if view.kind(g) == kind}
        beside = led_by(view, units, kind)
        near = seated(view, {g for some in beside.values() for g in some})
        here = {row.target for row in holdings(view, near)}
        posts_by = {u: _all(near, some) for u, some in beside.items()}
        known = {u for u, some in posts_by.items() if not here.isdisjoint(some)}
        quiet = posts_by.keys() - known
        rows = {post for unit in quiet for post in posts_by[unit]}
        once = edges_ever(view, rows, view.pack.chain.holds, IN) if rows else {}
        known |= {u for u in quiet if any(once[post] for post in posts_by[u])}
        found |= {g for g, unit in above.items() if unit in known}
    return found


def _all(posts: Mapping[str, Sequence[str]], groups: Iterable[str]) -> set[str]:
    return {post for group in groups for post in posts[group]}
