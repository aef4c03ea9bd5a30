"""Lets one person hold several posts."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow
from .admission import check_admission
from .base import Operation, Ref
from .holders import (
    Holding,
    a_person,
    begin_holding,
    check_holding,
    holders,
    holding,
    holdings_of,
    is_full,
    is_surely_full,
    need_holdings,
)
from .known import known, people_known, posts_known
from .units import twice, unit

POST_TWICE = Code(
    code="UNITEPOST01",
    meaning="A post of the combination is named twice.",
    hint="Name each post once.",
)
HOLDS_NONE = Code(
    code="UNITEPOST02",
    meaning="The person holds none of the posts that are combined.",
    hint="Appoint the person to one of them first.",
)
COMBINED = Code(
    code="UNITEPOST03",
    meaning="The person already holds all of the posts.",
)
NOT_A_HOLDER = Code(
    code="UNITEPOST04",
    meaning="Who is named as relieved is no other holder of these posts.",
    hint="Leave the name out of relieves:.",
)


class CombinePosts(Operation):
    """Let who holds one post hold others too; their holders are relieved by name."""

    op: Literal["combine_posts"] = "combine_posts"
    person: Ref
    posts: Annotated[tuple[Ref, ...], Field(min_length=2)]
    relieves: tuple[Ref, ...] = ()

    example = """\
op: combine_posts
person: member-1207
posts: [post-secretary-31, post-village-head-31]
relieves: [member-1210]
"""

    def refs(self) -> list[str]:
        """Return the person, the posts and who is relieved."""
        return [self.person, *self.posts, *self.relieves]

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return the person with each of the posts."""
        return [(self.person, post) for post in self.posts]

    def empties(self) -> list[tuple[Ref, Ref]]:
        """Return who is relieved, with each of the posts."""
        return [(person, post) for person in self.relieves for post in self.posts]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse posts that others hold who aren't named, or that aren't one's own."""
        person = yield from a_person(view, self.person)
        posts = yield from posts_known(view, self.posts)
        relieved = yield from people_known(view, self.relieves)
        for post in twice(known(posts)):
            message = say("{post} is named twice.", post=view.shown(post))
            yield POST_TWICE.at(post, message)
        need_holdings(view, known([person, *relieved]), known(posts))
        ending = holdings_of(view, set(known(relieved)) - {person}, known(posts))
        if None not in posts:
            others = {row.source for row in ending}
            yield from _not_holders(view, set(known(relieved)) - others)
        if person is None:
            return
        own = holdings_of(view, [person], known(posts))
        filled = {row.target for row in own if is_surely_full(view.pack, row)}
        if None not in posts:
            if not any(is_full(view.pack, row) for row in own):
                message = say(
                    "{person} fills none of the posts.", person=view.shown(person)
                )
                yield HOLDS_NONE.at(person, message)
            elif filled == set(known(posts)):
                message = say(
                    "{person} already holds all of the posts.",
                    person=view.shown(person),
                )
                yield COMBINED.at(person, message)
        else:
            yield from check_admission(view, person)
        may_end = _may_end(view, person, posts, relieved)
        leaving = {row.key for row in (*own, *ending, *may_end)}
        for post in sorted(set(known(posts)) - filled):
            yield from check_holding(view, Holding(person, post), leaving)

    def edit(self, draft: Draft) -> None:
        """End the holdings of the others, and begin those that the person lacks."""
        person = unit(draft, self.person)
        posts = [unit(draft, ref) for ref in self.posts]
        relieved = {unit(draft, ref) for ref in self.relieves}
        for row in holdings_of(draft, relieved, posts):
            draft.disconnect(row)
        for post in posts:
            if not _fills(draft, holding(draft, person, post)):
                begin_holding(draft, Holding(person, post))


def _not_holders(view: View, people: Iterable[str]) -> Iterator[Finding]:
    for wrong in sorted(people):
        message = say(
            "{wrong} is no other holder of these posts.", wrong=view.shown(wrong)
        )
        yield NOT_A_HOLDER.at(wrong, message)


def _may_end(
    view: View,
    person: str,
    posts: Sequence[str | None],
    relieved: Sequence[str | None],
) -> Iterator[EdgeRow]:
    """Yield the holdings that may be meant by what isn't known."""
    if None in posts:
        yield from view.live_edges(person, view.pack.chain.holds, OUT)
    if None in relieved:
        for post in known(posts):
            yield from holders(view, post)


def _fills(draft: Draft, row: EdgeRow | None) -> bool:
    return row is not None and is_surely_full(draft.pack, row)
