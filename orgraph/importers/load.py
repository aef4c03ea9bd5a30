"""Loads tables into a store as one revision: checked as a whole, or not at all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple, Protocol, TypeVar

from ..change import Change
from ..collector import uncollected
from ..draft import Draft, Revision, Snapshot
from ..draft.reading import whole
from ..engine import Stamp, Transaction, append
from ..engine.commit import new_revision
from ..errors import InputError
from ..model import BEGINNING, EdgeRow, NodeRow, Row
from .faults import faults
from .gather import Told, gather
from .places import in_order
from .placing import place
from .rows import Options, RowReader
from .twice import broken_twice

T = TypeVar("T")

LATER = "the structure is checked once these are cured"


class Lockable(Transaction, Protocol):
    """A store as imports need it."""

    def transaction(self, work: Callable[[], T]) -> T:
        """Run work under the write lock; it may be run again."""
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads inside see one revision."""
        ...

    def bulk_load(
        self,
        nodes: Iterable[NodeRow],
        edges: Iterable[EdgeRow],
        *,
        revision: Revision | None = None,
    ) -> None:
        """Fill an empty store, by parts where it lies on a server."""
        ...


class Loaded(NamedTuple):
    """What an import brought: its revision, and how many rows of each kind.

    `known` rows were in the store; `notes` say how the tables were read. Where all
    were known nothing was written, and the revision is the store's last. `joined` rows
    only go on with another one, and are no rows of their own.
    """

    revision: Revision
    counts: dict[str, int]
    known: int
    notes: Sequence[str] = ()
    joined: int = 0


class _Checked(NamedTuple):
    """What an import found in its tables, and wrote on a draft."""

    draft: Draft
    proposal: dict[str, Any]
    known: int
    notes: list[str]
    joined: int


@uncollected
def load_tables(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options | None = None,
    author: str = "",
    told: Told | None = None,
) -> Loaded:
    """Load tables of nodes and edges: CSV, XLSX, or JSON that orgraph export wrote.

    Rows that the store already has are left out. InputError lists every problem of all
    files with its place, and then nothing is loaded.

    >>> new = orgraph.MemoryStore(orgraph.load_pack("."))
    >>> loaded = orgraph.load_tables(new, ["nodes.csv", "edges.csv"])
    >>> loaded.revision.number, loaded.revision.rows
    (1, 55)
    """
    asked = options or Options()
    if store.head():
        changes, revision, found = store.transaction(
            lambda: _added(store, paths, asked, author, told)
        )
    else:
        changes, revision, found = _filled(store, paths, asked, author, told)
    counts: dict[str, int] = {}
    for change in changes:
        if change.after is not None:
            counts[change.row.kind] = counts.get(change.row.kind, 0) + 1
    said = dict(sorted(counts.items()))
    return Loaded(revision, said, found.known, found.notes, found.joined)


def _filled(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options,
    author: str,
    told: Told | None,
) -> tuple[tuple[Change, ...], Revision, _Checked]:
    """Fill an empty store, which may be more than one transaction of a server holds."""
    found = whole(store, lambda: _checked(store, paths, options, told))
    changes = found.draft.changes()
    revision = new_revision(store, changes, found.proposal, Stamp.now(author))
    rows = [change.row for change in changes]
    store.bulk_load(
        (row for row in rows if isinstance(row, NodeRow)),
        (row for row in rows if isinstance(row, EdgeRow)),
        revision=revision,
    )
    return changes, revision, found


def _added(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options,
    author: str,
    told: Told | None,
) -> tuple[tuple[Change, ...], Revision, _Checked]:
    """Add to what a store holds, inside a transaction; nothing if it has all of it."""
    found = _checked(store, paths, options, told)
    changes = found.draft.changes()
    last = store.revision(store.head())
    if not changes and last is not None:
        return changes, last, found
    stamp, tally = Stamp.now(author), found.draft.tally()
    return changes, append(store, changes, found.proposal, stamp, tally), found


def _checked(
    store: Lockable, paths: Sequence[str | Path], options: Options, told: Told | None
) -> _Checked:
    """Read tables onto a draft."""
    draft = Draft(Snapshot(store, BEGINNING))
    reader = RowReader(draft, options)
    gathered = gather(reader, paths, told)
    placed = place(reader, draft, gathered)
    reader.problems += broken_twice(draft, reader.broken, placed)
    for row in placed.replaced:
        draft.drop(row)
    for row in placed.rows:
        draft.put(row)
    changes = draft.changes()
    if reader.whole:
        reader.problems += faults(draft, placed, changes, reader.unread)
    if reader.problems:
        later = [] if reader.whole or not placed.rows else [LATER]
        raise InputError(*in_order(reader.problems, gathered.tables), *later)
    if not gathered.rows:
        message = "no row of these files gives a node or an edge; nothing was loaded"
        raise InputError(message)
    files, notes, known = gathered.files, gathered.notes, placed.known
    joined = placed.joined
    # What says where rows stand holds as much as they do, and was needed up to here.
    del gathered, placed, reader
    draft.finish()
    proposal = _proposal(files, [change.row for change in changes])
    return _Checked(draft, proposal, known, notes, joined)


def _proposal(files: Mapping[str, str], rows: Sequence[Row]) -> dict[str, Any]:
    first = min((row.since for row in rows), default=date.min)
    names = [Path(file).name for file in files]
    return {
        "title": f"Import of {', '.join(names)}"[:500],
        "effective": first.isoformat(),
        "steps": [],
        "tables": [
            {"name": name, "sha256": sha256}
            for name, sha256 in zip(names, files.values(), strict=True)
        ],
    }
