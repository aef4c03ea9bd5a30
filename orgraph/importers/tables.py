"""Reads CSV tables: which table it is follows from its columns."""

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..cells import EDGE_COLUMNS, LARGEST_CELL, NODE_COLUMNS, plain_column
from ..errors import InputError
from ..files import read_input

LARGEST_TABLE = 1 << 30


class Record(NamedTuple):
    """One row of a table: where it stands, and its cells by column.

    `facts` are those of a JSON document, where they have types; a CSV table has them in
    its cells.
    """

    file: str
    line: int
    cells: dict[str, str]
    facts: dict[str, object] | None = None

    @property
    def place(self) -> str:
        """Where a problem of this row is said to be."""
        return f"{self.file}:{self.line}"


class Table(NamedTuple):
    """A table of nodes or of edges; `facts` are the other columns.

    `problems` are those of rows that have not as many cells as the header, `sha256` is
    that of the bytes that were read.
    """

    file: str
    is_nodes: bool
    facts: tuple[str, ...]
    records: list[Record]
    problems: Sequence[str]
    sha256: str


class Sheet(NamedTuple):
    """A CSV file with a header, whatever its columns are.

    `line` is where the header stands; `problems` and `sha256` are as of a Table.
    """

    file: str
    line: int
    columns: tuple[str, ...]
    records: list[Record]
    problems: Sequence[str]
    sha256: str


def read_table(path: str | Path) -> Table:
    """Read a table of nodes or edges; InputError with every problem of its form."""
    sheet = read_sheet(path, ", or give the .json that orgraph export wrote")
    is_nodes = _which(sheet)
    wanted = NODE_COLUMNS if is_nodes else EDGE_COLUMNS
    facts = tuple(c for c in sheet.columns if c not in wanted)
    return Table(
        sheet.file, is_nodes, facts, sheet.records, sheet.problems, sheet.sha256
    )


def read_sheet(path: str | Path, otherwise: str = "") -> Sheet:
    """Read a CSV file; InputError where it is not CSV, or its header is unclear.

    `otherwise` says what a file that isn't called .csv could be instead.
    """
    name = str(path)
    if not name.lower().endswith(".csv"):
        cure = f"save the sheet as .csv (UTF-8){otherwise}"
        message = f"{name}: tables are read as CSV; {cure}"
        raise InputError(message)
    data = read_input(name, LARGEST_TABLE)
    text = decoded(name, data)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    csv.field_size_limit(LARGEST_CELL)
    try:
        rows = list(_lines(reader))
    except csv.Error as error:
        message = f"{name}:{reader.line_num}: this is not CSV: {error}"
        raise InputError(message) from None
    if not rows:
        message = f"{name}: the file is empty; its first line names the columns"
        raise InputError(message)
    begins, header = rows[0]
    columns = tuple(plain_column(cell.strip()) for cell in header)
    _check_header(f"{name}:{begins}", columns)
    problems, records = [], []
    for line, cells in rows[1:]:
        if len(cells) != len(columns):
            problems.append(
                f"{name}:{line}: {len(cells)} cells where the header has {len(columns)}"
            )
            continue
        values = {c: v.strip() for c, v in zip(columns, cells, strict=True)}
        records.append(Record(name, line, values))
    sha256 = hashlib.sha256(data).hexdigest()
    return Sheet(name, begins, columns, records, problems, sha256)


def decoded(name: str, data: bytes) -> str:
    """Return the text of a file; InputError with the line that is not UTF-8."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"{name}:{line}: this is not UTF-8; save the table as CSV UTF-8"
        raise InputError(message) from None


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield (line on which a row begins, cells); a cell may hold line breaks."""
    begins = 1
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begins, row
        begins = reader.line_num + 1  # type: ignore[attr-defined]


def _check_header(place: str, columns: Sequence[str]) -> None:
    """Refuse a column without a name, or one that stands twice."""
    if "" in columns:
        number = columns.index("") + 1
        message = f"{place}: column {number} has no name; is there a comma too many?"
        raise InputError(message)
    twice = sorted({c for c in columns if columns.count(c) > 1})
    if twice:
        message = f"{place}: the column {twice[0]} stands twice"
        raise InputError(message)


def _which(sheet: Sheet) -> bool:
    """Tell a table of nodes from one of edges; InputError where it is neither."""
    if {"id", "kind"} <= set(sheet.columns):
        return True
    if {"kind", "source", "target"} <= set(sheet.columns):
        return False
    message = (
        f"{sheet.file}:{sheet.line}: this is neither a table of nodes (id, kind, name, "
        f"code, since, until) nor of edges (kind, source, target, since, until)"
        f"{_hint(sheet.columns)}"
    )
    raise InputError(message)


def _hint(columns: Sequence[str]) -> str:
    if len(columns) == 1 and (";" in columns[0] or "\t" in columns[0]):
        return "; save it with commas between the columns"
    lower = {column.lower() for column in columns}
    if {"id", "kind"} <= lower or {"kind", "source", "target"} <= lower:
        return "; write the columns in lower case"
    return ""
