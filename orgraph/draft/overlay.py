"""Pending rows over a snapshot: the one place where a draft is written and read."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from ..change import Change, ordered
from ..model import (
    IN,
    OUT,
    Direction,
    EdgeKey,
    EdgeRow,
    Key,
    NodeKey,
    NodeRow,
    Row,
)
from ..pack import Event
from .reader import TallyRow
from .snapshot import Snapshot
from .tally import Tallying, counting, first_day
from .view import View

_NEVER = object()
"""In the log: the row had not been written before."""

_made = tuple.__new__  # quicker than a row's own, for each row and change


class Mark(NamedTuple):
    """Where an overlay stood before a step."""

    log: int
    stated: Counter[str]
    accounts: dict[tuple[str, str], Counter[str]]
    labels: dict[str, str]
    left: int


class Overlay(View):
    """A view with pending rows: `put` and `drop` are its only writes.

    `stated` are the amounts that steps add or take away themselves, `accounts` what
    became of dependents by (kind of edge, kind of dependent), `passed` where there the
    edges are counted that followed, and whether as asked. `left` are the units that
    ended, each by which event. `rollback` takes all back since a mark.
    """

    def __init__(self, base: Snapshot) -> None:
        """Start without pending rows."""
        super().__init__(base.reader, base.day)
        self.base = base
        self.stated: Counter[str] = Counter()
        self.accounts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.left: list[tuple[Event, str]] = []
        self.passed: dict[tuple[str, str, str], tuple[str, str, bool]] = {}
        self._rows: dict[Key, Row | None] = {}
        self._before: dict[Key, Row | None] = {}
        self._log: list[tuple[Key, object]] = []
        self._brought_back: dict[Key, tuple[Row, Row | None]] = {}
        self._changes: tuple[Change, ...] | None = None
        self._tallying: Tallying | None = None
        self._tallied: dict[Key, Row | None] = {}
        self._untallied: set[Key] = set()
        self._contains = frozenset(self.pack.contains_kinds)
        self._bearing: defaultdict[str, set[str]] = defaultdict(set)
        self._now: dict[str, list[NodeRow]] = {}
        self._now_at: dict[tuple[Direction, str, str], list[EdgeRow]] = {}
        self._versions: defaultdict[str, set[NodeKey]] = defaultdict(set)
        self._at: defaultdict[tuple[Direction, str, str], set[EdgeKey]] = defaultdict(
            set
        )

    def need_nodes(self, ids: Iterable[str]) -> None:
        """See View."""
        self.base.need_nodes(ids)

    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        """See View."""
        self.base.need_edges(ids, kinds, direction)

    def versions(self, node: str) -> list[NodeRow]:
        """See View."""
        now = self._now.get(node)
        if now is None:
            now = self.base.versions(node)
            touched = self._versions.get(node)
            if touched:
                kept = [row for row in now if row.key not in touched]
                now = sorted(kept + self._pending(touched))
            self._now[node] = now
        return now

    def edges(self, node: str, kind: str, direction: Direction) -> list[EdgeRow]:
        """See View."""
        place = (direction, node, kind)
        now = self._now_at.get(place)
        if now is None:
            now = self.base.edges(node, kind, direction)
            touched = self._at.get(place)
            if touched:
                kept = [row for row in now if row[:4] not in touched]
                now = kept + self._pending(touched)
            self._now_at[place] = now
        return now

    def _pending(self, keys: Iterable[Key]) -> list[Any]:
        """Return the pending rows among these, those that are there."""
        rows = self._rows
        return [row for key in keys if (row := rows[key]) is not None]

    def with_codes(self, codes: Collection[str]) -> dict[str, list[NodeRow]]:
        """See View."""
        stored = self.base.with_codes(codes)
        self.need_nodes(row.id for rows in stored.values() for row in rows)
        now: dict[str, list[NodeRow]] = {}
        for code in codes:
            nodes = {row.id for row in stored[code]} | self._bearing.get(code, set())
            living = (self.node(node) for node in sorted(nodes))
            now[code] = [row for row in living if row and row.code == code]
        return now

    def of_kind(self, kind: str) -> list[NodeRow]:
        """See View."""
        stored = [r for r in self.base.of_kind(kind) if r.id not in self._versions]
        written = (self.node(node) for node in self._versions)
        return sorted(stored + [row for row in written if row and row.kind == kind])

    def below(self, nodes: Collection[str]) -> dict[str, dict[str, int]]:
        """See View."""
        if not nodes:
            return {}
        found = {node: dict(counts) for node, counts in self.base.below(nodes).items()}
        for unit, gained in self.gained(nodes).items():
            counts = found[unit]
            for key, delta in gained.items():
                counts[key] = counts.get(key, 0) + delta
                if not counts[key]:
                    del counts[key]
        return found

    def gained(self, nodes: Collection[str]) -> dict[str, dict[str, int]]:
        """See View."""
        if not nodes:
            return {}
        added, today = self._tallies().added, self.day.toordinal()
        found: dict[str, dict[str, int]] = {}
        for unit in nodes:
            counts = found[unit] = {}
            for (key, day), delta in added.get(unit, {}).items():
                if day <= today:
                    counts[key] = counts.get(key, 0) + delta
        return found

    def tally(self) -> list[TallyRow]:
        """Return the steps that the pending changes add to the tallies."""
        return self._tallies().rows()

    def _tallies(self) -> Tallying:
        """Return what the pending changes add; what was added before is kept."""
        fresh = [] if self._tallying is None else self._not_tallied()
        began = first_day(fresh)
        if self._tallying is None or began.toordinal() < self._tallying.start:
            fresh = counting(self.pack, self.changes())
            self._tallied = {change.key: change.after for change in fresh}
            self._untallied.clear()
            self._tallying = Tallying(self.reader, first_day(fresh), self.base)
        if fresh:
            self._tallying.add(fresh)
        return self._tallying

    def _not_tallied(self) -> list[Change]:
        """Return what has changed since the tallies were asked for, in no order."""
        fresh = list(self._differing(self._untallied))
        self._tallied.update((change.key, change.after) for change in fresh)
        self._untallied.clear()
        return counting(self.pack, fresh)

    def _differing(self, keys: Iterable[Key]) -> Iterator[Change]:
        """Yield what differs from what the tallies know."""
        for key in keys:
            before = self._tallied[key] if key in self._tallied else self._stored(key)
            after = self._rows[key] if key in self._rows else self._stored(key)
            if before != after:
                yield Change(key, before, after)

    def put(self, row: Row) -> None:
        """Write a row."""
        self._write(row.key, row._replace(rev=0) if row.rev else row)

    def bring_back(self, row: Row) -> None:
        """Write a row as a revision wrote it, and know it for that one's."""
        self.put(row)
        self._brought_back[row.key] = row, self._rows[row.key]

    def drop(self, row: Row) -> None:
        """Take a row away."""
        self._write(row.key, None)

    def redo(self, changes: Iterable[Change]) -> None:
        """Write what changes say."""
        for change in changes:
            if change.after is None:
                self.drop(change.row)
            else:
                self.put(change.after)

    def _write(self, key: Key, row: Row | None) -> None:
        self._log.append((key, self._rows.get(key, _NEVER)))
        self._rows[key] = row
        if isinstance(row, NodeRow) and row.code:
            self._bearing[row.code].add(row.id)
        for touched in self._touched(key):
            touched.add(key)

    def _touched(self, key: Key) -> tuple[set[Any], ...]:
        """Return the sets that say where a row is written; forget what was known."""
        self._changes = None
        self.memo.clear()
        if len(key) == 2:  # noqa: PLR2004 - a NodeKey
            node = key[0]
            self._untallied.add(key)
            for known in (self._now, self._today, self._up, self._above):
                known.pop(node, None)
            return (self._versions[node],)
        kind, source, target, _ = key
        if kind in self._contains:
            self._untallied.add(key)
            self._up.pop(source, None)
            self._above.pop(source, None)
        out, back = (OUT, source, kind), (IN, target, kind)
        self._now_at.pop(out, None)
        self._now_at.pop(back, None)
        return self._at[out], self._at[back]

    def mark(self) -> Mark:
        """Return where the draft stands, for `rollback`."""
        accounts = {kinds: Counter(words) for kinds, words in self.accounts.items()}
        stated, labels = Counter(self.stated), dict(self.labels)
        return Mark(len(self._log), stated, accounts, labels, len(self.left))

    def rollback(self, mark: Mark) -> None:
        """Take back all that was written and counted since the mark."""
        self.stated, self.labels = mark.stated, mark.labels
        self.accounts = defaultdict(Counter, mark.accounts)
        del self.left[mark.left :]
        while len(self._log) > mark.log:
            key, previous = self._log.pop()
            touched = self._touched(key)
            if previous is not _NEVER:
                self._rows[key] = cast("Row | None", previous)
                continue
            del self._rows[key]
            if len(key) > 2:  # noqa: PLR2004 - an EdgeKey
                self.passed.pop(key[:3], None)
            for keys in touched:
                keys.discard(key)

    def finish(self) -> None:
        """Let go of what only a rollback needs, or what is worked out again if asked.

        Of a load of hundreds of thousands of rows that is a tenth of all it holds.
        """
        self._log.clear()
        self._now.clear()
        self._now_at.clear()

    def founded(self) -> list[str]:
        """Return the nodes that the store doesn't have and that live after the day."""
        return sorted(
            node
            for node in self._versions
            if not self.base.versions(node) and self.node(node) is not None
        )

    def passing(self, kind: str) -> list[EdgeKey]:
        """See View."""
        gone = [key for key, row in self._rows.items() if row is None]
        edges = [key for key in gone if key[0] == kind and len(key) > 2]  # noqa: PLR2004 - an EdgeKey
        return sorted(key for key in edges if self._stored(key) is None)

    def rewritten(self, key: Key) -> bool:
        """See View."""
        return key in self._rows and self._rows[key] != self._stored(key)

    def brought_back(self, key: Key) -> Row | None:
        """See View."""
        row, written = self._brought_back.get(key, (None, None))
        return row if written is self._rows.get(key) else None

    def changes(self) -> tuple[Change, ...]:
        """Return what differs from the store, in the canonical order, without `rev`."""
        if self._changes is None:
            self._changes = ordered(
                _made(Change, (key, before, after))
                for key, after in self._rows.items()
                if (before := self._stored(key)) != after
            )
        return self._changes

    def state(self, amounts: Mapping[str, int], sign: int = 1) -> None:
        """Say that a step itself adds or takes away amounts of what is conserved."""
        for key, amount in amounts.items():
            self.stated[key] += sign * amount

    def _stored(self, key: Key) -> Row | None:
        """Return a row of the store as a plan says it: without who wrote it."""
        if key not in self._before:
            if len(key) == 2:  # noqa: PLR2004 - a NodeKey
                row: Row | None = self.base.stored_node(key)
            else:
                row = self.base.stored_edge(key)
            self._before[key] = row and _made(type(row), (*row[:-1], 0))
        return self._before[key]
