"""A wrong cell of a unit is told once, not where rows name the unit by code or name."""

from pathlib import Path

import pytest
from books import book, load_file, problems
from loading import LATER, refused

from orgraph.errors import InputError
from orgraph.pack import load_pack
from orgraph.stores import MemoryStore

UNITS = "id,kind,name,code,since,until,people\nd,district,North,D1,2000,,\n"
WRONG = f"{UNITS}m,municipality,Ash,00001,2000,,-1\n"
EDGES = "kind,source,target,since\nPART_OF,{end},d,{day}\n"
BOTH = """\
[[tables]]
sheet = "communes"
[[tables.nodes]]
kind = "commune"
id = { column = "Mã", prefix = "c-" }
code = { column = "Mã" }
name = { column = "Tên" }
since = { value = "2000" }
facts.people = { column = "Dân số" }
[[tables]]
sheet = "villages"
[[tables.nodes]]
kind = "village"
id = { column = "Mã", prefix = "v-" }
since = { value = "2000" }
[[tables.edges]]
kind = "PART_OF"
source = { column = "Mã", prefix = "v-" }
target = { column = "Xã", by = "code", kind = "commune" }
since = { value = "2000" }
"""


@pytest.mark.parametrize(
    ("third", "more"),
    [
        ("00001", []),
        (
            "00002",
            ["t.xlsx:villages!B4: no commune has the code 00002 on 2000-01-01", LATER],
        ),
    ],
)
def test_by_code_in_a_mapped_sheet(tmp_path: Path, third: str, more: list[str]) -> None:
    """Rows that name a refused unit by its code say nothing of it themselves."""
    communes = [("Mã", "Tên", "Dân số"), ("00001", "Xã Một", -1)]
    villages = [("Mã", "Xã"), ("1", "00001"), ("2", "00001"), ("3", third)]
    book(tmp_path / "t.xlsx", communes=communes, villages=villages)
    with pytest.raises(InputError) as caught:
        load_file(tmp_path, "t.xlsx", BOTH, MemoryStore(load_pack("vietnam")))
    assert [p.replace(f"{tmp_path}/", "") for p in caught.value.problems] == [
        "t.xlsx:communes!C2: Dân số: people is -1, below zero",
        *more,
    ]


@pytest.mark.parametrize("end", ["municipality:00001", "municipality=Ash", "m"])
def test_a_refused_unit_has_its_code_and_name(tmp_path: Path, end: str) -> None:
    """A bad fact of a unit is all that is said, however edges name the unit."""
    found = refused(tmp_path, WRONG, EDGES.format(end=end, day=2000))
    assert len(found) == 1, found
    assert found[0].startswith("a.csv:3: ")
    assert "-1" in found[0]


@pytest.mark.parametrize(
    ("end", "day", "said"),
    [
        ("municipality:00002", "2000", "no municipality has the code 00002"),
        ("municipality:00001", "1999", "no municipality has the code 00001"),
        ("municipality=Elm", "2000", "no municipality has the name Elm"),
        ("district:00001", "2000", "no district has the code 00001"),
    ],
)
def test_what_no_row_has_is_told(tmp_path: Path, end: str, day: str, said: str) -> None:
    """What no unit has then, refused or not, is told beside the bad fact."""
    found = refused(tmp_path, WRONG, EDGES.format(end=end, day=day))
    assert [line.partition(": ")[0] for line in found] == ["a.csv:3", "b.csv:2"]
    assert said in found[1]


@pytest.mark.parametrize(
    "row",
    [
        "m,municipality,Ash,00001,2000-13,,",
        "m,municipality,Ash,00001,2000,1999,",
        "m,municipalty,Ash,00001,2000,,",
        "m m,municipality,Ash,00001,2000,,",
        ",municipality,Ash,00001,2000,,",
        "m,municipality,Ash,00\x001,2000,,",
        "m,municipality,Ash,00001,2000,,,more",
    ],
    ids=["since", "until", "kind", "id", "no id", "code", "cells"],
)
def test_what_may_be_the_refused_unit(tmp_path: Path, row: str) -> None:
    """Nothing is said of a code that a row may have that can't be read whole."""
    edges = EDGES.format(end="municipality:00001", day=2000)
    found = refused(tmp_path, f"{UNITS}{row}\n", edges)
    assert {line.partition(": ")[0] for line in found} == {"a.csv:3"}, found


def test_of_a_cell_without_a_code_the_names_are_told(tmp_path: Path) -> None:
    """Where a code can't be read, a name that nobody has is still told."""
    units = f"{UNITS}m,municipality,Ash,00\x001,2000,,\n"
    found = refused(tmp_path, units, EDGES.format(end="municipality=Elm", day=2000))
    assert "b.csv:2: no municipality has the name Elm on 2000-01-01" in found


def test_by_name_in_the_sheets_of_a_template(tmp_path: Path) -> None:
    """A bad longitude is all that is said of a unit and of what names it."""
    units = [
        ("id", "name", "since", "longitude", "latitude"),
        ("m", "Xã Hai", "2000", 999, 21),
        ("n", "Xã Ba", "2000", 105, 21),
    ]
    ends = [
        ("kind", "source", "target", "since"),
        ("PART_OF", "municipality=Xã Hai", "d", "2000"),
        ("PART_OF", "municipality=Xã Tư", "d", "2000"),
    ]
    districts = [("id", "name", "since"), ("d", "North", "2000")]
    book(tmp_path / "t.xlsx", municipality=units, district=districts, edges=ends)
    found = problems(tmp_path, None, None)
    assert [line.partition(": ")[0] for line in found] == [
        "t.xlsx:municipality!D2",
        "t.xlsx:edges!B3",
    ]


def test_a_table_that_cannot_be_read(tmp_path: Path) -> None:
    """Of units in a table without a readable header, nothing is said to be missing."""
    head = UNITS.replace("kind", "kin", 1)
    found = refused(tmp_path, head, EDGES.format(end="district:D1", day=2000))
    assert [line.partition(": ")[0] for line in found] == ["a.csv:1"]
