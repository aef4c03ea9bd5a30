"""Places and the groups that cover them: joint groups, and places without their own.

Which places and groups is the pack's word (`questions.places`): villages and cells,
say. A group is joint where it covers several such places, or its fact says so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from ..draft import Snapshot
from ..draft.own_bodies import own_bodies
from ..draft.reading import in_one_revision
from ..draft.steps import tally_on
from ..errors import InputError
from ..model import IN, OUT, NodeRow, Span
from ..pack import Pack
from .library import Library, last_rows, shown_name
from .region import directly_under, within
from .residents import Residents, residents

STATES = ("without_members", "without_cell", "joint", "unrecorded")


def state_without_own(
    living: int | None, *, joint: bool, own: bool, perhaps: bool
) -> str:
    """Return the state of a place whose own groups, if any, have no members.

    `living` is how many members live there, None where it isn't recorded who lives
    there; `joint` whether a joint group covers it, `own` whether one serves it alone;
    `perhaps` whether members of those may live there. A group of its own in which
    nobody is recorded may have members or none: it covers nothing that is known.
    """
    if living == 0 and not perhaps:
        return "without_members"
    if joint:
        return "joint"
    return "unrecorded" if own else "without_cell"


class Place(NamedTuple):
    """A place, by its id and name."""

    id: str
    name: str


class JointGroup(NamedTuple):
    """A group that serves several places, and how many members it has.

    `stated` is what the group itself says of being joint, None where it says nothing.
    """

    id: str
    kind: str
    name: str
    members: int
    stated: bool | None
    places: tuple[Place, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the group as JSON data."""
        return {**self._asdict(), "places": [p._asdict() for p in self.places]}


@dataclass(frozen=True)
class JointCells:
    """The joint groups that cover places of a region, those with most places first.

    `groups` counts all that cover places there, joint or not.
    """

    node: str | None
    on: date
    groups: int
    items: tuple[JointGroup, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.joint_cells/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "groups": self.groups,
            "items": [item.to_plain() for item in self.items],
        }


class WhitePlace(NamedTuple):
    """A place without a group of its own that has members, in one of the states.

    `members` is how many live there, None where that isn't recorded. `cells` are the
    groups that cover it, and the bodies that lead it alone.
    """

    id: str
    kind: str
    name: str
    parent: str | None
    state: str
    members: int | None
    cells: tuple[str, ...]


@dataclass(frozen=True)
class WhiteVillages:
    """The white places of a region on a day; `own` counts the others.

    `group` is what the pack calls that which a place should have.
    """

    node: str | None
    on: date
    group: str
    own: int
    items: tuple[WhitePlace, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many places are in each state."""
        found = Counter(item.state for item in self.items)
        return {"own": self.own, **{state: found[state] for state in STATES}}

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.white_villages/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "group": self.group,
            "places": sum(self.counts.values()),
            "counts": self.counts,
            "items": [
                {**item._asdict(), "cells": list(item.cells)} for item in self.items
            ],
        }


@in_one_revision
def joint_cells(store: Library, node: str | None, on: date) -> JointCells:
    """Return the groups that serve several places, of which one is in the region.

    All of their places are named, also those outside. InputError when the pack names
    no places, or the node doesn't live on the day.

    >>> found = orgraph.joint_cells(store, "acme", day)
    >>> [(item.id, [place.id for place in item.places]) for item in found.items]
    [('repair', ['lyon', 'turin'])]
    """
    ground = ground_of(store, node, on)
    joint = [group for group in ground.groups if ground.is_joint(group)]
    under = directly_under(store, joint, on)
    pack = store.pack
    items = [
        JointGroup(
            id=group,
            kind=ground.groups[group].kind,
            name=shown_name(pack, ground.groups[group], names=False),
            members=_members(pack, under[group]),
            stated=ground.stated(group),
            places=tuple(
                Place(place, shown_name(pack, ground.rows[place], names=False))
                for place in ground.covers[group]
            ),
        )
        for group in joint
    ]
    order = sorted(items, key=lambda item: (-len(item.places), item.id))
    return JointCells(node, on, len(ground.groups), tuple(order))


@in_one_revision
def white_villages(store: Library, node: str | None, on: date) -> WhiteVillages:
    """Return the places of a region without a group of their own that has members.

    Without members, with members but without a group, only with a joint one, or with a
    group of its own in which nobody is recorded: a place is in one of these states.
    Where it isn't recorded who lives there, it isn't said to be without members.
    InputError as of joint_cells.

    >>> found = orgraph.white_villages(store, "acme", day)
    >>> [(item.id, item.state) for item in found.items]
    [('graz', 'without_cell')]
    """
    pack, span = store.pack, Span.day(on)
    ground = ground_of(store, node, on)
    told = states(store, ground, on)
    edges = {pack.parent_edge(ground.rows[place].kind) for place in told.white}
    kinds = sorted(edge for edge in edges if edge is not None)
    rows = store.edges(list(told.white), kinds, OUT, span)
    parents = {row.source: row.target for row in rows}
    items = [
        WhitePlace(
            id=place,
            kind=ground.rows[place].kind,
            name=shown_name(pack, ground.rows[place], names=False),
            parent=parents.get(place),
            state=state,
            members=told.lived.living.get(place),
            cells=(*ground.by[place], *ground.led.get(place, ())),
        )
        for place, state in told.white.items()
    ]
    own = len(ground.asked) - len(items)
    items.sort(key=lambda item: (STATES.index(item.state), item.parent or "", item.id))
    return WhiteVillages(node, on, ground.group, own, tuple(items))


class Told(NamedTuple):
    """The states of the white places of a ground, and who lives where that matters."""

    white: dict[str, str]
    lived: Residents


def states(store: Library, ground: "Ground", on: date) -> Told:
    """Tell the states of places; one that isn't among the white has its own group."""
    under = directly_under(store, list(ground.groups), on)
    numbers = {group: _members(store.pack, under[group]) for group in ground.groups}
    heads = {body for bodies in ground.led.values() for body in bodies}
    for body, counts in tally_on(store, heads, on).items() if heads else ():
        below = {key.removeprefix("count:"): number for key, number in counts.items()}
        numbers[body] = _members(store.pack, below)
    doubtful = [
        place
        for place in ground.asked
        if not any(numbers[group] for group in ground.own(place))
    ]
    groups = sorted({g for place in doubtful for g in ground.by[place]})
    lived = residents(store, doubtful, groups, on)
    found = {place: _state(ground, lived, place) for place in doubtful}
    return Told(found, lived)


def _state(ground: "Ground", lived: Residents, place: str) -> str:
    """Return the state of a place whose own groups, if any, have no members."""
    living = lived.living.get(place)
    groups = ground.by[place]
    perhaps = any(lived.placeless.get(group) for group in groups)
    joint = any(map(ground.is_joint, groups))
    own = bool(ground.own(place))
    return state_without_own(living, joint=joint, own=own, perhaps=perhaps)


@dataclass
class Ground:
    """The places asked about, the groups that cover them, and what else those cover.

    `joint` is the fact that says it of a group, `group` what the pack calls one; `led`
    are the bodies above groups that lead a place alone.
    """

    joint: str | None
    group: str
    asked: list[str] = field(default_factory=list)
    rows: dict[str, NodeRow] = field(default_factory=dict)
    groups: dict[str, NodeRow] = field(default_factory=dict)
    covers: Mapping[str, list[str]] = field(default_factory=dict)
    by: Mapping[str, list[str]] = field(default_factory=dict)
    led: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def stated(self, group: str) -> bool | None:
        """Return what a group says of being joint."""
        value = self.groups[group].facts.get(self.joint) if self.joint else None
        return None if value is None else bool(value)

    def is_joint(self, group: str) -> bool:
        """Tell whether a group serves several places."""
        return len(self.covers[group]) > 1 or self.stated(group) is True

    def own(self, place: str) -> list[str]:
        """Return the groups that serve a place alone, and the bodies of its own."""
        groups = [group for group in self.by[place] if not self.is_joint(group)]
        return [*groups, *self.led.get(place, ())]


def ground_of(store: Library, node: str | None, on: date) -> Ground:
    """Read the places of a region and their groups; InputError as of joint_cells."""
    pack, span = store.pack, Span.day(on)
    places, covers = pack.questions.places, pack.questions.covers
    if places is None or covers is None:
        message = f"the pack {pack.name} doesn't say in questions.places which places "
        raise InputError(message + "should have a group of their own")
    rows = within(store, node, {places.place}, on)
    above = store.edges(list(rows), [covers], IN, span)
    found = last_rows(store.nodes(sorted({row.source for row in above}), span))
    groups = {n: found[n] for n in sorted(found) if found[n].kind == places.group}
    heads = [row for row in above if row.source not in groups]
    pairs = {
        (row.source, row.target)
        for row in store.edges(list(groups), [covers], OUT, span)
    }
    outside = sorted({place for _, place in pairs} - rows.keys())
    known = {**rows, **last_rows(store.nodes(outside, span))}
    pairs = {(g, place) for g, place in pairs if known[place].kind == places.place}
    return Ground(
        joint=places.joint,
        group=pack.nodes[places.group].label,
        asked=list(rows),
        rows=known,
        groups=groups,
        covers=_grouped(groups, pairs),
        by=_grouped(known, {(place, group) for group, place in pairs}),
        led=own_bodies(Snapshot(store, on), heads),
    )


def _grouped(
    keys: Iterable[str], pairs: set[tuple[str, str]]
) -> Mapping[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, other in sorted(pairs):
        found[one].append(other)
    return {key: found[key] for key in keys}


def _members(pack: Pack, under: Mapping[str, int]) -> int:
    """Return how many members are directly under a group."""
    places = pack.questions.places
    ends = pack.edges[places.member].ends if places else {}
    return sum(number for kind, number in under.items() if kind in ends)
