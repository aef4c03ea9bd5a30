"""The two kinds of row that stores, changes, reports and undo know."""

from datetime import date
from typing import Literal, NamedTuple, TypeVar

from .facts import PRECISION, UNTIL_PRECISION, Facts, without

Direction = Literal["out", "in"]
OUT: Direction = "out"
IN: Direction = "in"

NodeKey = tuple[str, date]
EdgeKey = tuple[str, str, str, date]
Key = NodeKey | EdgeKey


class NodeRow(NamedTuple):
    """One version of a node: its name, code and facts in [since, until).

    The versions of a node follow each other without a gap: its life is from the first
    `since` to the last `until`. A node founded and ended on one day keeps [d, d).
    `rev` is the revision that wrote the row, 0 while it is only planned.
    """

    id: str
    kind: str
    since: date
    until: date
    name: str
    code: str | None
    facts: Facts
    rev: int = 0

    @property
    def key(self) -> NodeKey:
        """Which row this is: (id, since)."""
        return (self.id, self.since)


class EdgeRow(NamedTuple):
    """One edge in [since, until); `rev` as in NodeRow."""

    kind: str
    source: str
    target: str
    since: date
    until: date
    facts: Facts
    rev: int = 0

    @property
    def key(self) -> EdgeKey:
        """Which row this is: (kind, source, target, since)."""
        return self[:4]


Row = NodeRow | EdgeRow
One = TypeVar("One", NodeRow, EdgeRow, Row)


def same_content(one: Row | None, other: Row | None) -> bool:
    """Tell whether two rows say the same, whichever revision wrote them."""
    if one is None or other is None:
        return one is other
    return one[:-1] == other[:-1]


def continues(earlier: Row, later: Row) -> bool:
    """Tell whether a row only goes on with what another of its slot says.

    Where they touch, the day must be known as exactly on both sides: that something
    ended in 2020 and began on 1 January 2021 isn't said by one row.
    """
    if earlier.until != later.since or earlier.since >= later.since:
        return False
    if isinstance(earlier, NodeRow) or isinstance(later, NodeRow):
        # The id, the kind, the name and the code.
        is_same = (*earlier[:2], *earlier[4:6]) == (*later[:2], *later[4:6])
    else:
        is_same = earlier[:3] == later[:3]
    precise = (PRECISION, UNTIL_PRECISION)
    return (
        is_same
        and earlier.facts.get(UNTIL_PRECISION) == later.facts.get(PRECISION)
        and without(earlier.facts, *precise) == without(later.facts, *precise)
    )


def united(earlier: One, later: Row) -> One:
    """Return the one row that says what a row and the one that continues it say."""
    facts = dict(without(earlier.facts, UNTIL_PRECISION))
    if UNTIL_PRECISION in later.facts:
        facts[UNTIL_PRECISION] = later.facts[UNTIL_PRECISION]
    return earlier._replace(until=later.until, facts=facts)
