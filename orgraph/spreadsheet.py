"""What all workbooks share: cells whose text stays text, archives without a clock."""

import re
import shutil
from datetime import date, datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.packaging.core import DocumentProperties
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Value = str | int | float | date
"""What a cell can hold."""
MOST_ROWS = 1_048_576
"""How many rows a sheet can have, its heading included."""
MOST_TEXT = 32_767
"""How many UTF-16 units a cell can hold."""
MOST_EXACT = 10**15
"""From here on Excel, with its floats of 15 digits, would show another number."""
FIRST_DAY = date(1900, 3, 1)
"""Before this day Excel's calendar is off by one."""

_MADE = datetime(1980, 1, 1)  # noqa: DTZ001 - the first day of a ZIP, where no clock is
_RISKY = tuple("=+-@\t\r\n")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_FORMATS = {"number": "0", "decimal": "General", "day": "yyyy-mm-dd"}


def fits(text: str) -> bool:
    """Tell whether a cell can hold a text."""
    return len(text) * 2 <= MOST_TEXT or len(text.encode("utf-16-le")) <= 2 * MOST_TEXT


def is_risky(text: str) -> bool:
    """Tell whether a text would be a formula to somebody who edits its cell."""
    return text.startswith(_RISKY)


def escaped(text: str) -> str:
    """Return a text in which what would be read as an escape stays itself."""
    return _ESCAPE.sub("_x005F_", text)


def look_of(value: Value) -> str:
    """Return how a cell with a value looks: as text, a number, a decimal or a day."""
    if isinstance(value, str):
        return "risky" if value.startswith(_RISKY) else "text"
    if isinstance(value, date):
        return "day"
    return "decimal" if isinstance(value, float) else "number"


class Cells:
    """The cells of one sheet: one for a column and a look, which rows use anew."""

    def __init__(self, sheet: "WriteOnlyWorksheet") -> None:
        """Begin without any."""
        self._sheet = sheet
        self._made: dict[tuple[int, str], Any] = {}

    def heading(self, column: int, text: str) -> Any:  # noqa: ANN401 - untyped library
        """Return the head of a column."""
        return self._cell(column, "heading", text)

    def of(self, column: int, value: Value) -> Any:  # noqa: ANN401 - same
        """Return a cell with a value; a text is one, whatever it begins with."""
        text = escaped(value) if isinstance(value, str) else value
        return self._cell(column, look_of(value), text)

    def style(self, look: str) -> int:
        """Return the number that the workbook gives to a look."""
        number: int = _styled(self._sheet, look).style_id
        return number

    def _cell(self, column: int, look: str, value: Value) -> Any:  # noqa: ANN401 - same
        cell = self._made.get((column, look))
        if cell is None:
            cell = self._made[column, look] = _styled(self._sheet, look)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
        return cell


def _styled(sheet: "WriteOnlyWorksheet", look: str) -> Any:  # noqa: ANN401 - same
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet)
    cell.number_format = _FORMATS.get(look, "@")
    cell.quotePrefix = look == "risky"  # so it stays text when somebody edits it
    if look == "heading":
        cell.font = Font(bold=True)
    return cell


def properties(title: str) -> "DocumentProperties":
    """Return what a workbook says of itself: never when it was made."""
    from openpyxl.packaging.core import DocumentProperties

    return DocumentProperties(
        creator="orgraph", title=title, created=_MADE, modified=_MADE
    )


def abandon(book: "Workbook") -> None:
    """Let go of a workbook that isn't written to its end, and of its temporary files.

    The library forgets them, and complains of the sheets that were begun.
    """
    for sheet in book.worksheets:
        writer = sheet._writer  # noqa: SLF001 - the library has no other way to them
        if writer is None:
            continue
        if not sheet.closed:
            sheet.close()
        if Path(writer.out).exists():
            writer.cleanup()


class Undated(ZipFile):
    """An archive whose entries all bear one time."""

    def writestr(  # type: ignore[override]
        self, name: str, data: str | bytes, *_: object
    ) -> None:
        """Write an entry of some data."""
        super().writestr(_entry(name), data)

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        """Write an entry from a file."""
        with Path(filename).open("rb") as file, self.entry(arcname) as to:
            shutil.copyfileobj(file, to)

    def entry(self, name: str) -> IO[bytes]:
        """Open an entry to be written."""
        return self.open(_entry(name), "w")


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _MADE.timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    return entry
