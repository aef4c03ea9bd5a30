"""What the rows say from one day on, read lazily and in batches."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from ..model import (
    OUT,
    Direction,
    EdgeKey,
    EdgeRow,
    NodeRow,
    Span,
)
from .reader import Reader, TallyRow
from .steps import sums_on

_NO_EDGES: list[EdgeRow] = []


class View(ABC):
    """Rows as seen by checks and rules: `day` is the day that is asked about.

    Edges are known from `day` on, and those that ended exactly on it; versions of
    nodes are known for all days. `need_…` reads a whole frontier at once; asking for
    what was not read before reads it then. `memo` keeps answers until the next write,
    `uncoded` the codes that are named and that nobody has on the day.
    """

    def __init__(self, reader: Reader, day: date) -> None:
        """Look at a store on a day."""
        self.reader = reader
        self.pack = reader.pack
        self.day = day
        self.labels: dict[str, str] = {}
        self.memo: dict[object, object] = {}
        self._up: dict[str, list[EdgeRow]] = {}
        self._above: dict[str, EdgeRow | None] = {}
        self._today: dict[str, NodeRow | None] = {}
        self.uncoded: tuple[str, ...] = ()
        self._coded: dict[str, list[NodeRow]] = {}

    @abstractmethod
    def need_nodes(self, ids: Iterable[str]) -> None:
        """Read the versions of these nodes."""

    @abstractmethod
    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        """Read the edges of these kinds at these nodes."""

    @abstractmethod
    def versions(self, node: str) -> list[NodeRow]:
        """Return all versions of a node, in order; empty when there is no such node."""

    @abstractmethod
    def edges(self, node: str, kind: str, direction: Direction) -> list[EdgeRow]:
        """Return the edges of a kind at a node from `day` on, in no order."""

    @abstractmethod
    def with_codes(self, codes: Collection[str]) -> dict[str, list[NodeRow]]:
        """Return, for each code, the versions on `day` that have it."""

    @abstractmethod
    def of_kind(self, kind: str) -> list[NodeRow]:
        """Return the versions on `day` of all nodes of a kind, by id."""

    @abstractmethod
    def below(self, nodes: Collection[str]) -> dict[str, dict[str, int]]:
        """Return what is below these nodes on `day`, by the keys of the tallies."""

    def coded(self, code: str, *others: str) -> list[NodeRow]:
        """Return the versions of the store that have a code, on any day, in order.

        What they are versions of is read with them, and with those of the other codes.
        """
        if code not in self._coded:
            missing = sorted({code, *others} - self._coded.keys())
            self._coded.update({name: [] for name in missing})
            for row in self.reader.with_codes(missing, Span.always()):
                if row.code is not None:
                    self._coded[row.code].append(row)
            ids = {row.id for name in missing for row in self._coded[name]}
            self.need_nodes(ids)
            self.need_edges(ids, [self.pack.lineage], OUT)
        return sorted(self._coded[code])

    def node(self, node: str) -> NodeRow | None:
        """Return the version that is in force on `day`."""
        if node in self._today:
            return self._today[node]
        found = None
        for row in self.versions(node):
            if row.since <= self.day < row.until:
                found = row
                break
        self._today[node] = found
        return found

    def kind(self, node: str) -> str:
        """Return the kind of a node that is known to exist."""
        return self.versions(node)[0].kind

    def name(self, node: str) -> str:
        """Return the name of a node on `day`, or the nearest before it or after.

        That is its id where it has no name, or is a person.
        """
        rows = self.versions(node)
        if not rows or self.pack.nodes[rows[0].kind].is_private:
            return node
        known = [row for row in rows if row.since <= self.day] or rows[:1]
        return known[-1].name or node

    def shown(self, node: str) -> str:
        """Name a node for a reader: its name and its id."""
        name = self.name(node)
        return node if name == node else f"{name} ({node})"

    def life(self, node: str) -> tuple[date, date] | None:
        """Return [first since, last until) of a node."""
        rows = self.versions(node)
        return (rows[0].since, rows[-1].until) if rows else None

    def live_edges(self, node: str, kind: str, direction: Direction) -> list[EdgeRow]:
        """Return the edges in force on `day`."""
        return [
            row
            for row in self.edges(node, kind, direction)
            if row.since <= self.day < row.until
        ]

    def need_parents(self, ids: Iterable[str]) -> None:
        """Read the edges from these nodes to their parents, a batch for each kind."""
        nodes = {node for node in ids if node not in self._up}
        if not nodes:
            return
        self.need_nodes(nodes)
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        edge_of, up = self.pack.parent_edges, self._up
        for node in nodes:
            versions = self.versions(node)
            kind = edge_of.get(versions[0].kind) if versions else None
            if kind:
                by_kind[kind].append(node)
            else:
                up[node] = []
        for kind, sources in sorted(by_kind.items()):
            self.need_edges(sources, [kind], OUT)
            for node in sources:
                up[node] = self.edges(node, kind, OUT)

    def parents(self, node: str) -> list[EdgeRow]:
        """Return the edges from a node to its parents, from `day` on."""
        rows = self._up.get(node)
        if rows is None:
            self.need_parents([node])
            rows = self._up[node]
        return rows

    def parent(self, node: str) -> EdgeRow | None:
        """Return the edge from a node to its parent on `day`."""
        if node in self._above:
            return self._above[node]
        found: EdgeRow | None = None
        for row in self.parents(node):
            if row.since <= self.day < row.until and (found is None or row < found):
                found = row
        self._above[node] = found
        return found

    def need_ancestors(self, ids: Iterable[str]) -> set[str]:
        """Read all above these nodes, a level at a time; returns what was met."""
        frontier, seen = set(ids), set[str]()
        while frontier:
            seen |= frontier
            self.need_parents(frontier)
            above = {row.target for node in frontier for row in self._up[node]}
            frontier = above - seen
        return seen

    def ancestors(self, node: str) -> Iterator[str]:
        """Yield what a node is below on `day`, the nearest first."""
        seen = {node}
        edge = self.parent(node)
        while edge is not None and edge.target not in seen:
            seen.add(edge.target)
            yield edge.target
            edge = self.parent(edge.target)


class Snapshot(View):
    """The rows of a store, each read once."""

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
        missing = sorted({node for node in ids if node not in self._nodes})
        if not missing:
            return
        found: dict[str, list[NodeRow]] = {node: [] for node in missing}
        for row in self.reader.nodes(missing, Span.always()):
            found[row.id].append(row)
        for rows in found.values():
            rows.sort()
        self._nodes.update(found)

    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        """Read what was not read before, in one batch."""
        wanted = set(ids)
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
        missing = sorted({node for node in nodes if node not in self._tallies})
        if missing:
            self._tallies.update((node, []) for node in missing)
            for row in self.reader.tallies(missing, self.day.toordinal()):
                self._tallies[row.unit].append(row)

    def tallies(self, nodes: Collection[str], since: int) -> Iterator[TallyRow]:
        """Yield the tallies of the store, those before a day summed up on it."""
        if since != self.day.toordinal():
            yield from self.reader.tallies(nodes, since)
            return
        self.need_tallies(nodes)
        for node in nodes:
            yield from self._tallies[node]

    def of_kind(self, kind: str) -> list[NodeRow]:
        """See View."""
        return sorted(self.reader.of_kind(kind, Span.day(self.day)))
