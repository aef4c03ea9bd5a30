"""Exporting on the command line: what is written, where, and what is said of it."""

import json
import os
import sys
from pathlib import Path

import pytest
from land import ELM, MERGE, kept, put
from openpyxl import load_workbook
from running import Orgraph

ALL = ("json", "csv", "graphml")


def written(orgraph: Orgraph, to: str, *more: str) -> str:
    """Export into a file or folder and return what stands in it."""
    outcome = orgraph("export", "--to", to, "-o", "out", *more)
    assert (outcome.code, outcome.out) == (0, ""), outcome.err
    files = sorted(Path("out").iterdir()) if to == "csv" else [Path("out")]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.mark.parametrize("to", ["json", "csv"])
def test_an_export_is_imported_again(
    land: Path, folder: Path, orgraph: Orgraph, to: str
) -> None:
    """A store made of an export exports alike, and answers alike."""
    put(folder, "p.yaml", MERGE)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    whole = written(orgraph, to, "--names")
    files = ["out"] if to == "json" else ["out/nodes.csv", "out/edges.csv"]
    if to == "json":
        Path("out").rename("out.json")
        files = ["out.json"]
    again = orgraph("import", *files, "--pack", "territory", "--store", "new.db")
    assert again.code == 0, again.err
    if to == "json":
        Path("out.json").rename("out")
    assert written(orgraph, to, "--names", "--store", "new.db") == whole
    for question in (["tally", "s"], ["show", ELM], ["chain", "x", "--names"]):
        asked = [*question, "--on", "2026-01-01"]
        old, new = orgraph(*asked), orgraph(*asked, "--store", "new.db")
        assert old.code == 0
        assert new.out == old.out.replace("revision 2", "revision 1")
    assert land.is_file()
    assert orgraph("check", "--store", "new.db").code == 0


@pytest.mark.parametrize("to", ALL)
def test_names_are_left_out(land: Path, orgraph: Orgraph, to: str) -> None:
    """Without --names no name or code of a person is written; how many is said."""
    assert land.is_file()
    outcome = orgraph("export", "--to", to, "-o", "out")
    assert "2 people's names" in outcome.err
    assert "--names" in outcome.err
    assert not [word for word in ("Jane", "J1") if word in written(orgraph, to)]
    shown = written(orgraph, to, "--names")
    assert "Jane Doe" in shown
    assert orgraph("export", "--to", to, "-o", "out", "--names").err == ""


@pytest.mark.parametrize("to", ["json", "graphml"])
def test_standard_output(land: Path, orgraph: Orgraph, to: str) -> None:
    """Without -o, or with -o -, the file comes on standard output, whole."""
    assert land.is_file()
    whole = written(orgraph, to)
    assert orgraph("export", "--to", to).out == whole
    assert orgraph("export", "--to", to, "-o", "-").out == whole


def test_a_region_on_a_day(land: Path, orgraph: Orgraph) -> None:
    """--root takes what NODE takes elsewhere; what leads out is counted."""
    assert land.is_file()
    outcome = orgraph("export", "--to", "json", "--root", "North", "--on", "2020-01-01")
    assert outcome.code == 0
    assert [row["id"] for row in outcome.json["nodes"]] == ["d", "m1", "m2"]
    assert (outcome.json["root"], outcome.json["on"]) == ("d", "2020-01-01")
    assert outcome.err == ("left out, since an end is not in the export: 1 PART_OF\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--to", "xml"], "csv, xlsx, json, graphml"),
        (["--to", ""], "csv, xlsx, json, graphml"),
        ([], "--to"),
        (["--to", "csv"], "name a folder"),
        (["--to", "csv", "-o", "-"], "name a folder"),
        (["--to", "xlsx"], "-: a workbook is a file; name one with -o OUT.xlsx"),
        (["--to", "xlsx", "-o", "out"], "out: a workbook is a file"),
        (["--to", "xlsx", "-o", "nowhere/a.xlsx"], "nowhere/a.xlsx: no such file"),
        (["--to", "xlsx", "-o", "a.xlsx", "--root", "nobody"], "nobody"),
        (["--to", "json", "-o", "orgraph.db"], "this is the store"),
        (["--to", "json", "-o", "nowhere/a.json"], "nowhere/a.json: no such file"),
        (["--to", "json", "-o", "."], "is a directory"),
        (["--to", "csv", "-o", "orgraph.db"], "this is a file"),
        (["--to", "json", "--on", "soon"], "YYYY-MM-DD"),
        (["--to", "json", "--root", "nobody"], "nobody"),
        (["--to", "json", "--root", "Cedar"], "2 nodes"),
        (["--to", "json", "--root", "d", "--on", "1999-01-01"], "not in force"),
    ],
)
def test_wrong_exports(
    land: Path, orgraph: Orgraph, arguments: list[str], words: str
) -> None:
    """What can't be exported is exit 2 and a sentence, and nothing is written."""
    before = kept(land)
    outcome = orgraph("export", *arguments)
    assert (outcome.code, outcome.out) == (2, "")
    assert words in outcome.err
    assert kept(land) == before


def test_a_region_goes_through_a_workbook(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A region exported as a workbook is imported as the same rows."""
    assert land.is_file()
    options = ("--root", "North", "--names", "-o")
    outcome = orgraph("export", "--to", "xlsx", *options, "north.xlsx")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err == "left out, since an end is not in the export: 1 PART_OF\n"
    new = ("--pack", "territory", "--store", "new.db")
    again = orgraph("import", "north.xlsx", *new)
    assert again.code == 0, again.err
    for form in ("csv", "json"):
        for store, name in ((land, "old"), ("new.db", "new")):
            root = () if name == "new" else ("--root", "North")
            to = ("--to", form, "--names", "--store", store, *root)
            assert orgraph("export", *to, "-o", f"{name}.{form}").code == 0
    for table in ("nodes.csv", "edges.csv"):
        sides = [folder / f"{name}.csv" / table for name in ("old", "new")]
        assert sides[0].read_text("utf-8") == sides[1].read_text("utf-8")
    assert (
        orgraph("import", "north.xlsx")
        .out.splitlines()[0]
        .endswith("nothing new; the store stays at revision 1")
    )


NODES = """id,kind,name,since,until
k1,cell,One,2000,
k2,cell,Two,2000,
m,member,Jane Doe,2000,
"""
EDGES = """kind,source,target,since,until
MEMBER_OF,m,k1,2000,2010
MEMBER_OF,m,k2,2010,
"""


@pytest.mark.parametrize("day", [(), ("--on", "2020-01-01")])
def test_where_people_were_before_comes_along(
    folder: Path, orgraph: Orgraph, day: tuple[str, ...]
) -> None:
    """A region is imported though a member was elsewhere before; that is told."""
    put(folder, "n.csv", NODES)
    put(folder, "e.csv", EDGES)
    assert orgraph("import", "n.csv", "e.csv", "--pack", "vietnam").code == 0
    outcome = orgraph("export", "--to", "csv", "--root", "k2", "-o", "out", *day)
    assert outcome.code == 0
    assert outcome.err == (
        "left out: 1 person's name or code; --names exports them\n"
        "came along, since people belonged there elsewhere or before: 1 cell\n"
    )
    tables = ("out/nodes.csv", "out/edges.csv")
    again = orgraph("import", *tables, "--pack", "vietnam", "--store", "new.db")
    assert again.code == 0, again.err
    counted = orgraph("tally", "k2", "--on", "2020-01-01", "--store", "new.db")
    assert counted.out.split()[-2:] == ["member", "1"]
    graph = orgraph("export", "--to", "graphml", "--root", "k2", *day)
    assert "k1" not in graph.out
    assert "came along" not in graph.err


def test_a_workbook_that_is_there(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Somebody may have written into a workbook: it is replaced only if asked."""
    assert land.is_file()
    export = ("export", "--to", "xlsx", "-o", "out.xlsx")
    (folder / "out.xlsx").write_bytes(b"mine")
    refused = orgraph(*export)
    assert (refused.code, refused.out) == (2, "")
    assert "out.xlsx: this is there already" in refused.err
    assert (folder / "out.xlsx").read_bytes() == b"mine"
    forced = orgraph(*export, "--force")
    assert forced.code == 0
    assert "2 people's names" in forced.err
    people = load_workbook(folder / "out.xlsx")["person"]
    assert [row[1].value for row in people.iter_rows(min_row=2)] == [None, None]


def test_a_store_named_like_a_table(land: Path, orgraph: Orgraph) -> None:
    """A store that is called nodes.csv is not written over by the table."""
    store = land.rename(land.with_name("nodes.csv"))
    before = store.read_bytes()
    outcome = orgraph("export", "--to", "csv", "-o", ".", "--store", str(store))
    assert outcome.code == 2
    assert store.read_bytes() == before


def test_an_older_export_is_replaced_whole(land: Path, orgraph: Orgraph) -> None:
    """Both files are replaced; where the second can't be, the first stays too."""
    assert land.is_file()
    whole = written(orgraph, "csv")
    Path("out/edges.csv").unlink()
    Path("out/edges.csv").mkdir()
    Path("out/nodes.csv").write_text("old", encoding="utf-8")
    outcome = orgraph("export", "--to", "csv", "-o", "out")
    assert outcome.code == 2
    assert "edges.csv: is a directory" in outcome.err
    assert Path("out/nodes.csv").read_text("utf-8") == "old"
    Path("out/edges.csv").rmdir()
    assert written(orgraph, "csv") == whole
    assert sorted(os.listdir("out")) == ["edges.csv", "nodes.csv"]  # noqa: PTH208 - their names


def test_a_reader_that_leaves(land: Path, folder: Path, process: Orgraph) -> None:
    """`| head` ends an export without a word."""
    rows = "".join(f"z{n},body,Zed {n},2000\n" for n in range(20_000))
    put(folder, "n.csv", "id,kind,name,since\n" + rows)
    assert land.is_file()
    assert process("import", "n.csv").code == 0
    shell = ("sh", "-c", '"$@" | head -n 1', "sh")
    outcome = process("export", "--to", "json", before=shell)
    assert outcome.code == 0
    assert outcome.out.startswith('{"format": "orgraph.export/1"')
    assert "Traceback" not in outcome.err
    assert outcome.out.count("\n") == 1


@pytest.mark.skipif(not sys.prefix.isascii(), reason="Python itself can't start there")
def test_output_is_utf8_everywhere(territory: Path, process: Orgraph) -> None:
    """Whatever the terminal's encoding, an export is UTF-8."""
    assert territory.is_file()
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    outcome = process("export", "--to", "json", env=plain)
    assert outcome.code == 0
    names = {row["name"] for row in json.loads(outcome.out)["nodes"]}
    assert "Tỉnh Điện Biên" in names
