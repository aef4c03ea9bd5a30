"""Who and what of an organisation goes into its new cells: checked, and handed over."""

from collections.abc import Generator, Iterator, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import first_of, say
from ..model import OUT
from .base import NewNode, Part, Ref
from .members import attending, members_of, switch
from .people import Words, known_people, people_named
from .serving import ground_named, mark_joint, places_among, says_otherwise, served
from .units import unit

NOT_PLACED = Code(
    code="RECLASS02",
    meaning="It isn't said into which of the new cells members go.",
    hint="Name each in the members: or attending: of one cell.",
)
NOT_IN_IT = Code(
    code="RECLASS03",
    meaning="Only who is in the organisation goes into one of its new cells.",
    hint="Bring others in with reinforce_cell, in another step.",
)
NOT_SERVED = Code(
    code="RECLASS06",
    meaning="Only what the organisation serves goes to one of its new cells.",
    hint="Let a cell take on another place with join_cells, in another step.",
)


class NewCell(Part):
    """A cell of a new committee: who of the organisation goes into it, what it serves.

    What none of them `serves` the committee leads itself.
    """

    cell: NewNode
    members: Annotated[tuple[Ref, ...], Field(min_length=1)]
    attending: tuple[Ref, ...] = ()
    serves: tuple[Ref, ...] = ()


class Named(NamedTuple):
    """The people whom new cells name: those who are known, and how many aren't."""

    known: list[str]
    unknown: int


def people_of(
    view: View, words: Words, cells: Sequence[NewCell]
) -> Generator[Finding, None, tuple[Named, Named]]:
    """Resolve who goes into new cells, members and guests, yielding what is wrong."""
    kinds = [words.people.person, words.people.candidate]
    found = []
    for refs, meant in (
        ([ref for new in cells for ref in new.members], kinds[:1]),
        ([ref for new in cells for ref in new.attending], kinds),
    ):
        yield from people_named(view, refs, meant)
        known = known_people(view, refs, meant)
        found.append(Named(known, len(refs) - len(known)))
    return found[0], found[1]


def ground_of(
    view: View, words: Words, cells: Sequence[NewCell]
) -> Generator[Finding, None, list[str]]:
    """Resolve what new cells are to serve, as far as it is known."""
    refs = [ref for new in cells for ref in new.serves]
    ground = yield from ground_named(view, words, refs)
    for new in cells if not ground.unknown else ():
        places = places_among(view, words, [unit(view, ref) for ref in new.serves])
        if places:
            yield from says_otherwise(words, new.cell, joint=len(places) > 1)
    return ground.known


def check_placed(
    view: View, words: Words, node: str, members: Named, guests: Named
) -> Iterator[Finding]:
    """Ask about those who are in the organisation and named in no cell.

    Who isn't known may be one of them.
    """
    inside = members_of(view, words, [node])[node]
    visiting = attending(view, words, [node]).get(node, [])
    for here, going in ((inside, members), (visiting, guests)):
        for person in sorted(set(going.known) - set(here)):
            message = say(
                "{person} isn't in {node}.",
                person=view.shown(person),
                node=view.shown(node),
            )
            yield NOT_IN_IT.at(person, message)
        left = sorted(set(here) - set(going.known))
        if len(left) > going.unknown:
            how = say("members of") if here is inside else say("who attend")
            message = say(
                "Some {how} {node} go nowhere: {named}.",
                how=how,
                node=view.shown(node),
                named=first_of(left),
            )
            yield NOT_PLACED.at(node, message)


def check_served(
    view: View, words: Words, node: str, ground: list[str]
) -> Iterator[Finding]:
    """Refuse places that the organisation doesn't serve."""
    for place in sorted(set(ground).difference(served(view, words, [node])[node])):
        message = say(
            "{node} doesn't serve {place}.",
            node=view.shown(node),
            place=view.shown(place),
        )
        yield NOT_SERVED.at(place, message)


def divide(draft: Draft, words: Words, new: NewCell, old: str, cell: str) -> None:
    """Let a new cell have who and what it takes over from the old one."""
    people = [unit(draft, ref) for ref in new.members]
    switch(draft, words.places.member, people, old, cell)
    people = [unit(draft, ref) for ref in new.attending]
    switch(draft, words.people.attends or "", people, old, cell)
    ground = {unit(draft, ref) for ref in new.serves}
    for row in draft.live_edges(old, words.covers, OUT) if ground else ():
        if row.target in ground:
            draft.disconnect(row)
            draft.connect(words.covers, cell, row.target, row.facts, row.until)
    if len(places_among(draft, words, ground)) > 1:
        mark_joint(draft, words, cell)
