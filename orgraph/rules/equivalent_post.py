"""Who is rotated takes a post of the rank of the one that is left."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census
from .limiting import of_limit
from .rotating import Meant, of_moves, turning

ANOTHER = Code(
    code="ROTATE07",
    meaning="A person is rotated to a post of another rank.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE08",
    meaning="Whether a person is rotated to an equivalent post can't be told.",
    severity="info",
    structural=False,
)


class EquivalentPost(Rule):
    """Who is rotated takes a post of the same rank as the one before."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post elsewhere on the day."""
        fact = view.pack.questions.posts.rank
        if fact is None:
            return
        judge = partial(_judged, fact)
        yield from of_moves(view, reach, self.name(), judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(fact: str, view: View, found: Sequence[Meant]) -> Iterator[Finding]:
    for move, limits in found:
        old, new = (post.row.facts.get(fact) for post in (move.old, move.new))
        if old is not None and old == new:
            continue
        unknown = old is None or new is None
        code = NOT_KNOWN if unknown else ANOTHER
        ranks = [
            say(
                "{row}, whose {fact} is {value}",
                row=view.shown(post.row.id),
                fact=say(fact),
                value=say(str(value)) if value else say("unknown"),
            )
            for post, value in ((move.old, old), (move.new, new))
        ]
        message = say(
            "{person} goes from {ranks}, to {ranks_2}",
            person=view.shown(move.person),
            ranks=ranks[0],
            ranks_2=ranks[1],
        )
        for limit in limits:
            said = say(
                "{message}; {limit} wants an equivalent post.",
                message=message,
                limit=limit.title,
            )
            yield of_limit(code, limit, move.person, said)
