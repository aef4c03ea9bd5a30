"""A unit that is formed of others meets the criteria of the day on which it is."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from ..draft import View
from ..findings import Code, Finding
from ..pack import Threshold
from .base import Reach, Rule
from .census import Census
from .forming import formed
from .judging import Unjudged, judge, shortfalls, united, unjudged

TOO_SMALL = Code(
    code="FORMED01",
    meaning="A unit that is formed of others misses the criteria in force on the day.",
    hint="Form it of more units, or waive this with the exemption as its basis.",
    structural=False,
)
NOT_JUDGED = Code(
    code="FORMED02",
    meaning="Whether a new unit meets the criteria can't be told: a figure is unknown.",
    severity="info",
    structural=False,
)


class FormedTooSmall(Rule):
    """What is formed of others meets the criteria, unless of as many as are exempt."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Judge every unit into which others went on the day."""
        criteria = view.pack.thresholds_on(self.name(), view.day)
        if not criteria:
            return
        groups: list[Unjudged] = []
        for some, nodes in bound_by(view, reach, criteria):
            found = judge(view, nodes, some)
            yield from shortfalls(view, reach, TOO_SMALL, found.verdicts)
            groups += found.unjudged
        yield from unjudged(view, NOT_JUDGED, united(groups))

    def where(self, census: Census) -> Iterator[str]:
        """Look at what units with criteria of their own are formed of."""
        criteria = census.pack.thresholds_on(self.name(), census.day)
        return census.givers({c.kind for c in criteria})


def bound_by(
    view: View, reach: Reach, criteria: Sequence[Threshold]
) -> Iterator[tuple[list[Threshold], dict[str, list[str]]]]:
    """Yield criteria with the units formed that they bind, by kind.

    A unit that is formed of as many as are exempt isn't bound.
    """
    units = {f.unit: f for f in formed(view, reach, {c.kind for c in criteria})}
    for least, some in groupby(criteria, lambda c: c.unless_merged):
        by_kind: dict[str, list[str]] = {}
        for unit, of in units.items():
            if not least or len(of.whole) < least:
                by_kind.setdefault(view.kind(unit), []).append(unit)
        yield list(some), by_kind
