"""Nobody leads one place for more terms in a row than the law allows."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..model import EdgeRow
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .rotating import by_months, crowded, lasted, meant_runs

TOO_LONG = Code(
    code="TERM01",
    meaning="A person begins another term in a place after as many as are allowed.",
    structural=False,
)
NOT_KNOWN = Code(
    code="TERM02",
    meaning="How long a person has led a place isn't known well enough.",
    severity="info",
    structural=False,
)


class Terms(Rule):
    """Who has led a place for as many terms in a row as the law allows begins no other.

    How long a term is, is the pack's word: a limit of months before the new one.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at spells that go on by a holding that begins on the day."""
        for (person, run, _), limits in meant_runs(view, reach, self.name()):
            if any(row.since == view.day for row in run[1:]):
                yield from self.another(view, limits, person, run)

    @staticmethod
    def another(
        view: View, limits: Sequence[Limit], person: str, run: Sequence[EdgeRow]
    ) -> Iterator[Finding]:
        """Yield what stands against a term that goes on from a spell on the day."""
        shown = view.shown(run[-1].target)
        what = f"{view.shown(person)} has held {shown} without a break for"
        size = lasted(run, view.day)
        for limit in limits:
            codes = (TOO_LONG, NOT_KNOWN)
            yield from by_months(codes, limit, person, size, what)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another, or the same again."""
        return crowded(census)
