"""One parent a day, and no unit above itself."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, OUT, EdgeRow, Span
from .base import Reach, Rule
from .census import Census

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
        """Look at the parents of each node, and upwards where kinds can nest."""
        nesting = reach.of(view.pack.nesting)
        met = view.need_ancestors(nesting)
        for node in reach.lives:
            rows = view.parents(node)
            if len(rows) > 1 and not _follow(rows):
                yield from _two(view, node)
        # Who is above nobody of all these isn't above itself.
        above = {row.target for node in met for row in view.parents(node)}
        for node in nesting:
            if node not in above:
                continue
            circle = _circle(view, node, (node,), view.day, FOREVER)
            if circle and node == min(circle):
                shown = " → ".join([*circle, node])
                message = say(
                    "{node} is above itself: {shown}.",
                    node=view.shown(node),
                    shown=shown,
                )
                yield CYCLE.at(node, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look where there are several parents, and at all kinds that can nest."""
        yield from census.crowded(census.pack.contains_kinds, OUT)
        yield from census.of_kinds(census.pack.nesting, Span.always())


def _follow(rows: Sequence[EdgeRow]) -> bool:
    """Tell whether these are two of which one ends before the other begins."""
    if len(rows) != 2:  # noqa: PLR2004 - of more it is looked at each pair
        return False
    one, other = rows
    return one.until <= other.since or other.until <= one.since


def _two(view: View, node: str) -> Iterator[Finding]:
    rows = sorted(view.parents(node), key=lambda row: (row.since, row.until))
    for row, following in pairwise(rows):
        if following.since < row.until and following.until > view.day:
            message = say(
                "{node} is under {target} and under {target_2} from {since}.",
                node=view.shown(node),
                target=view.shown(row.target),
                target_2=view.shown(following.target),
                since=following.since,
            )
            yield TWO_PARENTS.at(node, message)


def _circle(
    view: View, start: str, path: tuple[str, ...], since: date, until: date
) -> tuple[str, ...] | None:
    """Return the way from a node up to itself on some day of [since, until)."""
    for row in view.parents(path[-1]):
        first, last = max(since, row.since), min(until, row.until)
        if first >= last:
            continue
        if row.target == start:
            return path
        if row.target not in path:
            found = _circle(view, start, (*path, row.target), first, last)
            if found:
                return found
    return None
