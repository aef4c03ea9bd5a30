"""The store in memory: for tests and notebooks, and an oracle for the others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import TypeVar

from ..change import Change, change_line, ordered
from ..draft import Revision, TallyRow
from ..engine import Stamp
from ..model import IN, OUT, Direction, EdgeRow, Key, NodeRow, Row, Span, fold
from ..pack import Pack
from .base import BULK_TITLE
from .bulk import Filled, Given, bulk_revision, bulk_tallies, check_empty
from .memory_sweeps import SweptMemory
from .rows import joined, meets

T = TypeVar("T")


class MemoryStore(SweptMemory):
    """A store that lives as long as the process.

    >>> empty = orgraph.MemoryStore(orgraph.load_pack("territory"))
    >>> empty.head()
    0
    """

    def __init__(self, pack: Pack) -> None:
        """Begin empty."""
        self.pack = pack
        self._nodes: dict[str, dict[Key, NodeRow]] = {}
        self._edges: dict[Key, EdgeRow] = {}
        self._at: dict[Direction, defaultdict[str, dict[Key, EdgeRow]]] = {
            "out": defaultdict(dict),
            "in": defaultdict(dict),
        }
        self._past: list[tuple[Row, int]] = []
        self._tally: defaultdict[str, dict[tuple[str, int], int]] = defaultdict(dict)
        self._tallied: list[list[TallyRow]] = []
        self._revisions: list[Revision] = []
        self._is_locked = False

    # Reading

    def head(self) -> int:
        """See Reader."""
        return len(self._revisions)

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        return [
            row
            for node in dict.fromkeys(ids)
            for row in self._nodes.get(node, {}).values()
            if meets(row, on)
        ]

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        at = self._at[direction]
        return [
            row
            for node in dict.fromkeys(ids)
            if node in at
            for row in at[node].values()
            if row.kind in kinds and meets(row, on)
        ]

    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """See Reader."""
        counts: defaultdict[str, int] = defaultdict(int)
        for row in self.edges(ids, kinds, direction, on):
            counts[row.kind] += 1
        return dict(counts)

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        found: list[EdgeRow] = []
        seen: set[str] = set()
        frontier = set(ids)
        while frontier:
            seen |= frontier
            rows = self.edges(sorted(frontier), kinds, direction, on)
            found += rows
            far = {row.target if direction == OUT else row.source for row in rows}
            frontier = far - seen
        return found

    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        wanted = set(codes)
        return [row for row in self._all(on) if row.code in wanted]

    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """See Reader."""
        return [row for row in self._all(on) if row.kind == kind]

    def _all(self, on: Span) -> Iterator[NodeRow]:
        for versions in self._nodes.values():
            for row in versions.values():
                if meets(row, on):
                    yield row

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """See Reader."""
        found = []
        for unit in dict.fromkeys(units):
            steps: defaultdict[tuple[str, int], int] = defaultdict(int)
            for (key, day), delta in self._tally.get(unit, {}).items():
                steps[key, max(day, since)] += delta
            found += [TallyRow(unit, *at, n) for at, n in steps.items() if n]
        return found

    def find(self, words: Sequence[str], on: Span, limit: int) -> list[NodeRow]:
        """See Reader."""
        found: dict[str, NodeRow] = {}
        for row in sorted(self._all(on) if words else ()):
            have = fold(row.name).split()
            if (
                not self.pack.nodes[row.kind].is_private
                and (len(found) < limit or row.id in found)
                and all(any(h.startswith(w) for h in have) for w in words)
            ):
                found[row.id] = row
        return list(found.values())

    def revision(self, number: int) -> Revision | None:
        """See Reader."""
        known = 1 <= number <= len(self._revisions)
        return self._revisions[number - 1] if known else None

    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """See Store."""
        last = len(self._revisions) if before is None else before - 1
        return self._revisions[: max(last, 0)][::-1][:limit]

    def journal(self, number: int) -> list[Change]:
        """See Reader."""
        rows = [row for row, _ in self._past] + list(self._rows())
        after = {row.key: row for row in rows if row.rev == number}
        before = {row.key: row for row, gone in self._past if gone == number}
        return joined(before, after)

    def revisions_of(self, node: str) -> list[int]:
        """See Store."""
        found = {row.rev for row in self._rows() if _names(row, node)}
        for row, gone in self._past:
            if _names(row, node):
                found |= {row.rev, gone}
        return sorted(found)

    def rows_turning(self, after: date, until: date) -> list[Row]:
        """See Store."""
        return [
            row
            for row in self._rows()
            if after < row.since <= until or after < row.until <= until
        ]

    def count_without(
        self, ids: Collection[str], kind: str, missing: str, on: Span
    ) -> dict[str, int]:
        """See Store."""
        rows = self.edges(ids, [kind], IN, on)
        sources = {row.source for row in rows}
        reached = {row.target for row in self.edges(sorted(sources), [missing], IN, on)}
        return dict(Counter(row.target for row in rows if row.source not in reached))

    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """See Reader."""
        led = {}
        for node in dict.fromkeys(ids):
            found = {node}
            for kind in reversed(way):
                found = {row.source for row in self.edges(found, [kind], IN, on)}
            if found:
                led[node] = sorted(found)
        return led

    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """See Store."""
        counts = {}
        for node, found in self.led(ids, way, on).items():
            some = set(found)
            if leaving is not None:
                some = {row.source for row in self.edges(found, [leaving], OUT, on)}
            if some:
                counts[node] = len(some)
        return counts

    def count_astray(
        self, ids: Collection[str], kind: str, way: Sequence[str], on: Span
    ) -> dict[str, int]:
        """See Store."""

        def leads(node: str) -> bool:
            found = {node}
            for step in way:
                found = {row.target for row in self.edges(found, [step], OUT, on)}
            return bool(found)

        rows = self.edges(ids, [kind], IN, on)
        return dict(Counter(row.target for row in rows if not leads(row.source)))

    def _rows(self) -> Iterator[Row]:
        for versions in self._nodes.values():
            yield from versions.values()
        yield from self._edges.values()

    # Writing

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See Store."""
        yield

    def transaction(self, work: Callable[[], T]) -> T:
        """See Store."""
        if self._is_locked:
            message = "a store isn't locked inside one of its own transactions"
            raise RuntimeError(message)
        head, self._is_locked = self.head(), True
        try:
            return work()
        except BaseException:
            while self.head() > head:
                self._unwrite()
            raise
        finally:
            self._is_locked = False

    def _unwrite(self) -> None:
        """Take back the last revision, as a transaction that failed would."""
        number = self.head()
        for row in [row for row in self._rows() if row.rev == number]:
            self._take(row.key)
        for row, _ in [kept for kept in self._past if kept[1] == number]:
            self._put(row)
        self._past = [kept for kept in self._past if kept[1] != number]
        self._count(row._replace(delta=-row.delta) for row in self._tallied.pop())
        self._revisions.pop()

    def write(
        self, revision: Revision, changes: Sequence[Change], tally: Iterable[TallyRow]
    ) -> None:
        """See Store."""
        for change in changes:
            now = self._take(change.key)
            if now is not None:
                self._past.append((now, revision.number))
            if change.after is not None:
                self._put(change.after._replace(rev=revision.number))
        self._tallied.append(list(tally))
        self._count(self._tallied[-1])
        self._revisions.append(deepcopy(revision))

    def _take(self, key: Key) -> Row | None:
        node = key[0]
        if key in self._nodes.get(node, {}):
            row = self._nodes[node].pop(key)
            if not self._nodes[node]:
                del self._nodes[node]
            return row
        edge = self._edges.pop(key, None)
        if edge is not None:
            del self._at["out"][edge.source][key]
            del self._at["in"][edge.target][key]
        return edge

    def _put(self, row: Row) -> None:
        if isinstance(row, NodeRow):
            self._nodes.setdefault(row.id, {})[row.key] = row
        else:
            self._edges[row.key] = row
            self._at["out"][row.source][row.key] = row
            self._at["in"][row.target][row.key] = row

    def _count(self, tally: Iterable[TallyRow]) -> None:
        for unit, key, day, delta in tally:
            steps = self._tally[unit]
            steps[key, day] = steps.get((key, day), 0) + delta

    def bulk_load(
        self,
        nodes: Iterable[NodeRow],
        edges: Iterable[EdgeRow],
        stamp: Stamp | None = None,
        title: str = BULK_TITLE,
        revision: Revision | None = None,
    ) -> None:
        """See Store."""
        kept_nodes, kept_edges = list(nodes), list(edges)
        check_empty(self.head())
        rows: list[Row] = [*kept_nodes, *kept_edges]
        changes = ordered(Change(row.key, None, row) for row in rows)
        first = min((row.since for row in kept_nodes), default=None)
        lines = map(change_line, changes)
        filled = Filled(len(changes), first)
        made = bulk_revision(self, filled, lines, Given(stamp, title, revision))
        tally = bulk_tallies(self.pack, kept_nodes, kept_edges)
        self.write(made, changes, tally)

    def discard(self) -> None:
        """See Store."""

    def close(self) -> None:
        """See Store."""


def _names(row: Row, node: str) -> bool:
    return node in (row[:1] if isinstance(row, NodeRow) else row[1:3])
