"""A unit reaches the figures that the law of the day wants of its kind."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule
from .census import Census
from .judging import in_force, judge, shortfalls, unjudged

BELOW = Code(
    code="STANDARD01",
    meaning="A unit is below a standard that is in force on the effective date.",
    structural=False,
)
NOT_JUDGED = Code(
    code="STANDARD02",
    meaning="A figure that a standard needs is unknown, so the unit isn't judged.",
    severity="info",
    structural=False,
)


class BelowStandard(Rule):
    """A unit is as large as the standard in force wants; unknown figures are said."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Judge every living unit of a kind that has a standard on the day."""
        standards = in_force(view.pack, view.day, self.name())
        nodes = reach.only({standard.kind for standard in standards})
        if not nodes:
            return
        found = judge(view, nodes, standards)
        for verdict in found.verdicts:
            yield from shortfalls(view, BELOW, verdict)
        yield from unjudged(view, NOT_JUDGED, found.unjudged)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units of the kinds that are judged on the day."""
        asked = in_force(census.pack, census.day, self.name())
        return census.living({threshold.kind for threshold in asked})
