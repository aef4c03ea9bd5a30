"""A share that nobody has said yet is named by validate, with a store or without."""

import json
from pathlib import Path

import pytest
from land import put
from running import Orgraph

GAPS = """\
title: A division with gaps
effective: 2025-01-01
steps:
  - {op: rename_unit, unit: m, name: Great Elm}
  - op: split_unit
    source: code:7
    targets:
      - new: {kind: municipality, name: East, facts: {type: rural}, as: east}
        shares: {people: ask, area_m2: 1/2, households: ask}
      - {unit: n, shares: ask}
  - {op: transfer_parts, from: n, to: east, shares: {people: all}}
"""
SAID = [
    (2, "code:7", "What of households, people goes from code:7 to East isn't said."),
    (2, "code:7", "What of its facts goes from code:7 to n isn't said."),
]


@pytest.mark.parametrize("form", ["text", "json"])
def test_gaps_without_a_store(folder: Path, orgraph: Orgraph, form: str) -> None:
    """Without a store each gap is an error at its step, and the exit code is 1."""
    put(folder, "p.yaml", GAPS)
    outcome = orgraph("validate", "p.yaml", "--format", form)
    assert outcome.code == 1
    if form == "text":
        assert "p.yaml: 3 steps, refused; there is no store" in outcome.out
        for step, _, sentence in SAID:
            said = f"error SHARE01: step {step}, line 5: {sentence}"
            assert said in outcome.out
        return
    said = json.loads(outcome.out)
    assert said["ok"] is False
    assert {(f["line"], f["column"]) for f in said["findings"]} == {(5, 5)}
    found = [(f["step"], f["subject"], f["message"]) for f in said["findings"]]
    assert found == SAID


def test_gaps_with_a_store(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """With a store the same gaps are found, beside what the store shows."""
    assert land.is_file()
    put(folder, "p.yaml", GAPS)
    outcome = orgraph("validate", "p.yaml", "--format", "json")
    assert outcome.code == 1
    findings = json.loads(outcome.out)["findings"]
    found = [
        (f["step"], f["subject"], f["message"])
        for f in findings
        if f["code"] == "SHARE01"
    ]
    assert found == SAID
    assert len(findings) > len(found)


def test_no_gaps(folder: Path, orgraph: Orgraph) -> None:
    """What is said, be it unknown, is no gap."""
    put(folder, "p.yaml", GAPS.replace("ask", "unknown"))
    outcome = orgraph("validate", "p.yaml")
    assert outcome.code == 0
    assert "3 steps, well formed" in outcome.out
