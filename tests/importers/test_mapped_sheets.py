"""A sheet has the columns that its mapping says, and a mapping says what can be."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from books import HEAD, TOWN, book, load_file, problems, towns
from loading import empty, load

from orgraph.errors import InputError
from orgraph.importers import Options, load_tables, read_mapping
from orgraph.model import Span

DAY = date(2020, 7, 1)
GOOD = ("007", "Ash", DAY)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            [("No", "Nmae", "From"), GOOD],
            [
                "map.toml:5: there is no column 'Name' in t.xlsx:S; did you mean Nmae?",
                ("t.xlsx:S!B1: the mapping says nothing of the column 'Nmae'; use it, "
                "or name it in ignore"),
            ],
        ),
        (
            [(*HEAD, "Name"), (*GOOD, "x")],
            ["t.xlsx:S!D1: the column 'Name' stands in t.xlsx:S!B1 too"],
        ),
        (
            [(*HEAD, "Phone"), GOOD],
            [("t.xlsx:S!D1: the mapping says nothing of the column 'Phone'; use it, or "
             "name it in ignore")],
        ),
        (
            [HEAD, GOOD, ("008", "Birch", DAY, "x"), ("009", "Elm", DAY, "y", 1)],
            ["t.xlsx:S!D3: this stands in a column without a header in row 1",
             "t.xlsx:S!E4: this stands in a column without a header in row 1"],
        ),
        (
            [(), HEAD, GOOD],
            ["t.xlsx:S!A1: the header, row 1, is empty"],
        ),
        (
            [],
            ["t.xlsx:S: there is nothing in row 1, the header, or below"],
        ),
    ],
    ids=["renamed", "twice", "more", "no header", "empty row", "empty sheet"],
)  # fmt: skip
def test_headers(
    tmp_path: Path, lines: list[tuple[Any, ...]], expected: list[str]
) -> None:
    """Columns that aren't as the mapping says are all named, and nothing is guessed."""
    assert problems(tmp_path, lines) == expected


def test_headers_are_found(tmp_path: Path) -> None:
    """Spaces and line breaks of a header, and columns to ignore, don't matter."""
    said = TOWN.replace("[[tables]]\n", '[[tables]]\nheader = 4\nignore = ["Ph*"]\n', 1)
    heads = (None, "Phone 1", " No\n", "Name ", "From", "Photo")
    lines = [("TOWNS",), (), (), heads, (None, "x", "007", "Ash", DAY, None)]
    (row,) = towns(tmp_path, lines, said)
    assert (row.id, row.name, row.since) == ("m-007", "Ash", DAY)


def test_formulas_and_errors(tmp_path: Path) -> None:
    """A cell that shows an error, or a formula without a value, is no empty cell."""
    lines = [HEAD, ("001", "#REF!", DAY), ("002", "=A2", DAY), ("003", "Elm", DAY)]
    made = book(tmp_path / "t.xlsx", S=lines)
    made["S"]["B2"].data_type = "e"
    made.save(tmp_path / "t.xlsx")
    assert problems(tmp_path, None) == [
        "t.xlsx:S!B2: Name: the cell shows #REF!",
        (
            "t.xlsx:S!B3: Name: the formula has no stored value; open the workbook in "
            "a spreadsheet program and save it"
        ),
    ]


def test_merged_cells_and_hidden_rows(tmp_path: Path) -> None:
    """Merged cells are refused or repeated, as it is mapped; hidden rows are said."""
    lines = [HEAD, ("001", "Ash", DAY), ("002", None, DAY), ("003", "Elm", DAY)]
    made = book(tmp_path / "t.xlsx", S=lines)
    made["S"].merge_cells("B2:B3")
    made["S"].row_dimensions[4].hidden = True
    made.create_sheet("_notes")
    made["S"].sheet_state = "hidden"
    made.save(tmp_path / "t.xlsx")
    assert problems(tmp_path, None) == [
        (
            "t.xlsx:S!B2: the cells down to B3 are merged; fill in each, or write "
            'merged = "repeat" in the mapping'
        )
    ]
    said = TOWN.replace("[[tables]]\n", '[[tables]]\nmerged = "repeat"\n', 1)
    (tmp_path / "map.toml").write_text(said, encoding="utf-8")
    store = empty()
    options = Options(mapping=read_mapping(tmp_path / "map.toml"))
    loaded = load_tables(store, [tmp_path / "t.xlsx"], options)
    names = [
        row.name for row in sorted(store.nodes(sorted(store.all_ids()), Span.always()))
    ]
    assert names == ["Ash", "Ash", "Elm"]
    assert loaded.notes == [
        f"{tmp_path}/t.xlsx:S: the sheet is hidden, and is read",
        f"{tmp_path}/t.xlsx:S: 1 row is hidden, and is read like the others",
    ]


def test_which_sheets(tmp_path: Path) -> None:
    """Of several sheets the mapping or the user names those that are meant."""
    book(tmp_path / "t.xlsx", A=[HEAD, GOOD], B=[HEAD, ("008", "Birch", DAY)], C=[])
    assert problems(tmp_path, None) == [
        "t.xlsx: which sheet is the table? name it with sheet; there are: A, B, C"
    ]
    assert problems(tmp_path, None, sheets=("D",)) == [
        "t.xlsx: there is no sheet D; there are: A, B, C"
    ]
    store = load_file(tmp_path, "t.xlsx", TOWN, sheets=("B",))
    assert list(store.all_ids()) == ["m-008"]
    said = TOWN.replace("[[tables]]\n", '[[tables]]\nsheet = "[AB]"\n', 1)
    assert sorted(load_file(tmp_path, "t.xlsx", said).all_ids()) == ["m-007", "m-008"]


EDGES = """\
[[tables.edges]]
kind = "PART_OF"
source = { column = "No", width = 3, prefix = "m-" }
target = { column = "Of", by = "BY", kind = "district" }
since = { column = "From" }
"""
LAND = """\
id,kind,name,code,since,until
d1,district,North,D 1,2000,
d2,district,South,D2,2000,2019
d3,district,South,D2,2019,
d4,district,North,D4,2021,
d5,district,West,D5,2000,
d6,district,West,D6,2000,
"""


@pytest.mark.parametrize(
    ("by", "given", "answer"),
    [
        ("code", "D 1", "d1"),
        ("code", "D2", "d3"),
        ("name", "North", "d1"),
        ("name", "South", "d3"),
        ("code", "D4", "no district has the code D4 on 2020-07-01"),
        ("code", "D9", "no district has the code D9 on 2020-07-01"),
        (
            "name",
            "West",
            "2 of kind district have the name West on 2020-07-01: d5, d6; give the id",
        ),
    ],
)
def test_references(tmp_path: Path, by: str, given: str, answer: str) -> None:
    """A unit is meant by the code or the name that it alone has on the row's day."""
    store, _ = load(tmp_path, LAND)
    said = TOWN + EDGES.replace("BY", by)
    book(tmp_path / "t.xlsx", S=[(*HEAD, "Of"), (*GOOD, given)])
    if answer.startswith("d"):
        load_file(tmp_path, "t.xlsx", said, store)
        (row,) = store.edges(["m-007"], ["PART_OF"], "out", Span.always())
        assert row.target == answer
        return
    with pytest.raises(InputError) as caught:
        load_file(tmp_path, "t.xlsx", said, store)
    assert caught.value.problems[0].replace(f"{tmp_path}/", "") == (
        f"t.xlsx:S!D2: {answer}"
    )
    assert store.head() == 1


def test_structure_is_said_by_cell(tmp_path: Path) -> None:
    """What the structure forbids is said at the cell of the end, or of the id."""
    said = (TOWN + EDGES).replace('by = "BY", kind = "district"', 'prefix = ""')
    lines = [(*HEAD, "Of"), (*GOOD, "m-008"), ("008", "Birch", DAY, "nowhere")]
    found = problems(tmp_path, lines, said)
    assert [line.partition(": ")[0] for line in found] == ["t.xlsx:S!D2", "t.xlsx:S!D3"]
    again = problems(tmp_path, [HEAD, GOOD, GOOD])
    assert again == ["t.xlsx:S!A3: m-007 2020-07-01 stands in t.xlsx:S!A2 too"]


def test_an_empty_id_is_told_by_its_header(tmp_path: Path) -> None:
    """In CSV, where there are no cells to name, the office's own header is named."""
    said = TOWN.replace(', width = 3, prefix = "m-"', "").replace(
        'column = "No"', 'column = ["No", "Name"]'
    )
    (tmp_path / "t.csv").write_text("No,Name,From\n,,2020\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_file(tmp_path, "t.csv", said)
    told = [line.replace(f"{tmp_path}/", "") for line in caught.value.problems]
    assert told[0] == "t.csv:2: No, Name: an id is empty"


def test_repeats_hide_no_second_row(tmp_path: Path) -> None:
    """A cell that repeats what can't be read isn't said to stand twice."""
    lines = [HEAD, ("1", "Ash", "soon"), ("1", "Ash", "soon")]
    found = problems(tmp_path, lines, TOWN + "repeats = true\n")
    assert [line.partition(": ")[0] for line in found] == ["t.xlsx:S!C2", "t.xlsx:S!C3"]
    people = 'facts.people = { column = "People" }\n'
    lines = [(*HEAD, "People"), (*GOOD, "many"), (*GOOD, "few"), (*GOOD, 1)]
    found = problems(tmp_path, lines, TOWN + people)
    told = [line for line in found if "stands in" in line]
    assert [line.partition(": ")[0] for line in told] == ["t.xlsx:S!A2", "t.xlsx:S!A3"]


def test_faults_of_a_mapping_come_by_line(tmp_path: Path) -> None:
    """What is wrong with a mapping is told as it stands in the file."""
    wrong = """\
[[tables]]
nodes = []
[[tables]]
[[tables.nodes]]
kind = "municipality"
id = { column = "No", value = "x" }
since = 2000-01-01
[[tables]]
dates = ["DDMM"]
decimal = ","
thousands = ","
[tables.fields]
old_code = { column = "A", value = "x" }
"""
    (tmp_path / "map.toml").write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_mapping(tmp_path / "map.toml")
    told = [line.replace(f"{tmp_path}/", "") for line in caught.value.problems]
    assert [int(line.split(":")[1]) for line in told] == [1, 6, 9, 11, 13]
    unknown = """\
[[tables]]
[[tables.edges]]
kind = "PART_O"
source = { column = "No" }
target = { column = "Of", by = "code", kind = "distric" }
[[tables.nodes]]
kind = "municipal"
id = { column = "No" }
[tables.nodes.facts]
peple = 5
"""
    found = problems(tmp_path, [HEAD, GOOD], unknown)
    assert [int(line.split(":")[1]) for line in found] == [3, 5, 7, 10]


def test_ids_of_names(tmp_path: Path) -> None:
    """Two names that would make one id are refused: nobody says that they are one."""
    said = TOWN.replace(
        'column = "No", width = 3, prefix', 'column = "Name", slug = true, prefix'
    )
    said = said.replace("[[tables]]\n", '[[tables]]\nignore = ["No"]\n', 1)
    said += "repeats = true\n"
    lines = [HEAD, ("1", "Bản Mé", DAY), ("2", "Bản Mé", DAY), ("3", "Bản Mẽ", DAY)]
    assert problems(tmp_path, lines, said) == [
        (
            "t.xlsx:S!B4: Name: 'Bản Mẽ' makes the id m-ban-me, as 'Bản Mé' does; "
            "write them alike, or take the id from a column of codes"
        )
    ]
    (row,) = towns(tmp_path, lines[:3], said)
    assert (row.id, row.name) == ("m-ban-me", "Bản Mé")


def test_csv_by_a_mapping(tmp_path: Path) -> None:
    """A CSV file has the same mapping; places are lines."""
    (tmp_path / "t.csv").write_text("No,Name,From\n7,Ash,2020\n8,Elm,x\n9,Fir\n")
    found = problems(tmp_path, None, name="t.csv")
    assert found == [
        "t.csv:3: From: 'x' is not a date written as YYYY-MM-DD or YYYY-MM or YYYY",
        "t.csv:4: 2 cells where the header has 3",
    ]
    (tmp_path / "t.csv").write_text("No,Name,From\n7,Ash,2020\n")
    assert list(load_file(tmp_path, "t.csv").all_ids()) == ["m-007"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (("name =", "nmae ="), "map.toml:5: nmae: there is no such key"),
        (('"No"', "7.5"), "map.toml:4: "),
        (("width = 3", "widht = 3"), "map.toml:4: widht: there is no such key"),
        (("width = 3", 'width = "x"'), "map.toml:4: width: a whole number is wanted"),
        (('kind = "municipality"\n', ""), "map.toml:2: kind: this is missing"),
        (
            ('"municipality"', '"municipalty"'),
            "map.toml:3: there is no kind municipalty",
        ),
        (('{ column = "Name" }', "{}"), "map.toml:5: name: give a column, or a value"),
        (('"From" }', '"From", dates = ["DD/YYYY"] }'), "map.toml:6: since: 'DD/YYYY'"),
        (
            ('"From" }', '"From", dates = ["DD/MM/YYYY", "MM/DD/YYYY"] }'),
            "map.toml:6: since: 'DD/MM/YYYY' and 'MM/DD/YYYY' can't be told apart",
        ),
        (('"From" }', '"From" }\nfacts.peple = 1'), "map.toml:7: municipality has no"),
        (("[[tables]]\n", '[[tables]]\nfile = "x*"\n'), "t.xlsx: the mapping"),
        (("kind = ", "kind ="), ""),
        (("[[tables]]\n", "[[tables]\n"), "map.toml: this is not TOML"),
        ((TOWN, ""), "map.toml:1: tables: this is missing"),
        (
            ("[[tables.nodes]]", "[tables.fields]"),
            "map.toml:2: fields are for orgraph draft",
        ),
    ],
)
def test_wrong_mappings(tmp_path: Path, change: tuple[str, str], expected: str) -> None:
    """A mapping that can't be meant is refused with the line of the key."""
    said = TOWN.replace(*change, 1)
    if not expected:
        assert towns(tmp_path, [HEAD, GOOD], said)
        return
    book(tmp_path / "t.xlsx", S=[HEAD, GOOD])
    (tmp_path / "map.toml").write_text(said, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_file(tmp_path, "t.xlsx", said)
    first = caught.value.problems[0].replace(f"{tmp_path}/", "")
    assert first.startswith(expected), caught.value.problems
    assert not any("at least" in problem for problem in caught.value.problems)
