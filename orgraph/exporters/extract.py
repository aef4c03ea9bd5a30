"""Which rows an export holds: of a region or of all, on a day or on all days.

A region is its root and every dependent, at any depth: what the pack doesn't keep where
it stands when the unit closes. So parts, posts, holders, members and who is in charge
are in it, and so are the bodies that cover a part of it. The documents that they are
based on come along. An edge is in it where both its ends are.

What comes along for an import's sake (`along.py`) is told apart, and counted.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Protocol

from ..draft import Reader
from ..errors import InputError
from ..model import IN, OUT, EdgeRow, NodeRow, Span
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from .along import beyond, wanted

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
    day. `masked` counts the rows of people whose name and code are left out, `left_out`
    the edges (by kind) of which only the source is in the export, and `came_along` the
    nodes (by kind) that are in it because somebody belonged to them elsewhere or on
    other days; they grow while rows are read. Unless it is `importable`, nothing comes
    along.

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
        importable: bool = True,
    ) -> None:
        """Choose the rows; InputError where the root isn't in force on the day."""
        self.pack = store.pack
        self.root = root
        self.on = on
        self.names = names
        self.masked = 0
        self.left_out: Counter[str] = Counter()
        self.came_along: Counter[str] = Counter()
        self._store = store
        self._span = Span.always() if on is None else Span.day(on)
        if root is not None and not store.nodes([root], self._span):
            message = f"{root} is not in force on {on}" if on else f"no node {root}"
            raise InputError(message)
        self._region = None if root is None else self._below(root)
        whole = root is None and on is None
        self._wanted = wanted(store.pack) if importable and not whole else []

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

    @cached_property
    def along(self) -> frozenset[str]:
        """The ids of what comes along, though it isn't of the region or the day."""
        if not self._wanted:
            return frozenset()
        along: set[str] = set()
        inside: set[str] = set()  # what they lead to, of which few are many's
        for batch in _batches(self._chosen()):
            found = beyond(
                self._store, self._store.nodes(batch, self._span), self._wanted
            )
            self._sort_out(found - inside - along, inside, along)
        frontier = set(along)
        while frontier:
            found = set()
            for batch in _batches(sorted(frontier)):
                rows = self._store.nodes(batch, Span.always())
                found |= beyond(self._store, rows, self._wanted)
            known = set(along)
            self._sort_out(found - inside - along, inside, along)
            frontier = along - known
        return frozenset(along)

    def _sort_out(self, nodes: set[str], inside: set[str], along: set[str]) -> None:
        """Add each node to those of the region and the day, or to the others."""
        for batch in _batches(sorted(nodes)):
            own = batch if self._region is None else self._region.intersection(batch)
            living = self._living(own)
            inside |= living
            along |= set(batch) - living

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the versions of nodes, by id and day."""
        self.masked = 0
        self.came_along.clear()
        for batch in self._ids():
            versions: defaultdict[str, list[NodeRow]] = defaultdict(list)
            rows = self._store.nodes(batch, Span.always())
            for row in sorted(rows, key=lambda row: row.key):
                versions[row.id].append(row)
            for node, life in versions.items():
                along = node in self.along
                if along:
                    self.came_along[life[0].kind] += 1
                yield from map(self._shown, self._told(life, along=along))

    def _told(self, life: Sequence[NodeRow], *, along: bool) -> Sequence[NodeRow]:
        """Return the versions of a node that are in the export."""
        if self.on is None:
            return life
        day = self.on
        if along and not life[0].since <= day < life[-1].until:
            # What lived earlier is as it was last, what lives later as it is first.
            day = life[0].since if day < life[0].since else life[-1].since
        return [_as_on(life, row) for row in life if row.since <= day < row.until]

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the edges, by source, kind, target and day."""
        self.left_out.clear()
        always = sorted({one.edge for one in self._wanted})
        kinds = sorted(self.pack.edges.keys() - always)
        for batch in self._ids():
            rows = self._store.edges(batch, kinds, OUT, self._span)
            if always:
                rows += self._store.edges(batch, always, OUT, Span.always())
            rows.sort(key=lambda row: (row.source, row.kind, row.target, row.since))
            inside = self._inside({end for row in rows for end in row[1:3]})
            for row in rows:
                if inside is None or (row.source in inside and row.target in inside):
                    yield row
                elif row.source not in self.along and self._is_of_the_day(row):
                    self.left_out[row.kind] += 1

    def _is_of_the_day(self, row: EdgeRow) -> bool:
        return self.on is None or row.since <= self.on < row.until

    def _chosen(self) -> Iterable[str]:
        chosen = self._region
        return self._store.all_ids() if chosen is None else sorted(chosen)

    def _ids(self) -> Iterator[list[str]]:
        everything = self._region is None
        ids = self._chosen() if everything else sorted({*self._chosen(), *self.along})
        return _batches(ids)

    def _living(self, nodes: Collection[str]) -> set[str]:
        """Return which of these nodes are there on the day, or on all days."""
        if self.on is None:
            return set(nodes)
        return {row.id for row in self._store.nodes(sorted(nodes), self._span)}

    def _inside(self, ends: Collection[str]) -> Collection[str] | None:
        """Return which of these nodes are in the export; None stands for all."""
        region = self._region
        if self.on is None and region is None:
            return None
        asked = ends if region is None else region.intersection(ends)
        return self._living(asked) | self.along.intersection(ends)

    def _shown(self, row: NodeRow) -> NodeRow:
        said = row.name or row.code
        if self.names or not said or not self.pack.nodes[row.kind].is_private:
            return row
        self.masked += 1
        return row._replace(name="", code=None)


def _as_on(life: Sequence[NodeRow], row: NodeRow) -> NodeRow:
    """Return a whole life as one row that says what one of its versions does."""
    facts = dict(without(row.facts, PRECISION, UNTIL_PRECISION))
    for name, known in (
        (PRECISION, life[0].facts),
        (UNTIL_PRECISION, life[-1].facts),
    ):
        facts.update({name: known[name]} if name in known else {})
    return row._replace(since=life[0].since, until=life[-1].until, facts=facts)


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(ids)
    while batch := list(islice(stream, BATCH)):
        yield batch
