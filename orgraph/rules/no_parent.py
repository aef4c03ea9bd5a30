"""A unit of a kind that stands under another has something above it."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from .base import Reach, Rule

ORPHAN = Code(
    code="PARENT03",
    meaning="A unit that should be under another has nothing above it.",
    severity="warning",
)


class NoParent(Rule):
    """A living unit is under another, where its kind can be; people may be in none."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look for units without a parent on the day."""
        # Where a parent is wanted by the pack, its lack is the fault of cardinality:
        # so a pack says that its people are members of something.
        wanted = {
            kind
            for name in view.pack.contains_kinds
            if (edge := view.pack.edges[name]).targets != "1"
            for kind in edge.ends
            if kind not in view.pack.heads
        }
        for node in reach.of(wanted):
            if view.parent(node) is None and view.node(node) is not None:
                message = f"{view.shown(node)} is under nothing on {view.day}."
                yield ORPHAN.at(node, message)
