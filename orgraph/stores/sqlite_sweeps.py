"""What the SQLite store answers an audit: statements that may read whole tables.

They stand apart from those of the schema, of which none scans a table but those that
fill or export a store. A plus before a column keeps SQLite from using its index.
"""

import json
import sqlite3
from abc import ABC
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ..draft.whole import Shape
from ..model import IN, OUT, Direction, EdgeRow, NodeRow, Row, Span
from .base import Store
from .sqlite_errors import Plainly
from .sqlite_faults import faults
from .sqlite_lines import lines
from .sqlite_rows import edge_row, node_row
from .sqlite_schema import EDGE, NODE

ALL_IDS = "SELECT DISTINCT id FROM node ORDER BY id"
# Few nodes have several versions: the life of all others is that of the one.
_SEVERAL = (
    "WITH several(id, since, until) AS (SELECT n.id, min(n.since), "
    "(SELECT m.until FROM node m WHERE m.id = n.id ORDER BY m.since DESC LIMIT 1) "
    "FROM node n GROUP BY n.id HAVING count(*) > 1)"
)
_SHAPE = (
    "e.kind, s.kind, t.kind, coalesce(e.since >= s.since AND e.since >= t.since, 0), "
    "coalesce(e.until <= coalesce(x.until, s.until), 0), "
    "coalesce(e.until <= coalesce(y.until, t.until), 0)"
)
_JOINED = (
    "FROM edge e LEFT JOIN several x ON x.id = e.source "
    "LEFT JOIN several y ON y.id = e.target "
    "LEFT JOIN node s ON s.id = e.source AND s.since = coalesce(x.since, s.since) "
    "LEFT JOIN node t ON t.id = e.target AND t.since = coalesce(y.since, t.since) "
    "WHERE +e.until >= :day AND +e.since < '9999-12-31'"
)
SHAPES = f"{_SEVERAL} SELECT {_SHAPE} {_JOINED}"
_KINDS = "IN (SELECT value FROM json_each(:kinds))"
SHAPED = f"{_SEVERAL} SELECT {_SHAPE}, e.source, e.target {_JOINED} AND e.kind {_KINDS}"
CROWDED = {
    direction: (
        f"SELECT DISTINCT {near} FROM (SELECT e.{near} FROM edge e "
        f"WHERE e.kind {_KINDS} AND +e.until >= :day AND +e.since < '9999-12-31' "
        f"GROUP BY e.{near}, e.kind HAVING count(*) > 1)"
    )
    for direction, near in ((OUT, "source"), (IN, "target"))
}
TURNING = (
    f"SELECT DISTINCT e.source FROM edge e WHERE e.kind {_KINDS} "
    "AND (+e.since = :day OR +e.until = :day) AND +e.since < '9999-12-31' "
    "ORDER BY e.source"
)
LACKING = {
    direction: (
        f"SELECT n.id FROM node n WHERE n.kind {_KINDS} AND n.until > :day "
        "AND NOT EXISTS (SELECT 1 FROM node m WHERE m.id = n.id AND m.since > n.since) "
        f"AND NOT EXISTS (SELECT 1 FROM edge e WHERE e.{near} = n.id "
        "AND e.kind = :edge AND e.until >= n.until AND e.since <= max(:day, "
        "(SELECT min(f.since) FROM node f WHERE f.id = n.id))) ORDER BY n.id"
    )
    for direction, near in ((OUT, "source"), (IN, "target"))
}
COUNT_JOINED = (
    "SELECT e.target, n.kind, count(*) FROM edge e "
    "CROSS JOIN node n ON n.id = e.source "
    f"WHERE e.kind IN (SELECT value FROM json_each(:edges)) AND n.kind {_KINDS} "
    "AND +e.until > :since AND +e.since < :until "
    "AND n.until > :since AND n.since < :until GROUP BY 1, 2"
)
# What has no end yet touches nothing, and isn't read.
TOUCHING_NODES = (
    f"SELECT {NODE}, {NODE.replace('n.', 'm.')} FROM node n "
    "CROSS JOIN node m ON m.id = n.id AND m.since = n.until "
    "WHERE n.until < '9999-12-31' AND m.name = n.name ORDER BY n.id, n.since"
)
TOUCHING_EDGES = (
    f"SELECT {EDGE}, {EDGE.replace('e.', 'f.')} FROM edge e CROSS JOIN edge f "
    "ON f.source = e.source AND f.kind = e.kind AND f.target = e.target "
    "AND f.since = e.until WHERE e.until < '9999-12-31' "
    "ORDER BY e.kind, e.source, e.target, e.since"
)
SWEEPS = (
    *(ALL_IDS, SHAPES, SHAPED, *CROWDED.values(), TURNING, *LACKING.values()),
    *(COUNT_JOINED, TOUCHING_NODES, TOUCHING_EDGES),
)


class SweptFile(Store, ABC):
    """The part of a SQLite store that an audit asks."""

    path: str
    _db: sqlite3.Connection

    def _sweep(self, statement: str, **asked: str) -> Iterator[tuple[Any, ...]]:
        with Plainly(self.path):
            for row in self._db.execute(statement, asked):  # noqa: UP028 - which
                # closes the cursor, be the store open or not, when a reader leaves
                yield row

    def touching(self) -> Iterator[tuple[Row, Row]]:
        """See Whole."""
        for found in self._sweep(TOUCHING_NODES):
            half = len(NodeRow._fields)
            yield node_row(found[:half]), node_row(found[half:])
        for found in self._sweep(TOUCHING_EDGES):
            half = len(EdgeRow._fields)
            yield edge_row(found[:half]), edge_row(found[half:])

    def faults(self) -> Iterator[str]:
        """See Whole."""
        with Plainly(self.path):
            yield from faults(self._db, self.pack)

    def all_ids(self) -> Iterator[str]:
        """See Whole."""
        return (node for (node,) in self._sweep(ALL_IDS))

    def shapes(self, day: date) -> Mapping[Shape, int]:
        """See Whole."""
        counted = Counter(self._sweep(SHAPES, day=day.isoformat()))
        return {_shape(row): number for row, number in counted.items()}

    def shaped(
        self, shapes: Collection[Shape], day: date
    ) -> Iterator[tuple[Shape, str, str]]:
        """See Whole."""
        kinds = json.dumps(sorted({shape.kind for shape in shapes}))
        asked = {"kinds": kinds, "day": day.isoformat()}
        known: dict[tuple[Any, ...], Shape] = {shape: shape for shape in shapes}
        for *ends, source, target in self._sweep(SHAPED, **asked):
            shape = known.get(tuple(ends))
            if shape is not None:
                yield shape, source, target

    def crowded(
        self, kinds: Sequence[str], direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        asked = {"kinds": json.dumps(kinds), "day": day.isoformat()}
        return (node for (node,) in self._sweep(CROWDED[direction], **asked))

    def turning(self, kinds: Sequence[str], day: date) -> Iterator[str]:
        """See Whole."""
        asked = {"kinds": json.dumps(kinds), "day": day.isoformat()}
        return (node for (node,) in self._sweep(TURNING, **asked))

    def lacking(
        self, kinds: Sequence[str], edge: str, direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        asked = {"kinds": json.dumps(kinds), "edge": edge, "day": day.isoformat()}
        return (node for (node,) in self._sweep(LACKING[direction], **asked))

    def count_joined(
        self, edges: Sequence[str], kinds: Sequence[str], on: Span
    ) -> Mapping[tuple[str, str], int]:
        """See Whole."""
        asked = {
            "edges": json.dumps(edges),
            "kinds": json.dumps(kinds),
            "since": on.since.isoformat(),
            "until": on.until.isoformat(),
        }
        rows = self._sweep(COUNT_JOINED, **asked)
        return {(target, kind): int(number) for target, kind, number in rows}

    def lines(self, number: int) -> Iterator[str]:
        """See Whole."""
        with Plainly(self.path):
            yield from lines(self._db, number)


def _shape(row: Sequence[str | None]) -> Shape:
    kind, source, target, *fits = row
    begins, source_stays, target_stays = map(bool, fits)
    return Shape(str(kind), source, target, begins, source_stays, target_stays)
