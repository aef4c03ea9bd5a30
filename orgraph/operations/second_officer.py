"""Seconds an officer to another unit, where a post is held beside the one at home."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.seconding import one_organisation
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, OUT
from .admission import check_admission
from .base import Day, Label, NewNode, Operation, Ref, labelled
from .holders import (
    Holding,
    a_person,
    a_post,
    begin_holding,
    check_holding,
    form_facts,
    need_holdings,
)
from .people import need_words
from .reinforcing import check_alone
from .seconding import (
    check_at_once,
    check_officer,
    check_role,
    check_whither,
)
from .units import (
    called_new,
    check_new,
    found_node,
    may_be_under,
    one_living,
    row_of,
    unit,
)

ONE_POST = Code(
    code="SECOND01",
    meaning="The step names both a post and a new one, or neither.",
    hint="Name a vacant post with post:, or found one with new:.",
)
ELSEWHERE = Code(
    code="SECOND02",
    meaning="The post isn't one of the unit.",
    hint="Name with unit: what the post is in, or what that leads.",
)
NOT_A_POST = Code(
    code="SECOND04",
    meaning="An officer is seconded to a post, and the new node is none.",
)
TOO_SHORT = Code(
    code="SECOND05",
    meaning="The secondment would end before it begins.",
    hint="Give a day after the effective date with until:, or leave it out.",
)


class SecondOfficer(Operation):
    """Second an officer to a post of another unit; the post and cell at home stay."""

    op: Literal["second_officer"] = "second_officer"
    of_people = True
    officer: Ref
    unit: Ref
    post: Ref | None = None
    new: NewNode | None = None
    until: Day | None = None
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: second_officer
officer: member-1207
unit: grassroots-3
new: {kind: post, name: Phó bí thư, facts: {role: deputy_secretary}}
"""

    def refs(self) -> list[str]:
        """Return the officer, the unit and the post that is there."""
        return [self.officer, self.unit, *([self.post] if self.post else [])]

    def founds(self) -> list[NewNode]:
        """Return the new post."""
        return [labelled(self.new, self.as_)] if self.new else []

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return the officer with the post that is there."""
        return [(self.officer, self.post)] if self.post else []

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a second officer in one unit, and a post that is held or elsewhere."""
        yield from need_words(view, "questions.posts.reinforcing")
        officer = yield from a_person(view, self.officer)
        node = yield from one_living(view, self.unit)
        if self.until is not None and self.until <= view.day:
            message = say(
                "The secondment ends on {until}, and begins on {day}.",
                until=self.until,
                day=view.day,
            )
            yield TOO_SHORT.at(self.officer, message)
        if (self.post is None) == (self.new is None):
            said = say("no post") if self.post is None else say("a post and a new one")
            yield ONE_POST.at(self.officer, say("The step names {said}.", said=said))
        if self.new is not None:
            yield from self._check_new(view, self.new, node)
        post = None
        if self.post is not None:
            post = yield from a_post(view, self.post)
            if post is not None:
                facts = row_of(view, post).facts
                yield from check_role(view, facts, post, view.shown(post))
        if officer is not None:
            yield from check_at_once(view, officer, post, self.until or FOREVER)
        if node is not None:
            yield from self._check_unit(view, officer, post, node)
        if officer is not None and post is not None:
            need_holdings(view, [officer], [post])
            yield from check_holding(view, self._holding(officer, post))
        elif officer is not None:
            yield from check_admission(view, officer)

    def _check_new(
        self, view: View, new: NewNode, node: str | None
    ) -> Iterator[Finding]:
        yield from check_new(view, new)
        kind = view.pack.nodes.get(new.kind)
        if kind is not None and kind.role != "post":
            message = say(
                "{new} would be a {kind}, not a post.",
                new=called_new(view, new),
                kind=say(new.kind),
            )
            yield NOT_A_POST.at(called_new(view, new), message)
        elif kind is not None:
            yield from check_role(view, new.facts, new.name, new.name)
            if node is not None:
                yield from may_be_under(view, new.kind, node, new.name)

    def _check_unit(
        self, view: View, officer: str | None, post: str | None, node: str
    ) -> Iterator[Finding]:
        """Refuse a unit that may have no officer, or not this one or in this post."""
        yield from check_whither(view, node)
        if officer is not None:
            yield from check_officer(view, officer, node)
        seats = view.live_edges(post, view.pack.chain.seat, OUT) if post else []
        units = one_organisation(view, node)
        if post is not None and not any(row.target in units for row in seats):
            message = say(
                "{post} is no post of {node}.",
                post=view.shown(post),
                node=view.shown(node),
            )
            yield ELSEWHERE.at(post, message)
        yield from check_alone(view, node, post, self.until or FOREVER)

    def edit(self, draft: Draft) -> None:
        """Found the post where there is none, and let the officer hold it."""
        if self.new is not None:
            post = found_node(draft, self.founds()[0], self.new.facts)
            draft.connect(draft.pack.chain.seat, post, unit(draft, self.unit))
        else:
            post = unit(draft, str(self.post))
        new = self._holding(unit(draft, self.officer), post)
        form = draft.pack.questions.posts.reinforcing
        begin_holding(draft, new, form_facts(draft.pack, form))

    def _holding(self, officer: str, post: str) -> Holding:
        return Holding(officer, post, full=False, until=self.until or FOREVER)
