"""Writes the rows of a sheet as openpyxl would, cell for cell, but much quicker.

The library makes the workbook: its styles, and each sheet with its header. The rows are
written beside it, and put into the sheet when the archive is made.
"""

import shutil
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED

from ..spreadsheet import Cells, Undated, Value, escaped, look_of

_END = "</sheetData>"
_ZERO = date(1899, 12, 30).toordinal()
"""The day from which Excel counts, as it is right from March 1900 on."""


class SheetRows:
    """The rows of one sheet below its header, in a file of their own."""

    def __init__(self, cells: Cells, columns: int, file: BinaryIO) -> None:
        """Begin without any; the cells know how each look is numbered."""
        from openpyxl.utils import get_column_letter

        self.file = file
        self._cells = cells
        self._letters = [get_column_letter(place + 1) for place in range(columns)]
        self._looks: dict[str, str] = {}

    def add(self, number: int, values: Iterable[Value | None]) -> None:
        """Write a row; None is an empty cell."""
        parts = [f'<row r="{number}">']
        for letter, value in zip(self._letters, values, strict=True):
            if value is None:
                continue
            look = look_of(value)
            style = self._looks.get(look)
            if style is None:
                style = self._looks[look] = self._style(look)
            parts.append(f'<c r="{letter}{number}"{style} {_content(value)}</c>')
        parts.append("</row>")
        self.file.write("".join(parts).encode())

    def _style(self, look: str) -> str:
        number = self._cells.style(look)
        return f' s="{number}"' if number else ""


def _content(value: Value) -> str:
    if isinstance(value, str):
        space = "" if value == value.strip() else ' xml:space="preserve"'
        return f't="inlineStr"><is><t{space}>{escape(escaped(value))}</t></is>'
    if isinstance(value, date):
        return f't="n"><v>{value.toordinal() - _ZERO}</v>'
    return f't="n"><v>{value:.16g}</v>'


class Spliced(Undated):
    """An archive in which sheets get the rows that are written beside them.

    `rows` are those that no sheet has got yet, by the entry of their sheet.
    """

    def __init__(self, file: BinaryIO) -> None:
        """Begin an archive, compressed."""
        super().__init__(file, "w", ZIP_DEFLATED)
        self.rows: dict[str, BinaryIO] = {}

    def write(self, filename: str, arcname: str) -> None:  # type: ignore[override]
        """Write an entry from a file, with the rows of the sheet that it is."""
        rows = self.rows.pop(arcname, None)
        if rows is None:
            super().write(filename, arcname)
            return
        # It holds a header and no row, so it is small.
        top, end, tail = Path(filename).read_text("utf-8").partition(_END)
        rows.seek(0)
        with self.entry(arcname) as to:
            to.write(top.encode())
            shutil.copyfileobj(rows, to)
            to.write((end + tail).encode())
