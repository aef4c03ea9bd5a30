"""Two are never joined on one day by edges of kinds that the pack keeps apart."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from .base import Reach, Rule
from .census import Census

BOTH = Code(
    code="APART01",
    meaning="Edges of two kinds join the same two on one day, and the pack keeps "
    "these kinds apart.",
    hint="Correct what is recorded: let the one end where the other begins.",
)


class KeptApart(Rule):
    """Nobody attends the own cell: kinds of edge that are kept apart don't overlap."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the sources of edges of these kinds, from the day on."""
        for kind in sorted(view.pack.kept_apart):
            other = view.pack.edges[kind].apart_from
            if other is not None:
                yield from _overlapping(view, reach, kind, other)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the sources of the edges that are kept apart from others."""
        kinds = census.pack.kept_apart
        return (source for _, source, _ in census.joined(kinds)) if kinds else iter(())


def _overlapping(view: View, reach: Reach, kind: str, other: str) -> Iterator[Finding]:
    near = {row.source for k in (kind, other) for row in reach.by_edge.get(k, ())}
    view.need_edges(near, [kind], OUT)
    # Nearly nobody has an edge of this kind, and nearly everybody one of the other.
    sources = sorted(node for node in near if view.edges(node, kind, OUT))
    view.need_edges(sources, [other], OUT)
    for source in sources:
        overlaps = {
            row.target: max(row.since, own.since, view.day)
            for own in sorted(view.edges(source, other, OUT), reverse=True)
            for row in sorted(view.edges(source, kind, OUT), reverse=True)
            if row.target == own.target
            and max(row.since, own.since, view.day) < min(row.until, own.until)
        }
        for target, day in sorted(overlaps.items()):
            message = say(
                "{source} is joined to {target} by {kind} and by {other} from {day} "
                "on: only one of them may join the two.",
                source=view.shown(source),
                target=view.shown(target),
                kind=say(kind),
                other=say(other),
                day=day,
            )
            yield BOTH.at(source, message, about=target)
