"""The two kinds of row that stores, changes, reports and undo know."""

from datetime import date
from typing import Literal, NamedTuple

from .facts import Facts

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


def same_content(one: Row | None, other: Row | None) -> bool:
    """Tell whether two rows say the same, whichever revision wrote them."""
    if one is None or other is None:
        return one is other
    return one[:-1] == other[:-1]
