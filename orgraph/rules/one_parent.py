"""One parent a day, and no unit above itself."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..model import OUT
from .base import Reach, Rule

TWO_PARENTS = Code(
    code="PARENT01",
    meaning="A node has two parents on one day.",
)
CYCLE = Code(
    code="PARENT02",
    meaning="A node is above itself.",
)


class OneParent(Rule):
    """A node has one parent on any day, and is never below itself."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the parents of each node, and upwards from it."""
        view.need_ancestors(reach.nodes)
        clear: set[str] = set()
        for node in reach.nodes:
            yield from self._two(view, node)
            yield from self._cycle(view, node, clear)

    def _two(self, view: View, node: str) -> Iterator[Finding]:
        versions = view.versions(node)
        kind = view.pack.parent_edge(versions[0].kind) if versions else None
        rows = view.edges(node, kind, OUT) if kind else []
        if len(rows) < 2:  # noqa: PLR2004 - one row can't overlap
            return
        rows = sorted(rows, key=lambda row: (row.since, row.until))
        for row, following in zip(rows, rows[1:], strict=False):
            if following.since < row.until and following.until > view.day:
                message = (
                    f"{view.shown(node)} is under {view.shown(row.target)} and under "
                    f"{view.shown(following.target)} from {following.since}."
                )
                yield TWO_PARENTS.at(node, message)

    def _cycle(self, view: View, node: str, clear: set[str]) -> Iterator[Finding]:
        path: dict[str, None] = {}
        here: str | None = node
        while here is not None and here not in clear:
            if here in path:
                circle = [*path][[*path].index(here) :]
                if node == min(circle):
                    shown = " → ".join([*circle, here])
                    message = f"{view.shown(node)} is above itself: {shown}."
                    yield CYCLE.at(node, message)
                break
            path[here] = None
            edge = view.parent(here)
            here = edge.target if edge else None
        else:
            clear.update(path)
