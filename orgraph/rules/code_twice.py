"""Two units of one kind that live on the same day have codes of their own."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import many
from ..model import NodeRow
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
        """Look for others with the codes of the units; a code is said once."""
        units = reach.of(_kinds(view.pack))
        rows = [row for node in units if (row := view.node(node)) and row.code]
        sharing = view.with_codes({row.code for row in rows if row.code})
        said: set[tuple[str, str | None]] = set()
        for row in rows:
            others = sorted(
                other.id
                for other in sharing[row.code or ""]
                if other.kind == row.kind and other.id != row.id
            )
            if not others or (row.kind, row.code) in said:
                continue
            if reach.bearing is None and others[0] < row.id:
                continue  # An audit comes by the first of them, in whichever batch.
            said.add((row.kind, row.code))
            yield self._shared(view, row, others)

    @staticmethod
    def _shared(view: View, row: NodeRow, others: Sequence[str]) -> Finding:
        """Say who has the code of a unit too; of another who joins them it is new."""
        named = [view.shown(other) for other in others[:MOST_NAMED]]
        if more := len(others) - len(named):
            named.append(many(more, "… {n} more", "… {n} more"))
        message = many(
            len(others),
            "{unit} has the code {code}, as has {others}.",
            "{unit} has the code {code}, as have {others}.",
            unit=view.shown(row.id),
            code=row.code,
            others=named,
        )
        found = TWICE.at(row.id, message)
        # What the unit shares now is said: that it shared it with fewer is no cure.
        told = {"about": " ".join(others), "covers": (row.id,)}
        return found.model_copy(update=told)

    def where(self, census: Census) -> Iterator[str]:
        """Look at all living units."""
        return census.living(_kinds(census.pack))


def _kinds(pack: Pack) -> set[str]:
    return {kind for kind, node in pack.nodes.items() if node.role == "unit"}
