"""Lineage and crosswalk on the command line, and questions of days around reforms."""

import csv
import json
from pathlib import Path

import pytest
from land import DAY, ELM, MERGE, kept, put
from running import Orgraph

BEFORE = "2024-12-31"
AFTER = "2025-01-02"
NEXT = """\
title: Elm takes in Cedar, and a new Ash has the old one's code
effective: 2026-01-01
steps:
  - {op: absorb_units, sources: [m3], into: municipality-m9-2025-01-01}
  - op: found_unit
    new: {id: ash2, kind: municipality, name: Ash, code: M1}
    under: e
"""


@pytest.fixture
def reformed(land: Path, folder: Path, orgraph: Orgraph) -> Path:
    """Return a store in which two reforms were applied."""
    for text in (MERGE, NEXT):
        put(folder, "p.yaml", text)
        assert orgraph("apply", "p.yaml", "--yes").code == 0
    return land


def test_text_of_a_lineage(reformed: Path, orgraph: Orgraph) -> None:
    """A lineage is printed as a tree, both ways, with amounts and papers."""
    assert reformed.is_file()
    outcome = orgraph("lineage", "m1")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        "m1  municipality  M1 Ash  2000 to 2025-01-01",
        "successors:",
        f"  2025-01-01 whole to municipality M9 Elm ({ELM})",
        "      people 1,000; Assembly, 7/2024, 2024-12-01",
        "predecessors: none",
    ]
    assert orgraph("lineage", "elm").out.splitlines() == [
        f"{ELM}  municipality  M9 Elm  2025-01-01 to …",
        "successors: none",
        "predecessors:",
        "  2026-01-01 whole from municipality M3 Cedar (m3)",
        "      people 500; Elm takes in Cedar, and a new Ash has the old one's code",
        "  2025-01-01 whole from municipality M1 Ash (m1)",
        "      people 1,000; Assembly, 7/2024, 2024-12-01",
        "  2025-01-01 whole from municipality M2 Birch (m2)",
        "      people 2,500,000",
    ]


def test_a_lineage_of_several_levels(folder: Path, orgraph: Orgraph) -> None:
    """What became of a successor stands below it, deeper, within 80 columns."""
    put(
        folder,
        "nodes.csv",
        "id,kind,name,since,until\n"
        "a,municipality,A,2000,2010\n"
        f"b,municipality,{'Long name ' * 8},2010,\n"
        "c,municipality,C,2000,2013\n"
        "aa,municipality,A,2000,2013\n"
        "e,municipality,E,2013,\n",
    )
    put(
        folder,
        "edges.csv",
        "kind,source,target,since,part,people\n"
        "SUCCEEDED_BY,a,b,2010,part,?\n"
        "SUCCEEDED_BY,a,c,2010,part,5\n"
        "SUCCEEDED_BY,b,c,2012-06,,\n"
        "SUCCEEDED_BY,c,aa,2013,whole,\n"
        "SUCCEEDED_BY,aa,e,2013,whole,\n",
    )
    command = ["import", "nodes.csv", "edges.csv", "--pack", "territory"]
    assert orgraph(*command).code == 0
    lines = orgraph("lineage", "a").out.splitlines()
    assert max(map(len, lines)) <= 80
    starts = [
        (len(line) - len(line.lstrip()), line.split()[:3])
        for line in lines
        if line.lstrip().startswith("20")
    ]
    assert starts == [
        (2, ["2010", "part", "to"]),
        (4, ["2012-06", "part", "unknown"]),
        (6, ["2013", "whole", "to"]),
        (8, ["2013", "whole", "to"]),
        (2, ["2010", "part", "to"]),
    ]
    assert "people unknown" in "\n".join(lines)


def test_a_lineage_by_code(reformed: Path, orgraph: Orgraph) -> None:
    """A code means its bearer on a day; without one all bearers are listed, exit 2."""
    assert reformed.is_file()
    for named in ("code:M1", "municipality:M1", "ash", "Ash", "municipality:ash"):
        outcome = orgraph("lineage", named)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.splitlines()[1:] == [
            "  ash2  municipality  Ash  2026-01-01 to …",
            "  m1  municipality  Ash  2000 to 2025-01-01",
        ]
        for day, node in ((BEFORE, "m1"), ("2026-01-01", "ash2")):
            document = orgraph("lineage", named, "--on", day, "--format", "json").json
            assert document["node"] == node
        gap = orgraph("lineage", named, "--on", "2025-06-01")
        assert gap.code == 2
        assert "on other days" in gap.err
    for named in ("code:M2", "birch"):
        document = orgraph("lineage", named, "--format", "json").json
        assert document["node"] == "m2"
    document = orgraph("lineage", "m1", "--on", AFTER, "--format", "json").json
    assert [step["id"] for step in document["successors"]] == [ELM]


def test_a_lineage_of_nothing(land: Path, orgraph: Orgraph) -> None:
    """What nothing was ever called is said so, and a wrong day too."""
    before = kept(land)
    for arguments, word in (
        (["nowhere"], "nothing is called 'nowhere'\n"),
        (["nowhere", "--on", DAY], f"nothing is called 'nowhere' on {DAY}\n"),
        (["m1", "--on", "2025"], "YYYY-MM-DD"),
        (["m1", "--format", "csv"], "there is no format csv"),
    ):
        outcome = orgraph("lineage", *arguments)
        assert (outcome.code, outcome.out) == (2, "")
        assert word in outcome.err
    assert kept(land) == before


def crosswalk(*rest: str, first: str = BEFORE, second: str = "2026-01-01") -> list[str]:
    """Return the command that asks for a crosswalk of municipalities."""
    days = ["--from", first, "--to", second]
    return ["crosswalk", *days, "--kind", "municipality", *rest]


def test_text_of_a_crosswalk(reformed: Path, orgraph: Orgraph) -> None:
    """A crosswalk is printed a line for each pair, and what it comes to."""
    assert reformed.is_file()
    assert orgraph(*crosswalk()).out.splitlines() == [
        "M1 Ash → M9 Elm  whole",
        "M2 Birch → M9 Elm  whole",
        "M3 Cedar → M9 Elm  whole",
        "M4 Cedar → M4 Cedar  unchanged",
        "(none) → M1 Ash",
        "municipality: 4 on 2024-12-31, 3 on 2026-01-01; 5 rows",
        "  unchanged 1, whole 3, from nobody 1",
    ]
    back = orgraph(*crosswalk(first="2026-01-01", second=BEFORE)).out.splitlines()
    assert back[0] == "M1 Ash → (none)"
    assert back[-2] == "municipality: 3 on 2026-01-01, 4 on 2024-12-31; 5 rows"


def test_crosswalk_into_a_file(reformed: Path, folder: Path, orgraph: Orgraph) -> None:
    """With -o the table is written as its suffix says, and the sum is printed."""
    assert reformed.is_file()
    outcome = orgraph(*crosswalk("-o", "bảng.csv"))
    assert outcome.code == 0
    assert outcome.out.splitlines()[0].endswith("5 rows")
    text = (folder / "bảng.csv").read_bytes().decode()
    rows = list(csv.DictReader(text.splitlines()))
    assert [(row["from_code"], row["to_code"], row["people"]) for row in rows] == [
        ("M1", "M9", "1000"),
        ("M2", "M9", "2500000"),
        ("M3", "M9", "500"),
        ("M4", "M4", ""),
        ("", "M1", ""),
    ]
    assert orgraph(*crosswalk("--format", "csv")).out == text
    assert orgraph(*crosswalk("-o", "x.JSON", "--format", "csv")).out == text
    written = json.loads((folder / "x.JSON").read_text(encoding="utf-8"))
    assert written == orgraph(*crosswalk("--format", "json")).json
    assert orgraph(*crosswalk("-o", "bảng.csv")).code == 0


def test_what_a_crosswalk_refuses(
    reformed: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A wrong day, kind, format or file is refused, and nothing is written."""
    before = kept(reformed)
    for arguments, word in (
        (crosswalk(first="2024"), "YYYY-MM-DD"),
        (crosswalk(second="9999-12-31"), "open end"),
        (crosswalk("--kind", "town"), "no kind 'town'"),
        (crosswalk("--kind", "municipalty"), "did you mean municipality?"),
        (crosswalk("--format", "xml"), "there is no format xml"),
        (crosswalk("-o", "x.xlsx"), "write to .csv or .json"),
        (crosswalk("-o", "x"), "write to .csv or .json"),
        (crosswalk("-o", ""), "write to .csv or .json"),
        (crosswalk("-o", str(folder / "nowhere" / "x.csv")), "no such file"),
    ):
        outcome = orgraph(*arguments)
        assert (outcome.code, outcome.out) == (2, ""), arguments
        assert word in outcome.err
    store = reformed.rename(reformed.with_name("store.csv"))
    outcome = orgraph(*crosswalk("--store", str(store), "-o", "store.csv"))
    assert outcome.code == 2
    assert "this is the store" in outcome.err
    store.rename(reformed)
    assert kept(reformed) == before


@pytest.mark.parametrize("day", [BEFORE, DAY, AFTER])
@pytest.mark.parametrize("named", ["m1", "code:M1", "municipality:M1", "Ash"])
def test_questions_around_a_reform(
    reformed: Path, orgraph: Orgraph, named: str, day: str
) -> None:
    """Before a reform every question answers by any name; after it says who ended."""
    assert reformed.is_file()
    on = ["--on", day, "--format", "json"]
    chain = orgraph("chain", named, *on)
    if day == BEFORE:
        assert [link["id"] for link in chain.json["chain"]] == ["m1", "d", "s"]
        assert orgraph("tally", named, *on).json["facts"] == {"people": 1000}
        shown = orgraph("show", named, *on).json
        assert (shown["node"], shown["lives"]) == ("m1", True)
        assert [row["id"] for row in shown["to"]] == ["d"]
    else:
        assert (chain.code, chain.out) == (2, "")
        if named == "m1":
            assert "doesn't live" in chain.err
            shown = orgraph("show", named, *on).json
            assert (shown["node"], shown["lives"], shown["to"]) == ("m1", False, [])
            assert [row["id"] for row in shown["successors"]] == [ELM]
        else:
            assert chain.err.splitlines()[1:] == [
                "  ash2  municipality  Ash  2026-01-01 to …",
                "  m1  municipality  Ash  2000 to 2025-01-01",
            ]
    found = orgraph("find", "ash", *on).json["items"]
    assert [item["id"] for item in found] == (["m1"] if day == BEFORE else [])


@pytest.mark.parametrize("named", ["m2", "code:M2", "municipality:M2", "birch"])
def test_an_ended_unit_by_name(reformed: Path, orgraph: Orgraph, named: str) -> None:
    """What has ended is shown, and its history told, by a name that nobody has now."""
    assert reformed.is_file()
    for day in (DAY, AFTER, "2030-01-01"):
        document = orgraph("show", named, "--on", day, "--format", "json").json
        assert (document["node"], document["lives"]) == ("m2", False)
    history = orgraph("history", named, "--format", "json").json
    assert [item["number"] for item in history["items"]] == [2, 1]
    if named == "m2":
        return
    for command in ("chain", "tally"):
        outcome = orgraph(command, named, "--on", DAY)
        assert outcome.code == 2
        assert f"{named!r} on 2025-01-01; m2 ended on 2025-01-01: ask" in outcome.err


def test_a_living_unit_goes_before_an_ended_one(
    reformed: Path, orgraph: Orgraph
) -> None:
    """Where a name is borne on the day, who bore it on other days isn't meant."""
    assert reformed.is_file()
    for day, node in ((BEFORE, "m1"), ("2026-01-01", "ash2")):
        for named in ("ash", "code:M1"):
            document = orgraph("show", named, "--on", day, "--format", "json").json
            assert document["node"] == node
    outcome = orgraph("show", "ash", "--on", "2025-06-01")
    assert (outcome.code, len(outcome.err.splitlines())) == (2, 3)


@pytest.mark.parametrize("day", [BEFORE, DAY, AFTER])
def test_counts_around_a_reform(reformed: Path, orgraph: Orgraph, day: str) -> None:
    """What is below a unit, and above one, is that of the day."""
    assert reformed.is_file()
    on = ["--on", day, "--format", "json"]
    counts = orgraph("tally", "d", *on).json["counts"]
    assert counts == {"municipality": 2 if day == BEFORE else 1}
    assert orgraph("tally", "d", *on).json["facts"] == {"people": 2_501_000}
    below = orgraph("show", "d", *on).json["from"]
    assert [row["id"] for row in below] == (["m1", "m2"] if day == BEFORE else [ELM])
    elm = orgraph("chain", ELM, *on)
    assert elm.code == (2 if day == BEFORE else 0)
    found = orgraph("find", "elm", *on).json["items"]
    assert [item["id"] for item in found] == ([] if day == BEFORE else [ELM])
