"""Who is rotated has held the post that is left for as many months as the law wants."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .breaks import latest_until
from .census import Census
from .rotating import Meant, by_months, lasted, of_moves, posts_of, turning

TOO_EARLY = Code(
    code="ROTATE03",
    meaning="A person is rotated too soon after taking the post that is left.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE04",
    meaning="Whether a person held a post long enough can't be told by what is known.",
    severity="info",
    structural=False,
)


class BeforeRotation(Rule):
    """Who is rotated has held the post before for as long as the law wants."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post elsewhere on the day."""
        yield from of_moves(view, reach, self.name(), _judged, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(view: View, found: Sequence[Meant]) -> Iterator[Finding]:
    for move, limits in found:
        what = say(
            "{person} has held {held} for",
            person=view.shown(move.person),
            held=posts_of(view, move.left),
        )
        last = move.left[-1]
        ended = (min(view.day, day) for day in (last.until, latest_until(last)))
        size = lasted(move.left, *ended)
        for limit in limits:
            codes = (TOO_EARLY, NOT_KNOWN)
            yield from by_months(codes, limit, move.person, size, what)
