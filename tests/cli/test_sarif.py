"""`validate --format sarif`: what was found, as code hosts and editors read it."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from harness import filled, pack_named
from land import MERGE, REFUSED, put
from running import Orgraph, Outcome
from sarif_schema import SARIF

from orgraph.stores.sqlite import SqliteStore

LEVELS = {"error": "error", "warning": "warning", "info": "note"}
STATES = {"new": "new", "existing": "unchanged", "resolved": "absent"}
FINGERPRINT = "orgraphFinding/v1"


def run_of(outcome: Outcome) -> dict[str, Any]:
    """Return the one run of a document that is SARIF 2.1.0."""
    document = outcome.json
    jsonschema.validate(
        document, SARIF, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    (run,) = document["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert "baselineState" in result
    met = {result["ruleId"] for result in run["results"]}
    assert [rule["id"] for rule in rules] == sorted(met)
    return run


def place_of(result: dict[str, Any]) -> tuple[str, int | None, int | None]:
    """Return the file, line and column of a result."""
    (location,) = result["locations"]
    physical = location["physicalLocation"]
    region = physical.get("region", {})
    uri = physical["artifactLocation"]["uri"]
    return uri, region.get("startLine"), region.get("startColumn")


@pytest.mark.usefixtures("land")
def test_sarif_says_what_json_says(folder: Path, orgraph: Orgraph) -> None:
    """Code, level, state, subject, source and place are those of the JSON document."""
    put(folder, "p.yaml", REFUSED)
    said = orgraph("validate", "p.yaml", "--format", "json")
    outcome = orgraph("validate", "p.yaml", "--format", "sarif")
    assert (outcome.code, outcome.err) == (said.code, "") == (1, "")
    run = run_of(outcome)
    assert run["invocations"] == [{"executionSuccessful": True, "exitCode": 1}]
    pairs = list(zip(run["results"], said.json["findings"], strict=True))
    assert len(pairs) > 1
    for result, finding in pairs:
        assert result["ruleId"] == finding["code"]
        assert result["level"] == LEVELS[finding["severity"]]
        assert result["baselineState"] == STATES[finding["state"]]
        assert result["message"]["text"].startswith(finding["message"])
        assert finding["hint"] in result["message"]["text"]
        named = result["locations"][0]["logicalLocations"]
        assert named == [{"fullyQualifiedName": finding["subject"]}]
        assert place_of(result) == ("p.yaml", finding["line"], finding["column"])
    first = run["results"][0]
    line = REFUSED.splitlines()[place_of(first)[1] - 1]  # type: ignore[operator]
    assert "op: close_unit" in line


TWO_COMMUNES = """\
title: Two small communes
effective: 2025-01-01
steps:
  - op: found_unit
    new: {id: one, kind: commune, name: Xã Một, FACTS}
    under: p

  - op: found_unit
    new: {id: two, kind: commune, name: Xã Hai, FACTS}
    under: p
  - op: close_unit
    unit: old
"""
SMALL = "facts: {type: xã, mountainous: false, people: 900, area_m2: 30000000}"


@pytest.fixture
def province(folder: Path, orgraph: Orgraph) -> None:
    """Put a province with one commune into a store."""
    put(folder, "n.csv", "id,kind,name,since\np,province,Tỉnh,2000\n"
                         "old,commune,Xã Cũ,2000\n")  # fmt: skip
    put(folder, "e.csv", "kind,source,target,since\nPART_OF,old,p,2000\n")
    tables = ("n.csv", "e.csv", "--pack", "vietnam")
    assert orgraph("import", *tables).code == 0


@pytest.mark.usefixtures("province")
def test_what_a_rule_finds_is_where_its_unit_is_written(
    folder: Path, orgraph: Orgraph
) -> None:
    """A finding of no step stands at the last step that wrote its subject."""
    put(folder, "p.yaml", TWO_COMMUNES.replace("FACTS", SMALL))
    said = orgraph("validate", "p.yaml", "--format", "json").json["findings"]
    results = run_of(orgraph("validate", "p.yaml", "--format", "sarif"))["results"]
    lines = {
        (one["code"], one["subject"]): place_of(result)
        for one, result in zip(said, results, strict=True)
        if one["step"] is None
    }
    assert lines["STANDARD01", "one"] == ("p.yaml", 4, 5)
    assert lines["STANDARD01", "two"] == ("p.yaml", 8, 5)
    for one, result in zip(said, results, strict=True):
        assert place_of(result) == ("p.yaml", one["line"], one["column"])
    # What no step wrote, such as all of the province, is of the file.
    assert {place for (_, subject), place in lines.items() if subject == "p"} <= {
        ("p.yaml", None, None)
    }
    single = TWO_COMMUNES[: TWO_COMMUNES.index("\n\n") + 1].replace("FACTS", SMALL)
    put(folder, "q.yaml", single)
    results = run_of(orgraph("validate", "q.yaml", "--format", "sarif"))["results"]
    assert {place_of(result) for result in results} == {("q.yaml", 4, 5)}


@pytest.mark.usefixtures("province")
def test_sarif_in_another_language(folder: Path, orgraph: Orgraph) -> None:
    """Messages and rules are said as the text says them; codes and places stay."""
    put(folder, "p.yaml", TWO_COMMUNES.replace("FACTS", SMALL))
    command = ("validate", "p.yaml", "--format", "sarif")
    english, other = (
        run_of(orgraph(*command)),
        run_of(orgraph(*command, "--lang", "vi")),
    )
    assert (english["language"], other["language"]) == ("en", "vi")
    text = orgraph("validate", "p.yaml", "--lang", "vi").out
    spaced = " ".join(text.split())
    for one, two in zip(english["results"], other["results"], strict=True):
        assert two["message"]["text"] != one["message"]["text"]
        assert two["message"]["text"][:40] in spaced
        same = ("ruleId", "partialFingerprints", "locations")
        assert [two[key] for key in same] == [one[key] for key in same]
    meanings = [
        [rule["fullDescription"]["text"] for rule in run["tool"]["driver"]["rules"]]
        for run in (english, other)
    ]
    assert all(one != two for one, two in zip(*meanings, strict=True))


@pytest.mark.usefixtures("land")
def test_a_rule_is_what_why_says(folder: Path, orgraph: Orgraph) -> None:
    """Each rule has the meaning, the hint and the source of its code."""
    text = MERGE.replace("name: Elm, code: M9", "name: Elm").replace("town", "rural")
    put(folder, "p.yaml", text)
    put(folder, "q.yaml", REFUSED)
    run = run_of(orgraph("validate", "p.yaml", "q.yaml", "--format", "sarif"))
    for rule in run["tool"]["driver"]["rules"]:
        said = orgraph("why", rule["id"], "--format", "json").json
        assert rule["fullDescription"]["text"] == said["meaning"]
        assert rule["help"]["text"] == (said["hint"] or said["meaning"])
        source = rule.get("properties", {}).get("source")
        assert source == said["source"]
        assert rule["defaultConfiguration"]["level"] == LEVELS[said["severity"]]


@pytest.mark.usefixtures("land")
def test_a_fingerprint_stays_while_the_fault_does(
    folder: Path, orgraph: Orgraph
) -> None:
    """It is the same after lines and steps were put in front; faults differ by it."""

    def fingerprints() -> dict[str, str]:
        run = run_of(orgraph("validate", "p.yaml", "--format", "sarif"))
        return {
            result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"]: result[
                "partialFingerprints"
            ][FINGERPRINT]
            for result in run["results"]
            if result["ruleId"] == "UNIT01"
        }

    put(folder, "p.yaml", REFUSED.replace("unit: d}", "unit: nothing}"))
    before = fingerprints()
    moved = "steps:\n  - {op: rename_unit, unit: m3, name: Fir}\n  # more\n"
    text = REFUSED.replace("unit: d}", "unit: nothing}").replace("steps:\n", moved)
    put(folder, "p.yaml", text)
    assert fingerprints() == before
    assert len(set(before.values())) == len(before) == 2


@pytest.mark.usefixtures("land")
def test_what_cannot_be_read_is_a_result_with_its_place(
    folder: Path, orgraph: Orgraph
) -> None:
    """A file that is no proposal is a result where the fault is, and exit 2."""
    put(folder, "bad.yaml", "title: A\neffective: 2025-01-01\nsteps:\n  - {op: nope}\n")
    put(folder, "p.yaml", MERGE)
    files = ["p.yaml", "bad.yaml", "none.yaml"]
    outcome = orgraph("validate", *files, "--format", "sarif")
    assert outcome.code == 2
    assert "bad.yaml:4" in outcome.err
    run = run_of(outcome)
    assert run["invocations"] == [{"executionSuccessful": False, "exitCode": 2}]
    places = {place_of(r)[:2] for r in run["results"] if r["ruleId"] == "INPUT"}
    assert places == {("bad.yaml", 4), ("none.yaml", None)}


def test_without_a_store_the_form_is_checked(folder: Path, orgraph: Orgraph) -> None:
    """Without a store the document is SARIF, too, of what the form shows."""
    put(folder, "p.yaml", MERGE)
    outcome = orgraph("validate", "p.yaml", "--format", "sarif")
    assert outcome.code == 0
    assert run_of(outcome)["results"] == []


@pytest.mark.usefixtures("land")
def test_paths_are_relative_and_percent_encoded(folder: Path, orgraph: Orgraph) -> None:
    """A path below this folder is relative, with spaces and accents encoded."""
    place = folder / "hồ sơ"
    place.mkdir()
    name = "đề án: 50% #1.yaml"
    put(place, name, REFUSED)
    outside = put(folder.parent, "ngoài.yaml", REFUSED)
    files = [f"hồ sơ/{name}", place / name, f"./hồ sơ/../hồ sơ/{name}", outside]
    run = run_of(orgraph("validate", *files, "--format", "sarif"))
    uris = {place_of(result)[0] for result in run["results"]}
    below = {uri for uri in uris if not uri.startswith("file:///")}
    assert {unquote(uri) for uri in below} == {f"hồ sơ/{name}"}
    assert all(uri.isascii() and " " not in uri and "#" not in uri for uri in uris)
    (other,) = uris - below
    assert Path(unquote(other.removeprefix("file://"))) == outside


@pytest.mark.usefixtures("land")
def test_standard_input_has_no_place(orgraph: Orgraph) -> None:
    """What comes from standard input has a subject, and no file."""
    outcome = orgraph("validate", "-", "--format", "sarif", stdin=REFUSED.encode())
    for result in run_of(outcome)["results"]:
        assert list(result["locations"][0]) == ["logicalLocations"]
    outcome = orgraph("validate", "-", "--format", "sarif", stdin=b"title: [")
    (result,) = run_of(outcome)["results"]
    assert "locations" not in result


def test_a_waiver_is_a_suppression(folder: Path, orgraph: Orgraph) -> None:
    """A finding that is waived is suppressed with its basis, and has its source."""
    put(folder, "n.csv", "id,kind,name,since\np,province,Tỉnh,2000\n")
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 0
    small = "facts: {type: xã, mountainous: false, people: 900, area_m2: 30000000}"
    put(
        folder,
        "p.yaml",
        "title: A small commune\neffective: 2025-01-01\nsteps:\n  - op: found_unit\n"
        f"    new: {{id: t, kind: commune, name: Xã Đảo, {small}}}\n    under: p\n"
        "waivers: [{code: STANDARD01, subject: t, basis: Resolution 35}]\n",
    )
    outcome = orgraph("validate", "p.yaml", "--format", "sarif")
    assert outcome.code == 0, outcome.said
    (result,) = (r for r in run_of(outcome)["results"] if r["ruleId"] == "STANDARD01")
    waiver = {"kind": "inSource", "justification": "Resolution 35"}
    assert result["suppressions"] == [waiver]
    assert "art" in result["properties"]["source"]


def test_units_that_are_not_judged_are_all_listed(
    folder: Path, orgraph: Orgraph
) -> None:
    """The text names five of them, the properties every one, in order."""
    put(folder, "n.csv", "id,kind,name,since\np,province,Tỉnh,2000\n")
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 0
    steps = "".join(
        f"  - op: found_unit\n    new: {{id: c{n}, kind: commune, name: Xã {n}, "
        "facts: {type: xã}}\n    under: p\n"
        for n in range(7)
    )
    put(folder, "p.yaml", f"title: Seven\neffective: 2025-01-01\nsteps:\n{steps}")
    outcome = orgraph("validate", "p.yaml", "--format", "sarif")
    assert outcome.code == 0, outcome.said
    results = run_of(outcome)["results"]
    (found,) = (r for r in results if r["ruleId"] == "STANDARD02")
    assert "(c0, c1, c2, c3, c4, …)" in found["message"]["text"]
    assert found["properties"]["units"] == [f"c{n}" for n in range(7)]


def test_what_a_plan_resolves_is_a_note(folder: Path, orgraph: Orgraph) -> None:
    """An error that is cured is absent and no error, as the exit code says."""
    rows = "nodes:\n  - {id: pc, kind: provincial_committee}\n"
    for name, size in (("g", 3), ("h", 30)):
        rows += f"  - {{id: {name}, kind: grassroots_committee, parent: pc}}\n"
        rows += f"  - {{id: c{name}, kind: cell, parent: {name}}}\n"
        for number in range(size):
            member = f"id: {name}{number}, kind: member, official: true"
            rows += f"  - {{{member}, parent: c{name}}}\n"
    with SqliteStore(folder / "t.db", create=pack_named("vietnam")) as store:
        filled(store, rows)
    put(
        folder,
        "p.yaml",
        "title: One of two\neffective: 2025-01-01\nsteps:\n  - op: merge_units\n"
        "    sources: [g, h]\n    into: {kind: grassroots_committee, name: N}\n",
    )
    asked = ("validate", "p.yaml", "--store", "t.db", "--format")
    said = orgraph(*asked, "json").json["findings"]
    outcome = orgraph(*asked, "sarif")
    assert outcome.code == 0, outcome.said
    cured = [
        (result["level"], result["baselineState"])
        for one, result in zip(said, run_of(outcome)["results"], strict=True)
        if (one["state"], one["severity"]) == ("resolved", "error")
    ]
    assert cured == [("note", "absent")] * len(cured) != []
