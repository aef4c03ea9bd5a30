"""Reads CSV tables: which table it is follows from its columns."""

import csv
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..cells import EDGE_COLUMNS, LARGEST_CELL, NODE_COLUMNS, plain_column
from ..errors import InputError
from ..files import read_input
from .delimiters import delimiter_of, said_delimiter
from .package import column_letters
from .workbook import Grid

LARGEST_TABLE = 1 << 30


class Columns(NamedTuple):
    """In which column of a sheet what a row says stands, counted from 1.

    The empty name is that of the cell by which the whole row is called. `headers` are
    the office's own, where a mapping says what is meant by them.
    """

    title: str
    at: Mapping[str, int]
    headers: Mapping[str, str] = {}


class Record(NamedTuple):
    """One row of a table: where it stands, and its cells by column.

    `facts` are those of a JSON document, where they have types; a CSV table has them in
    its cells. What is wrong with the `unread` cells, which are empty, is said already.
    """

    file: str
    line: int
    cells: dict[str, str]
    facts: dict[str, object] | None = None
    columns: Columns | None = None
    unread: frozenset[str] = frozenset()

    @property
    def place(self) -> str:
        """Where a problem of this row is said to be."""
        return self.place_of("")

    def place_of(self, column: str) -> str:
        """Where a problem of one of its cells is said to be."""
        return f"{self.before(column)}{self.line}"

    def header(self, column: str) -> str:
        """What a column is called in the table."""
        return (
            column if self.columns is None else self.columns.headers.get(column, column)
        )

    def before(self, column: str = "") -> str:
        """What stands before the line in the place of one of its cells."""
        if self.columns is None or not self.columns.title:
            return f"{self.file}:"
        at = self.columns.at.get(column) or self.columns.at[""]
        return f"{self.file}:{self.columns.title}!{column_letters(at)}"


class Table(NamedTuple):
    """A table of nodes or of edges; `facts` are the other columns.

    `problems` are those of rows that have not as many cells as the header, `sha256` is
    that of the bytes that were read. `kind` is that of all rows where it is no column,
    and `inclusive_end` how their `until` is meant if not as the options say.
    """

    file: str
    is_nodes: bool
    facts: tuple[str, ...]
    records: list[Record]
    problems: Sequence[str]
    sha256: str
    inclusive_end: bool | None = None
    kind: str | None = None
    line: int = 1
    notes: Sequence[str] = ()


class Sheet(NamedTuple):
    """A CSV file, or a sheet, with a header, whatever its columns are.

    `line` is where the header stands; `by_field` says that a mapping named the columns;
    the rest is as of a Table.
    """

    file: str
    line: int
    columns: tuple[str, ...]
    records: list[Record]
    problems: Sequence[str]
    sha256: str
    title: str = ""
    notes: Sequence[str] = ()
    by_field: bool = False

    @property
    def name(self) -> str:
        """The file, and the sheet where it has several."""
        return f"{self.file}:{self.title}" if self.title else self.file

    @property
    def header(self) -> str:
        """Where the header stands."""
        return f"{self.name}!A{self.line}" if self.title else f"{self.file}:{self.line}"


def read_table(path: str | Path) -> Table:
    """Read a table of nodes or edges; InputError with every problem of its form."""
    sheet = read_sheet(path, ", or give the .json that orgraph export wrote")
    is_nodes = which_table(sheet)
    wanted = NODE_COLUMNS if is_nodes else EDGE_COLUMNS
    facts = tuple(c for c in sheet.columns if c not in wanted)
    return Table(
        sheet.file, is_nodes, facts, sheet.records, sheet.problems, sheet.sha256
    )


def read_sheet(path: str | Path, otherwise: str = "") -> Sheet:
    """Read a CSV file; InputError where it is not CSV, or its header is unclear.

    `otherwise` says what a file that isn't called .csv could be instead.
    """
    grid = csv_grid(path, otherwise)
    name = grid.file
    header = next(grid.rows, None)
    if header is None:
        message = f"{name}: the file is empty; its first line names the columns"
        raise InputError(message)
    begins, titles = header
    columns = tuple(plain_column(str(cell).strip()) for cell in titles)
    check_header(f"{name}:{begins}", columns)
    problems, records = [], []
    for line, cells in grid.rows:
        if len(cells) != len(columns):
            problems.append(
                f"{name}:{line}: {len(cells)} cells where the header has {len(columns)}"
            )
            continue
        values = {c: str(v).strip() for c, v in zip(columns, cells, strict=True)}
        records.append(Record(name, line, values))
    return Sheet(name, begins, columns, records, problems, grid.sha256)


def csv_grid(path: str | Path, otherwise: str = "", header: int | None = None) -> Grid:
    """Read a CSV file as rows of text; InputError where it can't be read, or by row.

    `header` is the row of the header, else the first that isn't empty.
    """
    name = str(path)
    if not name.lower().endswith(".csv"):
        cure = f"save the sheet as .xlsx or .csv (UTF-8){otherwise}"
        message = f"{name}: tables are read as XLSX or CSV; {cure}"
        raise InputError(message)
    data = read_input(name, LARGEST_TABLE)
    sha256 = hashlib.sha256(data).hexdigest()
    text = decoded(name, data)
    said = said_delimiter(text)
    delimiter = said or delimiter_of(text, header)
    above = 0 if said is None else 1
    rows = _lines(name, text, delimiter, above)
    return Grid(name, "", sha256, rows, above=above)


def decoded(name: str, data: bytes) -> str:
    """Return the text of a file; InputError with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}:{line}: this is not UTF-8; save the table as CSV UTF-8"
        raise InputError(message) from None


def _lines(
    name: str, text: str, delimiter: str, above: int
) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which a row begins, cells); a cell may hold line breaks."""
    stream = io.StringIO(text, newline="")
    for _ in range(above):
        stream.readline()
    reader = csv.reader(stream, strict=True, delimiter=delimiter)
    csv.field_size_limit(LARGEST_CELL)
    begins = above + 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield begins, row
            begins = above + reader.line_num + 1
    except csv.Error as error:
        message = f"{name}:{above + reader.line_num}: this is not CSV: {error}"
        raise InputError(message) from None


def check_header(place: str, columns: Sequence[str]) -> None:
    """Refuse a column without a name, or one that stands twice."""
    if "" in columns:
        number = columns.index("") + 1
        message = (
            f"{place}: column {number} has no name; is there a separator too many?"
        )
        raise InputError(message)
    twice = sorted({c for c in columns if columns.count(c) > 1})
    if twice:
        message = f"{place}: the column {twice[0]} stands twice"
        raise InputError(message)


def which_table(sheet: Sheet, *, titled: bool = False) -> bool:
    """Tell a table of nodes from one of edges; InputError where it is neither.

    One that is `titled` by its kind needs no column of kinds.
    """
    columns = {*sheet.columns, "kind"} if titled else set(sheet.columns)
    if {"id", "kind"} <= columns:
        return True
    if {"kind", "source", "target"} <= columns:
        return False
    message = (
        f"{sheet.header}: this is neither a table of nodes (id, kind, name, "
        f"code, since, until) nor of edges (kind, source, target, since, until)"
        f"{_hint(sheet.columns)}"
    )
    raise InputError(message)


def _hint(columns: Sequence[str]) -> str:
    if len(columns) == 1 and "|" in columns[0]:
        return "; save it with commas between the columns"
    lower = {column.lower() for column in columns}
    if {"id", "kind"} <= lower or {"kind", "source", "target"} <= lower:
        return "; write the columns in lower case"
    return ""
