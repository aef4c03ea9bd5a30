"""Who is rotated has held the post that is left for as many months as the law wants."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule
from .census import Census
from .limiting import limits_of
from .rotating import by_months, crowded, is_for, lasted, moves, spells_in

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
        limits = limits_of(view.pack, view.day, self.name())
        for move in moves(view, spells_in(view, reach)) if limits else ():
            held = view.shown(move.left[-1].target)
            what = f"{view.shown(move.person)} has held {held} for"
            for limit in limits:
                if is_for(limit, move.new):
                    size = lasted(move.left, view.day)
                    codes = (TOO_EARLY, NOT_KNOWN)
                    yield from by_months(codes, limit, move.person, size, what)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another."""
        return crowded(census)
