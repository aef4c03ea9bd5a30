"""An edge joins the kinds that the pack allows, while both its ends live."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..model import EdgeRow, NodeRow
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
            source, target = view.versions(row.source), view.versions(row.target)
            if source and target:
                if not _fits(view, row, source, target):
                    yield from _misfits(view, row, source, target)
                continue
            for end, versions in ((row.source, source), (row.target, target)):
                if not versions:
                    message = f"{row.kind} from {row.source} to {row.target}: "
                    yield NO_END.at(end, f"{message}no node {end}.")


def _fits(
    view: View, row: EdgeRow, source: Sequence[NodeRow], target: Sequence[NodeRow]
) -> bool:
    """Tell whether all is well, which it nearly always is."""
    return (
        target[0].kind in view.pack.edges[row.kind].ends.get(source[0].kind, ())
        and source[0].since <= row.since >= target[0].since
        and source[-1].until >= row.until <= target[-1].until
    )


def _misfits(view: View, row: EdgeRow, *lives: Sequence[NodeRow]) -> Iterator[Finding]:
    kind = view.pack.edges[row.kind]
    source, target = lives[0][0].kind, lives[1][0].kind
    if target not in kind.ends.get(source, ()):
        message = (
            f"{row.kind} can't join {view.shown(row.source)}, a {source}, to "
            f"{view.shown(row.target)}, a {target}."
        )
        yield WRONG_END.at(row.source, message)
    for versions, outlives in zip(lives, kind.outliving, strict=True):
        since, until = versions[0].since, versions[-1].until
        if row.since < since or (row.until > until and not outlives):
            end = versions[0].id
            message = (
                f"{row.kind} from {view.shown(row.source)} to "
                f"{view.shown(row.target)} is in force outside the life of {end}, "
                f"{since} to {until}."
            )
            yield OUTSIDE_LIFE.at(end, message)
