"""Who loses those in charge on the day, and who gets somebody of another tier."""

from collections.abc import Collection, Iterator

from ..draft import View
from ..findings import Code, Finding
from ..model import IN, OUT
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .forming import forming
from .holding import posts_on
from .limiting import is_for_node, limits_of, living_of, of_limit

NOBODY = Code(
    code="CHARGE01",
    meaning="Nobody is in charge any longer of what somebody was in charge of.",
    severity="warning",
    structural=False,
)
OTHER_TIER = Code(
    code="CHARGE02",
    meaning="Nobody of the tier that should be is in charge.",
    severity="warning",
    structural=False,
)


class ChargeCover(Rule):
    """Where somebody of a tier should be in charge, one is, after charges change."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at what charges begin or end with on the day.

        Charges that follow a unit into another are as they were.
        """
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        charge = view.pack.chain.charge
        units = reach.borne({limit.kind for limit in limits}, into=[charge])
        view.need_edges(units, [charge], IN)
        view.need_edges(units, [view.pack.lineage], IN)
        for unit in units:
            rows = view.edges(unit, charge, IN)
            turning = any(view.day in {row.since, row.until} for row in rows)
            if not turning or view.node(unit) is None:
                continue
            people = {row.source for row in view.live_edges(unit, charge, IN)}
            if people and forming(view, unit):
                continue
            for limit in limits:
                if is_for_node(view, limit, unit):
                    yield from _missing(view, limit, unit, people)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living nodes of the kinds that have limits."""
        return living_of(census, self.name())


def _missing(
    view: View, limit: Limit, unit: str, people: Collection[str]
) -> Iterator[Finding]:
    shown = view.shown(unit)
    if not people:
        message = f"Nobody is in charge of {shown} any longer; {limit.title} wants one."
        yield of_limit(NOBODY, limit, unit, message)
        return
    if limit.within and _tiers(view, people).isdisjoint(limit.within):
        named = ", ".join(sorted(people))
        message = (
            f"In charge of {shown} is {named}, who holds no post in a "
            f"{' or '.join(limit.within)}; {limit.title} wants one who does."
        )
        yield of_limit(OTHER_TIER, limit, unit, message)


def _tiers(view: View, people: Collection[str]) -> set[str]:
    """Return the kinds of the units in which people hold posts on the day."""
    holds = view.pack.chain.holds
    view.need_edges(people, [holds], OUT)
    posts = {r.target for p in people for r in view.live_edges(p, holds, OUT)}
    return {post.kind for post in posts_on(view, posts).values()}
