"""A unit reaches the figures that the law of the day wants of its kind."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule
from .census import Census
from .formed_too_small import begun_under
from .judging import judge, shortfalls, unjudged
from .swayed import concerned

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
        standards = view.pack.thresholds_on(self.name(), view.day)
        nodes = concerned(reach, standards)
        if not nodes:
            return
        found = judge(view, nodes, standards)
        anew = begun_under(view, {verdict.node for verdict in found.verdicts})
        short = (one for one in found.verdicts if one.node not in anew)
        yield from shortfalls(view, reach, BELOW, short)
        yield from unjudged(view, NOT_JUDGED, found.unjudged)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units of the kinds that are judged on the day."""
        asked = census.pack.thresholds_on(self.name(), census.day)
        return census.living({threshold.kind for threshold in asked})
