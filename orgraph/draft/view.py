"""What the rows say from one day on, read lazily and in batches."""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date

from ..model import (
    OUT,
    Direction,
    EdgeKey,
    EdgeRow,
    Key,
    NodeRow,
    Row,
    Span,
)
from .reader import Reader


class View(ABC):
    """Rows as seen by checks and rules: `day` is the day that is asked about.

    Edges are known from `day` on, and those that ended exactly on it; versions of
    nodes are known for all days. `need_…` reads a whole frontier at once; asking for
    what was not read before reads it then. `memo` keeps answers until the next write,
    `uncoded` the codes that are named and that nobody has on the day, `bare` what is
    named otherwise.
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
        self.bare: tuple[str, ...] = ()
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

    def gained(self, nodes: Collection[str]) -> Mapping[str, Mapping[str, int]]:  # noqa: ARG002 - for drafts
        """Return how much more, or less, pending changes leave below nodes on `day`."""
        return {}

    def passing(self, kind: str) -> list[EdgeKey]:  # noqa: ARG002 - for drafts
        """Return the edges of a kind that one step began and another took away."""
        return []

    def rewritten(self, key: Key) -> bool:  # noqa: ARG002 - for drafts
        """Tell whether a row isn't as the store has it."""
        return False

    def brought_back(self, key: Key) -> Row | None:  # noqa: ARG002 - for drafts
        """Return a row as its revision wrote it, where a step brought it back."""
        return None

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
        try:
            return self._today[node]
        except KeyError:  # quicker than asking first: nearly all were looked for before
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

    def kind_or_none(self, node: str) -> str | None:
        """Return the kind of a node, None where there never was one."""
        rows = self.versions(node)
        return rows[0].kind if rows else None

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
        nodes = set(ids).difference(self._up)
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
