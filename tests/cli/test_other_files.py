"""A file of another kind, given for a proposal, is named for what it is."""

import json
from pathlib import Path

import pytest
from land import MERGE, kept, put
from running import Orgraph

COMMANDS = (["validate"], ["simulate"], ["apply", "--yes"])


@pytest.fixture
def files(land: Path, folder: Path, orgraph: Orgraph) -> Path:
    """Return a folder with what orgraph writes: a report, a plan and answers."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    written = ["--report", "report.json", "--plan", "plan.json"]
    assert orgraph("simulate", "p.yaml", *written).code == 0
    answers = {
        "findings": ["validate", "p.yaml"],
        "chain": ["chain", "x"],
        "history": ["history"],
    }
    for name, command in answers.items():
        put(folder, f"{name}.json", orgraph(*command, "--format", "json").out)
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    put(folder, "later.json", json.dumps({**plan, "format": "orgraph.plan/2"}))
    return folder


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("report.json", ("a report", "orgraph.report/1", "name the proposal")),
        ("findings.json", ("what validate found", "name the proposal")),
        ("later.json", ("a plan of another version", "orgraph.plan/2", "proposal")),
        ("chain.json", ("an answer", "orgraph.chain/1", "title, effective and steps")),
        ("history.json", ("an answer", "orgraph.history/1", "title")),
    ],
)
def test_what_orgraph_wrote(
    files: Path, orgraph: Orgraph, name: str, words: tuple[str, ...]
) -> None:
    """One sentence says what the file is and what is wanted; nothing is written."""
    before = kept(files / "orgraph.db")
    for command in COMMANDS:
        outcome = orgraph(*command, name)
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"{name}: this is ")
        assert outcome.err.count("\n") == 1
        for word in words:
            assert word in outcome.err
    assert kept(files / "orgraph.db") == before


def test_a_plan_that_is_no_json(files: Path, orgraph: Orgraph) -> None:
    """A plan of this version that somebody wrote as YAML isn't of another version."""
    put(files, "plan.yaml", "format: orgraph.plan/1\nbase: 1\n")
    for command in COMMANDS:
        outcome = orgraph(*command, "plan.yaml")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err == (
            "plan.yaml: this is a plan ('orgraph.plan/1'), but not as orgraph wrote "
            "it; make it anew with orgraph simulate --plan\n"
        )


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_plan_that_was_cut_off(
    files: Path, orgraph: Orgraph, part: float, command: list[str]
) -> None:
    """A .json file that ends too early isn't JSON: where, and why, is said."""
    text = (files / "plan.json").read_text(encoding="utf-8")
    cut = text[: int(len(text) * part)].rstrip()
    put(files, "cut.json", cut)
    outcome = orgraph(*command, "cut.json")
    assert (outcome.code, outcome.out) == (2, "")
    if "orgraph.plan/1" in cut:
        assert "a plan" in outcome.err
        return
    assert "YAML" not in outcome.err
    assert "cut off" in outcome.err
    line = cut.count("\n") + 1
    assert outcome.err.startswith(f"cut.json:{line}:")


def test_a_fault_inside_a_json_file(files: Path, orgraph: Orgraph) -> None:
    """A fault of JSON inside a file is at its line and column."""
    put(files, "p.json", '{"title": "A",\n "steps": [}')
    outcome = orgraph("validate", "p.json")
    assert outcome.err == "p.json:2:12: this is not JSON: expecting value\n"
    put(files, "p.yaml", '{"title": "A",\n "steps": [}')
    assert "p.yaml:2:12: this is not YAML" in orgraph("validate", "p.yaml").err
