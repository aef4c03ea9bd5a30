"""Two units of one kind that live on the same day have codes of their own."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule

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
        kinds = {kind for kind, node in view.pack.nodes.items() if node.role == "unit"}
        rows = [row for node in reach.of(kinds) if (row := view.node(node))]
        sharing = view.with_codes({row.code for row in rows if row.code})
        for row in rows:
            others = sorted(
                other.id
                for other in sharing.get(row.code or "", ())
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
