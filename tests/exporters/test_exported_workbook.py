"""An export as a workbook is the empty one filled in; what it can't hold is said."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from exporting import copied, every_row
from openpyxl import Workbook, load_workbook
from openpyxl.writer.excel import ExcelWriter
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.exporters import Extract, Written, workbook, write_workbook
from orgraph.exporters.sheet_rows import SheetRows, Spliced
from orgraph.importers import blanks, empty_workbook
from orgraph.model import NodeRow
from orgraph.pack import load_pack
from orgraph.spreadsheet import Cells, Value
from orgraph.stores import MemoryStore


def town(name: str = "Ash", **facts: Any) -> NodeRow:  # noqa: ANN401 - facts
    """Return a municipality with a code."""
    row = node("m", "municipality", **facts)
    return row._replace(name=name, code="007")


def written(store: MemoryStore) -> tuple[Written, bytes]:
    """Return what is said of a workbook, and its bytes."""
    file = io.BytesIO()
    told = write_workbook(Extract(store, names=True), blanks(store.pack), file)
    return told, file.getvalue()


def book(store: MemoryStore) -> Workbook:
    """Return the workbook as another program reads it."""
    return load_workbook(io.BytesIO(written(store)[1]))


def test_the_columns_are_those_of_the_empty_one() -> None:
    """Each sheet has the title and the header of the workbook to fill in."""
    store = filled(town(), node("s", "state"), edge("PART_OF", "m", "s"))
    blank = load_workbook(io.BytesIO(empty_workbook(load_pack("territory"))))
    made = book(store)
    titles = [sheet.title for sheet in blank if sheet.title in made.sheetnames]
    assert made.sheetnames == titles == ["_about", "state", "municipality",
                                         "edges of unit"]  # fmt: skip
    for sheet in made.worksheets[1:]:
        own = [cell.value for cell in blank[sheet.title][1]]
        assert [cell.value for cell in sheet[1]] == own
        assert sheet.freeze_panes == "A2"
        last = sheet.cell(sheet.max_row, len(own)).coordinate
        assert sheet.auto_filter.ref == f"A1:{last}"
    assert made.active.title == "state"


def test_cells_are_what_they_say() -> None:
    """Days are dates, figures numbers, codes and what looks like a formula are text."""
    row = town("=HYPERLINK(1)", people=5, households=None, area_m2=10**15)
    old = node("s", "state", date(1802, 5, 1))
    later = node("d", "district", date(2020, 5, 1), date(2024, 1, 1),
                 since_precision="month")  # fmt: skip
    made = book(filled(row, old, later))
    cells = {cell.value: made["municipality"].cell(2, place)
             for place, cell in enumerate(made["municipality"][1], 1)}  # fmt: skip
    since = cells["since"]
    assert since.is_date
    assert since.value == datetime(2019, 1, 1)  # noqa: DTZ001 - a workbook knows no zones
    assert (cells["people"].data_type, cells["people"].value) == ("n", 5)
    assert cells["households"].value == "?"
    assert cells["area_m2"].value == str(10**15)
    assert (cells["code"].data_type, cells["code"].value) == ("s", "007")
    name = cells["name"]
    assert (name.data_type, name.value) == ("s", "=HYPERLINK(1)")
    assert name.quotePrefix
    assert cells["until"].value is None
    assert made["state"]["D2"].value == "1802-05-01"
    assert made["district"]["D2"].value == "2020-05"
    assert made["district"]["E2"].is_date


@pytest.mark.parametrize(
    ("written_as", "kind"),
    [
        *(("89.838", "n"), ("-21.0386", "n"), ("21", "n"), ("0", "n"), ("0.5", "n")),
        # As numbers these would come back as another text.
        *(("10.80", "s"), ("-0", "s"), ("021", "s"), ("0.0000001", "s"), ("?", "s")),
    ],
)
def test_degrees_are_numbers(written_as: str, kind: str, tmp_path: Path) -> None:
    """Where a map shows a unit is a number, which an import reads as it was."""
    value = None if written_as == "?" else written_as
    store = filled(town(longitude="105.838", latitude=value))
    sheet = book(store)["municipality"]
    heads = {cell.value: cell.column for cell in sheet[1]}
    cell = sheet.cell(2, heads["latitude"])
    assert (cell.data_type, str(cell.value)) == (kind, written_as)
    assert sheet.cell(2, heads["longitude"]).value == 105.838
    assert sheet.cell(2, heads["longitude"]).number_format == "General"
    assert every_row(copied(store, "xlsx", tmp_path)) == every_row(store)


def test_rows_are_as_the_library_writes_them() -> None:
    """Each cell is what openpyxl makes of it, to the letter."""
    values: list[Value | None] = [
        *("Ash", "=1+1", "-", "a & b < c > d", "_x0041_", "Xã Nà Hỳ", "🏛", " x ", "?"),
        *(
            0,
            7,
            -(10**14),
            105.838,
            -21.5,
            21.0,
            1e-7,
            date(1900, 3, 1),
            date(2025, 7, 1),
        ),
        None,
    ]
    texts = []
    for own in (False, True):
        library = Workbook(write_only=True)
        sheet = library.create_sheet("S")
        cells = Cells(sheet)
        sheet.append([cells.heading(1, "head")])
        file = io.BytesIO()
        archive, rows = Spliced(file), io.BytesIO()
        if own:
            below = SheetRows(cells, len(values), rows)
            below.add(2, values)
            below.add(3, [None] * len(values))
            archive.rows["xl/worksheets/sheet1.xml"] = rows
        else:
            sheet.append([v if v is None else cells.of(n, v)
                          for n, v in enumerate(values, 1)])  # fmt: skip
            sheet.append([])
        ExcelWriter(library, archive).save()
        with zipfile.ZipFile(file) as read:
            texts.append(read.read("xl/worksheets/sheet1.xml").decode())
    assert texts[1].partition("<sheetData>")[2] == texts[0].partition("<sheetData>")[2]


def test_the_same_store_gives_the_same_bytes() -> None:
    """Nothing of the clock is in a workbook."""
    store = filled(town(), node("s", "state"), edge("PART_OF", "m", "s"))
    assert written(store)[1] == written(store)[1]
    with zipfile.ZipFile(io.BytesIO(written(store)[1])) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


@pytest.mark.parametrize("name", ["Ash  Oak", "Ash\u00a0Oak"])
def test_spaces_that_an_import_reads_as_one(name: str, tmp_path: Path) -> None:
    """Where a workbook doesn't bring back a text as it was, that is counted."""
    store = filled(town(name))
    assert written(store)[0].spaced == 1
    (row,) = every_row(copied(store, "xlsx", tmp_path)).values()
    assert isinstance(row, NodeRow)
    assert row.name == "Ash Oak"
    assert written(filled(town()))[0].spaced == 0


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (town("Ash\uffff"), "m 2019-01-01: name holds '\\\\uffff', which no sheet can"),
        pytest.param(town(type="x" * 40_000), "type is too long for a cell", id="long"),
        (town(form="x"), "a municipality has no fact form"),
    ],
)
def test_what_no_sheet_holds(row: NodeRow, words: str, tmp_path: Path) -> None:
    """A text that no sheet can hold is named with its row, and nothing is written."""
    store = MemoryStore(load_pack("territory"))
    store._put(row)
    with pytest.raises(InputError, match=words):
        copied(store, "xlsx", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_sheet_has(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """A sheet that would be too long is named, with what to do."""
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    three = [node(f"m{number}", "municipality") for number in range(3)]
    assert written(filled(*three))[0].cells > 3
    with pytest.raises(InputError) as caught:
        copied(filled(*three, node("m9", "municipality")), "xlsx", tmp_path)
    assert str(caught.value) == (
        "municipality: there are more than 3 rows, which no sheet holds; export a "
        "region with --root, or to csv"
    )


def test_an_empty_store() -> None:
    """A workbook of nothing opens, and says what it is."""
    made = book(MemoryStore(load_pack("territory")))
    assert made.sheetnames == ["_about"]
