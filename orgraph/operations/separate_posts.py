"""Takes posts from a person who holds several."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Operation, Ref
from .combining import as_combined
from .holders import (
    Holding,
    a_person,
    begin_holding,
    check_holdings,
    holders_named,
    holding,
    holdings_of,
    need_holdings,
    not_held,
    posts_named,
)
from .units import twice, unit

NOTHING = Code(
    code="UNCOMBINE01",
    meaning="No post is given to another or left vacant.",
    hint="Say with gives: {POST: PERSON} or leaves_vacant: [POST] what is given up.",
)
POST_TWICE = Code(
    code="UNCOMBINE02",
    meaning="A post is named twice: it is kept, given or left vacant.",
    hint="Name each post once.",
)
TO_ITSELF = Code(
    code="UNCOMBINE03",
    meaning="A post is given to the person who gives it up.",
    hint="Name another, or name the post with keeps:.",
)


class SeparatePosts(Operation):
    """Let who holds several posts keep some; the others go to others or fall vacant."""

    op: Literal["separate_posts"] = "separate_posts"
    person: Ref
    keeps: Annotated[tuple[Ref, ...], Field(min_length=1)]
    gives: dict[Ref, Ref] = {}
    leaves_vacant: tuple[Ref, ...] = ()

    example = """\
op: separate_posts
person: member-1207
keeps: [post-secretary-31]
gives: {post-village-head-31: member-1210}
"""

    def refs(self) -> list[str]:
        """Return the person, the posts and who gets them."""
        return [self.person, *self._posts(), *self.gives.values()]

    def _posts(self) -> list[str]:
        return [*self.keeps, *self.gives, *self.leaves_vacant]

    def fills(self) -> list[tuple[Ref, Ref]]:
        """Return who gets which post."""
        return [(taker, post) for post, taker in self.gives.items()]

    def empties(self) -> list[tuple[Ref, Ref]]:
        """Return the person with each post that is given up."""
        return [(self.person, post) for post in (*self.gives, *self.leaves_vacant)]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse posts that the person doesn't hold, and who can't have them."""
        person = yield from a_person(view, self.person)
        posts = yield from posts_named(view, self._posts())
        takers = yield from holders_named(view, self.gives.values())
        if person is None or posts is None or takers is None:
            return
        for post in twice(posts):
            yield POST_TWICE.at(
                post, say("{post} is named twice.", post=view.shown(post))
            )
        if len(posts) == len(self.keeps):
            message = say(
                "{person} would keep every post that is named.",
                person=view.shown(person),
            )
            yield NOTHING.at(person, message)
        need_holdings(view, [person, *takers], posts)
        for post in dict.fromkeys(posts):
            if holding(view, person, post) is None:
                yield not_held(view, person, post)
        given = posts[len(self.keeps) :]
        new = [Holding(*pair) for pair in zip(takers, given, strict=False)]
        for one in new:
            if one.person == person:
                message = say(
                    "{person} can't be given {post}.",
                    person=view.shown(person),
                    post=view.shown(one.post),
                )
                yield TO_ITSELF.at(one.post, message)
        leaving = {row.key for row in holdings_of(view, [person], given)}
        others = [one for one in new if one.person != person]
        yield from check_holdings(view, as_combined(view, others, leaving), leaving)

    def edit(self, draft: Draft) -> None:
        """End the holdings that are given up, and begin those of the others."""
        person = unit(draft, self.person)
        given = [unit(draft, ref) for ref in (*self.gives, *self.leaves_vacant)]
        for row in holdings_of(draft, [person], given):
            draft.disconnect(row)
        for post, taker in self.gives.items():
            begin_holding(draft, Holding(unit(draft, taker), unit(draft, post)))
