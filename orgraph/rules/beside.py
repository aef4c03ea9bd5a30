"""Groups of which more is known once other groups are beside them."""

from collections.abc import Collection, Mapping, Sequence

from ..draft import View
from ..model import IN, OUT
from .base import Bearing
from .limiting import led_by, posts_of

SAMPLE = 1
"""How many groups of a unit are looked at first: nearly always that has a holder."""
_POSTS, _HOLDERS = 1, 2


def newly_beside(bearing: Bearing, kind: str) -> set[str]:
    """Return the groups that a plan may bring beside others whose posts are known.

    A group whose posts nobody holds isn't judged where nobody is known to hold any
    beside it, nor one without posts where none beside it has some. So all are looked at
    below what had no such group before, if any of the units concerned has or gets one.
    What is looked at is told by the store alone: so it is the same before and after.
    """
    base, keys, chain = bearing.base, bearing.keys, bearing.base.pack.chain
    edge = base.pack.parent_edge(kind)
    if edge is None or keys.keys().isdisjoint({edge, chain.seat, chain.holds}):
        return set()
    groups = led_by(base, sorted(_units(bearing, edge, kind)), kind)
    known = _known(base, groups)
    best = max(known.values(), default=0)
    best = max(best, _POSTS * (chain.seat in keys), _HOLDERS * (chain.holds in keys))
    return {g for unit, some in groups.items() if known[unit] < best for g in some}


def _units(bearing: Bearing, edge: str, kind: str) -> set[str]:
    """Return the units below which groups, posts of groups or their holders change.

    Posts may be those of a body that leads a group.
    """
    base, keys, chain = bearing.base, bearing.keys, bearing.base.pack.chain
    units = {key[2] for key in keys.get(edge, ())}
    posts = {key[2] for key in keys.get(chain.holds, ())}
    base.need_edges(posts, [chain.seat], OUT)
    seats = {key[2] for key in keys.get(chain.seat, ())}
    seats.update(row.target for p in posts for row in base.edges(p, chain.seat, OUT))
    near = units | seats
    base.need_nodes(near)
    base.need_parents(seats)
    near.update(row.target for unit in seats if (row := base.parent(unit)))
    base.need_nodes(near)
    groups = [n for n in near if base.versions(n) and base.kind(n) == kind]
    base.need_parents(groups)
    units.update(row.target for group in groups if (row := base.parent(group)))
    return units


def _known(view: View, groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return what is known of the groups of units: of none a thing, posts, or holders.

    The first of each is looked at, and all where it has no post that is held.
    """
    known = dict.fromkeys(groups, 0)
    for some in (slice(SAMPLE), slice(SAMPLE, None)):
        asked = {u: own[some] for u, own in groups.items() if known[u] < _HOLDERS}
        posts = posts_of(view, sorted({g for own in asked.values() for g in own}))
        held = _held(view, {post for own in posts.values() for post in own})
        for unit, own in asked.items():
            there = [post for group in own for post in posts[group]]
            level = _HOLDERS if not held.isdisjoint(there) else _POSTS * bool(there)
            known[unit] = max(known[unit], level)
    return known


def _held(view: View, posts: Collection[str]) -> set[str]:
    """Return the posts that somebody holds on the day."""
    holds = view.pack.chain.holds
    view.need_edges(posts, [holds], IN)
    return {post for post in posts if view.live_edges(post, holds, IN)}
