"""What it costs to import a large workbook by a mapping: a person and an edge a row."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from openpyxl import Workbook

from .commands import ORGRAPH
from .ground import Ground
from .peak import measured
from .table import Result, at_most

PEOPLE = 100_000
CELL = 20
"""How many people are in a cell."""

_MAPPING = """\
[[tables]]
sheet = "Chi bộ"
[[tables.nodes]]
kind = "cell"
id = { column = "Mã" }
name = { column = "Tên" }
since = "1980"

[[tables]]
sheet = "Đảng viên"
ignore = ["STT"]
dates = ["DD/MM/YYYY"]
[[tables.nodes]]
kind = "member"
id = { column = "Số thẻ" }
since = { column = "Ngày vào Đảng" }
facts.gender = { column = "Giới tính", values = { Nam = "male", "Nữ" = "female" } }
facts.birth_year = { column = "Năm sinh" }
[[tables.edges]]
kind = "MEMBER_OF"
source = { column = "Số thẻ" }
target = { column = "Chi bộ" }
since = { column = "Ngày vào Đảng" }
"""


def workbooks(ground: Ground) -> Iterator[Result]:
    """Import a staff list by the command line, as a process of its own."""
    people = PEOPLE // 10 if ground.quick else PEOPLE
    book, mapping = ground.folder / "staff.xlsx", ground.folder / "staff.toml"
    _write(book, people)
    mapping.write_text(_MAPPING, encoding="utf-8")
    store = ground.folder / "staff.db"
    command = [ORGRAPH, "import", str(book), "--mapping", str(mapping)]
    used = measured([*command, "--pack", "vietnam", "--store", str(store)])
    assert f"{people:,} member" in used.printed
    what = f"import of {people:,} rows of XLSX by a mapping"
    shown = f"{used.cpu:.0f} s of the processor"
    yield at_most("workbook", what, used.seconds, 60, unit="s", note=shown)
    yield at_most("workbook", f"{what}: peak", used.peak / 1e6, 500, unit="MB")


def _write(path: Path, people: int) -> None:
    """Write a staff list with dates as text in half of the rows."""
    drawn, book = Random(1), Workbook(write_only=True)
    cells = book.create_sheet("Chi bộ")
    cells.append(["Mã", "Tên"])
    for number in range(-(-people // CELL)):
        cells.append([f"cell-{number:05}", f"Chi bộ {number}"])
    staff = book.create_sheet("Đảng viên")
    staff.append(["STT", "Số thẻ", "Chi bộ", "Ngày vào Đảng", "Giới tính", "Năm sinh"])
    for number in range(people):
        day = date(1990, 1, 1) + timedelta(days=drawn.randrange(12_000))
        staff.append(
            [
                number + 1,
                f"m-{number:06}",
                f"cell-{number // CELL:05}",
                day if number % 2 else f"{day:%d/%m/%Y}",
                ("Nam", "Nữ")[number % 2],
                1950 + number % 55,
            ]
        )
    book.save(path)
