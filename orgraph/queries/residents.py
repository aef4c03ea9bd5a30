"""How many members live in places, as far as it is recorded who lives where."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from ..draft import Snapshot
from ..draft.lodging import recorded
from ..model import Span
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
    the pack's word. The store counts them, so that nobody is read.
    """
    pack, span = store.pack, Span.day(on)
    asked = pack.questions.places
    if asked is None or not places:
        return Residents({}, {})
    member, home = asked.member, asked.home
    if not home:
        return Residents({}, store.count_led(groups, [member], None, span))
    placeless = store.count_astray(groups, member, home, span)
    known = sorted(recorded(Snapshot(store, on), places))
    members = store.count_led(known, home, member, span)
    return Residents({place: members.get(place, 0) for place in known}, placeless)
