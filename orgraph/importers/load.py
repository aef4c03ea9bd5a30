"""Loads tables into a store as one revision: checked as a whole, or not at all."""

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from ..draft import Draft, Revision, Snapshot
from ..engine import Stamp, Transaction, append
from ..engine.codes import codes
from ..engine.planning import rule_findings
from ..errors import InputError
from ..model import BEGINNING, OUT, EdgeRow, Key, NodeRow, Row, same_content
from ..rules import Reach
from ..rules.edge_ends import EdgeEnds
from .rows import Options, RowReader
from .tables import Record, read_table


class Lockable(Transaction, Protocol):
    """A store as imports need it."""

    def locked(self) -> AbstractContextManager[None]:
        """Take the write lock; what is written inside is kept wholly or not at all."""
        ...


class Loaded(NamedTuple):
    """What an import brought: its revision, and how many rows of each kind."""

    revision: Revision
    counts: dict[str, int]
    known: int


def load_tables(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options | None = None,
    author: str = "",
) -> Loaded:
    """Load CSV tables of nodes and edges.

    Rows that the store already has are left out. InputError lists every problem of all
    files with its place, and then nothing is loaded.
    """
    with store.locked():
        draft = Draft(Snapshot(store, BEGINNING))
        reader = RowReader(draft, options or Options())
        read = list(_read(reader, paths))
        placed = _placed(reader, draft, read)
        for row in placed.rows:
            draft.put(row)
        changes = draft.changes()
        if not reader.problems:
            reader.problems += _faults(draft, placed, changes)
        elif placed.rows:
            reader.problems.append("the structure is checked once these are cured")
        if reader.problems:
            raise InputError(*reader.problems)
        if not changes:
            message = "the store already has all of these rows; nothing was loaded"
            raise InputError(message)
        proposal = _proposal(paths, [change.row for change in changes])
        revision = append(store, changes, proposal, Stamp.now(author), draft.tally())
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.row.kind] = counts.get(change.row.kind, 0) + 1
    return Loaded(revision, dict(sorted(counts.items())), placed.known)


class _Placed(NamedTuple):
    """New rows with where they stand; `known` rows were in the store already."""

    rows: list[Row]
    places: dict[Key, str]
    known: int


def _read(
    reader: RowReader, paths: Sequence[str | Path]
) -> Iterator[tuple[Record, NodeRow | EdgeRow]]:
    for path in paths:
        try:
            table = read_table(path)
        except InputError as error:
            reader.problems += error.problems
            continue
        reader.columns(table)
        yield from reader.rows(table)


def _placed(
    reader: RowReader, draft: Draft, read: Sequence[tuple[Record, Row]]
) -> _Placed:
    """Sort out rows that stand twice, and those that the store has."""
    nodes = {row.id for _, row in read if isinstance(row, NodeRow)}
    edges = [row for _, row in read if isinstance(row, EdgeRow)]
    draft.need_nodes(nodes | {end for row in edges for end in row[1:3]})
    for kind in sorted({row.kind for row in edges}):
        draft.need_edges({r.source for r in edges if r.kind == kind}, [kind], OUT)
    placed = _Placed([], {}, 0)
    known = 0
    kinds: dict[str, tuple[str, str]] = {}
    for record, row in read:
        if row.key in placed.places:
            name = " ".join(str(part) for part in row.key)
            problem = f"{name} stands in {placed.places[row.key]} too"
            reader.problems.append(f"{record.place}: {problem}")
            continue
        placed.places[row.key] = record.place
        taken = _taken(draft, row, kinds, record.place)
        if taken:
            reader.problems.append(f"{record.place}: {taken}")
        elif same_content(_stored(draft, row), row):
            known += 1
        else:
            placed.rows.append(row)
    return placed._replace(known=known)


def _stored(draft: Draft, row: Row) -> Row | None:
    if isinstance(row, NodeRow):
        return draft.base.stored_node(row.key)
    return draft.base.stored_edge(row.key)


def _taken(
    draft: Draft, row: Row, kinds: dict[str, tuple[str, str]], place: str
) -> str | None:
    """Say why a row can't stand beside what the store, or another row, says."""
    stored = _stored(draft, row)
    if isinstance(row, EdgeRow):
        if stored is not None and not same_content(stored, row):
            return f"the store says otherwise of this edge (revision {stored.rev})"
        return None
    versions = draft.base.versions(row.id)
    if versions and not same_content(stored, row):
        return f"the id {row.id} is taken (revision {versions[0].rev})"
    kind, elsewhere = kinds.setdefault(row.id, (row.kind, place))
    if kind != row.kind:
        return f"{row.id} is a {row.kind} here and a {kind} in {elsewhere}"
    return None


def _faults(draft: Draft, placed: _Placed, changes: Collection[Any]) -> Iterator[str]:
    """Yield what the structure rules find in the new rows, with their places."""
    yield from _gaps(draft, placed)
    edges = EdgeEnds()
    for row in placed.rows:
        if isinstance(row, EdgeRow):
            for finding in edges.check(draft, Reach([], [row])):
                yield f"{placed.places[row.key]}: {finding.message} [{finding.code}]"
            yield from _overlaps(draft, placed, row)
    at = _places_by_node(placed)
    for finding in rule_findings(draft, tuple(changes)):
        if finding.blocks and codes()[finding.code].structural:
            place = at.get(finding.subject, "")
            if not finding.code.startswith("EDGE"):
                yield f"{place}: {finding.message} [{finding.code}]"


def _gaps(draft: Draft, placed: _Placed) -> Iterator[str]:
    """Refuse versions of a node that overlap or leave a gap: a life is unbroken."""
    for node in sorted({row.id for row in placed.rows if isinstance(row, NodeRow)}):
        rows = draft.versions(node)
        for row, following in pairwise(rows):
            if row.until != following.since:
                what = "overlaps" if row.until > following.since else "leaves a gap to"
                place = placed.places.get(following.key, placed.places.get(row.key, ""))
                yield (
                    f"{place}: {node} from {row.since} to {row.until} {what} the "
                    f"version from {following.since}"
                )


def _overlaps(draft: Draft, placed: _Placed, row: EdgeRow) -> Iterator[str]:
    """Refuse a second edge of the kind between the same two on one day."""
    if draft.pack.edges[row.kind].contains:
        return
    for other in draft.edges(row.source, row.kind, OUT):
        if (
            other.target == row.target
            and other.key < row.key
            and other.since < row.until
            and row.since < other.until
        ):
            yield (
                f"{placed.places[row.key]}: {row.kind} from {row.source} to "
                f"{row.target} overlaps the one from {other.since}"
            )


def _places_by_node(placed: _Placed) -> Mapping[str, str]:
    """Return, for each node, the place of the last row that speaks of it."""
    at: dict[str, str] = {}
    for row in placed.rows:
        if isinstance(row, NodeRow):
            at.setdefault(row.id, placed.places[row.key])
    for row in placed.rows:
        if isinstance(row, EdgeRow):
            at[row.source] = placed.places[row.key]
    return at


def _proposal(paths: Sequence[str | Path], rows: Sequence[Row]) -> dict[str, Any]:
    first = min((row.since for row in rows), default=date.min)
    names = [Path(path).name for path in paths]
    return {
        "title": f"Import of {', '.join(names)}"[:500],
        "effective": first.isoformat(),
        "steps": [],
        "tables": [
            {
                "name": name,
                "sha256": hashlib.sha256(Path(path).read_bytes()).hexdigest(),
            }
            for name, path in zip(names, paths, strict=True)
        ],
    }
