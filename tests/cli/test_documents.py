"""JSON documents and reports have the keys and suffixes that others rely on."""

import json
from pathlib import Path

import pytest
from land import ELM, MERGE, QUESTIONS, REFUSED, put
from running import Orgraph

KEYS = {
    "validate": ({"format", "ok", "findings"}, "orgraph.findings/1"),
    "simulate": (
        {
            "format",
            "title",
            "effective",
            "base",
            "totals",
            "began",
            "ended",
            "moved",
            "revised",
            "dependents",
            "dependents_by_kind",
            "conservation",
            "units",
            "people",
            "chains",
            "surplus",
            "exchanged",
            "surplus_posts",
            "posts",
            "uncharged",
            "vacated",
            "appointed",
            "affected",
            "findings",
        },
        "orgraph.report/1",
    ),
    "tally": ({"format", "node", "on", "counts", "facts"}, "orgraph.tally/1"),
    "chain": (
        {"format", "node", "on", "chain", "holders", "charges", "history"},
        "orgraph.chain/1",
    ),
    "path": ({"format", "from", "to", "on", "steps"}, "orgraph.path/1"),
    "span": ({"format", "node", "on", "kinds", "items"}, "orgraph.span/1"),
    "vacancies": (
        {"format", "node", "on", "until", "posts", "counts", "forms", "items"},
        "orgraph.vacancies/1",
    ),
    "eligible": (
        {"format", "post", "name", "unit", "on", "below", "asked", "counts", "items"},
        "orgraph.eligible/1",
    ),
    "concurrency": (
        {"format", "node", "on", "several", "items"},
        "orgraph.concurrency/1",
    ),
    "uncovered": (
        {"format", "node", "on", "counts", "items", "heads", "only_counted"},
        "orgraph.uncovered/1",
    ),
    "joint-cells": ({"format", "node", "on", "items"}, "orgraph.joint_cells/1"),
    "white-villages": (
        {"format", "node", "on", "counts", "items"},
        "orgraph.white_villages/1",
    ),
    "coverage": (
        {"format", "node", "on", "places", "states", "tags", "unknown", "items"},
        "orgraph.coverage/1",
    ),
    "find": ({"format", "items", "more"}, "orgraph.find/1"),
    "show": ({"format", "node", "kind", "on", "versions", "to", "from"}, None),
    "history": ({"format", "head", "items"}, "orgraph.history/1"),
    "diff": ({"format", "from", "to", "items"}, "orgraph.diff/1"),
    "check": ({"format", "ok", "items"}, "orgraph.check/1"),
    "operations": ({"format", "items"}, "orgraph.operations/1"),
    "rules": ({"format", "items", "standards"}, "orgraph.rules/1"),
    "why": ({"format", "code", "severity", "meaning"}, "orgraph.code/1"),
}


@pytest.mark.parametrize("name", KEYS)
def test_json_documents(land: Path, folder: Path, orgraph: Orgraph, name: str) -> None:
    """Every JSON document has the keys that others rely on, and names its format."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    given = {
        **QUESTIONS,
        "validate": ["validate", "p.yaml"],
        "simulate": ["simulate", "p.yaml"],
        "operations": ["operations"],
        "rules": ["rules"],
        "why": ["why", "parent01"],
    }
    outcome = orgraph(*given[name], "--format", "json")
    assert outcome.code == 0, outcome.err
    keys, said = KEYS[name]
    document = outcome.json
    assert keys <= document.keys()
    assert document["format"] == (said or document["format"])
    assert document["format"].startswith("orgraph.")
    assert document["format"].endswith("/1")


def test_json_of_findings(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A finding in JSON has every key, whether it blocks or not."""
    assert land.is_file()
    put(folder, "p.yaml", REFUSED)
    outcome = orgraph("validate", "p.yaml", "--format", "json")
    assert outcome.code == 1
    document = outcome.json
    assert document["ok"] is False
    wanted = {
        "code",
        "severity",
        "state",
        "subject",
        "message",
        "hint",
        "source",
        "step",
    }
    assert document["findings"]
    for finding in document["findings"]:
        assert wanted <= finding.keys()
    assert {finding["step"] for finding in document["findings"]} == {1, 2}


@pytest.mark.parametrize("form", ["yaml", "", "JSON", "[/b]"])
def test_unknown_formats(land: Path, orgraph: Orgraph, form: str) -> None:
    """A format that there isn't is refused with those that there are."""
    assert land.is_file()
    outcome = orgraph("tally", "s", "--format", form)
    assert (outcome.code, outcome.out) == (2, "")
    assert "text or json" in outcome.err


def test_reports_by_suffix(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """--report may be given several times, and writes each by its suffix."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    outcome = orgraph("simulate", "p.yaml", "--report", "a.txt", "--report", "b.JSON")
    assert outcome.code == 0
    assert (folder / "a.txt").read_text(encoding="utf-8") == outcome.out
    document = json.loads((folder / "b.JSON").read_text(encoding="utf-8"))
    assert document["began"] == [ELM]
    for name in ("out", "out.pdf", "out."):
        assert orgraph("simulate", "p.yaml", "--report", name).code == 2
        assert not (folder / name).exists()


def test_why_says_that_a_code_is_off(orgraph: Orgraph) -> None:
    """A code for which the pack confirms no limit is said to be off."""
    said = orgraph("why", "HARDEST01", "--pack", "vietnam")
    assert said.code == 0
    assert said.out.startswith(
        "HARDEST01 (off: nothing that asks for it is confirmed):"
    )
