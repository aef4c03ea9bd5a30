"""Reads the one sheet that a table is: CSV, XLSX, or fields of it by a mapping."""

from collections.abc import Sequence
from pathlib import Path

from ..errors import InputError
from .columns import Slugs, WrongCellError
from .headers import read_header, unmerged
from .mapped import column_of
from .mapping import Mapped
from .patterns import is_meant
from .tables import Columns, Record, Sheet, csv_grid, read_sheet
from .workbook import Grid, Workbook, check_sheets, is_workbook
from .workbook_tables import sheet_of


def read_one_sheet(
    path: str | Path, sheets: Sequence[str] = (), mapped: Mapped | None = None
) -> Sheet:
    """Read a table; InputError with one sentence where it isn't clear which.

    A mapping that has a table for the file names its columns by fields.
    """
    check_sheets([path], sheets)
    number = _number(path, mapped)
    if not is_workbook(path):
        if mapped is None or number is None:
            return read_sheet(path)
        header = mapped.said.tables[number].header
        return _mapped(csv_grid(path, header=header), mapped, number)
    book = Workbook(path)
    pattern = None
    if mapped is not None and number is not None:
        pattern = mapped.said.tables[number].sheet
    titles = book.chosen(sheets)
    found = [t for t in titles if pattern is None or is_meant(t, pattern)]
    if len(found) != 1:
        there = ", ".join(book.titles)
        message = f"{path}: which sheet is the table? name one of: {there}"
        raise InputError(message)
    grid = book.grid(found[0])
    if mapped is not None and number is not None:
        return _mapped(grid, mapped, number)
    sheet = sheet_of(grid)
    if sheet is None:
        message = f"{grid.name}: the sheet is empty; its first row names the columns"
        raise InputError(message)
    return sheet


def _number(path: str | Path, mapped: Mapped | None) -> int | None:
    """Return which table of a mapping a file is, None without one for it."""
    if mapped is None:
        return None
    name = Path(path).name
    tables = enumerate(mapped.said.tables)
    found = [number for number, table in tables if is_meant(name, table.file)]
    for number in found:
        if not mapped.said.tables[number].fields:
            place = mapped.place("tables", number)
            message = f"{place}: a conversion table gives fields, not nodes and edges"
            raise InputError(message)
    if len(found) > 1:
        place = mapped.place("tables", found[1])
        message = f"{place}: two tables are for {name}; name their files"
        raise InputError(message)
    return found[0] if found else None


def _mapped(grid: Grid, mapped: Mapped, number: int) -> Sheet:
    """Return the rows of a sheet, their cells by the fields of a mapping."""
    said = mapped.said.tables[number]
    header = read_header(grid, mapped, number)
    slugs = Slugs()
    columns = {
        field: column_of(source, "field", header, said, slugs)
        for field, source in said.fields.items()
    }
    at = {field: column.at[0] + 1 for field, column in columns.items() if column.at}
    where = Columns(grid.title, {"": min(at.values(), default=1), **at})
    problems: list[str] = []
    records = []
    for line, cells in unmerged(grid, header, said):
        found, unread = {}, []
        for field, column in columns.items():
            try:
                found[field] = column.read(cells)
            except WrongCellError as error:
                found[field] = ""
                unread.append(field)
                place = grid.place(line, error.column)
                problems.append(f"{place}: {header.texts[error.column - 1]}: {error}")
        record = Record(grid.file, line, found, None, where, frozenset(unread))
        records.append(record)
    return Sheet(
        grid.file, header.line, tuple(columns), records, problems, grid.sha256,
        grid.title, grid.notes(header.line), by_field=True,
    )  # fmt: skip
