"""Finds what is wrong with the structure of imported rows, and where it stands."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..change import Change
from ..draft import Draft
from ..engine.codes import codes
from ..engine.ruling import rule_findings, touch
from ..model import OUT, EdgeRow, Key, NodeRow, Row
from ..rules import Reach
from ..rules.edge_ends import NO_END, OUTSIDE_LIFE, WRONG_END, EdgeEnds
from .places import Places

ENDS = {code.code for code in (NO_END, OUTSIDE_LIFE, WRONG_END)}
"""The codes that are found row by row, so that each has its own place."""


class Placed(NamedTuple):
    """New rows, and where all rows stand; `known` rows were in the store already.

    `joined` is how many rows only go on with another, and became one with it; what the
    store has and goes on in a new row is `replaced`.
    """

    rows: list[Row]
    at: dict[Key, int]
    known: int
    places: Places
    joined: int = 0
    replaced: Sequence[Row] = ()

    def place(self, key: Key) -> str:
        """Return where a row stands, empty if it is none of them."""
        at = self.at.get(key)
        return "" if at is None else self.places.text(at)


def faults(
    draft: Draft,
    placed: Placed,
    changes: Sequence[Change],
    unread: Collection[str],
) -> Iterator[str]:
    """Yield what the structure rules find in the new rows, with their places.

    Nothing is said of the `unread`: nodes that a row speaks of which can't be read.
    """
    yield from _gaps(draft, placed, unread)
    edges = EdgeEnds()
    for row in placed.rows:
        if isinstance(row, EdgeRow):
            for finding in edges.check(draft, Reach([], [row])):
                if finding.subject not in unread:
                    place = placed.place(row.key)
                    yield f"{place}: {finding.message} [{finding.code}]"
            yield from _overlaps(draft, placed, row)
    lines: Mapping[str, int] = {}
    for finding in rule_findings(draft, touch(changes)):
        structural = finding.blocks and codes()[finding.code].structural
        if structural and finding.subject not in unread and finding.code not in ENDS:
            # A fault may show at a node that the tables only bear on: say the last row.
            lines = lines or _places_by_node(placed)
            last = lines.get(finding.subject) or [*placed.at.values()][-1]
            yield f"{placed.places.text(last)}: {finding.message} [{finding.code}]"


def _gaps(draft: Draft, placed: Placed, unread: Collection[str]) -> Iterator[str]:
    """Refuse versions of a node that overlap or leave a gap: a life is unbroken."""
    nodes = {row.id for row in placed.rows if isinstance(row, NodeRow)}
    for node in sorted(nodes - set(unread)):
        rows = draft.versions(node)
        for row, following in pairwise(rows):
            if row.until != following.since:
                what = "overlaps" if row.until > following.since else "leaves a gap to"
                place = placed.place(following.key) or placed.place(row.key)
                yield (
                    f"{place}: {node} from {row.since} to {row.until} {what} the "
                    f"version from {following.since}"
                )


def _overlaps(draft: Draft, placed: Placed, row: EdgeRow) -> Iterator[str]:
    """Refuse a second edge of the kind between the same two on one day.

    Passages between them on several days are several events; parents are judged by
    a rule.
    """
    if draft.pack.edges[row.kind].contains or row.kind == draft.pack.lineage:
        return
    for other in draft.edges(row.source, row.kind, OUT):
        if (
            other.target == row.target
            and other.key < row.key
            and other.since < row.until
            and row.since < other.until
        ):
            yield (
                f"{placed.place(row.key)}: {row.kind} from {row.source} to "
                f"{row.target} overlaps the one from {other.since}"
            )


def _places_by_node(placed: Placed) -> Mapping[str, int]:
    """Return, for each node, the place of the last row that speaks of it."""
    at: dict[str, int] = {}
    for row in placed.rows:
        if isinstance(row, NodeRow):
            at.setdefault(row.id, placed.at[row.key])
    for row in placed.rows:
        if isinstance(row, EdgeRow):
            at[row.source] = placed.at[row.key]
    return at
