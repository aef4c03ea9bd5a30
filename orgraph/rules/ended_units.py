"""Nothing stays joined to an ended unit but what the pack keeps there."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, IN, OUT, Direction
from ..pack import End
from .base import Reach, Rule
from .census import Census

LEFT = Code(
    code="ENDED01",
    meaning="Something is still joined to a unit that has ended.",
)

_ENDS: tuple[tuple[End, Direction], ...] = (("target", IN), ("source", OUT))


class EndedUnits(Rule):
    """Nothing stays on an ended unit but what the pack keeps there."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at all edges of the nodes whose end is recorded."""
        for kind, found in sorted(reach.by_kind.items()):
            nodes = [n for n in found if view.day <= reach.lives[n].until < FOREVER]
            for end, direction in _ENDS if nodes else ():
                kinds = view.pack.fated("closed", end, frozenset([kind]))
                view.need_edges(nodes, kinds, direction)
                for node in nodes:
                    yield from _left(view, node, kinds, direction)

    def where(self, census: Census) -> Iterator[str]:
        """Look at both ends of edges that one of them doesn't outlive."""
        for shape, *ends in census.misfits:
            if not (shape.source_stays and shape.target_stays):
                yield from ends


def _left(
    view: View, node: str, kinds: Sequence[str], direction: Direction
) -> Iterator[Finding]:
    ends = view.versions(node)[-1].until
    for kind in kinds:
        rows = view.edges(node, kind, direction)
        for row in sorted([row for row in rows if row.until > ends]):
            other = row.source if direction == IN else row.target
            message = say(
                "{node} ends on {ends}, and {other} stays joined to it by {kind}.",
                node=view.shown(node),
                ends=ends,
                other=view.shown(other),
                kind=say(kind),
            )
            yield LEFT.at(node, message)
