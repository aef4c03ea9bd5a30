"""An edge joins the kinds that the pack allows, while both its ends live."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..model import EdgeRow
from .base import Reach, Rule

WRONG_END = Code(
    code="EDGE01",
    meaning="An edge joins kinds of node that the pack doesn't let it join.",
)
NO_END = Code(
    code="EDGE02",
    meaning="An edge names a node that doesn't exist.",
)
OUTSIDE_LIFE = Code(
    code="EDGE03",
    meaning="An edge is in force on a day on which one of its ends doesn't live.",
)


class EdgeEnds(Rule):
    """An edge joins kinds that the pack allows, inside the life of both its ends."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at both ends of each edge."""
        view.need_nodes({end for row in reach.edges for end in row[1:3]})
        for row in reach.edges:
            if row.until < view.day:
                continue
            missing = [end for end in row[1:3] if not view.versions(end)]
            for end in missing:
                message = (
                    f"{row.kind} from {row.source} to {row.target}: no node {end}."
                )
                yield NO_END.at(end, message)
            if not missing:
                yield from self._ends(view, row)

    def _ends(self, view: View, row: EdgeRow) -> Iterator[Finding]:
        kind = view.pack.edges[row.kind]
        source, target = view.kind(row.source), view.kind(row.target)
        if not view.pack.may_join(row.kind, source, target):
            message = (
                f"{row.kind} can't join {view.shown(row.source)}, a {source}, to "
                f"{view.shown(row.target)}, a {target}."
            )
            yield WRONG_END.at(row.source, message)
        for end, outlives in (
            (row.source, kind.outlives("source")),
            (row.target, kind.outlives("target")),
        ):
            life = view.life(end)
            if life is None:
                continue
            late = row.until > life[1] and not outlives
            if row.since < life[0] or late:
                message = (
                    f"{row.kind} from {view.shown(row.source)} to "
                    f"{view.shown(row.target)} is in force outside the life of {end}, "
                    f"{life[0]} to {life[1]}."
                )
                yield OUTSIDE_LIFE.at(end, message)
