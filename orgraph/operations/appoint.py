"""Appoints a person to a post."""

from collections.abc import Iterator
from typing import Literal

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER
from ..pack import Pack
from .admission import check_admission
from .base import Day, Flag, Operation, Ref, Text
from .holders import (
    Holding,
    a_person,
    a_post,
    begin_holding,
    check_holding,
    form_facts,
    form_of,
    form_problem,
    full_form,
    holding,
    need_holdings,
)
from .reinforcing import check_reinforcing
from .units import unit

WRONG_FORM = Code(
    code="APPOINT01",
    meaning="A post can't be held in this form.",
)
ENDS_FIRST = Code(
    code="APPOINT02",
    meaning="The appointment would end before it begins.",
    hint="Give a day after the effective date with until:, or leave it out.",
)
HOLDS_IT = Code(
    code="APPOINT03",
    meaning="The person already holds the post in this form.",
)


class Appoint(Operation):
    """Appoint a person to a vacant post: for good, acting, or as reinforcement."""

    op: Literal["appoint"] = "appoint"
    person: Ref
    post: Ref
    form: Text | None = None
    until: Day | None = None
    concurrent: Flag = False

    example = """\
op: appoint
person: member-1207
post: post-secretary-31
form: acting
until: 2026-01-01
"""

    def refs(self) -> list[str]:
        """Return the person and the post."""
        return [self.person, self.post]

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return the person and the post."""
        return [(self.person, self.post)]

    def fills_alone(self, pack: Pack) -> list[tuple[Ref, Ref]]:
        """Return the person and the post, unless held with others or provisionally."""
        full = self.form not in pack.questions.posts.provisional
        return self.fills() if full and not self.concurrent else []

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a post that is held, and a person who can't hold it or has another."""
        person = yield from a_person(view, self.person)
        post = yield from a_post(view, self.post)
        problem = form_problem(view, self.form) if self.form else None
        if problem:
            yield WRONG_FORM.at(
                self.post, say("The form of the holding {problem}.", problem=problem)
            )
        if self.until is not None and self.until <= view.day:
            message = say(
                "The appointment ends on {until}, and begins on {day}.",
                until=self.until,
                day=view.day,
            )
            yield ENDS_FIRST.at(self.post, message)
        if person is None or post is None:
            if person is not None:
                yield from check_admission(view, person)
            return
        need_holdings(view, [person], [post])
        new = self._new(view, person, post)
        yield from check_holding(view, new)
        if self.form is not None and self.form == view.pack.questions.posts.reinforcing:
            yield from check_reinforcing(view, person, post, new.until)
        row = holding(view, person, post)
        form = self.form or full_form(view.pack)
        known = row and view.pack.questions.posts.is_known(row.facts)
        if row and known and form_of(view, row) == form:
            message = say(
                "{person} already holds {post}.",
                person=view.shown(person),
                post=view.shown(post),
            )
            yield HOLDS_IT.at(person, message)

    def edit(self, draft: Draft) -> None:
        """Begin the holding; that of the same person in another form ends."""
        person, post = unit(draft, self.person), unit(draft, self.post)
        facts = form_facts(draft.pack, self.form)
        begin_holding(draft, self._new(draft, person, post), facts)

    def _new(self, view: View, person: str, post: str) -> Holding:
        full = self.form not in view.pack.questions.posts.provisional
        until = self.until or FOREVER
        return Holding(person, post, full, until, self.concurrent)
