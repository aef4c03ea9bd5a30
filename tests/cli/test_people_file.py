"""The people whose chain a proposal changes, said by simulate and listed in a file."""

from pathlib import Path

import pytest
from land import kept, put
from running import Orgraph

MOVE = """\
title: The council comes under a new board
effective: 2025-01-01
steps:
  - {op: found_unit, new: {id: k, kind: body, name: New board}}
  - {op: move_unit, unit: b, to: k}
"""
CLOSE = """\
title: The council is closed, and its member goes to the board
effective: 2025-01-01
steps:
  - {op: close_unit, unit: b, answers: {person: {to: c}}}
"""
HEADING = "id,kind,unit,before,after\n"


def test_who_is_below_a_unit_that_moves(land: Path, orgraph: Orgraph) -> None:
    """Each is listed with the unit that moves, and the chain before and after."""
    before = kept(land)[0]
    put(land.parent, "p.yaml", MOVE)
    outcome = orgraph("simulate", "p.yaml", "--people", "people.csv")
    assert outcome.code == 0, outcome.said
    assert "Chains change for 1 person:\n  Board → New board: 1 person in 1 body" in (
        outcome.out
    )
    written = Path("people.csv").read_text(encoding="utf-8")
    assert written == f"{HEADING}x,person,b,b > c,b > k\n"
    assert kept(land)[0] == before


def test_people_have_no_names(land: Path, orgraph: Orgraph) -> None:
    """Whoever moves or loses a post is an id, in text, in JSON and in the table."""
    put(land.parent, "p.yaml", CLOSE)
    outcome = orgraph(
        "simulate", "p.yaml", "--people", "people.csv", "--report", "report.json"
    )
    assert outcome.code == 0, outcome.said
    written = Path("people.csv").read_text(encoding="utf-8")
    assert written == f"{HEADING}x,person,,b > c,c\n"
    report = Path("report.json").read_text(encoding="utf-8")
    assert "x held p of Council" in outcome.out
    for said in (outcome.said, report, written):
        assert not {"Jane", "Doe", "J1"} & set(said.replace('"', " ").split())


def test_a_plan_that_touches_nobody(land: Path, orgraph: Orgraph) -> None:
    """Where no chain changes the table has its heading alone."""
    assert land.is_file()
    put(land.parent, "p.yaml", MOVE.replace("unit: b, to: k", "unit: m3, to: d"))
    assert orgraph("simulate", "p.yaml", "--people", "people.csv").code == 0
    assert Path("people.csv").read_text(encoding="utf-8") == HEADING


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("people.json", "people.json: people are written as a table; write to .csv"),
        ("nowhere/people.csv", "nowhere/people.csv: no such file or directory"),
    ],
)
def test_where_people_cannot_be_written(
    land: Path, orgraph: Orgraph, name: str, said: str
) -> None:
    """A file of another sort, or in no folder, is refused with one sentence."""
    put(land.parent, "p.yaml", MOVE)
    outcome = orgraph("simulate", "p.yaml", "--people", name)
    assert (outcome.code, outcome.err.strip()) == (2, said)
    assert not Path(name).exists()


def test_people_are_not_written_over_the_plan(land: Path, orgraph: Orgraph) -> None:
    """Two outputs in one file are refused."""
    put(land.parent, "p.yaml", MOVE)
    outcome = orgraph("simulate", "p.yaml", "--people", "a.csv", "--plan", "a.csv")
    assert outcome.code == 2
    assert "two outputs" in outcome.err
