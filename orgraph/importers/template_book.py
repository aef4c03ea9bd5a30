"""Writes an empty workbook to fill in; the same pack gives the same bytes."""

import io
import re
import zipfile
from datetime import datetime
from typing import TYPE_CHECKING

from ..pack import Pack
from .template import Blank, Head, blanks

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

ABOUT = "_about"
LISTS = "_lists"
_LAST_ROW = 1_048_576
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
_SAVED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_WIDE = 18
_LINES = (
    "{title}",
    "",
    "Fill in the sheets that you have something for, and leave the others as they are.",
    "Then: orgraph import THIS.xlsx --pack {name} --store STORE",
    "",
    "Each row is one unit, person, post or household, or an edge between two of them.",
    "Headers have notes: what a column means, and what may stand in it.",
    "Columns hold text, so that codes keep their zeros and dates are as typed.",
    "If anything is wrong, all of it is listed by its cell, and nothing is loaded.",
    "Sheets whose title begins with _ are not read.",
)


def empty_workbook(pack: Pack) -> bytes:
    """Return the bytes of an empty workbook for a pack."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = "orgraph"
    book.properties.created = _MADE
    about = book.active
    about.title = ABOUT
    for line in _LINES:
        about.append([line.format(title=pack.title, name=pack.name)])
    about.column_dimensions["A"].width = 90
    lists: dict[tuple[str, ...], str] = {}
    for blank in blanks(pack):
        _add(book.create_sheet(blank.title), blank, lists)
    _add_lists(book, lists)
    book.active = 1
    about.sheet_view.tabSelected = False
    packed = io.BytesIO()
    book.save(packed)
    return _dateless(packed.getvalue())


def _add(sheet: "Worksheet", blank: Blank, lists: dict[tuple[str, ...], str]) -> None:
    from openpyxl.comments import Comment
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append([head.text for head in blank.heads])
    sheet.freeze_panes = "A2"
    for number, head in enumerate(blank.heads, 1):
        letter = get_column_letter(number)
        cell = sheet.cell(1, number)
        cell.font = Font(bold=True)
        cell.comment = Comment(head.note, "orgraph", height=120, width=320)
        column = sheet.column_dimensions[letter]
        column.width = _WIDE
        column.number_format = "0" if head.is_number else "@"
        if head.words:
            _validate(sheet, head, f"{letter}2:{letter}{_LAST_ROW}", lists)


def _validate(
    sheet: "Worksheet", head: Head, cells: str, lists: dict[tuple[str, ...], str]
) -> None:
    """Give cells a drop-down list; its words stand in a sheet of their own."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if head.words not in lists:
        letter = get_column_letter(len(lists) + 1)
        lists[head.words] = f"'{LISTS}'!${letter}$1:${letter}${len(head.words)}"
    one_of = DataValidation(
        type="list",
        formula1=lists[head.words],
        allow_blank=True,
        errorStyle=head.strictness,
        errorTitle=head.text,
        error="Choose one of the list.",
        showErrorMessage=True,
    )
    one_of.add(cells)
    sheet.add_data_validation(one_of)


def _add_lists(book: "Workbook", lists: dict[tuple[str, ...], str]) -> None:
    sheet = book.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    for column, words in enumerate(lists, 1):
        for row, word in enumerate(words, 1):
            sheet.cell(row, column, word).number_format = "@"


def _dateless(data: bytes) -> bytes:
    """Return a workbook that doesn't say when it was saved."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", part)
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return made.getvalue()
