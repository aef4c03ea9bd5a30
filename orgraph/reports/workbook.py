"""Workbooks: tables as sheets that Excel and LibreOffice open as they were meant.

Text is never taken for a formula, a code keeps its zeros, and the same tables give the
same bytes.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from zipfile import ZIP_DEFLATED

from ..language import ENGLISH, Language
from ..spreadsheet import (
    FIRST_DAY,
    MOST_EXACT,
    MOST_ROWS,
    MOST_TEXT,
    Undated,
    escaped,
    fits,
    is_risky,
    properties,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | date | None
"""What stands in a cell; a bool is an int, and a sentence is said as it is written."""

_CUT = " … (cut: a cell of a sheet holds no more)"
_LOOKED_AT = 2_000
"""So many rows tell how wide a column is."""
_WIDEST = 60
_NARROWEST = 8
_UNSEEN = {n: 0x2400 + n for n in range(32) if n not in (9, 10)}
_NO_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Table(NamedTuple):
    """A heading with rows below it: a sheet, or several where it is long."""

    title: str
    heading: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def workbook_of(
    tables: Iterable[Table], title: str, language: Language = ENGLISH
) -> bytes:
    """Return a workbook of these tables, in order."""
    from openpyxl import Workbook
    from openpyxl.writer.excel import ExcelWriter

    book = Workbook(write_only=True)
    book.properties = properties(legible(title))
    for table in tables:
        heading = [language.say(name) for name in table.heading]
        for name, rows in _sheets(table, language):
            _Sheet(book.create_sheet(name), heading, rows, language).write()
    output = io.BytesIO()
    # The writer is called as openpyxl's save does, which would set the time of writing.
    ExcelWriter(book, Undated(output, "w", ZIP_DEFLATED)).save()
    return output.getvalue()


def legible(text: str) -> str:
    """Return a text as a sheet can hold it.

    Control characters are shown by their pictures, what XML can't say by U+FFFD; what
    would be read as an escape stays itself.
    """
    text = escaped(_NO_XML.sub("\ufffd", text.translate(_UNSEEN)))
    if not fits(text):
        kept = text.encode("utf-16-le")[: 2 * (MOST_TEXT - len(_CUT))]
        return kept.decode("utf-16-le", "ignore") + _CUT
    return text


def _sheets(
    table: Table, language: Language
) -> Iterator[tuple[str, Sequence[Sequence[Cell]]]]:
    """Yield the sheets that a table needs, with their names."""
    at_once = MOST_ROWS - 1
    title = language.say(table.title)
    for start in range(0, max(len(table.rows), 1), at_once):
        number = start // at_once + 1
        name = title if number == 1 else f"{title} ({number})"
        whole = len(table.rows) <= at_once
        yield name, table.rows if whole else table.rows[start : start + at_once]


class _Sheet:
    """Writes one sheet, a row at a time."""

    def __init__(
        self,
        sheet: "WriteOnlyWorksheet",
        heading: Sequence[str],
        rows: Sequence[Sequence[Cell]],
        language: Language,
    ) -> None:
        self.sheet = sheet
        self.heading = heading
        self.rows = rows
        self.language = language
        self.looks: dict[tuple[int, str], Any] = {}
        widths = [len(name) + 3 for name in heading]  # beside the name the filter's key
        for row in rows[:_LOOKED_AT]:
            for place, value in enumerate(row):
                text = self._said(value)
                shown = max((len(line) for line in text.split("\n")), default=0)
                widths[place] = max(widths[place], shown)
        self.widths = [min(max(width, _NARROWEST), _WIDEST) for width in widths]

    def write(self) -> None:
        """Write the heading, which stays in sight and filters, and all rows."""
        from openpyxl.utils import get_column_letter

        sheet = self.sheet
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToHeight = 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        for place, width in enumerate(self.widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width + 2
        sheet.append([self._cell(n, "heading", s) for n, s in enumerate(self.heading)])
        for row in self.rows:
            sheet.append([self._shown(n, value) for n, value in enumerate(row)])
        last = f"{get_column_letter(len(self.heading))}{len(self.rows) + 1}"
        sheet.auto_filter.ref = f"A1:{last}"

    def _shown(self, place: int, value: Cell) -> Any:  # noqa: ANN401 - untyped library
        if value is None:
            return None
        if isinstance(value, bool):
            return self._cell(place, "truth", value)
        if isinstance(value, int):
            if abs(value) < MOST_EXACT:
                return self._cell(place, "number", value)
            value = str(value)
        if isinstance(value, float):
            return self._cell(place, "decimal", value)
        if isinstance(value, date):
            if value >= FIRST_DAY:
                return self._cell(place, "day", value)
            value = self.language.day(value)
        value = self._said(value)
        look = "risky" if is_risky(value) else "text"
        return self._cell(place, look, legible(value))

    def _said(self, value: Cell) -> str:
        return self.language.say(value) if isinstance(value, str) else str(value)

    def _cell(self, place: int, look: str, value: Cell) -> Any:  # noqa: ANN401 - same
        """Return the cell of a column with a look, which each row uses anew."""
        cell = self.looks.get((place, look))
        if cell is None:
            day = self.language.sheet_day
            cell = self.looks[place, look] = _styled(self.sheet, look, day)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"  # whatever it begins with, or looks like
        return cell


def _styled(sheet: "WriteOnlyWorksheet", look: str, day: str) -> Any:  # noqa: ANN401 - same
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(sheet)
    formats = {"number": "#,##0", "decimal": "General", "day": day, "truth": "General"}
    cell.number_format = formats.get(look, "@")
    is_text = look in ("text", "risky")
    cell.alignment = Alignment(vertical="top", wrap_text=is_text or None)
    cell.quotePrefix = look == "risky"  # so it stays text when somebody edits it
    if look == "heading":
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color="FFE7E6E6")
    return cell
