"""Workbooks: what stands in a cell is what was meant, and the bytes are always same."""

import io
import re
import zipfile
from datetime import date, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from orgraph.reports.workbook import MOST_TEXT, Cell, Table, legible, workbook_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RISKY = (
    "=1+1",
    '=HYPERLINK("http://example.org","here")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "=",
    "{=1}",
    "#REF!",
)


def book(*values: Cell) -> bytes:
    """Return a workbook with one column."""
    return workbook_of([Table("A", ("what",), [(value,) for value in values])], "T")


def sheet(data: bytes, name: str = "A") -> Worksheet:
    """Return a sheet as openpyxl reads it."""
    found: Worksheet = load_workbook(io.BytesIO(data))[name]
    return found


def cells(data: bytes) -> list[Any]:
    """Return the cells of the one column, below the heading."""
    return [row[0] for row in sheet(data).iter_rows(min_row=2)]


def xml(data: bytes, name: str) -> ET.Element:
    """Return a part of a workbook by bare XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return ET.fromstring(archive.read(name))  # noqa: S314 - our own


def test_text_is_never_a_formula() -> None:
    """What begins like a formula or looks like an error is text, to the last cell."""
    data = book(*RISKY)
    assert [cell.value for cell in cells(data)] == list(RISKY)
    assert {cell.data_type for cell in cells(data)} == {"s"}
    root = xml(data, "xl/worksheets/sheet1.xml")
    assert list(root.iter(f"{MAIN}f")) == []
    below = [cell for row in list(root.iter(f"{MAIN}row"))[1:] for cell in row]
    assert [cell.get("t") for cell in below] == ["inlineStr"] * len(RISKY)
    for cell in cells(data):
        # So it stays text where somebody edits it and presses Enter.
        assert bool(cell.quotePrefix) is (cell.value[0] in "=+-@\t")
        assert cell.number_format == "@"


def test_codes_dates_and_numbers_are_what_they_are() -> None:
    """A code keeps its zero, a day is a day, a number a number, a truth a truth."""
    yes: Cell = True
    data = book("06652", date(2025, 7, 1), 1579159, yes, None, "1/3", "2025-07")
    code, day, number, truth, nothing, share, month = cells(data)
    assert (code.value, code.data_type) == ("06652", "s")
    assert day.is_date
    assert day.value.date() == date(2025, 7, 1)
    assert day.number_format == "yyyy-mm-dd"
    assert (number.value, number.data_type) == (1579159, "n")
    assert (truth.value, truth.data_type) == (True, "b")
    assert nothing.value is None
    assert (share.value, month.value) == ("1/3", "2025-07")


def test_days_by_bare_numbers() -> None:
    """A day is stored as Excel counts: 2 days more than those since 1900-01-01."""
    days = [date(1900, 3, 1), date(2000, 2, 29), date(2025, 7, 1), date(9999, 12, 31)]
    root = xml(book(*days), "xl/worksheets/sheet1.xml")
    numbers = [int(float(v.text or "")) for v in root.iter(f"{MAIN}v")]
    assert numbers == [(day - date(1899, 12, 30)) // timedelta(days=1) for day in days]


def test_what_excel_would_change_is_text() -> None:
    """A day before its calendar and a number past its digits are written as text."""
    data = book(date(1899, 12, 31), 10**15, -(10**15), 10**15 - 1)
    shown = [(cell.value, cell.data_type) for cell in cells(data)]
    assert shown == [
        ("1899-12-31", "s"),
        ("1000000000000000", "s"),
        ("-1000000000000000", "s"),
        (999999999999999, "n"),
    ]


def test_what_xml_can_not_say_is_shown() -> None:
    """Control characters are pictures; lines and tabs stay; half characters are one."""
    data = book("a\x00b\x1fc", "two\nlines\tand", "\ud800", "\uffff", "x\r\ny")
    assert [cell.value for cell in cells(data)] == [
        "a␀b␟c",
        "two\nlines\tand",
        "\ufffd",
        "\ufffd",
        "x␍\ny",
    ]


def test_what_looks_like_an_escape_stays_itself() -> None:
    """Excel reads _x0041_ as A, so its first character is escaped by itself."""
    assert legible("_x0041_ and _x41_") == "_x005F_x0041_ and _x41_"


@pytest.mark.parametrize("letter", ["a", "ộ", "𝄞"])
def test_text_longer_than_a_cell_is_said_to_be_cut(letter: str) -> None:
    """What a cell can't hold is cut between characters, and says so."""
    whole = letter * (MOST_TEXT // len(letter.encode("utf-16-le")) * 2)
    assert legible(whole) == whole
    cut = legible(letter * 40_000)
    assert len(cut.encode("utf-16-le")) <= 2 * MOST_TEXT
    assert re.fullmatch(rf"{letter}+ … \(cut: .*\)", cut)
    (cell,) = cells(book(letter * 40_000))
    assert cell.value == cut


def test_headings_stay_and_filter() -> None:
    """The heading is frozen, filters all rows, is printed on each page, and fits."""
    rows = [("x" * 200, n) for n in range(5)]
    data = workbook_of([Table("A", ("a long text", "n"), rows)], "T")
    found = sheet(data)
    assert found.freeze_panes == "A2"
    assert found.auto_filter.ref == "A1:B6"
    assert found.print_title_rows == "$1:$1"
    assert 60 <= found.column_dimensions["A"].width <= 70
    assert found.column_dimensions["B"].width < 15
    assert found["A1"].font.bold


def test_an_empty_table_is_a_heading() -> None:
    """A table without rows has its heading."""
    found = sheet(book())
    assert [cell.value for cell in found[1]] == ["what"]
    assert found.max_row == 1


def test_more_rows_than_a_sheet_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """What doesn't fit one sheet goes on in the next, with the heading again."""
    monkeypatch.setattr("orgraph.reports.workbook.MOST_ROWS", 4)
    found = load_workbook(io.BytesIO(book(*range(7))))
    shown = {s.title: [r[0] for r in s.iter_rows(values_only=True)] for s in found}
    assert shown == {
        "A": ["what", 0, 1, 2],
        "A (2)": ["what", 3, 4, 5],
        "A (3)": ["what", 6],
    }
    assert found["A (3)"].auto_filter.ref == "A1:A2"


def test_a_sheet_has_as_many_rows_as_excel_lets_it() -> None:
    """The number is Excel's own: 2 to the 20th."""
    from orgraph.reports.workbook import MOST_ROWS

    assert MOST_ROWS == 2**20


def test_the_same_tables_give_the_same_bytes() -> None:
    """No clock is in a workbook: every part and property bears one time."""
    data = book("a", 1, date(2025, 1, 1))
    assert data == book("a", 1, date(2025, 1, 1))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {part.date_time for part in archive.infolist()} == {
            (1980, 1, 1, 0, 0, 0)
        }
        core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"1980-01-01T00:00:00Z"}
