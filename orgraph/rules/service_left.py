"""Who is rotated has as many months of service left as the law wants."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census
from .limiting import of_limit
from .rotating import Meant, by_months, left_of, of_moves, turning

TOO_LITTLE = Code(
    code="ROTATE05",
    meaning="A person who is rotated has too little service left.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE06",
    meaning="Whether a person who is rotated has service enough left can't be told.",
    severity="info",
    structural=False,
)


class ServiceLeft(Rule):
    """Who is rotated has as much service left as the law wants."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post elsewhere on the day."""
        fact = view.pack.questions.posts.service_end
        if fact is None:
            return
        judge = partial(_judged, fact)
        yield from of_moves(view, reach, self.name(), judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(fact: str, view: View, found: Sequence[Meant]) -> Iterator[Finding]:
    for move, limits in found:
        row = view.node(move.person)
        size = left_of(row.facts.get(fact) if row else None, view.day)
        shown = view.shown(move.person)
        for limit in limits:
            if size is not None:
                codes = (TOO_LITTLE, NOT_KNOWN)
                what = say("The service of {shown} lasts another", shown=shown)
                yield from by_months(codes, limit, move.person, size, what)
                continue
            message = say(
                "When the service of {person} ends is unknown; {limit} wants "
                "{bounds} months.",
                person=shown,
                limit=limit.title,
                bounds=limit.bounds,
            )
            yield of_limit(NOT_KNOWN, limit, move.person, message)
