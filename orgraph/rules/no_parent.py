"""A unit of a kind that stands under another has something above it."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..pack import Pack
from .base import Reach, Rule
from .census import Census

ORPHAN = Code(
    code="PARENT03",
    meaning="A unit that should be under another has nothing above it.",
    severity="warning",
)


class NoParent(Rule):
    """A living unit is under another, where its kind can be; people may be in none."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look for units without a parent on the day."""
        for node in reach.of({kind for _, kind in _wanted(view.pack)}):
            if view.parent(node) is None and view.node(node) is not None:
                message = say(
                    "{node} is under nothing on {day}.",
                    node=view.shown(node),
                    day=view.day,
                )
                yield ORPHAN.at(node, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at units that no single edge keeps under another for all their life."""
        for edge, kind in _wanted(census.pack):
            yield from census.lacking([kind], edge)


def _wanted(pack: Pack) -> Iterator[tuple[str, str]]:
    """Yield the edges to a parent, each with a kind that should have one.

    Where a parent is wanted by the pack, its lack is the fault of cardinality: so a
    pack says that its people are members of something.
    """
    for name in pack.contains_kinds:
        if pack.edges[name].targets != "1":
            for kind in sorted(pack.edges[name].ends.keys() - pack.heads):
                yield name, kind
