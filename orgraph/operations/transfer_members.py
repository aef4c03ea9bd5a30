"""Transfers members to another group."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..model import OUT, EdgeRow
from .base import Operation, Ref
from .holders import need_words
from .units import living, one_living, twice, unit

MEMBER_TWICE = Code(
    code="TRANSFER01",
    meaning="A member is named twice in the transfer.",
    hint="Name each member once.",
)
NO_GROUP = Code(
    code="TRANSFER02",
    meaning="Who is transferred isn't a member of a group, or is one of several.",
)
SAME_GROUP = Code(
    code="TRANSFER03",
    meaning="The member already belongs to the group.",
)
NOT_A_GROUP = Code(
    code="TRANSFER04",
    meaning="Members are transferred to a group, and this is none.",
)
STILL_HOLDS = Code(
    code="TRANSFER05",
    meaning="A member who is transferred still holds a post of the group that is left.",
    hint="Relieve the member of it, or appoint another, by a step of its own.",
    severity="warning",
)


class TransferMembers(Operation):
    """Transfer members to another cell; posts and charges stay with them."""

    op: Literal["transfer_members"] = "transfer_members"
    members: Annotated[tuple[Ref, ...], Field(min_length=1)]
    to: Ref

    example = """\
op: transfer_members
members: [member-1, member-2]
to: cell-31
"""

    def refs(self) -> list[str]:
        """Return the members and the group."""
        return [*self.members, self.to]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse who is no member, or in no group or two, and who is there already."""
        members = yield from living(view, self.members)
        to = yield from one_living(view, self.to)
        places = view.pack.questions.places
        if places is None:
            yield from need_words(view, questions__places=places)
            return
        if to and view.kind(to) != places.group:
            message = f"{view.shown(to)} is a {view.kind(to)}, not a {places.group}."
            yield NOT_A_GROUP.at(to, message)
        if members is None:
            return
        for node in twice(members):
            yield MEMBER_TWICE.at(node, f"{view.shown(node)} is named twice.")
        view.need_edges(members, [places.member], OUT)
        for node in sorted(set(members)):
            rows = sorted(view.live_edges(node, places.member, OUT))
            if len(rows) != 1:
                where = " and ".join(view.shown(row.target) for row in rows)
                message = f"{view.shown(node)} is a member of {where or 'no group'}."
                yield NO_GROUP.at(node, message)
            elif rows[0].target == to:
                message = f"{view.shown(node)} is a member of {view.shown(to)} already."
                yield SAME_GROUP.at(node, message)
        yield from _still_held(view, members, places.member)

    def edit(self, draft: Draft) -> None:
        """End each membership, begin the other, and end what it makes needless."""
        places = draft.pack.questions.places
        if places is None:
            return
        to = unit(draft, self.to)
        members = [unit(draft, ref) for ref in self.members]
        apart = [
            k for k, e in draft.pack.edges.items() if e.apart_from == places.member
        ]
        draft.need_edges(members, apart, OUT)
        for node in members:
            for row in draft.live_edges(node, places.member, OUT):
                if not draft.rejoin(row, node, to):
                    draft.disconnect(row)
                    draft.connect(row.kind, node, to, row.facts, row.until)
            # What a member belongs to isn't attended as a guest.
            for row in _to(draft, node, apart, to):
                draft.disconnect(row)


def _to(view: View, node: str, kinds: list[str], unit: str) -> list[EdgeRow]:
    rows = (row for kind in kinds for row in view.live_edges(node, kind, OUT))
    return sorted(row for row in rows if row.target == unit)


def _still_held(view: View, members: list[str], member: str) -> Iterator[Finding]:
    """Warn of posts in the groups that are left."""
    holds, seat = view.pack.chain.holds, view.pack.chain.seat
    view.need_edges(members, [holds], OUT)
    held = {node: view.live_edges(node, holds, OUT) for node in sorted(set(members))}
    posts = {row.target for rows in held.values() for row in rows}
    view.need_edges(posts, [seat], OUT)
    view.need_nodes(posts)
    for node, rows in held.items():
        left = {row.target for row in view.live_edges(node, member, OUT)}
        for row in sorted(rows):
            seats = view.live_edges(row.target, seat, OUT)
            if any(one.target in left for one in seats):
                message = (
                    f"{view.shown(node)} leaves the group of {view.shown(row.target)}, "
                    "and holds it still."
                )
                yield STILL_HOLDS.at(node, message)
