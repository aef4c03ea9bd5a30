"""Lets a place leave a joint cell and have a cell of its own."""

from collections.abc import Collection, Generator, Iterator, Mapping
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.names import known_as
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..model import Facts
from ..pack import Event
from .base import Label, NewNode, Operation, Ref, labelled
from .beginning import begin_in_place
from .enough import TOO_FEW, enough
from .members import EMPTIED, is_group, members_of
from .parting import Going, Parting, joint_left, part, parted
from .people import Words, known_people, people_named, spoken, words
from .serving import says_otherwise, served, serving
from .units import (
    ID_TAKEN,
    amounts,
    check_new,
    may_be_under,
    new_id,
    one_living,
    row_of,
    unit,
)

LAST_PLACE = Code(
    code="SEPARATE04",
    meaning="The joint cell ends, and its last place has no cell yet.",
    hint="Add last: with the new cell of that place.",
)
NO_LAST_PLACE = Code(
    code="SEPARATE05",
    meaning="The joint cell doesn't come down to one place, so nothing is its last.",
    hint="Leave last: out.",
)
MOST_BEFORE_IT_ENDS = 2
"""A joint cell of so many places doesn't outlive the leaving of one."""
CURE_OF_THE_LAST = say(
    "Bring members in with reinforce_cell first; or join the whole cell to another "
    "host with join_cells, and let the place leave that one."
)


class SeparateCell(Operation):
    """Let a place leave a joint cell, which ends when it would serve one or none."""

    op: Literal["separate_cell"] = "separate_cell"
    place: Ref
    from_: Ref | None = Field(default=None, alias="from")
    cell: NewNode
    under: Ref | None = None
    members: tuple[Ref, ...] | None = None
    attending: tuple[Ref, ...] = ()
    last: NewNode | None = None
    as_: Label | None = Field(default=None, alias="as")

    of_people = True
    example = """\
op: separate_cell
place: village-03160-07
cell: {kind: cell, name: Chi bộ bản Huổi Khon 2}
members: [member-1021, member-1022, member-1023]
"""

    def refs(self) -> list[str]:
        """Return the place, the joint cell, the committee and who goes."""
        given = [ref for ref in (self.place, self.from_, self.under) if ref]
        return [*given, *(self.members or ()), *self.attending]

    def founds(self) -> list[NewNode]:
        """Return the place's own cell, and that of the last place."""
        last = [self.last] if self.last else []
        return [labelled(self.cell, self.as_), *last]

    def ends_too(self, view: View) -> Mapping[Event, Collection[str]]:
        """Return a joint cell that serves no more than another place."""
        known, place = spoken(view), known_as(view, self.place)
        cells = serving(view, known, [place])[place] if place else []
        ground = served(view, known, cells)
        return {"merged": [c for c in cells if len(ground[c]) <= MOST_BEFORE_IT_ENDS]}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse too few members, unknown homes, and a last place without a word."""
        known = yield from words(view, "people.attends")
        if known is None:
            return
        for new in self.founds():
            yield from check_new(view, new)
            yield from is_group(view, known, new)
            yield from says_otherwise(known, new, joint=False)
        if self.last and self.last.id and self.last.id == self.cell.id:
            message = say("The id {cell} is given to both cells.", cell=self.cell.id)
            yield ID_TAKEN.at(self.cell.id, message)
        under = None
        if self.under:
            under = yield from one_living(view, self.under)
        if under is not None:
            group = known.places.group
            yield from may_be_under(view, group, under, self.cell.name)
        parting = yield from self._parting(view, known)
        if parting is not None:
            if parting.clear:
                yield from self._check_numbers(view, known, parting)
            yield from self._check_last(view, parting)
            successor = self._successor(view, parting)
            if successor:
                yield from _settlement(view, parting, successor).findings

    def edit(self, draft: Draft) -> None:
        """Let who goes go with the place; end a joint cell that isn't one any more."""
        known = spoken(draft)
        parting = _found(self._parting(draft, known))
        joint, rest = row_of(draft, parting.joint), parting.rest
        parent = draft.parent(joint.id)
        under = unit(draft, self.under) if self.under else parent and parent.target
        if len(rest) > 1:
            node = begin_in_place(draft, self.founds()[0], [], under)
            part(draft, known, parting, node)
            draft.succeed([(joint.id, node, {"part": "part"})])
            return
        sums = amounts(draft, joint.facts)
        successor = self._successor(draft, parting) or ""
        if not rest:
            settlement = _settlement(draft, parting, successor)
            node = begin_in_place(draft, self.founds()[0], [joint.id], under)
            apply_settlement(draft, settlement)
            draft.succeed([(joint.id, node, {"part": "whole", **sums})])
        else:
            node = begin_in_place(draft, self.founds()[0], [], under)
            part(draft, known, parting, node)
            settlement = _settlement(draft, parting, successor)
            own = parent and parent.target
            last = begin_in_place(draft, self.founds()[1], [joint.id], own)
            apply_settlement(draft, settlement)
            remains: Facts = {"part": "part", **sums}
            draft.succeed(
                [(joint.id, node, {"part": "part"}), (joint.id, last, remains)]
            )
        draft.end(joint.id, "merged")

    def _parting(
        self, view: View, known: Words
    ) -> Generator[Finding, None, Parting | None]:
        """Return who leaves what; None where it isn't clear which joint cell."""
        place = yield from one_living(view, self.place)
        said = None
        if self.from_:
            said = yield from one_living(view, self.from_)
        kinds = [known.people.person, known.people.candidate]
        named = yield from people_named(view, self.members or (), kinds[:1])
        visiting = yield from people_named(view, self.attending, kinds)
        if place is None or (self.from_ and said is None):
            return None
        joint = yield from joint_left(view, known, place, said)
        if joint is None:
            return None
        members = known_people(view, self.members or (), kinds[:1])
        going = Going(
            None if self.members is None else members,
            known_people(view, self.attending, kinds),
            clear=named is not None and visiting is not None,
        )
        return (yield from parted(view, known, joint, place, going))

    def _check_numbers(
        self, view: View, known: Words, parting: Parting
    ) -> Iterator[Finding]:
        people = [*parting.members, *parting.guests]
        yield from enough(view, known, parting.place, people)
        if len(parting.rest) == 1:
            for finding in enough(view, known, parting.rest[0], parting.staying):
                few = finding.code == TOO_FEW.code
                cure = {"hint": CURE_OF_THE_LAST} if few else {}
                yield finding.model_copy(update=cure)
        elif parting.rest:
            inside = members_of(view, known, [parting.joint])[parting.joint]
            if set(parting.members).issuperset(inside):
                message = say(
                    "{joint} would have no members left.",
                    joint=view.shown(parting.joint),
                )
                yield EMPTIED.at(parting.joint, message)

    def _check_last(self, view: View, parting: Parting) -> Iterator[Finding]:
        shown = view.shown(parting.joint)
        if len(parting.rest) == 1 and self.last is None:
            place = view.shown(parting.rest[0])
            message = say(
                "{shown} ends, as it would serve {place} alone.",
                shown=shown,
                place=place,
            )
            yield LAST_PLACE.at(parting.rest[0], message)
        elif len(parting.rest) != 1 and self.last is not None:
            number = len(parting.rest)
            message = say(
                "{shown} would serve {number} places, not one.",
                shown=shown,
                number=number,
            )
            yield NO_LAST_PLACE.at(parting.joint, message)

    def _successor(self, view: View, parting: Parting) -> str | None:
        """Return the new cell that takes the joint one's place; None if it lives on."""
        first = new_id(view, self.cell)
        if len(parting.rest) == 1 and self.last:
            return new_id(view, self.last, [first])
        return None if parting.rest else first


def _found(parting: Generator[Finding, None, Parting | None]) -> Parting:
    """Return what `check` has found to be clear."""
    while True:
        try:
            next(parting)
        except StopIteration as stop:
            if stop.value is None:
                message = "what leaves the joint cell was not checked"
                raise TypeError(message) from None
            found: Parting = stop.value
            return found


def _settlement(view: View, parting: Parting, successor: str) -> Settlement:
    """Settle what the ending joint cell has: the last place's cell takes it."""
    return settle(view, "merged", {parting.joint: successor}, new=[successor])
