"""Who leaves a joint cell with a place, and who stays in it."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import NamedTuple

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import first_of, many, say
from ..model import OUT
from .members import attending, homes, members_of, switch
from .people import Words
from .serving import is_joint, served, serving

NOT_JOINT = Code(
    code="SEPARATE01",
    meaning="The place isn't served by one joint cell that it could leave.",
    hint="Name with from: the joint cell that serves it.",
)
HOME_UNKNOWN = Code(
    code="SEPARATE02",
    meaning="It isn't known where members live, and so not whether they go.",
    hint="List with members: all who go with the place.",
)
NOT_IN_IT = Code(
    code="SEPARATE03",
    meaning="Only who is in the joint cell can go with the place.",
    hint="Bring others in with reinforce_cell, in a step before this one.",
)


class Going(NamedTuple):
    """Who a step says goes with a place; no `members` where it doesn't say.

    Where it isn't `clear`, it says more, and who that is isn't known.
    """

    members: list[str] | None
    guests: list[str]
    clear: bool = True


class Parting(NamedTuple):
    """The joint cell, the place that leaves it, who goes along, and what is left.

    Where it isn't `clear` who goes along, nobody is said to.
    """

    joint: str
    place: str
    members: list[str]
    guests: list[str]
    rest: list[str]
    staying: list[str]
    """The members and guests who don't go along."""
    clear: bool = True


def parted(
    view: View,
    known: Words,
    joint: str,
    place: str,
    said: Going,
) -> Generator[Finding, None, Parting]:
    """Return who leaves a joint cell, as far as that is clear; yields why it isn't.

    Where it isn't said which members go, those do who live in the place.
    """
    members, guests, clear = said
    inside = members_of(view, known, [joint])[joint]
    visiting = attending(view, known, [joint])[joint]
    rest = [node for node in served(view, known, [joint])[joint] if node != place]
    strangers = [
        *_outside(view, joint, say("is no member of"), {*(members or ())} - {*inside}),
        *_outside(view, joint, say("doesn't attend"), {*guests} - {*visiting}),
    ]
    yield from strangers
    going = members
    if going is None and rest:
        going = yield from _residents(view, known, place, inside)
    if not rest:
        going, guests = inside, visiting
    if strangers or going is None or not clear:
        return Parting(joint, place, [], [], rest, [], clear=False)
    staying = sorted({*inside, *visiting} - {*going, *guests})
    return Parting(joint, place, going, guests, rest, staying)


def part(draft: Draft, known: Words, parting: Parting, node: str) -> None:
    """Let the place, its members and its guests leave the joint cell for their own."""
    for row in draft.live_edges(parting.joint, known.covers, OUT):
        if row.target == parting.place:
            draft.disconnect(row)
            draft.connect(known.covers, node, parting.place, row.facts, row.until)
    switch(draft, known.places.member, parting.members, parting.joint, node)
    if known.people.attends:
        switch(draft, known.people.attends, parting.guests, parting.joint, node)


def joint_left(
    view: View, known: Words, place: str, said: str | None
) -> Generator[Finding, None, str | None]:
    """Return the one joint cell that serves a place, or the one that the step names."""
    cells = serving(view, known, [place])[place]
    joint = [cell for cell in cells if is_joint(view, known, cell)]
    fitting = [cell for cell in joint if said in (None, cell)]
    if len(fitting) == 1:
        return fitting[0]
    shown = ", ".join(view.shown(cell) for cell in joint) or say("no joint cell")
    message = say("{place} is served by {shown}.", place=view.shown(place), shown=shown)
    if said:
        message = say(
            "{place} is served by {shown}, not by {said}.",
            place=view.shown(place),
            shown=shown,
            said=view.shown(said),
        )
    yield NOT_JOINT.at(place, message)
    return None


def _outside(
    view: View, joint: str, how: str, people: Iterable[str]
) -> Iterator[Finding]:
    for person in sorted(people):
        message = say(
            "{person} {how} {cell}.",
            person=view.shown(person),
            how=how,
            cell=view.shown(joint),
        )
        yield NOT_IN_IT.at(person, message)


def _residents(
    view: View, known: Words, place: str, inside: Sequence[str]
) -> Generator[Finding, None, list[str] | None]:
    """Return the members who live in the place; None where that isn't known of all."""
    living = homes(view, known.places.home, inside)
    homeless = sorted(person for person, found in living.items() if not found)
    if homeless:
        message = many(
            len(homeless),
            "It isn't known where {named} lives.",
            "It isn't known where {named} live.",
            named=first_of(homeless),
        )
        yield HOME_UNKNOWN.at(place, message)
        return None
    return sorted(person for person, found in living.items() if place in found)
