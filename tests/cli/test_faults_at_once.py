"""One proposal with six faults gets six codes in one answer of the command line."""

import json
from pathlib import Path

from harness import SCENARIOS, pack_named, read_scenario, start
from running import Orgraph

from orgraph.stores.sqlite import SqliteStore

SIX = SCENARIOS / "cases" / "six_faults_at_once.yaml"
CODES = {"POST04", "GROUP09", "CADRES01", "UNIT03", "INCHARGE01", "ADMITTED01"}


def test_six_faults_are_said_at_once(folder: Path, orgraph: Orgraph) -> None:
    """Each fault has its code, its step and its line, and nothing else is said."""
    scenario = read_scenario(SIX)
    with SqliteStore(folder / "six.db", create=pack_named(scenario.pack)) as store:
        start(scenario, store)
    data = {"title": "Six faults", **scenario.data["apply"]}
    text = json.dumps(data, ensure_ascii=False, indent=1)
    (folder / "six.json").write_text(text, encoding="utf-8")
    outcome = orgraph("validate", "six.json", "--store", "six.db", "--format", "json")
    assert outcome.code == 1
    found = outcome.json["findings"]
    assert sorted(f["code"] for f in found) == sorted(CODES)
    assert len({f["line"] for f in found}) == len(CODES)
    assert {f["code"]: f["step"] for f in found}["INCHARGE01"] == 6
