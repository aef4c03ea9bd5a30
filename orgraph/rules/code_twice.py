"""Two units of one kind that live on the same day have codes of their own."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..pack import Pack
from .base import Reach, Rule
from .census import Census

TWICE = Code(
    code="CODE01",
    meaning="Two living units of one kind have the same code.",
    hint="Give one of them another code; a code is free again once its unit has ended.",
    severity="warning",
)
MOST_NAMED = 3


class CodeTwice(Rule):
    """No two living units of one kind have the same code on the day.

    Codes pass on over time, and units of different kinds may share one. Documents have
    their number as their code, and people no official one: neither is looked at.
    """

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look for others with the codes of the units, all at once."""
        units = reach.of(_kinds(view.pack))
        rows = [row for node in units if (row := view.node(node)) and row.code]
        sharing = view.with_codes({row.code for row in rows if row.code})
        for row in rows:
            others = sorted(
                other.id
                for other in sharing[row.code or ""]
                if other.kind == row.kind and other.id != row.id
            )
            if others:
                named = [view.shown(other) for other in others[:MOST_NAMED]]
                more = len(others) - len(named)
                shown = ", ".join([*named, *([f"… {more} more"] if more else [])])
                message = (
                    f"{view.shown(row.id)} has the code {row.code}, as has {shown}."
                )
                yield TWICE.at(row.id, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at all living units."""
        return census.living(_kinds(census.pack))


def _kinds(pack: Pack) -> set[str]:
    return {kind for kind, node in pack.nodes.items() if node.role == "unit"}
