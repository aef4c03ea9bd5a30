"""Removes a member."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..draft import Draft, View
from ..draft.carried import carried
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow, Facts
from ..pack import Event
from .base import Operation, Ref, Text
from .charges import check_charge, need_charges
from .combining import as_combined
from .deciding import check_decided, is_undecided
from .holders import (
    Holding,
    begin_holding,
    check_holdings,
    form_facts,
    form_of,
    is_surely_full,
    need_holdings,
)
from .known import people_known
from .people import need_words
from .reinforcing import check_reinforcing
from .units import known_living, living, one_living, unit

NOT_A_MEMBER = Code(
    code="REMOVE01",
    meaning="Who is removed isn't a member.",
)
WRONG_GROUND = Code(
    code="REMOVE02",
    meaning="The pack doesn't know this ground for removing a member.",
)
NOT_LEFT = Code(
    code="REMOVE04",
    meaning="The member neither holds this post nor is in charge of this unit.",
    hint="Leave it out of reassign:.",
)
TO_ITSELF = Code(
    code="REMOVE05",
    meaning="Something is reassigned to the member who is removed.",
)


class RemoveMember(Operation):
    """Remove a member; posts and charges are reassigned, or reported open."""

    op: Literal["remove_member"] = "remove_member"
    member: Ref
    ground: Text
    by: Ref | None = None
    reassign: dict[Ref, Ref] = {}

    example = """\
op: remove_member
member: member-1207
ground: struck_off
by: grassroots-3
reassign: {post-secretary-31: member-1210, household-2044: member-1211}
"""

    def refs(self) -> list[str]:
        """Return the member, who decided, and what goes to whom."""
        by = [self.by] if self.by else []
        return [self.member, *by, *self.reassign, *self.reassign.values()]

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return who takes which post; what is no post is passed over."""
        return [(taker, thing) for thing, taker in self.reassign.items()]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the member."""
        return {"closed": [self.member]}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a wrong ground or body, and what can't be reassigned so."""
        member = yield from one_living(view, self.member)
        yield from living(view, [self.by] if self.by else [])
        yield from living(view, self.reassign)
        takers = yield from people_known(view, [*self.reassign.values()])
        people = view.pack.people
        if people is None:
            yield from need_words(view, "people")
            return
        if people.leaving and self.ground not in people.leaving:
            message = say(
                "{ground} is no ground; it is one of {wanted}.",
                ground=self.ground,
                wanted=list(map(say, people.leaving)),
            )
            yield WRONG_GROUND.at(self.member, message)
        yield from check_decided(view, self.member, self.ground, self.by)
        if member and view.kind(member) != people.person:
            kind = view.kind(member)
            message = say(
                "{member} is a {kind}, not a {person}.",
                member=view.shown(member),
                kind=say(kind),
                person=say(people.person),
            )
            yield NOT_A_MEMBER.at(member, message)
        elif member:
            pairs = zip(self.reassign, takers, strict=True)
            given = {n: who for ref, who in pairs for n in known_living(view, [ref])}
            yield from self._check_given(view, member, given)
            yield from self._settlement(view, member).findings

    def _check_given(
        self, view: View, member: str, given: Mapping[str, str | None]
    ) -> Iterator[Finding]:
        """Refuse what isn't left or can't be taken; None is who isn't known."""
        rows = _left(view, member)
        for node in sorted(given.keys() - rows.keys()):
            message = say(
                "{member} has no part in {node}.",
                member=view.shown(member),
                node=view.shown(node),
            )
            yield NOT_LEFT.at(node, message)
        taken = {
            n: who
            for n, who in given.items()
            if n in rows and who is not None and who != member
        }
        for node in sorted(n for n, who in given.items() if who == member):
            message = say(
                "{node} can't go on to {member}.",
                node=view.shown(node),
                member=view.shown(member),
            )
            yield TO_ITSELF.at(node, message)
        need_holdings(view, sorted({member, *taken.values()}), _held(view, rows))
        need_charges(view, sorted(taken.values()), rows.keys() - _held(view, rows))
        new = [
            Holding(taken[post], post, is_surely_full(view.pack, row), row.until)
            for post, row in _held(view, rows).items()
            if post in taken
        ]
        leaving = {row.key for row in rows.values()}
        yield from check_holdings(view, as_combined(view, new, leaving), leaving)
        word = view.pack.questions.posts.reinforcing
        for one in new:
            if word is not None and form_of(view, rows[one.post]) == word:
                yield from check_reinforcing(view, one.person, one.post, one.until)
        for node in sorted(taken.keys() - _held(view, rows).keys()):
            yield from check_charge(view, taken[node], node)

    def edit(self, draft: Draft) -> None:
        """End the member and all that is joined to it, and begin what others take."""
        member = unit(draft, self.member)
        rows = _left(draft, member)
        draft.state(carried(draft, [member]), -1)
        apply_settlement(draft, self._settlement(draft, member))
        self._state(draft, member)
        for ref, taker in self.reassign.items():
            node, who = unit(draft, ref), unit(draft, taker)
            row = rows[node]
            if node in _held(draft, rows):
                new = Holding(who, node, until=row.until)
                begin_holding(draft, new, _as_held(draft, row))
            else:
                draft.connect(row.kind, who, node, row.facts, row.until)
        draft.end(member, "closed")

    def _state(self, draft: Draft, member: str) -> None:
        """Say of the membership that ended on what ground, and who decided it."""
        people, places = draft.pack.people, draft.pack.questions.places
        if people is None or places is None:
            return
        said: dict[str | None, str] = {people.left: self.ground}
        if self.by is not None and not is_undecided(draft, self.ground):
            said[people.decided_by] = unit(draft, self.by)
        facts = {fact: value for fact, value in said.items() if fact}
        for row in draft.edges(member, places.member, OUT):
            if facts and row.until == draft.day:
                draft.put(row._replace(facts={**row.facts, **facts}, rev=0))

    def _settlement(self, view: View, member: str) -> Settlement:
        return settle(view, "closed", {member: None})


def _left(view: View, member: str) -> dict[str, EdgeRow]:
    """Return the posts and units that a member leaves, each with the edge to it."""
    kinds = [view.pack.chain.holds, view.pack.chain.charge]
    view.need_edges([member], kinds, OUT)
    rows = [row for kind in kinds for row in view.live_edges(member, kind, OUT)]
    view.need_nodes(row.target for row in rows)
    return {row.target: row for row in sorted(rows)}


def _as_held(view: View, row: EdgeRow) -> Facts:
    """Return the facts with which another goes on in a post: the form, known or not."""
    posts = view.pack.questions.posts
    if posts.form and not posts.is_known(row.facts):
        return {posts.form: None}
    return form_facts(view.pack, str(form_of(view, row) or "") or None)


def _held(view: View, rows: dict[str, EdgeRow]) -> dict[str, EdgeRow]:
    holds = view.pack.chain.holds
    return {node: row for node, row in rows.items() if row.kind == holds}
