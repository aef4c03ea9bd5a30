"""Places that bodies lead, of which a plan changes what is below those bodies."""

from ..draft.own_bodies import led_above
from .base import Bearing


def led_places(bearing: Bearing) -> set[str]:
    """Return what is covered by bodies to whose groups, or their members, a plan does.

    Whether a body is a place's own hangs on what the groups below it serve, and whether
    it has members on theirs. What comes to stand below a body stands there by an edge
    that changes, so that those above it before the plan are all to be looked at.
    """
    known = bearing.memo.get(led_places)
    if known is None:
        pack, keys = bearing.base.pack, bearing.keys
        places, covers = pack.questions.places, pack.questions.covers
        into = () if places is None else (places.member, pack.parent_edge(places.group))
        below = {key[2] for edge in into for key in keys.get(edge or "", ())}
        below.update(key[1] for key in keys.get(covers or "", ()))
        known = bearing.memo[led_places] = led_above(bearing.base, below)
    return known
