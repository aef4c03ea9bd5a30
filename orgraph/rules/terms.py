"""Nobody leads one place for more terms in a row than the law allows."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule
from .census import Census
from .limiting import limits_of
from .rotating import Spells, by_months, crowded, is_for, lasted, spells_in

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
        limits = limits_of(view.pack, view.day, self.name())
        spells = spells_in(view, reach) if limits else Spells({}, {})
        for person, runs in spells.by.items():
            for run in runs:
                post = spells.posts.get(run[-1].target)
                begun = [row for row in run[1:] if row.since == view.day]
                if post is None or not begun:
                    continue
                shown = view.shown(run[-1].target)
                what = f"{view.shown(person)} has held {shown} without a break for"
                for limit in limits:
                    if is_for(limit, post):
                        size = lasted(run, view.day)
                        codes = (TOO_LONG, NOT_KNOWN)
                        yield from by_months(codes, limit, person, size, what)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who leave a post for another, or the same again."""
        return crowded(census)
