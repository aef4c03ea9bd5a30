"""Nobody leads one place for more terms in a row than the law allows."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import EdgeRow
from ..pack import Limit
from .base import Reach, Rule
from .careers import Careers
from .census import Census
from .either_way import either_way
from .limiting import Size, of_limit
from .rotating import by_months, is_for, lasted, meant_takings, posts_of, turning

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

    How long a term is, is the pack's word: a limit of months before the new one. Other
    heads' posts of the place count, and so does what the place and its units were.
    Holdings of the post in a row, each of which may have been a term though together
    they fall short of those months, leave it open.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post on the day that leads a place."""
        for taking, limits, careers in meant_takings(view, reach, self.name()):
            yield from self.another(careers, limits, taking.person, taking.row)

    @staticmethod
    def another(
        careers: Careers, limits: Sequence[Limit], person: str, row: EdgeRow
    ) -> Iterator[Finding]:
        """Yield what stands against a term by a holding of the view's day."""
        judge = partial(_judged, limits, person, row)
        yield from either_way(careers.only(person), judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(
    limits: Sequence[Limit], person: str, row: EdgeRow, careers: Careers
) -> Iterator[Finding]:
    view = careers.view
    for limit in limits:
        led = careers.tenure(person, row, partial(is_for, limit))
        held = [one for one in led if one.since < view.day]
        gaps = careers.bridged(led)
        what = say(
            "{person} has held {posts} without a break",
            person=view.shown(person),
            posts=posts_of(view, held),
        )
        codes, size = (TOO_LONG, NOT_KNOWN), lasted(led, view.day)
        so_far = say("{what}{gaps} for", what=what, gaps=gaps)
        found = list(by_months(codes, limit, person, size, so_far))
        yield from found
        times = sum(one.target == row.target for one in held)
        if not found and _may_be_terms(limit, times, size):
            message = say(
                "{what} {months} in {times} holdings, and whether these were as many "
                "whole terms can't be told; {limit} wants {bounds}.",
                what=so_far,
                months=size.months,
                times=times,
                limit=limit.title,
                bounds=limit.bounds,
            )
            yield of_limit(NOT_KNOWN, limit, person, message)


def _may_be_terms(limit: Limit, times: int, size: Size) -> bool:
    """Tell whether so many holdings of a post may be as many terms as are allowed."""
    if limit.terms is None or limit.short_by is None or limit.at_most is None:
        return False
    return times >= limit.terms and size.most + limit.short_by > limit.at_most
