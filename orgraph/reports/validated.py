"""What validate says of files, as one value for its documents."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ..findings import Finding
from ..proposal.yaml_tree import Mark


class Validated(NamedTuple):
    """What validate says of one file: findings, or the problems of reading it.

    `places` has where each step begins, `problems` sentences that begin with a place,
    and `wrote` the last step that wrote something of a node.
    """

    file: str
    findings: tuple[Finding, ...] = ()
    places: Sequence[Mark] = ()
    problems: tuple[str, ...] = ()
    refused: bool = False
    wrote: Mapping[str, int] = {}

    def place(self, finding: Finding) -> Mark | None:
        """Return where the step begins that a finding is of, or is to be looked for in.

        What a rule finds of a node is looked for where it was written last, and where
        there is one step alone, in that.
        """
        step = finding.step or self.wrote.get(finding.subject)
        if step is None and len(self.places) == 1:
            step = 1
        return self.places[step - 1] if step else None


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
