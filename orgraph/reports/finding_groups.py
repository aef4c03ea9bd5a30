"""Findings as a reader meets them: new ones first, of these the worst first."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from ..findings import Finding

SEVERITIES = ("error", "warning", "info")
STATES = ("new", "existing", "resolved")


class FindingGroup(NamedTuple):
    """Findings of one severity and state."""

    severity: str
    state: str
    findings: tuple[Finding, ...]


def finding_groups(findings: Iterable[Finding]) -> list[FindingGroup]:
    """Group the findings that aren't waived by state and severity."""
    found: defaultdict[tuple[int, int], list[Finding]] = defaultdict(list)
    for one in findings:
        if not one.waived:
            place = (STATES.index(one.state), SEVERITIES.index(one.severity))
            found[place].append(one)
    return [
        FindingGroup(SEVERITIES[severity], STATES[state], tuple(some))
        for (state, severity), some in sorted(found.items())
    ]
