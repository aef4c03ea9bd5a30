"""Importing on the command line: what is told, listed, refused and taken back."""

import shutil
from pathlib import Path

import pytest
from land import kept, put
from running import Orgraph

from orgraph.pack.loader import schema_folder

HEAD = "id,kind,name,since\n"


def test_what_an_import_tells(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """An import tells its revision, its rows by kind, and what was known already."""
    assert land.is_file()
    put(folder, "n.csv", HEAD + "z,state,Zed,2000\ns,state,Land,2000\n")
    outcome = orgraph("import", "n.csv")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "orgraph.db: revision 2, 1 row",
        "  1 state",
        "  in the store already: 1 row",
    ]


def test_an_import_of_rows_that_go_on(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """An import tells how many rows only went on with another, and are one with it."""
    assert land.is_file()
    head, z = "id,kind,name,since,until\n", "z,state,Zed"
    rows = f"{z},2000,2005\n{z},2005,2010\n{z},2010,\n"
    put(folder, "n.csv", head + rows)
    outcome = orgraph("import", "n.csv")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "orgraph.db: revision 2, 1 row",
        "  1 state",
        "  joined to a row that touches it and says the same: 2 rows",
    ]


def test_an_import_of_nothing_new(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Rows that are all known are no fault: it is said, and nothing is written."""
    put(folder, "n.csv", HEAD + "s,state,Land,2000\n")
    before = kept(land)
    outcome = orgraph("import", "n.csv")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "orgraph.db: nothing new; the store stays at revision 1",
        "  in the store already: 1 row",
    ]
    assert kept(land) == before


def test_a_mapping_that_gives_no_row(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A table of which every row is left out isn't taken for one that is known."""
    put(folder, "n.csv", "Id\n-\n")
    said = """\
[[tables]]
empty = ["-"]
[[tables.nodes]]
kind = "state"
id = { column = "Id" }
since = 2000-01-01
optional = true
"""
    put(folder, "map.toml", said)
    before = kept(land)
    outcome = orgraph("import", "n.csv", "--mapping", "map.toml")
    assert (outcome.code, outcome.out) == (2, "")
    assert "no row of these files gives a node or an edge" in outcome.err
    assert kept(land) == before


def test_another_version_of_the_pack(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A pack of the store's name with other words is told from another pack."""
    shutil.copytree(schema_folder() / "territory", folder / "own")
    head = folder / "own" / "pack.toml"
    text = head.read_text("utf-8")
    head.write_text(text.replace("title =", 'title = "Newer" #', 1), "utf-8")
    put(folder, "n.csv", HEAD + "z,state,Zed,2000\n")
    before = kept(land)
    newer = orgraph("import", "n.csv", "--pack", "own")
    assert (newer.code, newer.out) == (4, "")
    assert newer.err == (
        "orgraph.db: the store was made with another version of the pack territory, in "
        "which these words differ: pack.title; without --pack the store's own is used\n"
    )
    other = orgraph("import", "n.csv", "--pack", "vietnam")
    assert "made with another pack than vietnam: territory" in other.err
    assert kept(land) == before
    assert orgraph("import", "n.csv").code == 0


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_sheet_of_what_has_none(
    land: Path, folder: Path, orgraph: Orgraph, form: str
) -> None:
    """--sheet is wrong usage where no file is a workbook; a draft's too."""
    table = put(folder, f"n.{form}", HEAD + "z,state,Zed,2000\n").name
    before = kept(land)
    draft = ["draft", table, "--effective", "2025-01-01"]
    for command in (["import", table], draft):
        outcome = orgraph(*command, "--sheet", "Units")
        assert (outcome.code, outcome.out) == (2, "")
        assert f"{table}: there is no sheet Units" in outcome.err
    assert kept(land) == before


def test_an_import_is_a_revision(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """An import is listed, compared and taken back like any other revision."""
    assert land.is_file()
    put(folder, "n.csv", HEAD + "z,state,Zed,2000\ny1,region,Why,2000\n")
    put(folder, "e.csv", "kind,source,target,since\nPART_OF,y1,z,2000\n")
    assert orgraph("import", "n.csv", "e.csv").code == 0
    assert "Import of n.csv, e.csv" in orgraph("history").out
    assert orgraph("diff", "1", "2").out.endswith("\n3 differences\n")
    outcome = orgraph("undo", "--yes")
    assert outcome.code == 0, outcome.said
    assert orgraph("diff", "1", "3").out == "0 differences\n"
    assert orgraph("show", "z").code == 2
    assert orgraph("import", "n.csv", "e.csv").code == 0


def test_problems_up_to_a_limit(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Of very many problems the first are listed, and how many more there are."""
    rows = "".join(f"z{n},stat,Zed,2000\n" for n in range(1000))
    put(folder, "n.csv", HEAD + rows)
    before = kept(land)
    outcome = orgraph("import", "n.csv")
    assert (outcome.code, outcome.out) == (2, "")
    lines = outcome.err.splitlines()
    assert 20 < len(lines) < 100
    assert lines[0].startswith("n.csv:2: ")
    assert lines[-1] == f"… {1000 - len(lines) + 1} more"
    assert kept(land) == before


@pytest.mark.parametrize(
    ("nodes", "edges"),
    [
        (HEAD + "z,state,Zed,2000\nz,state,Zed,2000\n", None),
        (HEAD + "z,stat,Zed,2000\n", None),
        (HEAD + "z,state,Zed\n", None),
        (HEAD, None),
        ("", None),
        (HEAD + "m1,municipality,Other,2000\n", None),
        (HEAD + "z,state,Zed,2000\n", "UNDER,c,b,2000"),
        (HEAD + "z,state,Zed,2000\n", "PART_OF,m1,e,2010"),
        (HEAD + "z,state,Zed,2000\n", "PART_OF,m1,nowhere,2010"),
        (HEAD + "z,state,Zed,2000\n", "PART_OF,z,m1,2010"),
        (HEAD + "z,state,Zed,2000\n", "BELOW,z,m1,2010"),
    ],
)
def test_nothing_is_half_loaded(
    land: Path, folder: Path, orgraph: Orgraph, nodes: str, edges: str | None
) -> None:
    """One wrong row, in either table, and nothing of either is loaded."""
    files = [put(folder, "n.csv", nodes).name]
    if edges:
        table = f"kind,source,target,since\n{edges}\n"
        files.append(put(folder, "e.csv", table).name)
    before = kept(land)
    outcome = orgraph("import", *files)
    assert (outcome.code, outcome.out) == (2, "")
    assert f"{files[-1]}:" in outcome.err
    assert "Traceback" not in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize("since", ["2000-01", "x", "9999-12-31", "2000-02-30", ""])
def test_a_wrong_first_day(
    land: Path, folder: Path, orgraph: Orgraph, since: str
) -> None:
    """--since is a day of the calendar."""
    put(folder, "n.csv", "id,kind,name\nz,state,Zed\n")
    before = kept(land)
    outcome = orgraph("import", "n.csv", "--since", since)
    assert (outcome.code, outcome.out) == (2, "")
    assert kept(land) == before


def test_options_of_dates(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """--since and --inclusive-end say how days are read."""
    assert land.is_file()
    put(folder, "n.csv", "id,kind,name,until\nz,state,Zed,2010-12-31\n")
    command = ["import", "n.csv", "--since", "2001-02-03", "--inclusive-end"]
    assert orgraph(*command).code == 0
    (version,) = orgraph("show", "z", "--format", "json").json["versions"]
    assert (version["since"], version["until"]) == ("2001-02-03", "2011-01-01")


def test_months_and_years_are_shown_back(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A date that was only known to the month or year is shown so, everywhere."""
    assert land.is_file()
    rows = "z,state,Zed,2019-05,\ny1,region,Why,2019,2021-07\n"
    put(folder, "n.csv", "id,kind,name,since,until\n" + rows)
    assert orgraph("import", "n.csv").code == 0
    assert "  2019-05 to …  Zed" in orgraph("show", "z").out
    assert "  2019 to 2021-07  Why" in orgraph("show", "y1").out
    assert "2019-05 to …" in orgraph("find", "zed").out
    (item,) = orgraph("find", "why", "--format", "json").json["items"]
    assert (item["since"], item["until"]) == ("2019", "2021-07")
    days = orgraph("diff", "2018-01-01", "2020-01-01", "--format", "json").json
    afters = [i["after"] for i in days["items"] if i.get("node") in {"z", "y1"}]
    assert [side["since"] for side in afters] == ["2019", "2019-05"]
    assert all("since_precision" not in side["facts"] for side in afters)
    assert "precision" not in orgraph("show", "z").out
