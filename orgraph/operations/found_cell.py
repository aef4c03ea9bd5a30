"""Founds a cell of its own for a place or a body."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Label, NewNode, Operation, Ref, Text, labelled
from .members import is_group, may_move, move_members, stated
from .people import Words, known_people, people_named, spoken, words
from .seconding import check_seconded
from .serving import (
    ground_named,
    is_joint,
    mark_joint,
    says_otherwise,
    serving,
)
from .units import check_new, found_node, may_be_under, one_living, unit

IN_A_JOINT_ONE = Code(
    code="FOUNDCELL01",
    meaning="A joint cell serves the place, which has to leave it first.",
    hint="Write separate_cell, which says what becomes of the joint cell.",
)
HAS_ITS_OWN = Code(
    code="FOUNDCELL02",
    meaning="The place has a cell of its own already, and would have two.",
    severity="warning",
)


class FoundCell(Operation):
    """Found a cell that serves a place or body, with members who come from others."""

    op: Literal["found_cell"] = "found_cell"
    cell: NewNode
    under: Ref
    serves: Annotated[tuple[Ref, ...], Field(min_length=1)]
    members: Annotated[tuple[Ref, ...], Field(min_length=1)]
    ground: Text | None = None
    as_: Label | None = Field(default=None, alias="as")

    of_people = True
    example = """\
op: found_cell
cell: {kind: cell, name: Chi bộ bản Nậm Pố}
under: committee-03160
serves: [village-03160-07]
members: [member-1021, member-1022, member-1023]
"""

    def refs(self) -> list[str]:
        """Return the committee, what is served and who comes."""
        return [self.under, *self.serves, *self.members]

    def founds(self) -> list[NewNode]:
        """Return the new cell."""
        return [labelled(self.cell, self.as_)]

    def brings(self) -> list[tuple[Ref, Ref]]:
        """Return each member with the new cell."""
        return [(member, self.cell.name) for member in self.members]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a wrong cell, a place in a joint one, and who can't leave or come."""
        wanted = ["people.ground"] if self.ground else []
        known = yield from words(view, *wanted)
        if known is None:
            return
        yield from check_new(view, self.cell)
        yield from is_group(view, known, self.cell)
        parent = yield from one_living(view, self.under)
        if parent is not None:
            group = known.places.group
            yield from may_be_under(view, group, parent, self.cell.name)
        ground = yield from ground_named(view, known, self.serves)
        yield from says_otherwise(known, self.cell, joint=ground.is_several)
        yield from _served_already(view, known, ground.known)
        kinds = [known.people.person]
        yield from people_named(view, self.members, kinds)
        members = known_people(view, self.members, kinds)
        yield from may_move(view, known, members)
        if parent is not None:
            yield from check_seconded(view, members, [parent, *ground.known])

    def edit(self, draft: Draft) -> None:
        """Begin the cell, join it to what it serves, and let its members come."""
        known = spoken(draft)
        parent = unit(draft, self.under)
        ground = [unit(draft, ref) for ref in self.serves]
        members = [unit(draft, ref) for ref in self.members]
        node = found_node(draft, self.founds()[0], self.cell.facts)
        edge = draft.pack.parent_edge(self.cell.kind)
        if edge:
            draft.connect(edge, node, parent)
        for place in ground:
            draft.connect(known.covers, node, place)
        mark_joint(draft, known, node)
        move_members(draft, known, members, node, stated(known, self.ground))


def _served_already(view: View, known: Words, ground: list[str]) -> Iterator[Finding]:
    """Refuse places that a joint cell serves, and warn of those with their own."""
    for place, groups in serving(view, known, ground).items():
        if view.kind(place) != known.places.place:
            continue
        for group in groups:
            if is_joint(view, known, group):
                message = say(
                    "{group}, a joint cell, serves {place}.",
                    group=view.shown(group),
                    place=view.shown(place),
                )
                yield IN_A_JOINT_ONE.at(place, message)
            else:
                message = say(
                    "{place} already has {group}.",
                    place=view.shown(place),
                    group=view.shown(group),
                )
                yield HAS_ITS_OWN.at(place, message)
