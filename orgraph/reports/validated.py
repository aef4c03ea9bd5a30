"""What validate says of files, as one value for its documents."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..findings import Finding
from ..proposal.yaml_tree import Mark


class Validated(NamedTuple):
    """What validate says of one file: findings, or the problems of reading it.

    `places` has where each step begins, `problems` sentences that begin with a place.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    places: Sequence[Mark] = ()
    problems: tuple[str, ...] = ()
    refused: bool = False

    def place(self, finding: Finding) -> Mark | None:
        """Return where the step of a finding begins, if it has one."""
        return self.places[finding.step - 1] if finding.step else None


def findings_document(results: Sequence[Validated]) -> dict[str, Any]:
    """Return what is said as JSON data; with several files, each finding its file."""
    found = []
    for result in results:
        for finding in result.findings:
            file = {"file": result.file} if len(results) > 1 else {}
            at = result.place(finding)
            place = at._asdict() if at else {"line": None, "column": None}
            found.append({**finding.model_dump(mode="json"), **place, **file})
    problems = [problem for result in results for problem in result.problems]
    ok = not problems and not any(result.refused for result in results)
    return {
        "format": "orgraph.findings/1",
        "ok": ok,
        "findings": found,
        **({"problems": problems} if problems else {}),
    }
