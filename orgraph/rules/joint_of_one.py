"""A group that says it is joint serves several places, or isn't joint any longer."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
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


class JointOfOne(Rule):
    """A joint cell that comes to serve one place or none is said to, and doesn't stay.

    What it becomes isn't guessed. A cell of which nobody ever said what it serves may
    serve several.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the groups that change, or of which what they serve does."""
        places, covers = view.pack.questions.places, view.pack.questions.covers
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or places is None or covers is None or places.joint is None:
            return
        groups = [
            group
            for group in reach.borne([places.group], out=[covers])
            if (row := view.node(group)) and row.facts.get(places.joint) is True
        ]
        view.need_edges(groups, [covers], OUT)
        for group in groups:
            rows = [r for r in view.edges(group, covers, OUT) if r.since <= view.day]
            served = sorted({r.target for r in view.live_edges(group, covers, OUT)})
            for limit in limits if rows else ():
                size = Size(len(served), 0)
                if judged(limit, size) == "well":
                    continue
                number = say(
                    "{number} place{what}",
                    number=len(served),
                    what="" if len(served) == 1 else "s",
                )
                named = "".join(f", {view.shown(place)}" for place in served)
                message = say(
                    "{group} says that it is joint and serves {number}"
                    "{named}; {limit} wants {bounds}.",
                    group=view.shown(group),
                    number=number,
                    named=named,
                    limit=limit.title,
                    bounds=limit.bounds,
                )
                yield of_limit(OF_ONE, limit, group, message, size)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living groups."""
        return living_of(census, self.name())
