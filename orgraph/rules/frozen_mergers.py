"""Units of a kind aren't merged while the law has frozen them."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from .base import Reach, Rule
from .census import Census
from .forming import formed

FROZEN = Code(
    code="FREEZE01",
    meaning="Units are merged of a kind whose mergers are stopped on the day.",
    hint="Leave the merger out, or let it take effect when the stop has ended.",
    severity="warning",
    structural=False,
)


class FrozenMergers(Rule):
    """No units are merged of a kind whose mergers are stopped."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at every merger of the day."""
        for freeze in view.pack.freezes:
            if not freeze.is_asked(view.day):
                continue
            for one in formed(view, reach, {freeze.kind}):
                if one.is_merger:
                    yield FROZEN.at(
                        one.unit,
                        say(
                            "{unit} is merged of "
                            "{counted} on "
                            "{day}; {freeze} since {since}.",
                            unit=view.shown(one.unit),
                            counted=view.pack.nodes[freeze.kind].counted(
                                len(one.whole)
                            ),
                            day=view.day,
                            freeze=freeze.title,
                            since=freeze.since,
                        ),
                        hint=freeze.exemptions or None,
                        source=freeze.source,
                        severity=freeze.severity,
                    )

    def where(self, census: Census) -> Iterator[str]:
        """Look at what units of the kinds that are frozen on the day are formed of."""
        asked = [f.kind for f in census.pack.freezes if f.is_asked(census.day)]
        return census.givers(asked)
