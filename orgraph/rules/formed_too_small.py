"""A unit that is formed of others meets the criteria of the day on which it is."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import groupby

from ..draft import View
from ..findings import Code, Finding
from ..model import IN
from ..pack import Threshold
from .base import Reach, Rule
from .census import Census
from .forming import Formed, forming, need_forming
from .judging import Unjudged, judge, shortfalls, united, unjudged
from .swayed import concerned

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
    """What is formed of others meets the criteria, unless of as many as are exempt.

    What began under criteria that are still in force is held to them from then on.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Judge every unit into which others went on the day, or as it began."""
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
        """Look at the living units of the kinds that have criteria of their own."""
        criteria = census.pack.thresholds_on(self.name(), census.day)
        return census.living({c.kind for c in criteria})


def bound_by(
    view: View, reach: Reach, criteria: Sequence[Threshold]
) -> Iterator[tuple[list[Threshold], dict[str, list[str]]]]:
    """Yield criteria with the units formed that they bind, by kind.

    A unit that is formed of as many as are exempt isn't bound.
    """
    nodes = [node for some in concerned(reach, criteria).values() for node in some]
    units = formed_under(view, nodes)
    for least, some in groupby(criteria, lambda c: c.unless_merged):
        by_kind: dict[str, list[str]] = {}
        for unit, of in units.items():
            if not least or len(of.whole) < least:
                by_kind.setdefault(view.kind(unit), []).append(unit)
        yield list(some), by_kind


def formed_under(view: View, nodes: Sequence[str]) -> dict[str, Formed]:
    """Return what units are formed of, on the day or as they began under criteria."""
    view.need_edges(nodes, [view.pack.lineage], IN)
    days = begun_under(view, nodes)
    found: dict[str, Formed] = {}
    for day in sorted({view.day, *days.values()}):
        some = [n for n in nodes if days.get(n, view.day) == day]
        need_forming(view, some, day)
        found |= {n: of for n in some if (of := forming(view, n, day)) is not None}
    return found


def begun_under(view: View, nodes: Collection[str]) -> dict[str, date]:
    """Return the units that began, as others went into them, under criteria in force.

    The criteria, with their exemptions, stand for the standard meanwhile. With each is
    the day on which it began.
    """
    first: dict[str, date] = {}
    for one in view.pack.thresholds_on(FormedTooSmall.name(), view.day):
        first[one.kind] = min(one.since, first.get(one.kind, one.since))
    begun: dict[str, date] = {}
    for node in nodes:
        life, kind = view.life(node), view.kind(node)
        if life and kind in first and first[kind] <= life[0]:
            begun[node] = life[0]
    lineage = view.pack.lineage
    view.need_edges(begun, [lineage], IN)
    return {
        node: since
        for node, since in begun.items()
        if any(row.since == since for row in view.edges(node, lineage, IN))
    }
