"""A unit so small that the law of the day wants it rearranged."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule
from .census import Census
from .judging import judge, shortfalls, unjudged
from .swayed import concerned

MUST = Code(
    code="REARRANGE01",
    meaning="A unit is so small that the law in force wants it rearranged.",
    severity="warning",
    structural=False,
)
NOT_JUDGED = Code(
    code="REARRANGE02",
    meaning="Whether a unit must be rearranged can't be told: a figure is unknown.",
    severity="info",
    structural=False,
)


class MustRearrange(Rule):
    """A unit is large enough that the law in force lets it be as it is."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Judge every living unit of a kind that the law names on the day."""
        thresholds = view.pack.thresholds_on(self.name(), view.day)
        nodes = concerned(reach, thresholds)
        if not nodes:
            return
        found = judge(view, nodes, thresholds)
        yield from shortfalls(view, reach, MUST, found.verdicts)
        yield from unjudged(view, NOT_JUDGED, found.unjudged)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units of the kinds that are judged on the day."""
        asked = census.pack.thresholds_on(self.name(), census.day)
        return census.living({threshold.kind for threshold in asked})
