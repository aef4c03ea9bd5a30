"""A plan that is refused, was edited or is none is not applied, and that is said."""

import json
from pathlib import Path
from typing import Any

import pytest
from land import DAY, ELM, REFUSED, kept, put
from running import Orgraph

from orgraph.change import digest

FORMAT = "orgraph.plan/1"


def signed(path: Path, **changed: Any) -> Path:  # noqa: ANN401 - JSON data
    """Change a plan and sign it anew, as only somebody who means harm would."""
    plain = json.loads(path.read_text(encoding="utf-8")) | changed
    del plain["digest"]
    plain["digest"] = digest(FORMAT, plain)
    path.write_text(json.dumps(plain), encoding="utf-8")
    return path


def test_a_plan_that_is_refused(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """The plan of what is refused can be written, and is refused when applied."""
    put(folder, "p.yaml", REFUSED)
    assert orgraph("simulate", "p.yaml", "--plan", "plan.json").code == 1
    before = kept(land)
    outcome = orgraph("apply", "plan.json", "--yes")
    assert outcome.code == 1
    assert "UNIT" in outcome.out
    assert kept(land) == before


def test_a_changed_plan(land: Path, plan: Path, orgraph: Orgraph) -> None:
    """A plan that was edited is refused, with what to do instead."""
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("Elm", "Oak"), encoding="utf-8")
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"{plan}: ")
    assert "edit the proposal" in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize(
    "changed",
    [
        {"proposal": {}},
        {"proposal": []},
        {"proposal": {"title": "A", "effective": "x", "steps": []}},
        {"proposal": {"title": 1, "effective": "2025-01-01", "steps": [{"undo": 1}]}},
        {"base": "a"},
        {"base": None},
        {"pack_digest": 7},
        {"changes": [[None, None]]},
        {"changes": [[None, ["m1"]]]},
        {"changes": [[None, ["a", "b", "x", "y", "n", None, {}]]]},
        {"changes": [[None, [1, 2, "2025-01-01", "2025-01-01", 3, 4, 5]]]},
        {"changes": [[None, ["z", "twon", DAY, "9999-12-31", "Z", None, {}]]]},
        {"changes": [[None, ["z", "state", DAY, "9999-12-31", "Z", None, {}]]]},
        {"changes": []},
        {"changes": {}},
        {"changes": 7},
        {"findings": [{}]},
        {"findings": 7},
        {"dependents": []},
        {"dependents": 7},
        {"unplanned": "many"},
        {"format": "orgraph.plan/2"},
        {"format": 7},
    ],
    ids=lambda changed: json.dumps(changed)[:50],
)
def test_a_signed_plan_that_is_wrong(
    land: Path, plan: Path, orgraph: Orgraph, changed: dict[str, Any]
) -> None:
    """A plan whose digest fits and whose content is wrong is one sentence, no more."""
    before = kept(land)[0]
    outcome = orgraph("apply", signed(plan, **changed), "--yes")
    assert outcome.code in {2, 3}, outcome.said
    assert outcome.err
    assert "Traceback" not in outcome.err
    assert land.read_bytes() == before


@pytest.mark.parametrize(
    "changed", [{"base": -1}, {"base": 10**30}, {"base_hash": ""}, {"base_hash": "a"}]
)
def test_a_signed_plan_of_another_base(
    plan: Path, orgraph: Orgraph, changed: dict[str, Any]
) -> None:
    """A plan that names another base is planned again, and goes where all fits."""
    outcome = orgraph("apply", signed(plan, **changed), "--yes")
    assert outcome.code in {0, 2}, outcome.said
    if outcome.code == 0:
        assert ELM in orgraph("diff", "1", "2").out


@pytest.mark.parametrize("key", ["proposal", "base", "base_hash", "changes", "digest"])
def test_a_plan_without_a_part(
    land: Path, plan: Path, orgraph: Orgraph, key: str
) -> None:
    """A plan that lacks a part is refused in a sentence."""
    plain = json.loads(plan.read_text(encoding="utf-8"))
    del plain[key]
    if key != "digest":
        del plain["digest"]
        plain["digest"] = digest(FORMAT, plain)
    plan.write_text(json.dumps(plain), encoding="utf-8")
    before = kept(land)
    outcome = orgraph("apply", plan, "--yes")
    assert (outcome.code, outcome.out) == (2, "")
    assert "not a plan that orgraph wrote" in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize(
    "data",
    [
        b'{"format": "orgraph.plan/1"}',
        b'["orgraph.plan/1"]',
        b'{"format": "orgraph.plan/1", ',
        b'{"format": "orgraph.plan/1", "a": "\xff"}',
        b'{"format": "orgraph.plan/1", "a": ' + b"[" * 100_000,
        b'{"format": "orgraph.plan/1", "digest": "a", "a": NaN}',
        b'{"format": "orgraph.plan/1", "digest": "a", "a": ' + b"9" * 10_000 + b"}",
    ],
    ids=["bare", "list", "cut", "latin", "deep", "nan", "long"],
)
def test_what_only_looks_like_a_plan(
    land: Path, folder: Path, orgraph: Orgraph, data: bytes
) -> None:
    """What bears the mark of a plan and isn't one is refused in a sentence."""
    before = land.read_bytes()
    for name in ("plan.json", "plan.yaml"):
        outcome = orgraph("apply", put(folder, name, data), "--yes")
        assert (outcome.code, outcome.out) == (2, "")
        assert outcome.err.startswith(f"{folder / name}:")
        assert len(outcome.err) < 300
    assert land.read_bytes() == before
