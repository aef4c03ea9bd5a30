"""Which rows an export holds: of a region or of all, on a day or on all days.

A region is its root and every dependent, at any depth: what the pack doesn't keep where
it stands when the unit closes. So parts, posts, holders, members and who is in charge
are in it, and so are the bodies that cover a part of it. The documents that they are
based on come along. An edge is in it where both its ends are.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import islice
from typing import Protocol

from ..draft import Reader
from ..errors import InputError
from ..model import IN, OUT, EdgeRow, NodeRow, Span
from ..model.facts import PRECISION, UNTIL_PRECISION, without

BATCH = 2000


class Stream(Reader, Protocol):
    """A reader that can also give all ids, in order, as a stream."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads inside see one revision."""
        ...

    def all_ids(self) -> Iterator[str]:
        """Yield the id of every node."""
        ...


class Extract:
    """The rows of an export, in batches and in order; people's names only if asked.

    On a day, a node is one row: its whole life, with the name, code and facts of the
    day. `masked` counts the names left out, `left_out` the edges (by kind) of which
    only the source is in the export; both grow while rows are read.

    >>> extract = orgraph.Extract(store, root="sales", on=day)
    >>> [row.id for row in extract.nodes()][:4]
    ['director', 'e-01', 'e-02', 'e-03']
    """

    def __init__(
        self,
        store: Stream,
        *,
        root: str | None = None,
        on: date | None = None,
        names: bool = False,
    ) -> None:
        """Choose the rows; InputError where the root isn't in force on the day."""
        self.pack = store.pack
        self.root = root
        self.on = on
        self.names = names
        self.masked = 0
        self.left_out: Counter[str] = Counter()
        self._store = store
        self._span = Span.always() if on is None else Span.day(on)
        if root is not None and not store.nodes([root], self._span):
            message = f"{root} is not in force on {on}" if on else f"no node {root}"
            raise InputError(message)
        self._region = None if root is None else self._below(root)

    def _below(self, root: str) -> set[str]:
        """Return the ids of a region."""
        kinds = self.pack.fated("closed", "target", frozenset(self.pack.nodes))
        region = {root}
        frontier = region
        while frontier:
            found: set[str] = set()
            for batch in _batches(sorted(frontier)):
                rows = self._store.edges(batch, kinds, IN, self._span)
                found.update(row.source for row in rows)
            frontier = found - region
            region |= frontier
        basis = [self.pack.basis.edge]
        for batch in _batches(sorted(region)):
            rows = self._store.edges(batch, basis, OUT, self._span)
            region.update(row.target for row in rows)
        return region

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the versions of nodes, by id and day."""
        self.masked = 0
        for batch in self._ids():
            rows = self._store.nodes(batch, Span.always())
            chosen = rows if self.on is None else _on_day(rows, self.on)
            yield from map(self._shown, sorted(chosen, key=lambda row: row.key))

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the edges, by source, kind, target and day."""
        self.left_out.clear()
        kinds = sorted(self.pack.edges)
        for batch in self._ids():
            rows = self._store.edges(batch, kinds, OUT, self._span)
            rows.sort(key=lambda row: (row.source, row.kind, row.target, row.since))
            inside = self._inside({end for row in rows for end in row[1:3]})
            for row in rows:
                if inside is None or (row.source in inside and row.target in inside):
                    yield row
                else:
                    self.left_out[row.kind] += 1

    def _ids(self) -> Iterator[list[str]]:
        chosen: Iterable[str] | None = self._region
        return _batches(self._store.all_ids() if chosen is None else sorted(chosen))

    def _inside(self, ends: Collection[str]) -> Collection[str] | None:
        """Return which of these nodes are in the export; None stands for all."""
        if self.on is None:
            return self._region
        region = self._region
        asked = sorted(ends if region is None else region.intersection(ends))
        return {row.id for row in self._store.nodes(asked, self._span)}

    def _shown(self, row: NodeRow) -> NodeRow:
        if self.names or not row.name or not self.pack.nodes[row.kind].is_private:
            return row
        self.masked += 1
        return row._replace(name="")


def _on_day(rows: Sequence[NodeRow], day: date) -> Iterator[NodeRow]:
    """Yield the nodes that live on a day: each its whole life, as it is on the day."""
    versions: defaultdict[str, list[NodeRow]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.key):
        versions[row.id].append(row)
    for life in versions.values():
        for row in life:
            if row.since <= day < row.until:
                facts = dict(without(row.facts, PRECISION, UNTIL_PRECISION))
                for name, known in (
                    (PRECISION, life[0].facts),
                    (UNTIL_PRECISION, life[-1].facts),
                ):
                    facts.update({name: known[name]} if name in known else {})
                since, until = life[0].since, life[-1].until
                yield row._replace(since=since, until=until, facts=facts)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(ids)
    while batch := list(islice(stream, BATCH)):
        yield batch
