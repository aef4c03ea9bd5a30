"""Who lives in places, and which groups cover them: read where it can't be counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.lodging import recorded
from ..model import IN, OUT, Span
from ..pack import Pack
from .base import Reach
from .limiting import Size, sized


class Dwelling(NamedTuple):
    """A place: the groups that serve it alone, and the joint ones, and its members.

    `peopled`: a group of its own has members. `living` are the official members who
    live there, and `members` all; both None where it isn't recorded who lives there, or
    where members of its groups live nobody knows where.
    """

    place: str
    own: tuple[str, ...]
    joint: tuple[str, ...]
    peopled: bool
    members: int | None = None
    living: Size | None = None


def can_tell(pack: Pack) -> bool:
    """Tell whether the pack has the words for where people live."""
    places = pack.questions.places
    return bool(places and places.home and pack.questions.covers and pack.people)


def places_in(view: View, reach: Reach) -> list[str]:
    """Return the living places on whose people or groups a plan bears; or all."""
    pack = view.pack
    asked, covers, people = pack.questions.places, pack.questions.covers, pack.people
    if asked is None or covers is None or people is None:
        return []
    found = set(reach.borne([asked.place], into=[covers, asked.home[-1]]))
    if reach.bearing is not None:
        groups = reach.borne([asked.group], into=[asked.member], out=[covers])
        view.need_edges(groups, [covers], OUT)
        found |= {r.target for g in groups for r in view.edges(g, covers, OUT)}
        # Of people whose group alone is another, as many live there as before. Who is
        # admitted has a home on one side only.
        movers = {key[1] for key in reach.bearing.keys.get(asked.home[0], ())}
        for side in (reach.bearing.base, reach.bearing.result) if movers else ():
            here = {n for n in movers if side.kind_or_none(n) == people.person}
            for edge in asked.home:
                side.need_edges(here, [edge], OUT)
                here = {r.target for node in here for r in side.edges(node, edge, OUT)}
            found |= here
    view.need_nodes(found)
    return sorted(n for n in found if (row := view.node(n)) and row.kind == asked.place)


def dwellings(view: View, reach: Reach) -> list[Dwelling]:
    """Return the places on which a plan bears, with their groups.

    Of those without members of their own it is read who lives there. Several rules ask
    this, and it is found once.
    """
    places = places_in(view, reach)
    known = view.memo.get(("dwellings", tuple(places)))
    if isinstance(known, list):
        return known
    found = _dwellings(view, places, reach) if places else []
    view.memo["dwellings", tuple(places)] = found
    return found


def _dwellings(view: View, places: Sequence[str], reach: Reach) -> list[Dwelling]:
    pack = view.pack
    asked, covers, people = pack.questions.places, pack.questions.covers, pack.people
    if asked is None or covers is None or people is None:
        return []
    view.need_edges(places, [covers], IN)
    by = {p: {r.source for r in view.live_edges(p, covers, IN)} for p in places}
    groups = _groups(view, {group for some in by.values() for group in some})
    joint = {group for group in groups if is_joint(view, group)}
    below = view.below(sorted(groups - joint))
    peopled = {g for g, counts in below.items() if counts.get(f"count:{people.person}")}
    found = [
        Dwelling(
            place,
            tuple(sorted(some & groups - joint)),
            tuple(sorted(some & joint)),
            not some.isdisjoint(peopled),
        )
        for place, some in by.items()
    ]
    return _lived(view, found, reach)


def is_joint(view: View, group: str) -> bool:
    """Tell whether a living group serves several places, or says so of itself."""
    asked, covers = view.pack.questions.places, view.pack.questions.covers
    row = view.node(group)
    if asked is None or covers is None or row is None or row.kind != asked.group:
        return False
    if asked.joint and row.facts.get(asked.joint) is True:
        return True
    targets = {edge.target for edge in view.live_edges(group, covers, OUT)}
    view.need_nodes(targets)
    served = (view.node(target) for target in targets)
    return sum(place is not None and place.kind == asked.place for place in served) > 1


def _groups(view: View, found: Collection[str]) -> set[str]:
    """Return the groups among what covers places; reads what else they cover."""
    asked, covers = view.pack.questions.places, view.pack.questions.covers
    if asked is None or covers is None:
        return set()
    view.need_nodes(found)
    groups = {g for g in found if (row := view.node(g)) and row.kind == asked.group}
    view.need_edges(groups, [covers], OUT)
    view.need_nodes({r.target for g in groups for r in view.edges(g, covers, OUT)})
    return groups


def _lived(view: View, found: Sequence[Dwelling], reach: Reach) -> list[Dwelling]:
    """Say of the places without members of their own how many live there."""
    pack = view.pack
    asked, people = pack.questions.places, pack.people
    doubtful = [one.place for one in found if not one.peopled]
    if not doubtful or asked is None or people is None:
        return list(found)
    moving = reach.bearing is not None and any(
        edge in reach.bearing.keys for edge in asked.home
    )
    by, known = (_walked if moving else _stored)(view, doubtful, asked.home)
    housed = {node for some in by.values() for node in some}
    joint = {group for one in found if not one.peopled for group in one.joint}
    astray = _astray(view, joint, housed)
    kinds = {place: _people(view, some, people.person) for place, some in by.items()}
    return [
        one
        if one.place not in known or not astray.isdisjoint(one.joint)
        else one._replace(
            members=len(kinds[one.place]),
            living=sized(view, kinds[one.place], people.official),
        )
        for one in found
    ]


Lived = tuple[Mapping[str, Collection[str]], Collection[str]]
"""Who lives in places, and the places of which it is recorded who lives there."""


def _stored(view: View, places: Sequence[str], home: Sequence[str]) -> Lived:
    """Ask the store, where a plan changes nobody's home."""
    known = recorded(view, places)
    led = view.reader.led(sorted(known), home, Span.day(view.day))
    return {place: led.get(place, ()) for place in places}, known


def _walked(view: View, places: Sequence[str], home: Sequence[str]) -> Lived:
    """Walk back from the places, with what a plan changes."""
    by = {place: {place} for place in places}
    known: set[str] = set()
    for edge in reversed(home):
        by = _back(view, by, edge)
        known = known or {place for place, some in by.items() if some}
    return by, known


def _back(view: View, by: dict[str, set[str]], edge: str) -> dict[str, set[str]]:
    """Follow edges from their targets back to their sources."""
    view.need_edges({node for some in by.values() for node in some}, [edge], IN)
    return {
        place: {r.source for node in some for r in view.live_edges(node, edge, IN)}
        for place, some in by.items()
    }


def _people(view: View, found: Iterable[str], kind: str) -> list[str]:
    view.need_nodes(found := sorted(found))
    return [node for node in found if (row := view.node(node)) and row.kind == kind]


def _astray(view: View, groups: Collection[str], housed: Collection[str]) -> set[str]:
    """Return the groups with a member of whom it isn't recorded where they live.

    Of those who are `housed` it is known.
    """
    asked = view.pack.questions.places
    if asked is None:
        return set()
    view.need_edges(groups, [asked.member], IN)
    members = {
        group: [
            row.source
            for row in view.live_edges(group, asked.member, IN)
            if row.source not in housed
        ]
        for group in groups
    }
    first = asked.home[0]
    view.need_edges({m for some in members.values() for m in some}, [first], OUT)
    return {
        group
        for group, some in members.items()
        if not all(view.live_edges(member, first, OUT) for member in some)
    }
