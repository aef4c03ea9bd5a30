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
from ..model import BEGINNING, OUT, EdgeRow, NodeRow, Row, same_content, shown_day
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from .faults import Placed, faults
from .gather import Gathered, Told, gather
from .places import Places, in_order
from .rows import Options, RowReader
from .twice import broken_twice

T = TypeVar("T")

ONLY_NEW = (
    "an import adds new nodes and edges only: change what the store has by a proposal "
    "(rename_unit, set_facts, change_type, move_unit, close_unit)"
)


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
    were known nothing was written, and the revision is the store's last.
    """

    revision: Revision
    counts: dict[str, int]
    known: int
    notes: Sequence[str] = ()


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
        changes, revision, known, notes = store.transaction(
            lambda: _added(store, paths, asked, author, told)
        )
    else:
        changes, revision, known, notes = _filled(store, paths, asked, author, told)
    counts: dict[str, int] = {}
    for change in changes:
        counts[change.row.kind] = counts.get(change.row.kind, 0) + 1
    return Loaded(revision, dict(sorted(counts.items())), known, notes)


def _filled(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options,
    author: str,
    told: Told | None,
) -> tuple[tuple[Change, ...], Revision, int, list[str]]:
    """Fill an empty store, which may be more than one transaction of a server holds."""
    draft, proposal, known, notes = whole(
        store, lambda: _checked(store, paths, options, told)
    )
    changes = draft.changes()
    revision = new_revision(store, changes, proposal, Stamp.now(author))
    rows = [change.row for change in changes]
    store.bulk_load(
        (row for row in rows if isinstance(row, NodeRow)),
        (row for row in rows if isinstance(row, EdgeRow)),
        revision=revision,
    )
    return changes, revision, known, notes


def _added(
    store: Lockable,
    paths: Sequence[str | Path],
    options: Options,
    author: str,
    told: Told | None,
) -> tuple[tuple[Change, ...], Revision, int, list[str]]:
    """Add to what a store holds, inside a transaction; nothing if it has all of it."""
    draft, proposal, known, notes = _checked(store, paths, options, told)
    changes = draft.changes()
    last = store.revision(store.head())
    if not changes and last is not None:
        return changes, last, known, notes
    revision = append(store, changes, proposal, Stamp.now(author), draft.tally())
    return changes, revision, known, notes


def _checked(
    store: Lockable, paths: Sequence[str | Path], options: Options, told: Told | None
) -> tuple[Draft, dict[str, Any], int, list[str]]:
    """Read tables onto a draft; return it, what is to be said, and what was known."""
    draft = Draft(Snapshot(store, BEGINNING))
    reader = RowReader(draft, options)
    gathered = gather(reader, paths, told)
    placed = _placed(reader, draft, gathered)
    reader.problems += broken_twice(draft, reader.broken, placed)
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
    # What says where rows stand holds as much as they do, and was needed up to here.
    del gathered, placed, reader
    draft.finish()
    proposal = _proposal(files, [change.row for change in changes])
    return draft, proposal, known, notes


def _placed(reader: RowReader, draft: Draft, gathered: Gathered) -> Placed:
    """Sort out rows that stand twice, and those that the store has."""
    nodes = {row.id for row in gathered.rows if isinstance(row, NodeRow)}
    edges = [row for row in gathered.rows if isinstance(row, EdgeRow)]
    draft.need_nodes(nodes | {end for row in edges for end in row[1:3]})
    for kind in sorted({row.kind for row in edges}):
        draft.need_edges({r.source for r in edges if r.kind == kind}, [kind], OUT)
    placed = Placed([], {}, 0, gathered.places)
    known = 0
    kinds: dict[str, tuple[str, int]] = {}
    for row, at in zip(gathered.rows, gathered.at, strict=True):
        if row.key in placed.at:
            name = " ".join(str(part) for part in row.key)
            problem = f"{name} stands in {placed.place(row.key)} too"
            reader.problems.append(f"{placed.places.text(at)}: {problem}")
            continue
        placed.at[row.key] = at
        taken = _known_otherwise(_stored(draft, row), row)
        taken = taken or _taken(draft, row, kinds, at, placed.places)
        if taken:
            reader.problems.append(f"{placed.places.text(at)}: {taken}")
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
    draft: Draft,
    row: Row,
    kinds: dict[str, tuple[str, int]],
    at: int,
    places: Places,
) -> str | None:
    """Say why a row can't stand beside what the store, or another row, says."""
    stored = _stored(draft, row)
    if isinstance(row, EdgeRow):
        if stored is not None and not same_content(stored, row):
            said = f"the store says otherwise of this edge (revision {stored.rev})"
            return f"{said}; {ONLY_NEW}"
        return None
    versions = draft.base.versions(row.id)
    if versions and not same_content(stored, row):
        known = f"a {versions[0].kind} since revision {versions[0].rev}"
        return f"the id {row.id} is taken by {known}; {ONLY_NEW}"
    kind, elsewhere = kinds.setdefault(row.id, (row.kind, at))
    if kind != row.kind:
        return f"{row.id} is a {row.kind} here and a {kind} in {places.text(elsewhere)}"
    return None


def _known_otherwise(stored: Row | None, row: Row) -> str | None:
    """Say where a row differs in nothing but how exactly its days are known."""
    names = {"since": PRECISION, "until": UNTIL_PRECISION}
    if stored is None or same_content(stored, row):
        return None
    if not same_content(_bare(stored), _bare(row)):
        return None
    given, had = (
        {
            day: shown_day(getattr(one, day), one.facts.get(name)) or "no end"
            for day, name in names.items()
            if stored.facts.get(name) != row.facts.get(name)
        }
        for one in (row, stored)
    )
    said = [f"{day} is {given[day]} here and {had[day]} in the store" for day in given]
    cure = f"write it as {' and '.join(had.values())}"
    return f"{' and '.join(said)} (revision {stored.rev}); {cure}"


def _bare(row: Row) -> Row:
    facts = without(row.facts, PRECISION, UNTIL_PRECISION)
    return row._replace(facts=facts)


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
