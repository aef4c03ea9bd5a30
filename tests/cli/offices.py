"""Tables as an office has them: its own headers, over the tables of two scenarios."""

import csv
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import zip_longest
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios"
Rows = list[dict[str, str]]

COMMUNES = ("STT", "Mã", "Tên đơn vị", "Loại hình", "Dân số", "Diện tích", "Từ ngày")
COMMUNE_MAPPING = """\
[[tables]]
sheet = "Cấp tỉnh"
header = 3
ignore = ["STT"]
empty = ["-"]
dates = ["DD/MM/YYYY"]

[[tables.nodes]]
kind = "province"
id = { column = "Mã", width = 2, prefix = "province-" }
code = { column = "Mã", width = 2 }
name = { column = "Tên đơn vị" }
since = { column = "Từ ngày" }
facts.type = { column = "Loại hình" }

[[tables]]
sheet = "Cấp huyện"
header = 3
ignore = ["STT"]
dates = ["DD/MM/YYYY"]

[[tables.nodes]]
kind = "district"
id = { column = "Mã", width = 3, prefix = "district-" }
code = { column = "Mã", width = 3 }
name = { column = "Tên đơn vị" }
since = { column = "Từ ngày" }
facts.type = { column = "Loại hình" }

[[tables.edges]]
kind = "PART_OF"
source = { column = "Mã", width = 3, by = "code", kind = "district" }
target = { column = "Thuộc", by = "name", kind = "province" }
since = { column = "Từ ngày" }

[[tables]]
sheet = "Cấp xã"
header = 3
ignore = ["ST*"]
unknown = ["chưa rõ"]
dates = ["DD/MM/YYYY"]

[[tables.nodes]]
kind = "commune"
id = { column = "Mã", width = 5, prefix = "commune-" }
code = { column = "Mã", width = 5 }
name = { column = "Tên đơn vị" }
since = { column = "Từ ngày" }
facts.type = { column = "Loại hình" }
facts.people = { column = "Dân số" }
facts.area_m2 = { column = "Diện tích", times = 1_000_000 }

[[tables.edges]]
kind = "PART_OF"
source = { column = "Mã", width = 5, prefix = "commune-" }
target = { column = "Thuộc", by = "name", kind = "district" }
since = { column = "Từ ngày" }
"""


def rows(folder: str, name: str) -> Rows:
    """Return the rows of one of a scenario's tables."""
    path = SCENARIOS / folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def add_sheet(
    book: Workbook, title: str, lines: Iterable[Sequence[Any]], above: int = 0
) -> None:
    """Write a sheet, with a title and empty rows above its header."""
    sheet = book.create_sheet(title)
    for line in range(above):
        sheet.append([f"BẢNG: {title}"] if not line else [])
    for cells in lines:
        sheet.append(list(cells))


def new_book() -> Workbook:
    """Return a workbook without sheets."""
    book = Workbook()
    book.remove(book.active)
    return book


def local_day(text: str) -> str:
    """Return an ISO day, month or year as an office writes it: 01/07/2025, 07/2025."""
    return "/".join(reversed(text.split("-")))


def last_day(text: str) -> str:
    """Return the last day before an exclusive end, as an office writes it."""
    if not text:
        return ""
    return local_day((date.fromisoformat(text) - timedelta(days=1)).isoformat())


def communes_book(path: Path) -> Path:
    """Write the units of Quảng Ninh before July 2025 as an office would.

    Half of the codes are numbers, which lost their zeros, half of the days are text.
    """
    nodes, edges = rows("quang_ninh_2025", "nodes"), rows("quang_ninh_2025", "edges")
    names = {row["id"]: row["name"] for row in nodes}
    above = {row["source"]: names[row["target"]] for row in edges}
    book = new_book()
    levels = {"province": "Cấp tỉnh", "district": "Cấp huyện", "commune": "Cấp xã"}
    for kind, title in levels.items():
        lines: list[list[Any]] = [[*COMMUNES, "Thuộc"][: None if above else -1]]
        wide = {"province": [0, 1, 2, 3, 6], "district": [0, 1, 2, 3, 6, 7]}.get(kind)
        for number, row in enumerate(r for r in nodes if r["kind"] == kind):
            day = date.fromisoformat(row["since"])
            unknown = "chưa rõ" if row["people"] == "?" else row["people"]
            lines.append(
                [
                    number + 1,
                    int(row["code"]) if number % 2 else row["code"],
                    row["name"] if number % 3 else f" {row['name']}\n",
                    row["type"],
                    unknown,
                    unknown,
                    day if number % 2 else local_day(row["since"]),
                    above.get(row["id"], ""),
                ]
            )
        if wide:
            lines = [[line[place] for place in wide] for line in lines]
        add_sheet(book, title, lines, above=2)
    add_sheet(book, "Ghi chú", [["Số liệu đến ngày 01/01/2025"]])
    book.save(path)
    return path


STAFF_MAPPING = """\
[[tables]]
sheet = "Tổ chức"
dates = ["MM/YYYY", "YYYY", "DD/MM/YYYY"]
inclusive_end = true

[[tables.nodes]]
kind = { column = "Cấp", values = { "Đảng bộ tỉnh" = "provincial_committee", \
"Đảng bộ huyện" = "direct_committee", "Đảng bộ cơ sở" = "grassroots_committee", \
"Ban chấp hành" = "executive_committee", "Chi bộ" = "cell", "Cơ quan" = "agency" } }
id = { column = "Ký hiệu", slug = true }
name = { column = "Tên" }
since = { column = "Từ" }
facts.type = { column = "Loại" }

[[tables]]
sheet = "Cán bộ"
empty = ["-", "không"]
dates = ["MM/YYYY", "YYYY", "DD/MM/YYYY"]
inclusive_end = true
merged = "repeat"

[[tables.nodes]]
kind = "member"
id = { column = "Mã đảng viên", slug = true }
since = { column = "Có hồ sơ từ" }
facts.official = { column = "Chính thức", values = { x = true, "dự bị" = false } }
facts.admission_date = { column = "Ngày vào Đảng", dates = ["DD/MM/YYYY"] }
repeats = true

[[tables.nodes]]
kind = "post"
id = { column = "Mã chức danh", slug = true }
name = { column = "Chức danh" }
since = { column = "Chức danh có từ" }
until = { column = "Chức danh có đến" }
facts.role = { column = "Chức danh", values = ROLES }
optional = true
repeats = true

[[tables.edges]]
kind = "MEMBER_OF"
source = { column = "Mã đảng viên", slug = true }
target = { column = "Chi bộ", kind = "cell", by = "name" }
since = { column = "Sinh hoạt từ" }
until = { column = "Sinh hoạt đến" }
optional = true

[[tables.edges]]
kind = "HOLDS"
source = { column = "Mã đảng viên", slug = true }
target = { column = "Mã chức danh", slug = true }
since = { column = "Giữ từ" }
until = { column = "Giữ đến" }
facts.form = { column = "Hình thức", values = { "chính thức" = "full", \
"quyền" = "acting", "tăng cường" = "reinforcement" } }
optional = true

[[tables]]
sheet = "Quan hệ"
dates = ["MM/YYYY", "YYYY", "DD/MM/YYYY"]
inclusive_end = true

[[tables.edges]]
kind = { column = "Quan hệ" }
source = { column = "Ai", slug = true }
target = { column = "Với ai" }
since = { column = "Từ" }
until = { column = "Đến" }
facts.part = { column = "Phần", values = { "toàn bộ" = "whole", "một phần" = "part" } }
"""
PARTS = {"whole": "toàn bộ", "part": "một phần"}
LEVELS = {
    "provincial_committee": "Đảng bộ tỉnh",
    "direct_committee": "Đảng bộ huyện",
    "grassroots_committee": "Đảng bộ cơ sở",
    "executive_committee": "Ban chấp hành",
    "cell": "Chi bộ",
    "agency": "Cơ quan",
}
FORMS = {"full": "chính thức", "acting": "quyền", "reinforcement": "tăng cường"}
STAFF = (
    "Mã đảng viên", "Có hồ sơ từ", "Chính thức", "Ngày vào Đảng", "Chi bộ",
    "Sinh hoạt từ", "Sinh hoạt đến", "Mã chức danh", "Chức danh", "Chức danh có từ",
    "Chức danh có đến", "Giữ từ", "Giữ đến", "Hình thức",
)  # fmt: skip


def staff_book(path: Path) -> str:
    """Write the organisation of Mường Nhé: a staff list has a row for each spell.

    What stands in several rows of a person is merged. Returns the mapping.
    """
    nodes = rows("dien_bien_2025", "organisation_nodes")
    edges = rows("dien_bien_2025", "organisation_edges")
    by_id = {row["id"]: row for row in nodes}
    book = new_book()
    units = [row for row in nodes if row["kind"] in LEVELS]
    listed = [
        [
            LEVELS[r["kind"]],
            r["id"].upper(),
            r["name"],
            r["type"],
            local_day(r["since"]),
        ]
        for r in units
    ]
    add_sheet(book, "Tổ chức", [["Cấp", "Ký hiệu", "Tên", "Loại", "Từ"], *listed])
    add_sheet(book, "Cán bộ", [STAFF])
    for member in (row for row in nodes if row["kind"] == "member"):
        _add_person(book["Cán bộ"], member, by_id, edges)
    others = [e for e in edges if e["kind"] not in {"MEMBER_OF", "HOLDS"}]
    kept = [
        [e["kind"], e["source"].upper(), e["target"], local_day(e["since"]),
         last_day(e["until"]), PARTS.get(e["part"], "")]
        for e in others
    ]  # fmt: skip
    add_sheet(
        book, "Quan hệ", [["Quan hệ", "Ai", "Với ai", "Từ", "Đến", "Phần"], *kept]
    )
    book.save(path)
    posts = [row for row in nodes if row["kind"] == "post"]
    roles = ", ".join(
        sorted({f'"{row["name"]}" = "{row["role"]}"' for row in posts if row["role"]})
    )
    return STAFF_MAPPING.replace("ROLES", f"{{ {roles} }}")


def _add_person(
    sheet: Worksheet,
    member: dict[str, str],
    by_id: dict[str, dict[str, str]],
    edges: Rows,
) -> None:
    """Add a row for each spell of a person: in a cell, and in a post."""
    own = [e for e in edges if e["source"] == member["id"]]
    cells = [e for e in own if e["kind"] == "MEMBER_OF"]
    held = [e for e in own if e["kind"] == "HOLDS"]
    tick = {"true": "x", "false": "dự bị"}.get(member["official"], "không")
    begins = sheet.max_row + 1
    for cell, holding in zip_longest(cells, held):
        first = sheet.max_row + 1 == begins
        person = [
            member["id"].upper(),
            local_day(member["since"]),
            tick,
            local_day(member["admission_date"]),
        ]
        line: list[Any] = person if first else ["", "", "", ""]
        line += ["", "", ""] if cell is None else [
            by_id[cell["target"]]["name"], local_day(cell["since"]),
            last_day(cell["until"]),
        ]  # fmt: skip
        if holding is not None:
            post = by_id[holding["target"]]
            line += [
                post["id"].upper(), post["name"], local_day(post["since"]),
                last_day(post["until"]), local_day(holding["since"]),
                last_day(holding["until"]), FORMS[holding["form"]],
            ]  # fmt: skip
        sheet.append(line)
    if sheet.max_row > begins:
        for column in "ABCD":
            sheet.merge_cells(f"{column}{begins}:{column}{sheet.max_row}")


def stored(store: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a store says, by bare SQL; who wrote it, and when, is left out."""
    tables = ("node", "edge", "past_node", "past_edge", "tally", "word")
    with sqlite3.connect(store) as base:
        return {t: sorted(base.execute(f"SELECT * FROM {t}")) for t in tables}  # noqa: S608


def fill(path: Path, tables: Iterable[Rows]) -> None:
    """Fill in a template by its headers; parents are named by their codes or names."""
    book = load_workbook(path)
    nodes, edges = {}, []
    for row in (row for table in tables for row in table):
        if "id" in row:
            nodes[row["id"]] = row
            _append(book[row["kind"]], row)
        else:
            edges.append(row)
    for row in edges:
        (title,) = [s.title for s in book if row["kind"] in kinds_in(book, s)]
        end = nodes.get(row["target"], {})
        kind = end.get("kind")
        if end.get("code"):
            row["target"] = f"{kind}:{end['code']}"
        elif kind in {"cell", "direct_committee"}:
            row["target"] = f"{kind}={end['name']}"
        _append(book[title], row)
    book.save(path)


def _append(sheet: Worksheet, row: dict[str, str]) -> None:
    heads = [cell.value for cell in sheet[1]]
    assert {name for name, value in row.items() if value} <= {*heads, "kind"}
    sheet.append([row.get(str(head)) or None for head in heads])


def kinds_in(book: Workbook, sheet: Worksheet) -> list[str]:
    """Return the kinds that a sheet of a template is for."""
    if sheet.title.startswith("_"):
        return []
    return _words(book, sheet) if sheet["A1"].value == "kind" else [sheet.title]


def _words(book: Workbook, sheet: Worksheet) -> list[Any]:
    """Return the words of the drop-down list of a sheet's first column."""
    lists = sheet.data_validations.dataValidation
    (first,) = [one for one in lists if str(one.sqref).startswith("A2:")]
    title, _, cells = first.formula1.partition("!")
    column = book[title.strip("'")][cells.replace("$", "")]
    return [cell.value for (cell,) in column]
