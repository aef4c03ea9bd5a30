"""Takes posts from a person who holds several."""

from collections.abc import Iterator, Sequence
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
    holders,
    holding,
    holdings_of,
    need_holdings,
    not_held,
)
from .known import known, people_known, posts_known
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
        posts = yield from posts_known(view, self._posts())
        takers = yield from people_known(view, [*self.gives.values()])
        for post in twice(known(posts)):
            yield POST_TWICE.at(
                post, say("{post} is named twice.", post=view.shown(post))
            )
        need_holdings(view, known([person, *takers]), known(posts))
        given = posts[len(self.keeps) :]
        if person is not None:
            yield from self._check_person(view, person, known(posts))
        new = [
            Holding(taker, post)
            for taker, post in zip(takers, given, strict=False)
            if taker is not None and post is not None
        ]
        for one in new:
            if one.person == person:
                message = say(
                    "{person} can't be given {post}.",
                    person=view.shown(person),
                    post=view.shown(one.post),
                )
                yield TO_ITSELF.at(one.post, message)
        # Whoever holds what is given may be a person who isn't known.
        rows = [row for post in known(given) for row in holders(view, post)]
        leaving = {row.key for row in rows if person in {None, row.source}}
        others = [one for one in new if one.person != person]
        yield from check_holdings(view, as_combined(view, others, leaving), leaving)

    def _check_person(
        self, view: View, person: str, posts: Sequence[str]
    ) -> Iterator[Finding]:
        """Refuse who gives nothing up, and posts that the person doesn't hold."""
        if not (self.gives or self.leaves_vacant):
            message = say(
                "{person} would keep every post that is named.",
                person=view.shown(person),
            )
            yield NOTHING.at(person, message)
        for post in dict.fromkeys(posts):
            if holding(view, person, post) is None:
                yield not_held(view, person, post)

    def edit(self, draft: Draft) -> None:
        """End the holdings that are given up, and begin those of the others."""
        person = unit(draft, self.person)
        given = [unit(draft, ref) for ref in (*self.gives, *self.leaves_vacant)]
        for row in holdings_of(draft, [person], given):
            draft.disconnect(row)
        for post, taker in self.gives.items():
            begin_holding(draft, Holding(unit(draft, taker), unit(draft, post)))
