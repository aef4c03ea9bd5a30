"""What validate found as SARIF 2.1.0, which code hosts and editors show in place.

A finding's state is SARIF's baselineState, a waiver a suppression, and the key of a
finding its fingerprint: it stays while the fault does, whatever moves in the file.
What a plan resolves is a note, whatever it was: who counts errors finds those left.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..engine.codes import codes
from ..findings import Code, Finding
from ..language import ENGLISH, Language
from ..proposal.yaml_tree import Mark
from .validated import Validated

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
FINGERPRINT = "orgraphFinding/v1"
UNREADABLE = Code(
    code="INPUT",
    meaning="A file can't be read as a proposal.",
    hint="Mend what the message names, and validate again.",
)
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_STATES = {"new": "new", "existing": "unchanged", "resolved": "absent"}


def sarif_of(
    results: Iterable[Validated], exit_code: int, language: Language = ENGLISH
) -> dict[str, Any]:
    """Return what validate found as a SARIF document of one run, in a language.

    Sentences about a file that can't be read are English.
    """
    checked = tuple(results)
    known = {**codes(), UNREADABLE.code: UNREADABLE}
    met = {finding.code for result in checked for finding in result.findings}
    met |= {UNREADABLE.code for result in checked if result.problems}
    index = {code: number for number, code in enumerate(sorted(met))}
    found: list[dict[str, Any]] = []
    for result in checked:
        found += (_problem(result.file, said) for said in result.problems)
        found += (_result(result, finding, language) for finding in result.findings)
    for item in found:
        item["ruleIndex"] = index[item["ruleId"]]
    driver = {
        "name": "orgraph",
        "version": version("orgraph"),
        "rules": [_rule(known[code], language) for code in index],
    }
    run = {
        "tool": {"driver": driver},
        "language": language.code,
        "invocations": [
            {
                "executionSuccessful": not any(r.problems for r in checked),
                "exitCode": exit_code,
            }
        ],
        "columnKind": "unicodeCodePoints",
        "results": found,
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: Code, language: Language) -> dict[str, Any]:
    """Return a code as SARIF's description of a rule."""
    meaning = {"text": language.say(code.meaning)}
    said: dict[str, Any] = {
        "id": code.code,
        "shortDescription": meaning,
        "fullDescription": meaning,
        "help": {"text": language.say(code.hint or code.meaning)},
        "defaultConfiguration": {"level": _LEVELS[code.severity]},
    }
    if code.source:
        said["properties"] = {"source": str(code.source)}
    return said


def _result(result: Validated, finding: Finding, language: Language) -> dict[str, Any]:
    """Return a finding as a result, where the step stands that caused it."""
    location: dict[str, Any] = {
        **_physical(result.file, result.place(finding)),
        "logicalLocations": [{"fullyQualifiedName": finding.subject}],
    }
    text = " ".join(language.say(one) for one in (finding.message, finding.hint) if one)
    said: dict[str, Any] = {
        "ruleId": finding.code,
        "level": _level(finding),
        "message": {"text": text},
        "locations": [location],
        "partialFingerprints": {FINGERPRINT: _hashed(finding.key)},
        "baselineState": _STATES[finding.state],
    }
    if finding.waived:
        waiver = {"kind": "inSource", "justification": finding.waived}
        said["suppressions"] = [waiver]
    source = {"source": str(finding.source)} if finding.source else {}
    units = {"units": list(finding.units)} if finding.units else {}
    if source or units:
        said["properties"] = {**source, **units}
    return said


def _level(finding: Finding) -> str:
    return "note" if finding.state == "resolved" else _LEVELS[finding.severity]


def _problem(file: str, said: str) -> dict[str, Any]:
    """Return a sentence about an unreadable file as a result, without its place."""
    mark, sentence = _parted(file, said)
    result: dict[str, Any] = {
        "ruleId": UNREADABLE.code,
        "level": "error",
        "message": {"text": sentence},
        "partialFingerprints": {FINGERPRINT: _hashed((UNREADABLE.code, sentence))},
        "baselineState": _STATES["new"],  # where one result has it, all have it
    }
    if location := _physical(file, mark):
        result["locations"] = [location]
    return result


def _parted(file: str, said: str) -> tuple[Mark | None, str]:
    """Part "file:line:column: sentence", as reading a proposal writes it."""
    rest = said.removeprefix(f"{file}:")
    if rest == said:
        return None, said
    parts = rest.split(":", 2)
    if len(parts) == len(("line", "column", "sentence")) and all(
        part.isdecimal() for part in parts[:2]
    ):
        return Mark(int(parts[0]), int(parts[1])), parts[2].strip()
    return None, rest.strip()


def _physical(file: str, mark: Mark | None) -> dict[str, Any]:
    """Return where a place is in a file; nothing of standard input."""
    if file == "-":
        return {}
    place: dict[str, Any] = {"artifactLocation": {"uri": file_uri(file)}}
    if mark:
        place["region"] = {"startLine": mark.line, "startColumn": mark.column}
    return {"physicalLocation": place}


def file_uri(file: str | Path) -> str:
    """Return a path as a URI: relative below this folder, else whole; percent-encoded.

    Bytes are encoded as they are on the disk, whatever they stand for.
    """
    path, here = Path(os.path.abspath(file)), Path.cwd()  # noqa: PTH100 - follows no link
    if path.is_relative_to(here):
        return quote(os.fsencode(path.relative_to(here)))
    return "file://" + quote(os.fsencode(path))


def _hashed(key: Sequence[str]) -> str:
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
