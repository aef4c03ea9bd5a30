"""Of which places it is recorded who lives there: by counts, where they tell it."""

from collections.abc import Collection

from ..model import Span
from ..pack import Pack
from .view import View


def recorded(view: View, places: Collection[str]) -> Collection[str]:
    """Return the places in which somebody is recorded to live on the view's day.

    Where what is counted below a place is just what lives in it, as households in a
    village, nothing of it is read.
    """
    words = view.pack.questions.places
    if words is None or not words.home or not places:
        return set()
    keys = _keys(view.pack, words.place, words.home[-1])
    if not keys:
        span = Span.day(view.day)
        return view.reader.count_led(places, words.home[-1:], None, span)
    below = view.below(places)
    return {place for place in places if any(map(below[place].get, keys))}


def _keys(pack: Pack, place: str, edge: str) -> list[str]:
    """Return the keys of what lives in a place; none where counts don't tell it.

    They don't where it may also be counted by standing below what is below a place.
    """
    ends = pack.edges[edge].ends
    kinds = [kind for kind, targets in ends.items() if place in targets]
    uppers = {upper for kind in kinds for upper in ends[kind]}
    plain = pack.edges[edge].contains and pack.heads.issuperset(kinds)
    if not plain or any(place in pack.above(upper) for upper in uppers):
        return []
    return [f"count:{kind}" for kind in kinds]
