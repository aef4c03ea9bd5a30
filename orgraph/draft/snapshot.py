"""The rows of a store as a plan sees them, each read once."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from ..model import FOREVER, OUT, Direction, EdgeKey, EdgeRow, NodeRow, Span
from .reader import Reader, TallyRow
from .steps import sums_on
from .view import View

_NO_EDGES: list[EdgeRow] = []


class Snapshot(View):
    """The rows of a store from the day on."""

    def __init__(self, reader: Reader, day: date) -> None:
        """Remember nothing yet."""
        super().__init__(reader, day)
        self._span = Span.touching(day)
        self._nodes: dict[str, list[NodeRow]] = {}
        self._edges: dict[EdgeKey, EdgeRow] = {}
        self._at: dict[tuple[Direction, str, str], list[EdgeRow]] = {}
        self._read: defaultdict[tuple[Direction, str], set[str]] = defaultdict(set)
        self._codes: dict[str, list[NodeRow]] = {}
        self._tallies: dict[str, list[TallyRow]] = {}
        self._below: dict[str, dict[str, int]] = {}

    def need_nodes(self, ids: Iterable[str]) -> None:
        """Read what was not read before, in one batch."""
        missing = set(ids).difference(self._nodes)
        if not missing:
            return
        found: dict[str, list[NodeRow]] = {node: [] for node in missing}
        for row in self.reader.nodes(sorted(missing), Span.always()):
            found[row.id].append(row)
        for rows in found.values():
            if len(rows) > 1:
                rows.sort()
        self._nodes.update(found)

    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        """Read what was not read before, in one batch."""
        wanted = set(ids)
        if not wanted:
            return
        unread: set[str] = set()
        lacking = []
        for kind in kinds:
            read = self._read[direction, kind]
            if not wanted <= read:
                lacking.append(kind)
                unread |= wanted - read
                read |= wanted
        if not lacking:
            return
        # What has no version has no edges: so it is with what a plan is about to found.
        missing = sorted(node for node in unread if self._nodes.get(node) != [])
        if not missing:
            return
        found: dict[tuple[Direction, str, str], list[EdgeRow]] = defaultdict(list)
        for new in self.reader.edges(missing, lacking, direction, self._span):
            row = self._edges.setdefault(new[:4], new)
            node = row.source if direction == OUT else row.target
            found[direction, node, row.kind].append(row)
        for place, rows in found.items():
            self._at.setdefault(place, rows)

    def need_slots(self, kind: str, rows: Iterable[EdgeRow]) -> None:
        """Read what else of one kind leaves the sources of these edges.

        Nearly always that is nothing: then it is enough to have counted them.
        """
        read = self._read[OUT, kind]
        known: dict[str, list[EdgeRow]] = {}
        number = 0
        for row in {row.key: row for row in rows if row.source not in read}.values():
            known.setdefault(row.source, []).append(row)
            number += 1
        if not known:
            return
        counts = self.reader.count_edges(sorted(known), [kind], OUT, self._span)
        if counts.get(kind, 0) != number:
            self.need_edges(known, [kind], OUT)
            return
        read.update(known)
        self._at.update(((OUT, node, kind), known[node]) for node in known)

    def versions(self, node: str) -> list[NodeRow]:
        """See View."""
        if node not in self._nodes:
            self.need_nodes([node])
        return self._nodes[node]

    def edges(self, node: str, kind: str, direction: Direction) -> list[EdgeRow]:
        """See View."""
        place = (direction, node, kind)
        rows = self._at.get(place)
        if rows is None and node not in self._read[direction, kind]:
            self.need_edges([node], [kind], direction)
            rows = self._at.get(place)
        return _NO_EDGES if rows is None else rows

    def stored_node(self, key: tuple[str, date]) -> NodeRow | None:
        """Return the version with this key, if the store has it."""
        return next((r for r in self.versions(key[0]) if r.since == key[1]), None)

    def stored_edge(self, key: EdgeKey) -> EdgeRow | None:
        """Return the edge with this key, if it was read."""
        return self._edges.get(key)

    def with_codes(self, codes: Collection[str]) -> dict[str, list[NodeRow]]:
        """See View."""
        missing = sorted({code for code in codes if code not in self._codes})
        if missing:
            self._codes.update({code: [] for code in missing})
            for row in self.reader.with_codes(missing, Span.day(self.day)):
                if row.code is not None:
                    self._codes[row.code].append(row)
        return {code: self._codes[code] for code in codes}

    def below(self, nodes: Collection[str]) -> dict[str, dict[str, int]]:
        """See View."""
        self.need_tallies(nodes)
        for node in nodes:
            if node not in self._below:
                self._below[node] = sums_on(self._tallies[node], self.day)
        return {node: self._below[node] for node in nodes}

    def need_tallies(self, nodes: Iterable[str]) -> None:
        """Read, in one batch, the tallies of the store from `day` on."""
        missing = set(nodes).difference(self._tallies)
        if missing:
            self._tallies.update((node, []) for node in missing)
            for row in self.reader.tallies(sorted(missing), self.day.toordinal()):
                self._tallies[row.unit].append(row)

    def tallies(self, nodes: Collection[str], since: int) -> Iterator[TallyRow]:
        """Yield the tallies of the store, those before a day summed up on it."""
        if since != self.day.toordinal():
            yield from self.reader.tallies(nodes, since)
            return
        self.need_tallies(nodes)
        for node in nodes:
            yield from self._tallies[node]

    def turning(self, nodes: Collection[str]) -> list[date]:
        """Return the days after `day` on which nodes, or what joins them, change.

        Days on which somebody takes or leaves a post aren't among them, nor are
        charges: rules on these look ahead. Edges count as far as they were read.
        """
        day, chain, known = self.day, self.pack.chain, self._nodes
        self.need_nodes(nodes)
        counted = self.pack.containers
        units = [n for n in nodes if known[n] and known[n][0].kind in counted]
        self.need_tallies(units)
        found = {turn for node in nodes for row in known[node] for turn in row[2:4]}
        for row in self._edges.values():
            if row.until == FOREVER and row.since <= day:
                continue  # that is nearly all of them
            if row.kind in {chain.holds, chain.charge}:
                continue
            if row.source in nodes or row.target in nodes:
                found.update(row[3:5])
        today = day.toordinal()
        later = {t.day for unit in units for t in self._tallies[unit] if t.day > today}
        found.update(map(date.fromordinal, later))
        return sorted(turn for turn in found if day < turn < FOREVER)

    def of_kind(self, kind: str) -> list[NodeRow]:
        """See View."""
        return sorted(self.reader.of_kind(kind, Span.day(self.day)))
