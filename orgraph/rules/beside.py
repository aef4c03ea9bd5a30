"""Groups of which more is known once other groups are beside them."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from ..draft import View
from ..model import OUT
from .base import Bearing
from .limiting import led_by, seated
from .recorded import first_recorded, holdings

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
    held = set(_led(bearing, _seats(bearing), kind))
    led = set(_led(bearing, {key[2] for key in keys.get(chain.seat, ())}, kind))
    # What a plan gives any group, or takes away.
    given = _HOLDERS if held else _POSTS if led else 0
    units = {key[2] for key in keys.get(edge, ()) if _kind(bearing, key[1]) == kind}
    base.need_parents(held | led)
    units.update(row.target for g in held | led if (row := base.parent(g)))
    groups = led_by(base, units, kind)
    known = _known(base, groups, kind)
    best = max(given, *known.values(), 0)
    return {g for unit, some in groups.items() if known[unit] < best for g in some}


def _seats(bearing: Bearing) -> set[str]:
    """Return what the posts are of whose holders change."""
    seat, holds = bearing.base.pack.chain.seat, bearing.base.pack.chain.holds
    posts = {key[2] for key in bearing.keys.get(holds, ())}
    found = set[str]()
    for view in (bearing.base, bearing.result) if posts else ():
        view.need_edges(posts, [seat], OUT)
        found.update(row.target for p in posts for row in view.edges(p, seat, OUT))
    return found


def _led(bearing: Bearing, units: Collection[str], kind: str) -> Iterator[str]:
    """Yield the groups among these units, and those that one of them leads."""
    people = bearing.base.pack.people
    for view in (bearing.base, bearing.result) if units else ():
        view.need_parents(units)
        bodies = [u for u in units if people and view.kind_or_none(u) == people.lead]
        near = {*units, *(row.target for body in bodies for row in view.parents(body))}
        view.need_nodes(near)
        yield from (node for node in near if view.kind_or_none(node) == kind)


def _kind(bearing: Bearing, node: str) -> str | None:
    return bearing.result.kind_or_none(node) or bearing.base.kind_or_none(node)


def _known(
    view: View, groups: Mapping[str, Sequence[str]], kind: str
) -> dict[str, int]:
    """Return what is known of the groups of units: of none a thing, posts, or holders.

    The first of each is looked at, all where it has no post that is held, and then what
    was there before.
    """
    known = dict.fromkeys(groups, 0)
    for some in (slice(SAMPLE), slice(SAMPLE, None)):
        asked = {u: own[some] for u, own in groups.items() if known[u] < _HOLDERS}
        posts = seated(view, {g for own in asked.values() for g in own})
        held = {row.target for row in holdings(view, posts)}
        for unit, own in asked.items():
            there = [post for group in own for post in posts[group]]
            level = _HOLDERS if not held.isdisjoint(there) else _POSTS * bool(there)
            known[unit] = max(known[unit], level)
    # What a plan is about to found has nothing before it.
    quiet = [u for u, level in known.items() if level < _HOLDERS and view.versions(u)]
    for unit, first in first_recorded(view, quiet, kind).items():
        known[unit] = _HOLDERS if first.holder else _POSTS
    return known
