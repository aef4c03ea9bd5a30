"""Reads the sheets of a workbook as tables in the columns of an import."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ..cells import EDGE_COLUMNS, NODE_COLUMNS, plain_column
from ..errors import InputError
from .cell_text import plain
from .tables import Columns, Record, Sheet, Table, check_header, which_table
from .workbook import Grid, Value, Workbook, cell_name


def read_tables(path: str | Path, sheets: Sequence[str] = ()) -> Iterator[Table]:
    """Yield each sheet that holds a table; InputError where one can't be read."""
    book = Workbook(path)
    chosen = book.chosen(sheets)
    headed = full = False
    for title in chosen:
        sheet = sheet_of(book.grid(title))
        headed = headed or sheet is not None
        if sheet is not None and (sheet.records or sheet.problems):
            full = True
            yield _table(sheet, title)
    if not full:
        message = f"{path}: {_HEADED if headed else _nothing(chosen)}"
        raise InputError(message)


_HEADED = "no sheet has a row below its header"


def _nothing(chosen: Sequence[str]) -> str:
    if not chosen:
        return "the workbook has no sheet that holds a table"
    return f"{', '.join(chosen)}: the sheet is empty; its first row names the columns"


def _table(sheet: Sheet, title: str) -> Table:
    """Return a sheet as a table; without a column of kinds its title is the kind."""
    columns = set(sheet.columns)
    kind = None if "kind" in columns else title
    is_nodes = which_table(sheet, titled=kind is not None)
    wanted = NODE_COLUMNS if is_nodes else EDGE_COLUMNS
    facts = tuple(c for c in sheet.columns if c not in wanted)
    return Table(
        sheet.name, is_nodes, facts, sheet.records, sheet.problems, sheet.sha256,
        kind=kind, line=sheet.line, notes=sheet.notes,
    )  # fmt: skip


UNHEADED = "this stands in a column without a header in row"


def sheet_of(grid: Grid) -> Sheet | None:
    """Return the rows of a sheet by its header, the first row; None of an empty one."""
    header = next(grid.rows, None)
    if header is None:
        return None
    begins, cells = header
    named = _headers(grid, begins, cells)
    columns = [column for column, _ in named]
    check_header(grid.place(begins), columns)
    at = {column: place + 1 for column, place in named}
    where = Columns(grid.title, {"": 1, **at})
    problems: list[str] = list(_merged(grid, begins))
    records = []
    headed = {place for _, place in named}
    for line, row in grid.rows:
        found, unread = {}, []
        for column, place in named:
            value = row[place] if place < len(row) else ""
            try:
                found[column] = plain(value) if value != "" else ""
            except ValueError as error:
                found[column] = ""
                unread.append(column)
                problems.append(f"{grid.place(line, place + 1)}: {column}: {error}")
        for place, value in enumerate(row):
            if place not in headed and value != "" and str(value).strip():
                headed.add(place)
                problems.append(f"{grid.place(line, place + 1)}: {UNHEADED} {begins}")
        records.append(
            Record(grid.file, line, found, None, where, frozenset(unread))
            if unread
            else Record(grid.file, line, found, None, where)
        )
    return Sheet(
        grid.file, begins, tuple(columns), records, problems, grid.sha256,
        grid.title, grid.notes(begins),
    )  # fmt: skip


def _headers(grid: Grid, line: int, cells: Sequence[Value]) -> list[tuple[str, int]]:
    """Return the headers that aren't empty, with their columns from 0."""
    named = []
    for place, cell in enumerate(cells):
        try:
            text = str(plain(cell))
        except ValueError as error:
            message = (
                f"{grid.place(line, place + 1)}: the header can't be read: {error}"
            )
            raise InputError(message) from None
        if text:
            named.append((plain_column(text), place))
    return named


def _merged(grid: Grid, header: int) -> Iterator[str]:
    for first, last in sorted(grid.merged):
        if last[0] > header:
            down = cell_name(*last)
            yield (
                f"{grid.place(*first)}: the cells down to {down} are merged; unmerge "
                "them and fill in each"
            )
