"""How many edges of a kind a node may and must have."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import FOREVER, IN, OUT, Direction, EdgeRow
from .base import Reach, Rule
from .census import Census

TOO_MANY = Code(
    code="CARD01",
    meaning="A node has more edges of a kind on one day than the pack allows.",
)
TOO_FEW = Code(
    code="CARD02",
    meaning="A node has no edge of a kind on a day on which the pack wants one.",
)

_BOUNDED = {"1", "0..1", "1..*"}
_AT_MOST_ONE = {"1", "0..1"}
_AT_LEAST_ONE = {"1", "1..*"}


class Cardinality(Rule):
    """A node has as many edges of each kind, on every day, as the pack says."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at both ends of every kind of edge that has a bound."""
        for name, kind in sorted(view.pack.edges.items()):
            # Two parents are the fault of one_parent; none is ours where one is wanted.
            if kind.targets in (_AT_LEAST_ONE if kind.contains else _BOUNDED):
                sources = reach.of(kind.ends)
                yield from _bounds(view, sources, name, OUT, kind.targets)
            if kind.sources in _BOUNDED:
                ends = {end for targets in kind.ends.values() for end in targets}
                yield from _bounds(view, reach.of(ends), name, IN, kind.sources)

    def where(self, census: Census) -> Iterator[str]:
        """Look where edges of a kind are several, or no single one spans a life."""
        edges = sorted(census.pack.edges.items())
        single = [k for k, edge in edges if edge.targets in _AT_MOST_ONE]
        yield from census.crowded(
            [k for k in single if not census.pack.edges[k].contains], OUT
        )
        single = [k for k, edge in edges if edge.sources in _AT_MOST_ONE]
        yield from census.crowded(single, IN)
        for name, edge in edges:
            if edge.targets in _AT_LEAST_ONE:
                yield from census.lacking(edge.ends, name)
            if edge.sources in _AT_LEAST_ONE:
                ends = {end for targets in edge.ends.values() for end in targets}
                yield from census.lacking(ends, name, IN)


def _bounds(
    view: View, nodes: Sequence[str], kind: str, direction: Direction, bound: str
) -> Iterator[Finding]:
    view.need_edges(nodes, [kind], direction)
    contains = view.pack.edges[kind].contains and direction == OUT
    at_most_one = bound in _AT_MOST_ONE and not contains
    at_least_one, day = bound in _AT_LEAST_ONE, view.day
    for node in nodes:
        rows = view.edges(node, kind, direction)
        if len(rows) == 1 and rows[0].since <= day and rows[0].until == FOREVER:
            continue  # As it nearly always is: one, on every day.
        if at_most_one and len(rows) > 1:
            yield from _too_many(view, node, rows)
        if at_least_one:
            yield from _too_few(view, node, kind, rows)


def _too_many(view: View, node: str, rows: Sequence[EdgeRow]) -> Iterator[Finding]:
    ordered = sorted(rows, key=lambda row: (row.since, row.until))
    for row, following in pairwise(ordered):
        if following.since < row.until and following.until > view.day:
            message = say(
                "{node} has two {kind} from {since}: "
                "{source} → {target} and "
                "{source_2} → {target_2}.",
                node=view.shown(node),
                kind=row.kind,
                since=following.since,
                source=row.source,
                target=row.target,
                source_2=following.source,
                target_2=following.target,
            )
            yield TOO_MANY.at(node, message)


def _too_few(
    view: View, node: str, kind: str, rows: Sequence[EdgeRow]
) -> Iterator[Finding]:
    life = view.life(node)
    if life is None or life[1] <= max(view.day, life[0]):
        return
    gap = _first_gap(max(view.day, life[0]), life[1], rows)
    if gap is not None:
        message = say(
            "{node} has no {kind} on {gap}.",
            node=view.shown(node),
            kind=say(kind),
            gap=gap,
        )
        yield TOO_FEW.at(node, message)


def _first_gap(since: date, until: date, rows: Sequence[EdgeRow]) -> date | None:
    """Return the first day of [since, until) on which no row is in force."""
    here = since
    for row in sorted(rows, key=lambda row: row.since):
        if row.since > here:
            break
        here = max(here, row.until)
    return here if here < min(until, FOREVER) else None
