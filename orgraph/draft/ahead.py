"""Reads more than is asked for, so that a store behind a network is asked less often.

A plan reads a frontier at a time: the units that it names, what joins them, what is at
the other ends. Each is a small question, and there are dozens of them. `Ahead` asks
for all that stands around the nodes of a frontier at once, and answers what comes next
from what it has; where an answer could be long (who reaches a node) it asks by kind.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from ..change import Change
from ..model import OUT, Direction, EdgeRow, NodeRow, Span
from ..pack import Pack
from .reader import Reader, Revision, TallyRow


class Around(NamedTuple):
    """What stands around nodes, as `Far.around` says; `whole` are all it speaks of."""

    whole: Collection[str]
    nodes: Collection[NodeRow]
    edges: Collection[EdgeRow]
    tallies: Collection[TallyRow]


class Far(Reader, Protocol):
    """A reader for which every question is a round trip."""

    def around(
        self, ids: Collection[str], reaching: Sequence[str], since: int, on: Span
    ) -> Around:
        """Return what stands around nodes, in one round trip.

        `whole` are the ids, the sources of the edges of the kinds `reaching` that reach
        them, and all that these are below. Of each there are the edges that leave it,
        the edges of lineage that reach it, and its tallies as `tallies` gives them from
        `since` on; beside these the edges of the kinds `reaching` into the ids. `nodes`
        are all versions of all of these and of the other ends of the edges. Edges are
        those that overlap `on`.
        """
        ...


class Ahead(Reader):
    """The rows of a far store around what a plan of one day asks for."""

    def __init__(self, far: Far, day: date) -> None:
        """Know nothing yet."""
        self.far = far
        self._span = Span.touching(day)
        self._since = day.toordinal()
        self._head: int | None = None
        self._revisions: dict[int, Revision | None] = {}
        self._versions: dict[str, list[NodeRow]] = {}
        self._whole: set[str] = set()
        self._out: defaultdict[str, dict[tuple[str, str, date], EdgeRow]]
        self._out = defaultdict(dict)
        self._in: defaultdict[tuple[str, str], dict[tuple[str, date], EdgeRow]]
        self._in = defaultdict(dict)
        self._reached: defaultdict[str, set[str]] = defaultdict(set)
        self._tallies: defaultdict[str, list[TallyRow]] = defaultdict(list)
        self._codes: dict[tuple[str, Span], list[NodeRow]] = {}

    @property
    def pack(self) -> Pack:
        """See Reader."""
        return self.far.pack

    def reader_for(self, day: date) -> Reader:
        """See Reader."""
        return Ahead(self.far, day)

    def head(self) -> int:
        """See Reader."""
        if self._head is None:
            self._head = self.far.head()
        return self._head

    def revision(self, number: int) -> Revision | None:
        """See Reader."""
        if number not in self._revisions:
            self._revisions[number] = self.far.revision(number)
        return self._revisions[number]

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        self._look(node for node in ids if node not in self._versions)
        return [
            row for node in set(ids) for row in self._versions[node] if _is_on(row, on)
        ]

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        if on.since < self._span.since:
            return self.far.edges(ids, kinds, direction, on)
        if direction == OUT:
            self._look(ids)
            wanted = set(kinds)
            return [
                row
                for node in set(ids)
                for row in self._out[node].values()
                if row.kind in wanted and _is_on(row, on)
            ]
        unread = {node for node in ids if not self._has_reached(node, kinds)}
        self._look(unread, kinds)
        return [
            row
            for node in set(ids)
            for kind in set(kinds)
            for row in self._in[node, kind].values()
            if _is_on(row, on)
        ]

    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """See Reader; what reaches nodes and wasn't read is counted by the store."""
        known = direction == OUT or all(self._has_reached(n, kinds) for n in ids)
        if not known or on.since < self._span.since:
            return self.far.count_edges(ids, kinds, direction, on)
        counts: defaultdict[str, int] = defaultdict(int)
        for row in self.edges(ids, kinds, direction, on):
            counts[row.kind] += 1
        return dict(counts)

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """See Reader."""
        if since != self._since:
            return self.far.tallies(units, since)
        self._look(units)
        return [row for unit in set(units) for row in self._tallies.get(unit, ())]

    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        missing = [code for code in codes if (code, on) not in self._codes]
        if missing:
            self._codes.update(((code, on), []) for code in missing)
            for row in self.far.with_codes(missing, on):
                if row.code is not None:
                    self._codes[row.code, on].append(row)
        return [row for code in set(codes) for row in self._codes[code, on]]

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        return self.far.walk(ids, kinds, direction, on)

    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """See Reader."""
        return self.far.led(ids, way, on)

    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """See Reader."""
        return self.far.count_led(ids, way, leaving, on)

    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """See Reader."""
        return self.far.of_kind(kind, on)

    def revisions_of(self, node: str) -> list[int]:
        """See Reader."""
        return self.far.revisions_of(node)

    def journal(self, number: int) -> list[Change]:
        """See Reader."""
        return self.far.journal(number)

    def _has_reached(self, node: str, kinds: Iterable[str]) -> bool:
        """Tell whether the edges of these kinds that reach a node were read."""
        lineage = self.pack.lineage
        return all(
            node in (self._whole if kind == lineage else self._reached[kind])
            for kind in kinds
        )

    def _look(self, ids: Iterable[str], reaching: Sequence[str] = ()) -> None:
        """Read what stands around nodes, where that wasn't done before."""
        asked = set(ids)
        missing = sorted(asked if reaching else asked - self._whole)
        if not missing:
            return
        found = self.far.around(missing, sorted(reaching), self._since, self._span)
        fresh = set(found.whole) - self._whole
        self._whole |= fresh
        for kind in reaching:
            self._reached[kind].update(missing)
        read: dict[str, list[NodeRow]] = {node: [] for node in missing}
        for row in found.nodes:
            read.setdefault(row.id, []).append(row)
        self._versions.update(read)
        for edge in found.edges:
            self._out[edge.source][edge.kind, edge.target, edge.since] = edge
            self._in[edge.target, edge.kind][edge.source, edge.since] = edge
        for tally in found.tallies:
            if tally.unit in fresh:
                self._tallies[tally.unit].append(tally)


def _is_on(row: NodeRow | EdgeRow, on: Span) -> bool:
    return row.until > on.since and row.since < on.until
