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
    """A living unit is under another, where its kind can be."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look for units without a parent on the day."""
        view.need_nodes(reach.nodes)
        view.need_edges(reach.nodes, view.pack.contains_kinds, "out")
        for node in reach.nodes:
            row = view.node(node)
            edge = view.pack.parent_edge(row.kind) if row else None
            if edge and view.pack.edges[edge].targets != "1" and not view.parent(node):
                message = f"{view.shown(node)} is under nothing on {view.day}."
                yield ORPHAN.at(node, message)
