"""Makes rows of the sheets that a mapping names, by what it says of their columns."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..cells import fact_cell, fact_column
from ..model import Row
from ..model.degrees import FARTHEST
from ..pack import FactKind, Pack
from .cell_text import plain
from .columns import Column, Slugs, Want, WrongCellError
from .dates import Dates
from .headers import Header, read_header, unmerged
from .mapping import (
    EdgeRows,
    Mapped,
    NodeRows,
    Source,
    TableRows,
    Word,
    groups,
    sources,
)
from .rows import RowReader
from .tables import Columns, Record, Table
from .workbook import Fault, Grid, Value
from .workbook_tables import UNHEADED

_WORDS = {"id", "kind", "name", "code", "source", "target"}
_DAYS = {"since", "until"}


class Maker(NamedTuple):
    """Makes the records of nodes, or of edges, of the rows of a sheet."""

    said: NodeRows | EdgeRows
    table: Table
    columns: dict[str, Column]
    when: Column | None
    at: Columns
    made: set[tuple[str, ...]]


class MappedSheet:
    """A sheet under a mapping: InputError with every problem of its header."""

    def __init__(
        self, grid: Grid, mapped: Mapped, number: int, pack: Pack, slugs: Slugs
    ) -> None:
        """Read the header, and find the columns that the mapping speaks of."""
        self.grid = grid
        self.said = mapped.said.tables[number]
        self._pack, self._slugs = pack, slugs
        self.header = read_header(grid, mapped, number)
        self.rows = unmerged(grid, self.header, self.said)

    def _column(self, source: Source, want: Want) -> Column:
        return column_of(source, want, self.header, self.said, self._slugs)

    def makers(self) -> list[Maker]:
        """Return what makes nodes and edges of the rows."""
        return [self._maker(said) for _, _, said in groups(self.said)]

    def _maker(self, said: NodeRows | EdgeRows) -> Maker:
        columns: dict[str, Column] = {}
        for path, source in sources(said):
            name = path[-1]
            if path[0] == "facts":
                fact = self._pack.facts.get(str(name))
                columns[fact_column(str(name))] = self._column(source, _want(fact))
            elif name in _WORDS:
                columns[str(name)] = self._column(source, "word")
            elif name in _DAYS:
                columns[str(name)] = self._column(source, "day")
        at = {name: c.at[0] + 1 for name, c in columns.items() if c.at}
        anchors = ("id",) if isinstance(said, NodeRows) else ("target", "source")
        at[""] = next((at[a] for a in anchors if a in at), 1)
        headers = {
            name: ", ".join(self.header.texts[place] for place in c.at)
            for name, c in columns.items()
            if c.at
        }
        facts = tuple(fact_column(name) for name in said.facts)
        table = Table(
            self.grid.name, isinstance(said, NodeRows), facts, [], [], self.grid.sha256,
            self.said.inclusive_end,
        )  # fmt: skip
        when = self._column(said.when, "boolean") if said.when else None
        where = Columns(self.grid.title, at, headers)
        return Maker(said, table, columns, when, where, set())

    def read(self, reader: RowReader) -> Iterator[tuple[Record, Row]]:
        """Yield the rows that the sheet gives, with their records."""
        makers = self.makers()
        unheaded: set[int] = set()
        for line, cells in self.rows:
            problems = list(self._beside(line, cells, unheaded))
            if problems and not self.grid.title:
                reader.refuse(*problems)
                reader.missed |= any(maker.table.is_nodes for maker in makers)
                continue
            reader.problems += problems
            for maker in makers:
                record = self._record(maker, line, cells, reader)
                once = not (maker.said.repeats and record and record.unread)
                row = record and reader.row(record, maker.table, once=once)
                if record and row:
                    yield record, row

    def _beside(
        self, line: int, cells: Sequence[Value], said: set[int]
    ) -> Iterator[str]:
        """Yield values that no header speaks of, a column once; and missing cells."""
        wide = len(self.header.texts)
        if not self.grid.title and len(cells) != wide:
            place = self.grid.place(line)
            yield f"{place}: {len(cells)} cells where the header has {wide}"
            return
        for at in range(len(cells)) if self.header.gaps else range(wide, len(cells)):
            if at in said or (at < wide and self.header.texts[at]):
                continue
            if isinstance(cells[at], Fault) or str(cells[at]).strip():
                said.add(at)
                place = self.grid.place(line, at + 1)
                yield f"{place}: {UNHEADED} {self.said.header}"

    def _record(
        self, maker: Maker, line: int, cells: Sequence[Value], reader: RowReader
    ) -> Record | None:
        """Return what a row says of a node or an edge; None where it says nothing."""
        found: dict[str, str] = {}
        problems = []
        if maker.when is not None:
            try:
                if not _is_meant(maker.when, cells):
                    return None
            except WrongCellError as error:
                reader.refuse(self._said(line, error))
                reader.missed |= maker.table.is_nodes
                return None
        for name, column in maker.columns.items():
            try:
                found[name] = column.read(cells)
            except WrongCellError as error:
                problems.append(self._said(line, error))
        ends = ("id",) if maker.table.is_nodes else ("source", "target")
        if maker.said.optional and any(found.get(end) == "" for end in ends):
            return None
        if problems:
            reader.refuse(*problems, node=found.get(ends[0]))
            unread = maker.columns.keys() - found.keys()
            found |= dict.fromkeys(unread, "")
            # What else is wrong with the row is found by who reads it.
            return Record(
                self.grid.file, line, found, None, maker.at, frozenset(unread)
            )
        if maker.said.repeats:
            key = tuple(found.values())
            if key in maker.made:
                return None
            maker.made.add(key)
        return Record(self.grid.file, line, found, None, maker.at)

    def notes(self) -> list[str]:
        """Return what should be known of how the sheet was read."""
        return self.grid.notes(self.header.line)

    def _said(self, line: int, error: WrongCellError) -> str:
        header = self.header.texts[error.column - 1]
        return f"{self.grid.place(line, error.column)}: {header}: {error}"


def _want(fact: FactKind | None) -> Want:
    if fact is None:
        return "text"
    return "degrees" if fact.format in FARTHEST else fact.type


def column_of(
    source: Source, want: Want, header: Header, said: TableRows, slugs: Slugs
) -> Column:
    """Return what reads a value of a sheet with this header."""
    encode = fact_cell if want == "text" else str
    words = {plain(word): _word(value) for word, value in (source.values or {}).items()}
    constant, default = (
        "" if value is None else encode(_word(value))
        for value in (source.value, source.default)
    )
    at = tuple(header.columns[plain(text)] for text in source.columns)
    dates = Dates(source.dates or said.dates, source.precision)
    return Column(source, want, at, constant, default, said, dates, slugs, words)


def _word(value: Word) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _is_meant(when: Column, cells: Sequence[Value]) -> bool:
    """Tell whether a row is meant; an empty cell says that it isn't."""
    text = when.read(cells)
    if text not in {"true", "false", ""}:
        message = f"{text[:40]!r} is neither true nor false; say what it is in values"
        raise WrongCellError(when.at[0] + 1 if when.at else 1, message)
    return text == "true"
