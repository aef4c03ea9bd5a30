"""Groups of which more is known once other groups are beside them."""

from collections.abc import Collection, Mapping, Sequence

from ..draft import View
from ..model import IN, OUT
from .base import Bearing
from .limiting import led_by, seated

SAMPLE = 1
"""How many groups of a unit are looked at first: nearly always that has a holder."""
_POSTS, _HOLDERS = 1, 2


def newly_beside(bearing: Bearing, kind: str) -> set[str]:
    """Return the groups that a plan may bring beside others whose posts are known.

    A group whose posts nobody holds isn't judged where nobody is known to hold any
    beside it, nor one without posts where none beside it has some. So all are looked at
    below what had no such group before, if any of the units concerned has or gets one.
    """
    known = bearing.memo.get((newly_beside, kind))
    if known is None:
        known = bearing.memo[newly_beside, kind] = _newly_beside(bearing, kind)
    return known


def _newly_beside(bearing: Bearing, kind: str) -> set[str]:
    base, keys, chain = bearing.base, bearing.keys, bearing.base.pack.chain
    edge = base.pack.parent_edge(kind)
    if edge is None or keys.keys().isdisjoint({edge, chain.seat, chain.holds}):
        return set()
    groups = led_by(base, sorted(_units(bearing, edge, kind)), kind)
    known = _known(base, groups)
    best = max(_given(bearing, kind), *known.values(), 0)
    return {g for unit, some in groups.items() if known[unit] < best for g in some}


def _given(bearing: Bearing, kind: str) -> int:
    """Return what a plan gives any group, or takes away: holders, posts, or nothing."""
    base, keys, chain = bearing.base, bearing.keys, bearing.base.pack.chain
    posts = {key[2] for key in keys.get(chain.holds, ())}
    seats = set[str]()
    for view in (base, bearing.result):
        view.need_edges(posts, [chain.seat], OUT)
        seats.update(r.target for p in posts for r in view.edges(p, chain.seat, OUT))
    if _are_of_groups(bearing, seats, kind):
        return _HOLDERS
    seats = {key[2] for key in keys.get(chain.seat, ())}
    return _POSTS if _are_of_groups(bearing, seats, kind) else 0


def _are_of_groups(bearing: Bearing, units: Collection[str], kind: str) -> bool:
    """Tell whether any of these is a group, or a body that leads one."""
    people = bearing.base.pack.people
    for view in (bearing.base, bearing.result):
        view.need_nodes(units)
        kinds = {unit: rows[0].kind for unit in units if (rows := view.versions(unit))}
        if kind in kinds.values():
            return True
        bodies = [u for u, own in kinds.items() if people and own == people.lead]
        view.need_parents(bodies)
        above = {row.target for body in bodies for row in view.parents(body)}
        view.need_nodes(above)
        if any(rows[0].kind == kind for n in above if (rows := view.versions(n))):
            return True
    return False


def _units(bearing: Bearing, edge: str, kind: str) -> set[str]:
    """Return the units below which groups, posts of groups or their holders change.

    Posts may be those of a body that leads a group.
    """
    base, keys, chain = bearing.base, bearing.keys, bearing.base.pack.chain
    moved = {key[1] for key in keys.get(edge, ())}
    groups = {node for node in moved if _kind(bearing, node) == kind}
    units = {key[2] for key in keys.get(edge, ()) if key[1] in groups}
    posts = {key[2] for key in keys.get(chain.holds, ())}
    base.need_edges(posts, [chain.seat], OUT)
    seats = {key[2] for key in keys.get(chain.seat, ())}
    seats.update(row.target for p in posts for row in base.edges(p, chain.seat, OUT))
    near = set(seats)
    base.need_parents(seats)
    near.update(row.target for unit in seats if (row := base.parent(unit)))
    base.need_nodes(near)
    led = [n for n in near if base.versions(n) and base.kind(n) == kind]
    base.need_parents(led)
    units.update(row.target for group in led if (row := base.parent(group)))
    return units


def _kind(bearing: Bearing, node: str) -> str | None:
    rows = bearing.result.versions(node) or bearing.base.versions(node)
    return rows[0].kind if rows else None


def _known(view: View, groups: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return what is known of the groups of units: of none a thing, posts, or holders.

    The first of each is looked at, and all where it has no post that is held.
    """
    known = dict.fromkeys(groups, 0)
    for some in (slice(SAMPLE), slice(SAMPLE, None)):
        asked = {u: own[some] for u, own in groups.items() if known[u] < _HOLDERS}
        posts = seated(view, {g for own in asked.values() for g in own})
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
