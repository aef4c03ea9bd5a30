"""`orgraph compare`: proposals side by side, by what applying each of them does."""

import json
import shutil
import sqlite3
from collections import Counter
from pathlib import Path

import pytest
from land import MERGE, REFUSED, RENAME, kept, put
from reform import DAY, PROPOSAL, Item
from running import Orgraph

NARROW = """\
title: Mường Nhé and Nậm Vì become one, and two of its cells
effective: 2025-07-01
steps:
  - op: merge_units
    sources: [code:03160, code:03161]
    into: {kind: commune, name: Xã Mường Nhé, code: "03160", facts: {type: xã}}
  - op: merge_units
    sources: [cell-01, cell-02]
    into: {kind: cell, name: Chi bộ mới}
    answers: {post-05: ends_with}
"""
WIDE = (
    NARROW.replace("[code:03160,", "[code:03157, code:03160,")
    .replace("cell-02]", "cell-02, cell-03]")
    .replace("{post-05: ends_with}", "{post-05: ends_with, post-06: ends_with}")
)
ALL = "all.yaml"
FIRST = "2025-06-30"
LIVING = "SELECT DISTINCT id, kind FROM node WHERE since <= ? AND ? < until"
ABOVE = """
WITH RECURSIVE up(member, unit, depth) AS (
  SELECT source, target, 1 FROM edge
  WHERE kind = 'MEMBER_OF' AND since <= :day AND :day < until
  UNION ALL
  SELECT up.member, edge.target, depth + 1 FROM up JOIN edge
  ON edge.source = up.unit AND edge.kind = 'UNDER'
  AND edge.since <= :day AND :day < edge.until
)
SELECT member, unit FROM up ORDER BY member, depth
"""
UNITED = """
SELECT target FROM edge WHERE kind = 'SUCCEEDED_BY' AND rev = 2
GROUP BY target HAVING count(DISTINCT source) > 1
"""
LOST = """
SELECT source, target FROM edge
WHERE kind = 'HOLDS' AND until = ? AND rev = 2 AND NOT EXISTS (
  SELECT 1 FROM edge AS next WHERE next.kind = 'HOLDS' AND next.source = edge.source
  AND next.target = edge.target AND next.since = edge.until)
"""


@pytest.fixture
def three(everything: Path, folder: Path) -> list[str]:
    """Return three proposals of one merger, beside a store with real communes."""
    assert everything.is_file()
    put(folder, "narrow.yaml", NARROW)
    put(folder, "wide.yaml", WIDE)
    shutil.copy(PROPOSAL, folder / ALL)
    return ["narrow.yaml", "wide.yaml", ALL]


def compared(orgraph: Orgraph, *arguments: str) -> Item:
    """Return what compare says as JSON."""
    return orgraph("compare", *arguments, "--format", "json").json


def test_what_is_compared_is_what_applying_does(
    everything: Path, three: list[str], orgraph: Orgraph
) -> None:
    """Units, people and posts of each column are those of a store it is applied to."""
    before = kept(everything)[0]
    document = compared(orgraph, *three)
    assert kept(everything)[0] == before
    assert [one["name"] for one in document["proposals"]] == three
    for one in document["proposals"]:
        copy = shutil.copy(everything, everything.parent / "copy.db")
        done = orgraph("apply", one["name"], "--yes", "--store", copy)
        assert done.code == 0, done.said
        with sqlite3.connect(copy) as store:
            _assert_as_applied(one, store)
        Path(copy).unlink()


def _assert_as_applied(one: Item, store: sqlite3.Connection) -> None:
    """Count by bare SQL what the column of a proposal says."""
    old, new = (dict(store.execute(LIVING, (day, day))) for day in (FIRST, DAY))
    began, ended = new.keys() - old.keys(), old.keys() - new.keys()
    people = {"document"}  # the basis is a document, and no unit
    assert one["units"]["began"] == _kinds(new, began, people)
    assert one["units"]["ended"] == _kinds(old, ended, people)
    united = [row[0] for row in store.execute(UNITED)]
    assert one["units"]["united"] == _kinds(new, united, people)
    for side, living in (("before", old), ("after", new)):
        for kind in ("commune", "district", "cell", "member"):
            there = sum(k == kind for k in living.values())
            assert one["totals"][side].get(kind, 0) == there
    chains = [_chains(store, day) for day in (FIRST, DAY)]
    turned = [m for m, chain in chains[0].items() if chains[1].get(m) != chain]
    assert one["people"].get("member", 0) == len(turned)
    lost = store.execute(LOST, (DAY,)).fetchall()
    assert one["surplus"] == {"people": len({m for m, _ in lost}), "posts": len(lost)}
    (rows,) = (store.execute("SELECT rows FROM revision WHERE number = 2").fetchone(),)
    assert one["changes"] == rows[0]


def _kinds(living: dict[str, str], nodes: object, but: set[str]) -> dict[str, int]:
    found = Counter(living[node] for node in nodes)  # type: ignore[attr-defined]
    return {kind: n for kind, n in sorted(found.items()) if kind not in but}


def _chains(store: sqlite3.Connection, day: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for member, unit in store.execute(ABOVE, {"day": day}):
        found.setdefault(member, []).append(unit)
    return found


def test_the_three_are_not_alike(three: list[str], orgraph: Orgraph) -> None:
    """By hand: two cells of 7 members or three of 11, 128, 127 or 45 communes."""
    document = compared(orgraph, *three)
    figures = [
        (
            one["people"].get("member", 0),
            one["totals"]["after"]["commune"],
            one["units"]["united"],
            one["surplus"]["posts"],
            one["steps"],
        )
        for one in document["proposals"]
    ]
    assert figures == [
        (7, 128, {"cell": 1, "commune": 1}, 1, 2),
        (11, 127, {"cell": 1, "commune": 1}, 2, 2),
        (0, 45, {"commune": 45}, 0, 46),
    ]
    assert (document["format"], document["base"]) == ("orgraph.compare/1", 1)
    assert document["ok"] is True
    assert document["days"] == [DAY]


def test_findings_are_those_of_each_alone(three: list[str], orgraph: Orgraph) -> None:
    """Findings by severity, state and code are counted as validate lists them."""
    for one in compared(orgraph, *three)["proposals"]:
        alone = orgraph("validate", one["name"], "--format", "json").json["findings"]
        counted = Counter(
            (f["severity"], f["state"], f["code"], bool(f["waived"])) for f in alone
        )
        said = {
            (f["severity"], f["state"], f["code"], f["waived"]): f["number"]
            for f in one["findings"]
        }
        assert said == dict(counted)


def test_columns_or_one_below_the_other(
    three: list[str], orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Proposals have columns where they fit, and else stand one below the other."""
    wide = orgraph("compare", *three)
    assert wide.code == 0
    lines = wide.out.splitlines()
    (heading,) = [line for line in lines if line.split() == three]
    (row,) = [line for line in lines if line.split()[:1] == ["steps"]]
    assert row.split() == ["steps", "2", "2", "46"]
    assert len(row) == len(heading)
    assert max(map(len, lines)) <= 100
    (members,) = [line for line in lines if line.split()[:1] == ["member"]][1:]
    assert members.split() == ["member", "7", "11", "0"]
    monkeypatch.setattr("orgraph.cli.comparing.console", _narrow)
    narrow = orgraph("compare", *three).out
    assert "\n  steps: 46\n" in narrow
    assert not any(line.split() == three for line in narrow.splitlines())
    blocks = narrow.split("\n\n")
    assert [block.splitlines()[0] for block in blocks[1:]] == three
    assert "  another chain of units:\n    member: 11\n" in blocks[2]


def _narrow() -> object:
    from orgraph.reports.text import PipedConsole

    return PipedConsole(width=40, emoji=False)


def test_standards_are_judged_by_the_same_units(land: Path, orgraph: Orgraph) -> None:
    """A town that one proposal makes too small is met by the other, which leaves it."""
    assert land.is_file()
    put(land.parent, "rename.yaml", RENAME)
    shrink = RENAME.replace("rename_unit, unit: m3, name: Fir", "set_facts, unit: m1, ")
    put(
        land.parent,
        "shrink.yaml",
        shrink.replace("unit: m1, }", "unit: m1, facts: {people: 999}}"),
    )
    document = compared(orgraph, "rename.yaml", "shrink.yaml")
    left, shrunk = (one["standards"]["town-people"] for one in document["proposals"])
    assert left == {"met": ["m1"], "broken": [], "unknown": []}
    assert shrunk == {"met": [], "broken": ["m1"], "unknown": []}
    (standard,) = [s for s in document["standards"] if s["id"] == "town-people"]
    assert standard["source"] == {"document": "Example statute", "article": "art. 1"}
    text = orgraph("compare", "rename.yaml", "shrink.yaml").out
    assert "the standard of people for a town: broken" in text
    assert orgraph("compare", "rename.yaml", "shrink.yaml", "--strict").code == 1


def test_a_refused_one_is_shown_as_such(land: Path, orgraph: Orgraph) -> None:
    """One that is refused has its column and its reasons, and the exit code is 1."""
    before = kept(land)[0]
    put(land.parent, "merge.yaml", MERGE)
    put(land.parent, "refused.yaml", REFUSED)
    outcome = orgraph("compare", "merge.yaml", "refused.yaml")
    assert outcome.code == 1
    (row,) = [line for line in outcome.out.splitlines() if "verdict" in line]
    assert row.split() == ["verdict", "passes", "refused"]
    assert "refused.yaml is refused:\nerror " in outcome.out
    assert "of the steps that could be done" in outcome.out
    document = compared(orgraph, "merge.yaml", "refused.yaml")
    assert [one["ok"] for one in document["proposals"]] == [True, False]
    assert document["ok"] is False
    assert document["proposals"][1]["blocking"][0]["severity"] == "error"
    assert kept(land)[0] == before


def test_different_days_are_said(land: Path, orgraph: Orgraph) -> None:
    """Proposals of different days are compared, and it is said that they are."""
    assert land.is_file()
    put(land.parent, "a.yaml", MERGE)
    put(
        land.parent,
        "b.yaml",
        MERGE.replace("effective: 2025-01-01", "effective: 2026-01-01"),
    )
    outcome = orgraph("compare", "a.yaml", "b.yaml")
    assert "on different days (2025-01-01 and 2026-01-01)" in outcome.out
    assert compared(orgraph, "a.yaml", "b.yaml")["days"] == ["2025-01-01", "2026-01-01"]
    same = orgraph("compare", "a.yaml", put(land.parent, "c.yaml", MERGE))
    assert "different days" not in same.out


def test_a_file_that_can_not_be_read(land: Path, orgraph: Orgraph) -> None:
    """What is wrong with any file is said with its place, and nothing is compared."""
    before = kept(land)[0]
    put(land.parent, "a.yaml", MERGE)
    put(land.parent, "b.yaml", MERGE.replace("sources:", "sourced:"))
    outcome = orgraph(
        "compare", "a.yaml", "b.yaml", "nowhere.yaml", "--report", "r.json"
    )
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.splitlines() == [
        "b.yaml:5:5: sources is missing",
        "b.yaml:6:5: there is no field sourced; did you mean sources?",
        "nowhere.yaml: no such file or directory",
    ]
    assert not Path("r.json").exists()
    assert kept(land)[0] == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["a.yaml"], "name two proposals or more, each once"),
        (["a.yaml", "a.yaml"], "name two proposals or more, each once"),
        (["a.yaml", "b.yaml", "--report", "r.pdf"], "r.pdf: a comparison isn't"),
        (["a.yaml", "b.yaml", "--report", "b.yaml"], "b.yaml: a comparison isn't"),
        (["a.json", "b.json", "--report", "b.json"], "the store or the proposal"),
        (["a.yaml", "b.yaml", "--format", "xml"], "there is no format xml"),
    ],
)
def test_wrong_usage(
    land: Path, orgraph: Orgraph, arguments: list[str], said: str
) -> None:
    """What can't be compared or written is refused in one sentence."""
    assert land.is_file()
    put(land.parent, "a.yaml", MERGE)
    put(land.parent, "b.yaml", RENAME)
    outcome = orgraph("compare", *arguments)
    assert (outcome.code, outcome.out, outcome.err.count("\n")) == (2, "", 1)
    assert said in outcome.err


def test_reports_of_a_comparison(land: Path, orgraph: Orgraph) -> None:
    """What is written is what is printed, each format by its suffix."""
    assert land.is_file()
    put(land.parent, "a.yaml", MERGE)
    (land.parent / "deep").mkdir()
    put(land.parent / "deep", "a.yaml", RENAME)
    files = ["a.yaml", "deep/a.yaml"]
    reports = [("--report", name) for name in ("r.txt", "r.json", "r.html")]
    outcome = orgraph("compare", *files, *(word for pair in reports for word in pair))
    assert outcome.code == 0
    assert Path("r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert Path("r.txt").read_text(encoding="utf-8") == outcome.out
    written = json.loads(Path("r.json").read_text(encoding="utf-8"))
    assert written == compared(orgraph, *files)
    # Files of one name are told apart by their folders.
    assert any(line.split() == files for line in outcome.out.splitlines())
