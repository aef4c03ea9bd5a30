"""Tables are read whatever their columns' order; what is wrong is said by line."""

from pathlib import Path

import pytest
from loading import EDGES, NODES, load, refused, said

from orgraph.errors import InputError
from orgraph.importers import load_tables, read_table
from orgraph.model import Span
from orgraph.pack import load_pack
from orgraph.stores import MemoryStore

ONE = "id,kind,name,since\ns,state,Land,2000\n"


def test_a_table_is_known_by_its_columns(tmp_path: Path) -> None:
    """Columns stand in any order, and say whether rows are nodes or edges."""
    nodes, edges = tmp_path / "n.csv", tmp_path / "e.csv"
    nodes.write_text("people,name,kind,id\n7,Ash,municipality,m\n", encoding="utf-8")
    edges.write_text("target,form,kind,source\nd,,PART_OF,m\n", encoding="utf-8")
    table = read_table(nodes)
    assert (table.is_nodes, table.facts) == (True, ("people",))
    assert table.records[0].cells["id"] == "m"
    table = read_table(edges)
    assert (table.is_nodes, table.facts) == (False, ("form",))


@pytest.mark.parametrize(
    "data",
    [
        ONE.encode(),
        b"\xef\xbb\xbf" + ONE.encode(),
        ONE.replace("\n", "\r\n").encode(),
        b"\xef\xbb\xbf" + ONE.replace("\n", "\r\n").encode(),
        ONE.rstrip().encode(),
        ONE.replace("\n", "\n\n").encode(),
        ("\n" + ONE + ",,,\n  ,,,\n").encode(),
        ONE.replace(",", " , ").encode(),
        b'"id","kind","name","since"\r\n"s","state","Land","2000"\r\n',
    ],
    ids=[
        "plain",
        "bom",
        "crlf",
        "both",
        "no-end",
        "blank",
        "empty-rows",
        "spaces",
        "quoted",
    ],
)
def test_forms_of_a_table(tmp_path: Path, data: bytes) -> None:
    """A table as any spreadsheet saves it is the same table."""
    store, loaded = load(tmp_path, data)
    assert loaded.counts == {"state": 1}
    assert store.nodes(["s"], Span.always())[0].name == "Land"


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (b"", "a.csv", ("empty", "columns")),
        (b"\xef\xbb\xbf", "a.csv", ("empty",)),
        (b"\n\n,,\n", "a.csv", ("empty",)),
        (b"id,kind,name,since\n", "a.csv", ("no rows",)),
        (b"a,b\n1,2\n", "a.csv:1", ("neither", "nodes", "edges")),
        (b"id,kind,id\n1,2,3\n", "a.csv:1", ("id", "twice")),
        (b"id,kind,nam,since\ns,state,Land,2000\n", "a.csv:1", ("nam", "name?")),
        (b"id,kind,name,sinc\ns,state,Land,2000\n", "a.csv:1", ("sinc", "since?")),
        (b"id,kind,name,since,untill\ns,state,A,2000,\n", "a.csv:1", ("until?",)),
        (b"id,kind,name,since,peple\ns,state,A,2000,\n", "a.csv:1", ("people?",)),
        (
            b"id,kind,name,since,zzz\ns,state,A,2000,\n",
            "a.csv:1",
            ("no column or fact zzz",),
        ),
        (b"id,kind,name,since,\ns,state,A,2000,\n", "a.csv:1", ("column", "name")),
        (b"id|kind|name|since\ns|state|A|2000\n", "a.csv:1", ("neither", "comma")),
        (b"id\nstate\n", "a.csv:1", ("neither",)),
        (
            b"id,kind,name,since,since_precision\ns,state,A,2000,year\n",
            "a.csv:1",
            ("since_precision", "orgraph's own"),
        ),
        (
            b"id,kind,name,since,until_precision\ns,state,A,2000,year\n",
            "a.csv:1",
            ("until_precision", "orgraph's own"),
        ),
        (
            "id,kind,name,since\ns,state,Län,2000\n".encode("latin-1"),
            "a.csv:2",
            ("UTF-8",),
        ),
        (ONE.encode("utf-16"), "a.csv:1", ("UTF-8",)),
        (b"id,kind,name,since\ns,state,A\n", "a.csv:2", ("3 cells", "4")),
        (b"id,kind,name,since\ns,state,A,2000,x\n", "a.csv:2", ("5 cells", "4")),
        (b'id,kind,name,since\ns,state,"A,2000\n', "a.csv:", ("not CSV",)),
        (b'id,kind,name,since\ns,state,"A"b,2000\n', "a.csv:2", ("not CSV",)),
        (b"id,kind,name,since\ns,state,A\x00,2000\n", "a.csv:2", ()),
        (b"id,kind,name,since\ns,state," + b"a" * 2_000_000 + b",2000\n", "a.csv:", ()),
    ],
)
def test_wrong_tables(
    tmp_path: Path, data: bytes, place: str, words: tuple[str, ...]
) -> None:
    """A table that can't be read is refused with the line and the cure."""
    found = refused(tmp_path, data)
    (sentence,) = [problem for problem in found if "no first day" not in problem]
    assert sentence.startswith(place), sentence
    assert len(sentence) < 300
    for word in words:
        assert word in sentence, sentence


def test_ragged_rows_are_all_listed(tmp_path: Path) -> None:
    """Every row with too few or too many cells is named."""
    found = refused(tmp_path, ONE + "a\nb,state,B,2000\nc,state,C,2000,x\n")
    assert [line.partition(": ")[0] for line in found] == ["a.csv:3", "a.csv:5"]


def test_lines_are_counted_through_quoted_line_breaks(tmp_path: Path) -> None:
    """A row is named by the line that it begins on, also after cells of several."""
    table = (
        'id,kind,name,since\ns,state,"Land\nof\nHills",2000\nt,state,B,2000\n'
        "u,stat,C,2000\n"
    )
    found = refused(tmp_path, table)
    assert [line.split(": ")[0] for line in found] == ["a.csv:2", "a.csv:6"]
    assert "control character" in found[0]
    assert "stat" in found[1]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """A missing file, a folder and another kind of file are each one sentence."""
    (tmp_path / "folder.csv").mkdir()
    for name, word in (
        ("no.csv", "no such file"),
        ("folder.csv", "is a directory"),
        ("sheet.xlsx", "CSV"),
        ("rows.json", "CSV"),
        ("n" * 300 + ".csv", "name too long"),
    ):
        with pytest.raises(InputError, match=word) as caught:
            read_table(tmp_path / name)
        assert str(caught.value).startswith(f"{tmp_path / name}: ")


def test_the_suffix_may_be_in_capitals(tmp_path: Path) -> None:
    """TABLE.CSV is a table too."""
    path = tmp_path / "TABLE.CSV"
    path.write_text(ONE, encoding="utf-8")
    assert len(read_table(path).records) == 1


def test_faults_of_all_files_are_listed(tmp_path: Path) -> None:
    """A file that can't be read doesn't hide what is wrong in another."""
    found = refused(tmp_path, b"", NODES.replace("state", "stat"), EDGES)
    assert found[0].startswith("a.csv: ")
    assert any(line.startswith("b.csv:2: ") and "state?" in line for line in found)


def test_a_table_twice(tmp_path: Path) -> None:
    """The same table given twice names the first of two equal rows."""
    found = refused(tmp_path, ONE, ONE)
    said(found, "b.csv:2", "s 2000-01-01", "a.csv:2")


def test_a_ragged_row_hides_no_other_fault(tmp_path: Path) -> None:
    """A row with too few cells is said, and so is what is wrong with the others."""
    table = tmp_path / "a.csv"
    table.write_text("id,kind,name,since\ns,state\nB,body,Council,2000\n")
    store = MemoryStore(load_pack("territory"))
    with pytest.raises(InputError) as caught:
        load_tables(store, [table])
    problems = "\n".join(caught.value.problems)
    assert "2 cells where the header has 4" in problems
    assert "capital letters" in problems
