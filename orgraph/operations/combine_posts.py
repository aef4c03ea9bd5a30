"""Lets one person hold several posts."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from ..model import EdgeRow
from .base import Operation, Ref
from .holders import (
    Holding,
    a_person,
    begin_holding,
    check_holding,
    holders_named,
    holding,
    holdings_of,
    is_full,
    need_holdings,
    posts_named,
)
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
        posts = yield from posts_named(view, self.posts)
        relieved = yield from holders_named(view, self.relieves)
        if person is None or posts is None or relieved is None:
            return
        for post in twice(posts):
            message = say("{post} is named twice.", post=view.shown(post))
            yield POST_TWICE.at(post, message)
        need_holdings(view, [person, *relieved], posts)
        ending = holdings_of(view, set(relieved) - {person}, posts)
        for wrong in sorted(set(relieved) - {row.source for row in ending}):
            message = say(
                "{wrong} is no other holder of these posts.", wrong=view.shown(wrong)
            )
            yield NOT_A_HOLDER.at(wrong, message)
        own = holdings_of(view, [person], posts)
        filled = {row.target for row in own if is_full(view.pack, row)}
        if not filled:
            message = say(
                "{person} fills none of the posts.", person=view.shown(person)
            )
            yield HOLDS_NONE.at(person, message)
        elif filled == set(posts):
            message = say(
                "{person} already holds all of the posts.", person=view.shown(person)
            )
            yield COMBINED.at(person, message)
        leaving = {row.key for row in (*own, *ending)}
        for post in sorted(set(posts) - filled):
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


def _fills(draft: Draft, row: EdgeRow | None) -> bool:
    return row is not None and is_full(draft.pack, row)
