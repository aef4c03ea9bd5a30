"""`orgraph simulate --report out.xlsx` on the real tables of Điện Biên."""

import csv
from pathlib import Path

from land import MERGE, kept, put
from openpyxl import load_workbook
from running import SCENARIO, Orgraph


def test_a_reform_as_a_workbook(territory: Path, orgraph: Orgraph) -> None:
    """Who became what is row for row that of the official table, codes as text."""
    before = kept(territory)[0]
    outcome = orgraph("simulate", SCENARIO / "proposal.yaml", "--report", "out.xlsx")
    assert outcome.code == 0, outcome.said
    book = load_workbook("out.xlsx")
    _, *rows = book["Who became what"].iter_rows(values_only=True)
    _, *units = book["Units"].iter_rows(values_only=True)
    codes = {row[0]: row[4] or row[8] for row in units}
    with (SCENARIO / "table.csv").open(encoding="utf-8") as file:
        table = [(row["old_code"], row["new_code"]) for row in csv.DictReader(file)]
    assert sorted((codes[row[0]], codes[row[3]]) for row in rows) == sorted(table)
    assert any(code.startswith("0") for code, _ in table)
    assert kept(territory)[0] == before


def test_a_workbook_is_the_same_each_time(land: Path, orgraph: Orgraph) -> None:
    """Two runs write the same bytes, beside reports of other formats."""
    assert land.is_file()
    put(land.parent, "p.yaml", MERGE)
    for name in ("a.xlsx", "b.XLSX"):
        command = ["simulate", "p.yaml", "--report", name, "--report", f"{name}.json"]
        assert orgraph(*command).code == 0
    assert Path("a.xlsx").read_bytes() == Path("b.XLSX").read_bytes()


def test_a_hostile_title_is_text(land: Path, orgraph: Orgraph) -> None:
    """A proposal whose title is a formula gives a workbook without one."""
    assert land.is_file()
    text = MERGE.replace("title: Ash and Birch become Elm", "title: '=cmd|calc!A1'")
    put(land.parent, "p.yaml", text)
    assert orgraph("simulate", "p.yaml", "--report", "out.xlsx").code == 0
    cell = load_workbook("out.xlsx")["Summary"]["B2"]
    assert (cell.value, cell.data_type) == ("=cmd|calc!A1", "s")


def test_where_a_workbook_can_not_be_written(land: Path, orgraph: Orgraph) -> None:
    """A folder that isn't there is said in one sentence, and no file is left."""
    assert land.is_file()
    put(land.parent, "p.yaml", MERGE)
    outcome = orgraph("simulate", "p.yaml", "--report", "nowhere/out.xlsx")
    assert (outcome.code, outcome.err.count("\n")) == (2, 1)
    assert outcome.err.startswith("nowhere/out.xlsx: ")
