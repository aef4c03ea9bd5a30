"""How many members live in places, as far as it is recorded who lives where."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..model import IN, OUT, Span
from .library import Library


class Residents(NamedTuple):
    """Members by place, and members of groups of whom no place is recorded.

    A place of which nobody is recorded to live there, member or not, isn't in `living`:
    it isn't known who lives there.
    """

    living: dict[str, int]
    placeless: dict[str, int]


def residents(
    store: Library, places: Sequence[str], groups: Sequence[str], on: date
) -> Residents:
    """Return the members who live in places, and those of groups without a place.

    Who is a member, and by which edges one reaches the place where a person lives, is
    the pack's word. Each edge of the way is read for all at once.
    """
    pack, span = store.pack, Span.day(on)
    asked = pack.questions.places
    if asked is None or not places:
        return Residents({}, {})
    member, home = [asked.member], asked.home
    joined = store.edges(groups, member, IN, span)
    if not home:
        return Residents({}, dict(Counter(row.target for row in joined)))
    at = {place: place for place in places}
    peopled: set[str] = set()
    for edge in reversed(home):
        rows = store.edges(sorted(at), [edge], IN, span)
        at = {row.source: at[row.target] for row in rows}
        peopled.update(at.values())
    joining = store.edges(sorted(at), member, OUT, span)
    members = Counter(at[person] for person in {row.source for row in joining})
    far = {row.source: row.source for row in joined}
    for edge in home:
        step = store.edges(sorted(set(far.values())), [edge], OUT, span)
        onwards = {row.source: row.target for row in step}
        far = {p: onwards[near] for p, near in far.items() if near in onwards}
    placeless = Counter(row.target for row in joined if row.source not in far)
    return Residents({place: members[place] for place in peopled}, dict(placeless))
