"""Sorts the rows of an import: what is new, known, given twice, or goes on."""

from ..draft import Draft
from ..model import OUT, EdgeRow, NodeRow, Row, same_content, shown_day
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from .faults import Placed
from .gather import Gathered
from .joining import join, known_rows, stored
from .places import Places
from .rows import RowReader

ONLY_NEW = (
    "an import adds new nodes and edges only: change what the store has by a proposal "
    "(rename_unit, set_facts, change_type, move_unit, close_unit)"
)


def place(reader: RowReader, draft: Draft, gathered: Gathered) -> Placed:
    """Join what goes on with another row; sort out what stands twice, or is known."""
    nodes = {row.id for row in gathered.rows if isinstance(row, NodeRow)}
    edges = [row for row in gathered.rows if isinstance(row, EdgeRow)]
    draft.need_nodes(nodes | {end for row in edges for end in row[1:3]})
    for kind in sorted({row.kind for row in edges}):
        draft.need_edges({r.source for r in edges if r.kind == kind}, [kind], OUT)
    placed = Placed([], {}, 0, gathered.places)
    twice: set[int] = set()
    for number, row in enumerate(gathered.rows):
        at = gathered.at[number]
        if row.key in placed.at:
            name = " ".join(str(part) for part in row.key)
            problem = f"{name} stands in {placed.place(row.key)} too"
            reader.problems.append(f"{placed.places.text(at)}: {problem}")
            twice.add(number)
        else:
            placed.at[row.key] = at
    known = known_rows(draft, gathered.rows, twice)
    kinds: dict[str, tuple[str, int]] = {}
    for number, row in enumerate(gathered.rows):
        if number in twice or number in known:
            continue
        at = gathered.at[number]
        taken = _known_otherwise(stored(draft, row), row)
        taken = taken or _taken(draft, row, kinds, at, placed.places)
        if taken:
            reader.problems.append(f"{placed.places.text(at)}: {taken}")
        else:
            placed.rows.append(row)
    rows, replaced, joined = join(draft, placed.rows, placed.at)
    return Placed(rows, placed.at, len(known), placed.places, joined, replaced)


def _taken(
    draft: Draft,
    row: Row,
    kinds: dict[str, tuple[str, int]],
    at: int,
    places: Places,
) -> str | None:
    """Say why a row can't stand beside what the store, or another row, says."""
    had = stored(draft, row)
    if isinstance(row, EdgeRow):
        if had is not None and not same_content(had, row):
            said = f"the store says otherwise of this edge (revision {had.rev})"
            return f"{said}; {ONLY_NEW}"
        return None
    versions = draft.base.versions(row.id)
    if versions and not same_content(had, row):
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
