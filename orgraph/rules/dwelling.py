"""Who lives in places, and which groups cover them: read where it can't be counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.lodging import recorded
from ..draft.own_bodies import own_bodies
from ..model import IN, OUT, Direction, Span
from ..pack import Pack
from .base import Reach
from .led_places import led_places
from .limiting import Size, sized


class Dwelling(NamedTuple):
    """A place: the groups and bodies of its own, the joint groups, and its members.

    `peopled`: one of its own has members. `living` are the official members who
    live there, and `members` all; both None where it isn't recorded who lives there.
    Members of its joint groups of whom no home is recorded may live there, too.
    """

    place: str
    own: tuple[str, ...]
    joint: tuple[str, ...]
    peopled: bool
    members: Size | None = None
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
        found |= led_places(reach.bearing)
        groups = set(reach.borne([asked.group], into=[asked.member], out=[covers]))
        # Of people whose group alone is another, as many live there as before. Who is
        # admitted has a home on one side only.
        changed = {key[1] for key in reach.bearing.keys.get(asked.home[0], ())}
        changed.update(reach.revised.get(people.person, ()))
        for side in (reach.bearing.base, reach.bearing.result) if changed else ():
            here = {n for n in changed if side.kind_or_none(n) == people.person}
            # Without a home they may live in any place of their group.
            groups |= _led(side, here, asked.member)
            for edge in asked.home:
                here = _led(side, here, edge)
            found |= here
        found |= _led(view, groups, covers)
    view.need_nodes(found)
    return sorted(n for n in found if (row := view.node(n)) and row.kind == asked.place)


def _led(view: View, nodes: Collection[str], edge: str) -> set[str]:
    """Return where edges lead from nodes, from the day on."""
    view.need_edges(nodes, [edge], OUT)
    return {row.target for node in nodes for row in view.edges(node, edge, OUT)}


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
    rows = [row for place in places for row in view.live_edges(place, covers, IN)]
    by: dict[str, set[str]] = {place: set() for place in places}
    for row in rows:
        by[row.target].add(row.source)
    groups = _groups(view, {group for some in by.values() for group in some})
    joint = {group for group in groups if is_joint(view, group)}
    led = own_bodies(view, [row for row in rows if row.source not in groups])
    below = view.below(sorted((groups - joint).union(*led.values())))
    peopled = {g for g, counts in below.items() if counts.get(f"count:{people.person}")}
    found = [
        Dwelling(
            place,
            (*sorted(some & groups - joint), *led.get(place, ())),
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
    view.need_nodes(housed.union(*astray.values()))
    return [
        _told(view, one, by[one.place], astray) if one.place in known else one
        for one in found
    ]


def _told(
    view: View,
    one: Dwelling,
    housed: Iterable[str],
    astray: Mapping[str, Collection[str]],
) -> Dwelling:
    """Say of a place how many live there for certain, and how many more may.

    `astray` are those by group of whom it isn't recorded where they live.
    """
    people = view.pack.people
    if people is None:
        return one
    here = _people(view, housed, people.person)
    near = {member for group in one.joint for member in astray[group]}
    perhaps = _people(view, near, people.person)
    living = sized(view, here, people.official)
    more = sized(view, perhaps, people.official)
    return one._replace(
        members=Size(len(here), len(perhaps)),
        living=Size(living.sure, living.unknown + more.most),
    )


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
        by = _followed(view, by, edge, IN)
        known = known or {place for place, some in by.items() if some}
    return by, known


def _followed(
    view: View, by: Mapping[str, Collection[str]], edge: str, way: Direction
) -> dict[str, set[str]]:
    """Follow edges of the day from their sources to their targets, or back."""
    view.need_edges({node for some in by.values() for node in some}, [edge], way)
    return {
        start: {
            row.target if way == OUT else row.source
            for node in some
            for row in view.live_edges(node, edge, way)
        }
        for start, some in by.items()
    }


def _people(view: View, found: Iterable[str], kind: str) -> list[str]:
    return [node for node in found if (row := view.node(node)) and row.kind == kind]


def _astray(
    view: View, groups: Collection[str], housed: Collection[str]
) -> dict[str, set[str]]:
    """Return the members of groups of whom it isn't recorded where they live.

    Of those who are `housed` it is known.
    """
    asked = view.pack.questions.places
    if asked is None:
        return {}
    view.need_edges(groups, [asked.member], IN)
    members = {
        group: [
            row.source
            for row in view.live_edges(group, asked.member, IN)
            if row.source not in housed
        ]
        for group in groups
    }
    ways: Mapping[str, Collection[str]]
    ways = {member: {member} for some in members.values() for member in some}
    for edge in asked.home:
        ways = _followed(view, ways, edge, OUT)
    return {
        group: {member for member in some if not ways[member]}
        for group, some in members.items()
    }
