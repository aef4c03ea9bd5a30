"""Transfers members to another group."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Operation, Ref
from .members import is_group, may_move, memberships, move_members
from .people import known_people, people_named, spoken, words
from .seconding import check_seconded
from .units import one_living, unit

NO_GROUP = Code(
    code="TRANSFER01",
    meaning="Who is transferred isn't a member of any group.",
    hint="Correct what is recorded first: a member belongs to a group.",
)


class TransferMembers(Operation):
    """Transfer members to another cell; posts and charges stay with them."""

    op: Literal["transfer_members"] = "transfer_members"
    members: Annotated[tuple[Ref, ...], Field(min_length=1)]
    to: Ref

    of_people = True
    example = """\
op: transfer_members
members: [member-1, member-2]
to: cell-31
"""

    def refs(self) -> list[str]:
        """Return the members and the group."""
        return [*self.members, self.to]

    def brings(self) -> list[tuple[Ref, Ref]]:
        """Return each member with the group."""
        return [(member, self.to) for member in self.members]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse who is in no group or two or there already, and to empty a group."""
        known = yield from words(view)
        if known is None:
            return
        kinds = [known.people.person]
        yield from people_named(view, self.members, kinds)
        to = yield from one_living(view, self.to)
        if to is not None:
            yield from is_group(view, known, to)
        members = known_people(view, self.members, kinds)
        for person, rows in memberships(view, known, members).items():
            if not rows:
                message = say(
                    "{person} is a member of no group.", person=view.shown(person)
                )
                yield NO_GROUP.at(person, message)
        yield from may_move(view, known, members, to)
        if to is not None:
            yield from check_seconded(view, members, [to])

    def edit(self, draft: Draft) -> None:
        """End each membership, begin the other, and end what it makes needless."""
        people = [unit(draft, ref) for ref in self.members]
        move_members(draft, spoken(draft), people, unit(draft, self.to))
