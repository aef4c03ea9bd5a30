"""A group has as many official members as it needs."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import many, say
from ..model import IN
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .limiting import (
    Size,
    breach,
    groups_in,
    judged,
    limits_of,
    living_of,
    of_limit,
    own_size,
    sizes,
)
from .peopled import known_empty, newly_beside_people
from .undecided import Loss, excused, lost_undecided

TOO_SMALL = Code(
    code="CELL01",
    meaning="A group has fewer official members than it needs, or more than it may.",
    structural=False,
)
NOT_JUDGED = Code(
    code="CELL02",
    meaning="Whether a group has enough members can't be told: some may be official.",
    severity="info",
    structural=False,
)
WITH_GUESTS = Code(
    code="CELL03",
    meaning="A group has enough members only with those of others who attend it.",
    severity="info",
    structural=False,
)


class CellSize(Rule):
    """A cell has as many official members as the charter wants."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Count the official members of the groups whose members or life change.

        Those who attend a group and keep their own count in both: so a place may have
        its own cell with the help of guards and teachers.
        """
        limits = limits_of(view.pack, view.day, self.name())
        people, places = view.pack.people, view.pack.questions.places
        official = people.official if people else None
        guests = [people.attends] if people and people.attends else []
        groups = groups_in(view, reach, *guests) if limits else []
        known = sizes(view, groups, *guests)
        shown = _only_shown(reach, [g for g, size in known.items() if not size.most])
        for limit in limits:
            some = {g: n for g, n in known.items() if view.kind(g) == limit.kind}
            few = {g: [g] for g, size in some.items() if judged(limit, size) == "few"}
            edges = [places.member, *guests] if places else []
            lost = lost_undecided(view, few, limit, edges, official)
            for group, size in some.items():
                verdict = judged(limit, size)
                if verdict in {"few", "many"}:
                    # What nobody decided is no breach that a plan makes worse.
                    loss = lost.get(group, Loss())
                    told = loss.without(size)
                    has = size.official
                    found = breach(TOO_SMALL, view, limit, group, has, size=told)
                    if group in shown and found.severity == "error":
                        found = found.model_copy(update={"severity": "warning"})
                    yield excused(found, limit, size, loss)
                elif verdict == "unknown":
                    message = say(
                        "{group} has {official}: of {unknown:,} it isn't known; "
                        "{limit} wants {bounds}.",
                        group=view.shown(group),
                        official=size.official,
                        unknown=size.unknown,
                        limit=limit.title,
                        bounds=limit.bounds,
                    )
                    yield of_limit(NOT_JUDGED, limit, group, message)
                elif guests and view.live_edges(group, guests[0], IN):
                    yield from _with_guests(view, limit, group, size)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living groups."""
        return living_of(census, self.name())


def _only_shown(reach: Reach, empty: Sequence[str]) -> set[str]:
    """Return the groups that a plan only shows to be empty, by what comes beside them.

    Nobody leaves them: that their people aren't recorded refuses no plan.
    """
    if reach.bearing is None:
        return set()
    shown = newly_beside_people(reach.bearing).intersection(empty)
    return shown - known_empty(reach.bearing.base, sorted(shown))


def _with_guests(view: View, limit: Limit, group: str, size: Size) -> Iterator[Finding]:
    """Say how many of those who are enough are others', if the own ones alone aren't.

    Two groups that lend each other members may so have fewer people than they count.
    """
    own = own_size(view, group)
    if judged(limit, own) != "few":
        return
    guests = many(
        size.sure - own.sure,
        "{n:,} of whom is a member elsewhere and attends it",
        "{n:,} of whom are members elsewhere and attend it",
    )
    message = say(
        "{group} has {official}, {guests}; {limit} wants {bounds}.",
        group=view.shown(group),
        official=size.official,
        guests=guests,
        limit=limit.title,
        bounds=limit.bounds,
    )
    found = of_limit(WITH_GUESTS, limit, group, message)
    yield found.model_copy(update={"hint": ""})
