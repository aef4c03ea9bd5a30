"""An edge joins the kinds that the pack allows, while both its ends live."""

from collections.abc import Iterator
from functools import cache

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import EdgeRow
from .base import Life, Reach, Rule, lives_of
from .census import Census

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
        ends = {row[1] for row in reach.edges} | {row[2] for row in reach.edges}
        others = ends.difference(reach.lives)
        view.need_nodes(others)
        lives = {**reach.lives, **lives_of(view, others)}
        may_join, day = cache(view.pack.may_join), view.day
        for row in reach.edges:
            kind, source, target, since, until, _, _ = row
            if until < day:
                continue
            if source not in lives or target not in lives:
                for end in (source, target):
                    if end not in lives:
                        message = say(
                            "{kind} from {source} to {target}: no node {end}.",
                            kind=kind,
                            source=source,
                            target=target,
                            end=end,
                        )
                        yield NO_END.at(end, message)
                continue
            one, other = lives[source], lives[target]
            # Whether all is well, which it nearly always is, is asked of each edge.
            if not (
                one[1] <= since >= other[1]
                and one[2] >= until <= other[2]
                and may_join(kind, one[0], other[0])
            ):
                yield from _misfits(view, row, one, other)

    def where(self, census: Census) -> Iterator[str]:
        """Look where edges are of a shape that isn't sound."""
        return (source for _, source, _ in census.misfits)


def _misfits(view: View, row: EdgeRow, *lives: Life) -> Iterator[Finding]:
    source, target = (life.kind for life in lives)
    if not view.pack.may_join(row.kind, source, target):
        message = say(
            "{kind} can't join {source}, a {source_2}, to {target}, a {target_2}.",
            kind=say(row.kind),
            source=view.shown(row.source),
            source_2=say(source),
            target=view.shown(row.target),
            target_2=say(target),
        )
        yield WRONG_END.at(row.source, message)
    outliving = view.pack.edges[row.kind].outliving
    for end, life, outlives in zip(row[1:3], lives, outliving, strict=True):
        _, since, until = life
        if row.since < since or (row.until > until and not outlives):
            message = say(
                "{kind} from {source} to "
                "{target} is in force outside the life of {end}, "
                "{since} to {until}.",
                kind=row.kind,
                source=view.shown(row.source),
                target=view.shown(row.target),
                end=end,
                since=since,
                until=until,
            )
            yield OUTSIDE_LIFE.at(end, message)
