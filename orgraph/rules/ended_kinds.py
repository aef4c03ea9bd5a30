"""No unit is there of a kind whose time the law has ended."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census

GONE = Code(
    code="GONE01",
    meaning="There is a unit of a kind that the law has ended.",
    hint=(
        "Found none of it. abolish_tier ends all that a parent still has, and what "
        "is below them comes under it."
    ),
    severity="error",
    structural=False,
)


class EndedKinds(Rule):
    """There is no unit of a kind that the law has ended.

    One that is there already is named where a plan touches it, and blocks nothing; on
    the day of the law itself it isn't named yet, for what that day ends was there.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the living units of the kinds that have ended."""
        for ending in view.pack.endings:
            if not ending.is_asked(view.day):
                continue
            for unit in reach.of([ending.kind]):
                if view.node(unit) is None or (
                    view.day == ending.since and view.versions(unit)[0].since < view.day
                ):
                    continue
                yield GONE.at(
                    unit,
                    say(
                        "{unit} is a {kind}, and is there on {day}; {ending} on "
                        "{since}.",
                        unit=view.shown(unit),
                        kind=view.pack.nodes[ending.kind].label,
                        day=view.day,
                        ending=ending.title,
                        since=ending.since,
                    ),
                    hint=ending.exemptions or None,
                    source=ending.source,
                    severity=ending.severity,
                    about=ending.id,
                )

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living units of the kinds that have ended on the day."""
        asked = {e.kind for e in census.pack.endings if e.is_asked(census.day)}
        return census.living(asked)
