"""A group that says whether it is joint serves as many places as it says."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..draft.spells import begun_from
from ..findings import Code, Finding
from ..language import both, many, say
from ..model import OUT, EdgeRow
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .limiting import Size, judged, limits_of, living_of, of_limit

OF_ONE = Code(
    code="JOINT02",
    meaning="A group says that it is joint, and serves too few places for that.",
    hint=(
        "Let it end with separate_cell, which gives the place its own cell; or let it "
        "be that cell, with set_facts and joint: false; or join it to another with "
        "join_cells."
    ),
    severity="warning",
    structural=False,
)

OF_SEVERAL = Code(
    code="JOINT03",
    meaning="A group says that it isn't joint, and serves several places.",
    hint=(
        "Say joint: true with set_facts; or give each place its own group with "
        "separate_cell."
    ),
    severity="warning",
    structural=False,
)

UNSAID = Code(
    code="JOINT04",
    meaning="A group serves several places, and doesn't say that it is joint.",
    hint="Say joint: true with set_facts; until then lists by that fact leave it out.",
    severity="info",
    structural=False,
)


class JointOfOne(Rule):
    """A joint cell serves several places and says so, and any other serves no more.

    What it becomes isn't guessed. A cell of which nobody ever said what it serves may
    serve several.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the groups that change, or of which what they serve does."""
        places, covers = view.pack.questions.places, view.pack.questions.covers
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or places is None or covers is None or places.joint is None:
            return
        said = {
            group: row.facts.get(places.joint)
            for group in reach.borne([places.group], out=[covers])
            if (row := view.node(group))
        }
        view.need_edges(said, [covers], OUT)
        quiet = [group for group, joint in said.items() if joint is None]
        yield from _unsaid(view, quiet, limits)
        for group, joint in said.items():
            if joint is None:
                continue
            rows = [r for r in view.edges(group, covers, OUT) if r.since <= view.day]
            served = sorted({r.target for r in view.live_edges(group, covers, OUT)})
            size = Size(len(served), 0)
            for limit in limits if rows else ():
                if (judged(limit, size) == "well") == joint:
                    continue
                named = "".join(f", {view.shown(place)}" for place in served)
                number = many(len(served), "{n:,} place", "{n:,} places")
                told = {"group": view.shown(group), "number": number, "named": named}
                code = OF_ONE if joint else OF_SEVERAL
                message = _told(limit, told, joint=joint is True)
                missed = size if joint else None
                yield of_limit(code, limit, group, message, missed)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living groups."""
        return living_of(census, self.name())


def _unsaid(
    view: View, groups: Sequence[str], limits: Sequence[Limit]
) -> Iterator[Finding]:
    """Name the groups that serve several places, from some day on, and don't say so."""
    places, covers = view.pack.questions.places, view.pack.questions.covers or ""
    several = {
        group: rows
        for group in groups
        if len(rows := view.edges(group, covers, OUT)) > 1
    }
    view.need_nodes({row.target for rows in several.values() for row in rows})
    for group, rows in several.items():
        place = places.place if places else None
        served = [r for r in rows if view.kind_or_none(r.target) == place]
        for limit in limits:
            here = _together(view, group, sorted(served), limit)
            if not here:
                continue
            message = say(
                "{group} doesn't say that it is joint and serves {places} from {day} "
                "on; with {bounds} it is {limit}.",
                group=view.shown(group),
                places=both(view.shown(row.target) for row in here),
                day=max(row.since for row in here),
                limit=limit.title,
                bounds=limit.bounds,
            )
            yield of_limit(UNSAID, limit, group, message)


def _together(
    view: View, group: str, rows: Sequence[EdgeRow], limit: Limit
) -> list[EdgeRow]:
    """Return what a group serves on the first day on which that makes it joint.

    And on which nothing is said of it: a later version may say it.
    """
    fact = view.pack.questions.places and view.pack.questions.places.joint
    for day, here in begun_from(rows, view.day):
        now = [row for row in view.versions(group) if row.since <= day < row.until]
        quiet = any(row.facts.get(fact or "") is None for row in now)
        if quiet and judged(limit, Size(len(here), 0)) == "well":
            return here
    return []


def _told(limit: Limit, told: dict[str, str], *, joint: bool) -> str:
    """Say how what a group says of itself and what it serves don't agree."""
    if joint:
        return say(
            "{group} says that it is joint and serves {number}{named}; {limit} wants "
            "{bounds}.",
            **told,
            limit=limit.title,
            bounds=limit.bounds,
        )
    return say(
        "{group} says that it isn't joint and serves {number}{named}; with {bounds} it "
        "is {limit}.",
        **told,
        limit=limit.title,
        bounds=limit.bounds,
    )
