"""Workbooks of an office are imported in their own columns, or refused by cell."""

import zipfile
from datetime import date
from pathlib import Path

import offices
import pytest
from land import put
from offices import COMMUNE_MAPPING, SCENARIOS, communes_book, rows, staff_book, stored
from openpyxl import load_workbook
from running import Orgraph

from orgraph.pack import load_pack

VIETNAM = ("--pack", "vietnam", "--store")


def test_communes_by_a_mapping(folder: Path, orgraph: Orgraph) -> None:
    """A workbook in Vietnamese columns makes the store that the tables in CSV make."""
    communes_book(folder / "xa.xlsx")
    put(folder, "map.toml", COMMUNE_MAPPING)
    outcome = orgraph("import", "xa.xlsx", "--mapping", "map.toml", *VIETNAM, "x.db")
    assert (outcome.code, outcome.err) == (0, ""), outcome.said
    assert "  xa.xlsx: not read: Ghi chú" in outcome.out.splitlines()
    place = SCENARIOS / "quang_ninh_2025"
    csv = [place / "nodes.csv", place / "edges.csv"]
    assert orgraph("import", *csv, *VIETNAM, "c.db").code == 0
    expected = stored(folder / "c.db")
    assert len(expected["node"]) == 185
    assert stored(folder / "x.db") == expected


def test_a_staff_list_by_a_mapping(
    folder: Path, territory: Path, orgraph: Orgraph
) -> None:
    """One row gives a person, a post and several edges; last days and months are read.

    The store is the one that the same organisation in CSV makes.
    """
    other = put(folder, "other.db", territory.read_bytes())
    put(folder, "map.toml", staff_book(folder / "staff.xlsx"))
    outcome = orgraph("import", "staff.xlsx", "--mapping", "map.toml")
    assert (outcome.code, outcome.err) == (0, ""), outcome.said
    names = ("organisation_nodes.csv", "organisation_edges.csv")
    csv = [SCENARIOS / "dien_bien_2025" / name for name in names]
    assert orgraph("import", *csv, "--store", other).code == 0
    assert stored(territory) == stored(other)


def test_a_template_is_filled_in(folder: Path, orgraph: Orgraph) -> None:
    """A filled-in template is imported without a mapping, with codes and names."""
    assert orgraph("import", "--template", "t.xlsx", "--pack", "vietnam").code == 0
    names = ("nodes", "edges", "organisation_nodes", "organisation_edges")
    offices.fill(folder / "t.xlsx", [rows("dien_bien_2025", name) for name in names])
    outcome = orgraph("import", "t.xlsx", *VIETNAM, "x.db")
    assert (outcome.code, outcome.err) == (0, ""), outcome.said
    csv = [SCENARIOS / "dien_bien_2025" / f"{name}.csv" for name in names]
    assert orgraph("import", *csv, *VIETNAM, "c.db").code == 0
    assert stored(folder / "x.db") == stored(folder / "c.db")


@pytest.mark.parametrize("pack", ["vietnam", "territory"])
def test_a_template_is_what_the_pack_says(
    folder: Path, orgraph: Orgraph, pack: str
) -> None:
    """Every kind has a place, with lists and notes; no day of today is in it."""
    assert orgraph("import", "--template", "a.xlsx", "--pack", pack).code == 0
    with zipfile.ZipFile(folder / "a.xlsx") as packed:
        assert {entry.date_time[0] for entry in packed.infolist()} == {1980}
        written = packed.read("docProps/core.xml")
    assert written.count(b"2000-01-01T00:00:00Z") == 2
    again = orgraph("import", "--template", "b.xlsx", "--pack", pack)
    assert again.out == f"b.xlsx: an empty workbook for the pack {pack}\n"
    assert (folder / "a.xlsx").read_bytes() == (folder / "b.xlsx").read_bytes()
    book = load_workbook(folder / "a.xlsx")
    said = load_pack(pack)
    kinds = [w for sheet in book for w in offices.kinds_in(book, sheet)]
    assert sorted(kinds) == sorted([*said.nodes, *said.edges])
    for sheet in book:
        if not sheet.title.startswith("_"):
            assert sheet.freeze_panes == "A2"
            assert all(cell.comment and cell.comment.text for cell in sheet[1])
    assert orgraph("import", "--template", "a.xlsx", "--pack", pack).code == 2
    empty = orgraph("import", "a.xlsx", "--pack", pack)
    assert (empty.code, empty.out) == (2, "")
    assert empty.err == "a.xlsx: no sheet has a row below its header\n"


CONVERSION = """\
[[tables]]
file = "table.xlsx"
sheet = "Phụ lục"
header = 2
ignore = ["*"]

[tables.fields]
old_code = { column = "Mã cũ", width = 5 }
old_name = { column = "Tên cũ" }
new_code = { column = "Mã mới", width = 5 }
new_name = { column = "Tên mới" }
note = { column = "Ghi chú", values = { "nhập hết" = "Nhập toàn bộ" } }
tier_code = { column = "Mã huyện", width = 3 }
tier_name = { column = "Huyện" }
old_upper = { column = "Mã tỉnh", width = 2 }
old_upper_name = { column = "Tỉnh" }
group_name = { column = "Tỉnh" }
"""
DRAFT = ("--effective", "2025-07-01", "--pack", "vietnam", "--abolish", "district")


def test_a_conversion_table_by_a_mapping(folder: Path, orgraph: Orgraph) -> None:
    """A conversion table in XLSX drafts what the same table in CSV drafts."""
    found = rows("dien_bien_2025", "table")
    assert {row["note"] for row in found} == {"Nhập toàn bộ"}
    lines = [
        [int(r["old_code"]), r["old_name"], r["new_code"], r["new_name"], "nhập hết",
         int(r["old_district_code"]), r["old_district"], int(r["old_province_code"]),
         r["old_province"], "x"]
        for r in found
    ]  # fmt: skip
    heads = [
        "Mã cũ", "Tên cũ", "Mã mới", "Tên mới", "Ghi chú", "Mã huyện", "Huyện",
        "Mã tỉnh", "Tỉnh", "STT",
    ]  # fmt: skip
    book = offices.new_book()
    offices.add_sheet(book, "Phụ lục", [heads, *lines], above=1)
    offices.add_sheet(book, "Bìa", [["Phụ lục kèm theo"]])
    book.save(folder / "table.xlsx")
    put(folder, "map.toml", CONVERSION)
    outcome = orgraph("draft", "table.xlsx", "--mapping", "map.toml", *DRAFT)
    assert outcome.code == 0, outcome.said
    columns = list(found[0])
    csv = "\n".join(",".join(f'"{r[c]}"' for c in columns) for r in found)
    put(folder, "table.csv", f"{','.join(columns)}\n{csv}\n")
    expected = orgraph("draft", "table.csv", *DRAFT)
    assert expected.code == 0, expected.said
    assert outcome.out.replace("table.xlsx", "table.csv") == expected.out
    assert len(outcome.out) > 5000
    lost = orgraph("draft", "table.xlsx", "--sheet", "Phụ lục", *DRAFT)
    assert lost.code == 2
    said = lost.err.splitlines()
    assert [line.split(": ")[1][:27] for line in said] == [
        *["there is no column for old_", "there is no column for old_"],
        *["there is no column for new_", "there is no column for new_"],
        *["this stands in a column wit"] * 9,
    ]
    unclear = orgraph("draft", "table.xlsx", *DRAFT)
    assert unclear.err == (
        "table.xlsx: which sheet is the table? name one of: Phụ lục, Bìa\n"
    )


def test_a_conversion_table_by_its_columns(folder: Path, orgraph: Orgraph) -> None:
    """Without a mapping --column names headers, and codes must be texts."""
    book = offices.new_book()
    lines = [["A", "Ash", "X", "Elm", "whole"], [7, "Birch", "X", "Elm", "whole"]]
    heads = ["was", "old_name", "new_code", "new_name", "note"]
    offices.add_sheet(book, "One", [heads, *lines])
    book.save(folder / "t.xlsx")
    usual = ("--effective", "2025-01-01", "--pack", "territory")
    command = ("draft", "t.xlsx", "--column", "old_code=was", *usual)
    outcome = orgraph(*command)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == (
        "t.xlsx:One!A3: was: 7 is a number where text is wanted; leading zeros may be "
        "lost; format the column as text and write it anew, or give its width in a "
        "mapping\nWhat the rows say together is checked once these are cured.\n"
    )
    book["One"]["E2"] = date(2025, 7, 1)
    book["One"]["D3"] = None
    book.save(folder / "t.xlsx")
    outcome = orgraph(*command)
    assert [line.split(": ")[0] for line in outcome.err.splitlines()[:2]] == [
        "t.xlsx:One!E2",
        "t.xlsx:One!A3",
    ]
    assert "error DRAFT02: t.xlsx:One!D3: new_name is empty." in outcome.err
    assert outcome.err.count("DRAFT") == 1
    book["One"]["E2"], book["One"]["D3"] = "whole", "Elm"
    book["One"]["A3"] = "7"
    book["One"].row_dimensions[3].hidden = True
    book.save(folder / "t.xlsx")
    outcome = orgraph(*command)
    assert outcome.code == 0, outcome.said
    assert "t.xlsx:One: 1 row is hidden, and is read like the others" in outcome.err
    assert "merge_units" in outcome.out


def test_a_conversion_table_is_judged_by_cells(folder: Path, orgraph: Orgraph) -> None:
    """What is wrong with a workbook's rows is told by cells, in the table's words."""
    book = offices.new_book()
    lines = [
        ["A", "Ash", None, "Elm", "whole"],
        ["B", None, "X", "Elm", "swallowed"],
        ["C", "Fir", "X", "Oak", "whole"],
    ]
    heads = ["was", "Name", "new_code", "new_name", "Remark"]
    offices.add_sheet(book, "One", [heads, *lines], above=9)
    book.save(folder / "t.xlsx")
    mapped = """\
[[tables]]
header = 10
[tables.fields]
old_code = { column = "was" }
old_name = { column = "Name" }
new_code = { column = "new_code" }
new_name = { column = "new_name" }
note = { column = "Remark" }
"""
    put(folder, "map.toml", mapped)
    usual = ("--effective", "2025-01-01", "--pack", "territory", "-o", "p.yaml")
    command = ("draft", "t.xlsx", "--mapping", "map.toml", *usual)
    found = orgraph(*command, "--format", "json").json["findings"]
    assert [(one["code"], one["place"]) for one in found] == [
        ("DRAFT02", "t.xlsx:One!C11"),
        ("DRAFT02", "t.xlsx:One!B12"),
        ("DRAFT01", "t.xlsx:One!E12"),
        ("DRAFT03", "t.xlsx:One!C13"),
    ]
    told = orgraph(*command)
    assert (told.code, told.out) == (1, "")
    assert told.err.endswith(
        "What the rows say together is checked once these are cured.\n"
    )


def test_the_example_of_the_guide(folder: Path, orgraph: Orgraph) -> None:
    """The mapping in docs/tables.md reads the table that stands above it."""
    guide = (SCENARIOS.parent / "docs" / "tables.md").read_text(encoding="utf-8")
    table, mapping = (
        guide.partition(f"```{form}\n")[2].partition("```")[0]
        for form in ("csv", "toml")
    )
    put(folder, "staff.csv", table)
    put(folder, "map.toml", mapping)
    book = offices.new_book()
    offices.add_sheet(book, "S", [line.split(",") for line in table.splitlines()])
    book.save(folder / "staff.xlsx")
    for name in ("staff.csv", "staff.xlsx"):
        command = ("import", name, "--mapping", "map.toml", *VIETNAM, f"{name}.db")
        outcome = orgraph(*command)
        assert outcome.code == 0, outcome.said
        assert "2 HOLDS, 3 MEMBER_OF, 2 cell, 3 member, 2 post" in outcome.out
    assert stored(folder / "staff.csv.db") == stored(folder / "staff.xlsx.db")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--template", "t.csv", "--pack", "vietnam"], "call it .xlsx"),
        (["--template", "t.xlsx"], "a template needs a schema pack"),
        (["--template", "t.xlsx", "n.csv", "--pack", "vietnam"], "leave out the files"),
        (["--template", "t.xlsx", "--pack", "nowhere"], "no schema pack 'nowhere'"),
        (["x.xlsx", "--pack", "vietnam"], "x.xlsx: no such file"),
        (["x.ods", "--pack", "vietnam"], "save the sheet as .xlsx or .csv"),
        (["n.csv", "--mapping", "no.toml", "--pack", "vietnam"], "no.toml: no such"),
    ],
)
def test_wrong_usage(
    folder: Path, orgraph: Orgraph, arguments: list[str], words: str
) -> None:
    """What can't be done is said in a sentence, and no file is left behind."""
    put(folder, "n.csv", "id,kind,since\nx,province,2000\n")
    outcome = orgraph("import", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err
    assert [path.name for path in folder.iterdir()] == ["n.csv"]


def test_nothing_is_half_loaded(
    folder: Path, territory: Path, orgraph: Orgraph
) -> None:
    """One wrong cell in the last sheet, and the store is as it was, to the byte."""
    mapping = staff_book(folder / "staff.xlsx")
    book = load_workbook(folder / "staff.xlsx")
    book["Quan hệ"].cell(book["Quan hệ"].max_row, 4).value = "hôm qua"
    book.save(folder / "staff.xlsx")
    put(folder, "map.toml", mapping)
    before = territory.read_bytes()
    outcome = orgraph("import", "staff.xlsx", "--mapping", "map.toml")
    assert (outcome.code, outcome.out) == (2, "")
    place = f"staff.xlsx:Quan hệ!D{book['Quan hệ'].max_row}"
    assert outcome.err.startswith(f"{place}: Từ: 'hôm qua' is not a date written as")
    assert territory.read_bytes() == before
