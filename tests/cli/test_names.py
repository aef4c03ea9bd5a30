"""Names and codes of people and households are masked, but for --names."""

from pathlib import Path

import pytest
from land import put
from running import Orgraph

SECRET = ("Jane", "John", "Doe", "Roe", "J1")
RENAMED = """\
title: Jane is called otherwise
effective: 2025-01-01
steps: [{op: rename_unit, unit: x, name: Jane Poe}]
"""
CLOSED = """\
title: A post and its holder go
effective: 2025-01-01
steps:
  - {op: close_unit, unit: p}
  - {op: close_unit, unit: x}
"""
MASKED = [
    ["show", "x"],
    ["show", "b"],
    ["show", "p"],
    ["chain", "x"],
    ["chain", "b"],
    ["chain", "b", "--by=charge"],
    ["diff", "1999-01-01", "2020-01-01"],
    ["diff", "0", "1"],
    ["find", "J1"],
    ["find", "jane"],
    ["history"],
    ["history", "x"],
    ["tally", "b"],
    ["path", "x", "y"],
    ["span", "b"],
    ["vacancies", "--until=2030-01-01", "--on=2020-01-01"],
    ["eligible", "p", "x", "y"],
    ["eligible", "q", "--all"],
    ["concurrency"],
    ["uncovered"],
    ["lineage", "x"],
    ["crosswalk", "--from=2019-01-01", "--to=2020-01-01", "--kind=person"],
    ["check"],
]
SHOWN = [
    ["show", "x"],
    ["show", "b"],
    ["chain", "x"],
    ["diff", "0", "1"],
    ["find", "J1"],
    ["path", "x", "b"],
    ["eligible", "q", "x"],
    ["lineage", "x"],
    ["crosswalk", "--from=2019-01-01", "--to=2020-01-01", "--kind=person"],
]


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("question", MASKED, ids=" ".join)
def test_names_are_masked(
    land: Path, orgraph: Orgraph, question: list[str], form: str
) -> None:
    """No answer holds a person's name or code, in text or in JSON."""
    assert land.is_file()
    outcome = orgraph(*question, "--format", form)
    assert outcome.code == 0
    said = outcome.out
    for asked in ("jane", "J1"):
        said = said.replace(f'"text": "{asked}"', "").replace(f"'{asked}'", "")
    for name in SECRET:
        assert name.casefold() not in said.casefold()


@pytest.mark.parametrize("form", ["text", "json"])
@pytest.mark.parametrize("question", SHOWN, ids=" ".join)
def test_names_are_shown_on_demand(
    land: Path, orgraph: Orgraph, question: list[str], form: str
) -> None:
    """--names shows what is masked without it."""
    assert land.is_file()
    masked = orgraph(*question, "--format", form)
    named = orgraph(*question, "--format", form, "--names")
    assert "•••" in masked.out
    assert "Jane Doe" in named.out
    assert "•••" not in named.out


def test_unmasked_names_are_shown(land: Path, orgraph: Orgraph) -> None:
    """Units and posts keep their names without --names."""
    assert land.is_file()
    out = orgraph("chain", "x").out
    assert "Council (b)" in out
    assert "Chair" in orgraph("show", "p").out


def test_a_chain_names_who_holds_a_post_and_who_is_in_charge(
    land: Path, orgraph: Orgraph
) -> None:
    """With --names the people beside the chain are named as those in it; else by id."""
    assert land.is_file()
    out = orgraph("chain", "b", "--names").out
    assert "    Chair (p): Jane Doe (x), since 2010-05\n" in out
    assert "    Clerk (q): vacant\n" in out
    assert "    in charge: John Roe (y), since 2012\n" in out
    masked = orgraph("chain", "b").out
    assert "    Chair (p): x, since 2010-05\n" in masked
    assert "    in charge: y, since 2012\n" in masked


@pytest.mark.parametrize("command", ["show", "chain", "tally", "history"])
@pytest.mark.parametrize("named", ["code:J1", "person:J1"])
def test_several_meanings_are_masked(
    land: Path, orgraph: Orgraph, command: str, named: str
) -> None:
    """Where a code can mean several people, their ids are listed and no name."""
    assert land.is_file()
    outcome = orgraph(command, named)
    assert outcome.code == 2
    assert "can mean 2 nodes" in outcome.err
    assert "  x  person  •••\n" in outcome.err
    for name in SECRET:
        assert name not in outcome.err.replace(named, "")


def test_a_person_is_not_found_by_name(land: Path, orgraph: Orgraph) -> None:
    """People can't be asked for by their names, only by id or code."""
    assert land.is_file()
    assert orgraph("show", "Jane Doe").code == 2
    assert orgraph("find", "jane", "--names", "--format", "json").json["items"] == []


@pytest.mark.parametrize("form", ["text", "json"])
def test_names_in_reports_and_findings(
    land: Path, folder: Path, orgraph: Orgraph, form: str
) -> None:
    """Reports and findings of what is done to a person don't hold the name.

    A title is the user's own words, and stays.
    """
    assert land.is_file()
    closed = put(folder, "c.yaml", CLOSED)
    for command in ("validate", "simulate"):
        outcome = orgraph(command, closed, "--format", form)
        assert outcome.code in {0, 1}
        for name in SECRET:
            assert name not in outcome.said
    renamed = put(folder, "r.yaml", RENAMED)
    outcome = orgraph("simulate", renamed, "--format", form)
    said = outcome.said.replace("Jane is called otherwise", "")
    for name in (*SECRET, "Poe"):
        assert name not in said


def test_names_in_refused_imports(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """What an import says of two parents names a person by id alone."""
    assert land.is_file()
    put(folder, "e.csv", "kind,source,target,since\nMEMBER_OF,x,c,2005\n")
    outcome = orgraph("import", "e.csv")
    assert outcome.code == 2
    assert "x is under" in outcome.err
    for name in SECRET:
        assert name not in outcome.err
