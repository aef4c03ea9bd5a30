"""Who leads groups: their posts and leading bodies, and which posts somebody holds."""

from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from ..draft import View
from ..draft.holding import surely
from ..draft.spells import edges_ever
from ..model import IN
from .limiting import Size, led_by, posts_of
from .recorded import holdings, recorded, seats_ever


class Leading(NamedTuple):
    """What leads a group.

    `posts` are those that live, those of its `bodies` included; `known` is whether any
    was ever recorded, of it or of what it began as. `filled` are those that somebody
    holds for good, `held` those that somebody holds at all: both None where nobody is
    recorded as holding any. Of what is held in a form that isn't known it isn't sure.
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
    gone = {group for group, rows in seats_ever(view, bare).items() if rows}
    gone |= _came_of_led(view, [group for group in bare if group not in gone])
    rows = holdings(view, posts)
    held = {row.target for row in rows}
    filled = {row.target for row in surely(view, rows)}
    told = recorded(view, posts, held)
    return {
        group: Leading(
            bodies[group],
            some,
            bool(some) or group in gone,
            *((filled, held) if group in told else ()),
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


def _came_of_led(view: View, groups: Sequence[str]) -> set[str]:
    """Return the groups that began as others went into them that had a post once."""
    rows = edges_ever(view, groups, view.pack.lineage, IN)
    view.need_nodes(groups)
    came = {
        group: {row.source for row in rows[group] if row.since == life[0]}
        for group in groups
        if (life := view.life(group))
    }
    seats = seats_ever(view, {source for some in came.values() for source in some})
    return {group for group, some in came.items() if any(seats[one] for one in some)}
