"""Lets a place leave a joint cell and have a cell of its own."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from pydantic import Field

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..model import OUT, Facts
from .base import Label, NewNode, Operation, Ref, labelled
from .enough import TOO_FEW, enough
from .members import (
    EMPTIED,
    attending,
    homes,
    is_group,
    members_of,
    named,
    people_named,
    switch,
)
from .people import Words, spoken, words
from .serving import is_joint, says_otherwise, served, serving
from .units import (
    ID_TAKEN,
    amounts,
    check_new,
    found_node,
    may_be_under,
    new_id,
    one_living,
    row_of,
    state_sum,
    summed,
    unit,
)

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
CURE_OF_THE_LAST = (
    "Bring members in with reinforce_cell first; or join the whole cell to another "
    "host with join_cells, and let the place leave that one."
)


class _Parting(NamedTuple):
    """The joint cell, the place that leaves it, who goes along, and what is left."""

    joint: str
    place: str
    members: list[str]
    guests: list[str]
    rest: list[str]
    staying: list[str]
    """The members and guests who don't go along."""


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

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse too few members, unknown homes, and a last place without a word."""
        known = yield from words(view, "people.fewest", "people.attends")
        if known is None:
            return
        for new in self.founds():
            yield from check_new(view, new)
            yield from is_group(view, known, new)
            yield from says_otherwise(known, new, joint=False)
        if self.last and self.last.id and self.last.id == self.cell.id:
            message = f"The id {self.cell.id} is given to both cells."
            yield ID_TAKEN.at(self.cell.id, message)
        under = None
        if self.under:
            under = yield from one_living(view, self.under)
        if under is not None:
            group = known.places.group
            yield from may_be_under(view, group, under, self.cell.name)
        parting = yield from self._parting(view, known)
        if parting is not None:
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
            node = _begin(draft, self.founds()[0], under, [])
            _part(draft, known, parting, node)
            draft.succeed([(joint.id, node, {"part": "part"})])
            return
        sums = amounts(draft, joint.facts)
        successor = self._successor(draft, parting) or ""
        if not rest:
            settlement = _settlement(draft, parting, successor)
            node = _begin(draft, self.founds()[0], under, [joint.id])
            apply_settlement(draft, settlement)
            draft.succeed([(joint.id, node, {"part": "whole", **sums})])
        else:
            node = _begin(draft, self.founds()[0], under, [])
            _part(draft, known, parting, node)
            settlement = _settlement(draft, parting, successor)
            own = parent and parent.target
            last = _begin(draft, self.founds()[1], own, [joint.id])
            apply_settlement(draft, settlement)
            remains: Facts = {"part": "part", **sums}
            draft.succeed(
                [(joint.id, node, {"part": "part"}), (joint.id, last, remains)]
            )
        draft.end(joint.id, "merged")

    def _parting(
        self, view: View, known: Words
    ) -> Generator[Finding, None, _Parting | None]:
        """Return who leaves what; None where that isn't clear."""
        place = yield from one_living(view, self.place)
        said = None
        if self.from_:
            said = yield from one_living(view, self.from_)
        kinds = [known.people.person, known.people.candidate]
        going = yield from people_named(view, self.members or (), kinds[:1])
        guests = yield from people_named(view, self.attending, kinds)
        if place is None or going is None or guests is None:
            return None
        if self.from_ and said is None:
            return None
        joint = yield from _joint(view, known, place, said)
        if joint is None:
            return None
        inside = members_of(view, known, [joint])[joint]
        visiting = attending(view, known, [joint])[joint]
        rest = [node for node in served(view, known, [joint])[joint] if node != place]
        strangers = [
            *_strangers(view, joint, "is no member of", set(going) - set(inside)),
            *_strangers(view, joint, "doesn't attend", set(guests) - set(visiting)),
        ]
        yield from strangers
        if self.members is None and rest:
            going = yield from _residents(view, known, place, inside)
        if strangers or going is None:
            return None
        if not rest:
            going, guests = inside, visiting
        staying = sorted({*inside, *visiting} - {*going, *guests})
        return _Parting(joint, place, going, guests, rest, staying)

    def _check_numbers(
        self, view: View, known: Words, parting: _Parting
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
                message = f"{view.shown(parting.joint)} would have no members left."
                yield EMPTIED.at(parting.joint, message)

    def _check_last(self, view: View, parting: _Parting) -> Iterator[Finding]:
        shown = view.shown(parting.joint)
        if len(parting.rest) == 1 and self.last is None:
            place = view.shown(parting.rest[0])
            message = f"{shown} ends, as it would serve {place} alone."
            yield LAST_PLACE.at(parting.rest[0], message)
        elif len(parting.rest) != 1 and self.last is not None:
            number = len(parting.rest)
            message = f"{shown} would serve {number} places, not one."
            yield NO_LAST_PLACE.at(parting.joint, message)

    def _successor(self, view: View, parting: _Parting) -> str | None:
        """Return the new cell that takes the joint one's place; None if it lives on."""
        first = new_id(view, self.cell)
        if len(parting.rest) == 1 and self.last:
            return new_id(view, self.last, [first])
        return None if parting.rest else first


def _found(parting: Generator[Finding, None, _Parting | None]) -> _Parting:
    """Return what `check` has found to be clear."""
    while True:
        try:
            next(parting)
        except StopIteration as stop:
            if stop.value is None:
                message = "what leaves the joint cell was not checked"
                raise TypeError(message) from None
            found: _Parting = stop.value
            return found


def _joint(
    view: View, known: Words, place: str, said: str | None
) -> Generator[Finding, None, str | None]:
    """Return the one joint cell that serves a place, or the one that the step names."""
    cells = serving(view, known, [place])[place]
    joint = [cell for cell in cells if is_joint(view, known, cell)]
    fitting = [cell for cell in joint if said in (None, cell)]
    if len(fitting) == 1:
        return fitting[0]
    shown = ", ".join(view.shown(cell) for cell in joint) or "no joint cell"
    message = f"{view.shown(place)} is served by {shown}"
    message += f", not by {view.shown(said)}." if said else "."
    yield NOT_JOINT.at(place, message)
    return None


def _strangers(
    view: View, joint: str, how: str, people: Iterable[str]
) -> Iterator[Finding]:
    for person in sorted(people):
        message = f"{view.shown(person)} {how} {view.shown(joint)}."
        yield NOT_IN_IT.at(person, message)


def _settlement(view: View, parting: _Parting, successor: str) -> Settlement:
    """Settle what the ending joint cell has: the last place's cell takes it."""
    return settle(view, "merged", {parting.joint: successor}, new=[successor])


def _residents(
    view: View, known: Words, place: str, inside: Sequence[str]
) -> Generator[Finding, None, list[str] | None]:
    """Return the members who live in the place; None where that isn't known of all."""
    living = homes(view, known.places.home, inside)
    homeless = sorted(person for person, found in living.items() if not found)
    if homeless:
        message = f"It isn't known where {named(homeless)} live."
        yield HOME_UNKNOWN.at(place, message)
        return None
    return sorted(person for person, found in living.items() if place in found)


def _begin(
    draft: Draft, new: NewNode, under: str | None, sources: Sequence[str]
) -> str:
    """Found a cell with all that its sources carry, and let it come under another."""
    facts = {**new.facts, **summed(draft, sources)}
    state_sum(draft, sources, facts)
    node = found_node(draft, new, facts)
    edge = draft.pack.parent_edge(new.kind)
    if edge and under:
        draft.connect(edge, node, under)
    return node


def _part(draft: Draft, known: Words, parting: _Parting, node: str) -> None:
    """Let the place, its members and its guests leave the joint cell for their own."""
    for row in draft.live_edges(parting.joint, known.covers, OUT):
        if row.target == parting.place:
            draft.disconnect(row)
            draft.connect(known.covers, node, parting.place, row.facts, row.until)
    switch(draft, known.places.member, parting.members, parting.joint, node)
    if known.people.attends:
        switch(draft, known.people.attends, parting.guests, parting.joint, node)
