"""Posts that came together in a merger fall to the number of the law in time."""

from collections.abc import Iterator
from datetime import date

from ..draft import View
from ..findings import Code, Finding
from ..language import first_of, say
from ..model import IN, EdgeRow, shown_day
from ..model.facts import PRECISION
from ..pack.limits import is_so
from .base import Reach, Rule
from .breaks import latest_since
from .census import Census
from .limiting import Size, breach, limits_of, living_of, of_limit, posts_of
from .rotating import months

TOO_MANY = Code(
    code="SURPLUS01",
    meaning="A unit has more posts than allowed, and for longer than a merger lets it.",
    structural=False,
)
FOR_A_TIME = Code(
    code="SURPLUS02",
    meaning="A unit has more posts than the law allows, for a time after its merger.",
    severity="info",
    structural=False,
)


class SurplusDeputies(Rule):
    """Deputies beyond the legal number are gone in time after a merger."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Count the posts of units whose posts or life change."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        seat = view.pack.chain.seat
        units = reach.borne({limit.kind for limit in limits}, into=[seat])
        living = [unit for unit in units if view.node(unit) is not None]
        for unit, posts in posts_of(view, living).items():
            rows = [row for post in posts if (row := view.node(post))]
            for limit in limits:
                alike = [row.id for row in rows if is_so(limit.of, row.facts)]
                number, most = len(alike), limit.at_most
                if limit.kind != view.kind(unit) or most is None or number <= most:
                    continue
                shown = first_of([view.shown(post) for post in sorted(alike)])
                formed = _formed(view, unit)
                grace = limit.grace_months or 0
                if formed is None or months(latest_since(formed), view.day) >= grace:
                    yield breach(
                        TOO_MANY,
                        view,
                        limit,
                        unit,
                        say("{n:,} such posts ({posts})", n=number, posts=shown),
                        size=Size(number, 0),
                    )
                    continue
                message = say(
                    "{unit} has {number:,} such posts ({posts}); {limit} wants "
                    "{bounds} within {grace} months of {formed}.",
                    unit=view.shown(unit),
                    number=number,
                    posts=shown,
                    limit=limit.title,
                    bounds=limit.bounds,
                    grace=grace,
                    formed=_shown(formed),
                )
                yield of_limit(FOR_A_TIME, limit, unit, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units of the kinds that have limits."""
        return living_of(census, self.name())


def _shown(formed: EdgeRow) -> date | str:
    """Return the day of a merger, or the month or year where only that is known."""
    precision = formed.facts.get(PRECISION)
    return shown_day(formed.since, precision) if precision else formed.since


def _formed(view: View, unit: str) -> EdgeRow | None:
    """Return how a whole unit went into this one, the one that may be the last."""
    lineage = view.pack.lineage
    view.need_edges([unit], [lineage], IN)
    rows = view.edges(unit, lineage, IN)
    whole = [r for r in rows if r.facts.get("part") == "whole" and r.since <= view.day]
    return max(whole, key=latest_since, default=None)
