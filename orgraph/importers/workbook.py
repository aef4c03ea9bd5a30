"""Reads the sheets of an XLSX workbook as rows of values, with the place of each."""

import hashlib
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import InputError
from ..files import read_input
from ..near_names import did_you_mean
from .package import BROKEN, Cell, Package, PackageError, column_letters

SUFFIXES = (".xlsx", ".xlsm")
LARGEST_WORKBOOK = 1 << 28
NOT_A_TABLE = "_"
"""What the title of a sheet that holds no table begins with."""


class Fault(str):
    """The error that a cell shows, such as #REF!, or NO_VALUE."""

    __slots__ = ()


Value = str | Fault | float | bool | date | datetime | time | timedelta
"""What a cell holds; the empty text where it is empty."""


class Grid(NamedTuple):
    """A sheet, or a CSV file: rows of values that aren't all empty, by their line.

    `title` is that of the sheet, empty of a CSV file. `merged` are the first and the
    last cell of each merged range. A row may have fewer values than the longest. There
    may be lines `above` the first row that are none.
    """

    file: str
    title: str
    sha256: str
    rows: Iterator[tuple[int, Sequence[Value]]]
    hidden: frozenset[int] = frozenset()
    merged: Sequence[tuple[Cell, Cell]] = ()
    is_hidden: bool = False
    above: int = 0

    @property
    def name(self) -> str:
        """The file, and the sheet where it has several."""
        return f"{self.file}:{self.title}" if self.title else self.file

    def notes(self, header: int) -> list[str]:
        """Return what should be known of how the rows below the header were read."""
        notes = []
        if self.is_hidden:
            notes.append(f"{self.name}: the sheet is hidden, and is read")
        number = sum(line > header for line in self.hidden)
        if number:
            what = (
                "row is hidden, and is" if number == 1 else "rows are hidden, and are"
            )
            notes.append(f"{self.name}: {number:,} {what} read like the others")
        return notes

    def place(self, line: int, column: int = 1) -> str:
        """Return where a cell stands: staff.xlsx:Members!C17, or members.csv:17."""
        if not self.title:
            return f"{self.file}:{line}"
        return f"{self.name}!{cell_name(line, column)}"


def cell_name(line: int, column: int) -> str:
    """Return C17 for a cell."""
    return f"{column_letters(column)}{line}"


def is_workbook(path: str | Path) -> bool:
    """Tell a workbook from another table by its name."""
    return str(path).lower().endswith(SUFFIXES)


def check_sheets(paths: Sequence[str | Path], sheets: Sequence[str]) -> None:
    """Refuse sheets that are named where no file is a workbook."""
    if sheets and not any(map(is_workbook, paths)):
        files = ", ".join(map(str, paths))
        message = (
            f"{files}: there is no sheet {sheets[0]}, for only workbooks have sheets; "
            "leave out --sheet"
        )
        raise InputError(message)


class Workbook:
    """An opened workbook; InputError with one sentence where it can't be read."""

    def __init__(self, path: str | Path) -> None:
        """Read the file, and look what sheets it has."""
        self.file = str(path)
        data = read_input(self.file, LARGEST_WORKBOOK)
        self.sha256 = hashlib.sha256(data).hexdigest()
        try:
            self._package = Package(data)
            self._parts = self._package.sheets()
        except PackageError as error:
            raise self._refused(str(error)) from None
        self._book = _opened(self.file, data)
        self._hidden = {
            sheet.name
            for sheet in self._book.sheets_metadata
            if not str(sheet.visible).endswith(".Visible")
        }
        self.titles = [title for title in self._book.sheet_names if self._has(title)]

    def _has(self, title: str) -> bool:
        return "worksheets" in self._parts.get(title, "")

    @property
    def tables(self) -> list[str]:
        """The titles of the sheets that may hold a table."""
        return [t for t in self.titles if not t.startswith(NOT_A_TABLE)]

    def chosen(self, sheets: Sequence[str]) -> list[str]:
        """Return the sheets that are meant, by default all that may hold a table."""
        unknown = [sheet for sheet in sheets if sheet not in self.titles]
        if unknown:
            hint = did_you_mean(unknown[0], self.titles)
            there = ", ".join(self.titles)
            message = f"there is no sheet {unknown[0]}{hint}; there are: {there}"
            raise self._refused(message)
        return [t for t in self.titles if t in sheets] if sheets else self.tables

    def grid(self, title: str) -> Grid:
        """Return one sheet; its rows are read as they are asked for."""
        try:
            seen = self._package.seen(self._parts[title])
        except PackageError as error:
            message = f"{self.file}:{title}: {error}"
            raise InputError(message) from None
        sheet = _guarded(self.file, lambda: self._book.get_sheet_by_name(title))
        merged = [
            ((first[0] + 1, first[1] + 1), (last[0] + 1, last[1] + 1))
            for first, last in sheet.merged_cell_ranges or ()
        ]
        given = sheet.iter_rows() if sheet.start else iter(())
        first = sheet.start[1] if sheet.start else 0
        rows = _rows(given, first, seen.faults)
        is_hidden = title in self._hidden
        return Grid(self.file, title, self.sha256, rows, seen.hidden, merged, is_hidden)

    def _refused(self, problem: str) -> InputError:
        return InputError(f"{self.file}: {problem}")


def _opened(file: str, data: bytes) -> Any:  # noqa: ANN401 - the reader's own class
    from python_calamine import CalamineWorkbook

    return _guarded(file, lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _guarded(file: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - as work
    """Return what the reader does; InputError with a sentence where it can't.

    What its native code meets in a broken file may reach Python as a panic, which is
    no Exception.
    """
    try:
        return work()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # noqa: BLE001 - a panic is a BaseException
        message = f"{file}: {BROKEN}"
        raise InputError(message) from None


def _rows(
    given: Iterator[list[Value]], first: int, faults: Mapping[Cell, str]
) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield the rows that aren't empty, from column A on, with what they show."""
    odd: dict[int, list[tuple[int, Fault]]] = {}
    for (line, column), shown in faults.items():
        odd.setdefault(line, []).append((column, Fault(shown)))
    ahead: list[Value] = [""] * first
    for line, cells in enumerate(given, 1):
        row = [*ahead, *cells] if first else cells
        if line in odd:
            yield line, _with_faults(row, odd.pop(line))
        elif any(cell != "" and not _is_blank(cell) for cell in row):
            yield line, row
    for below in sorted(odd):
        yield below, _with_faults([], odd[below])


def _is_blank(cell: Value) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _with_faults(row: list[Value], faults: list[tuple[int, Fault]]) -> list[Value]:
    wide = max(len(row), *(column for column, _ in faults))
    row = [*row, *[""] * (wide - len(row))]
    for column, fault in faults:
        row[column - 1] = fault
    return row
