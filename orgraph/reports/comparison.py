"""Several proposals side by side: what each does, as one value for all renderers."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..findings import Finding
from ..model import FactValue
from ..pack import Pack, Threshold

FORMAT = "orgraph.compare/1"

Counts = Mapping[str, int]
Sides = Mapping[str, Mapping[str, FactValue]]


class FoundAlike(NamedTuple):
    """How many findings there are of one severity, state and code."""

    severity: str
    state: str
    code: str
    waived: bool
    number: int


class StoodTo(NamedTuple):
    """The units that meet a threshold, break it, or of which it can't be told."""

    met: tuple[str, ...]
    broken: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """The worst of it in a word."""
        if self.broken:
            return "broken"
        return "unknown" if self.unknown else "met"


class Alternative(NamedTuple):
    """What one of the proposals does; its name is that of its file.

    `totals` and `facts` are before and after, below all roots that any of the proposals
    touches; with them are counted `roots`, those that are roots on that side alone.
    `units` are counts by kind of what began, ended, moved, was revised, and is
    `united`: of several others that went into it. `people` are those whose chain of
    units changes, by kind; `surplus` who loses a post, and how many posts. `standards`
    are by the id of the threshold; judged are all units that any proposal touches.
    """

    name: str
    title: str
    effective: str
    basis: Mapping[str, Any] | None
    refused: bool
    steps: int
    unplanned: int
    changes: int
    totals: Mapping[str, Counts]
    roots: Mapping[str, Counts]
    units: Mapping[str, Counts]
    people: Counts
    surplus: Counts
    facts: Sides
    findings: tuple[FoundAlike, ...]
    blocking: tuple[Finding, ...]
    standards: Mapping[str, StoodTo]

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "name": self.name,
            "title": self.title,
            "effective": self.effective,
            "basis": dict(self.basis) if self.basis else None,
            "ok": not self.refused,
            "steps": self.steps,
            "unplanned": self.unplanned,
            "changes": self.changes,
            "totals": {side: dict(counts) for side, counts in self.totals.items()},
            "roots_counted": {side: dict(n) for side, n in self.roots.items()},
            "units": {word: dict(counts) for word, counts in self.units.items()},
            "people": dict(self.people),
            "surplus": dict(self.surplus),
            "facts": {fact: dict(sides) for fact, sides in self.facts.items()},
            "findings": [found._asdict() for found in self.findings],
            "blocking": [found.model_dump(mode="json") for found in self.blocking],
            "standards": {
                name: {word: list(units) for word, units in stood._asdict().items()}
                for name, stood in self.standards.items()
            },
        }


class Comparison(NamedTuple):
    """Proposals planned on one revision, in the order in which they were named.

    `standards` are the thresholds that any of them is judged by, in the pack's order.

    >>> given = {"merged": orgraph.read_proposal("proposal.yaml")}
    >>> found = orgraph.compare_proposals(store, given)
    >>> [(one.name, one.refused) for one in found.alternatives], found.base
    ([('merged', False)], 1)
    """

    base: int
    alternatives: tuple[Alternative, ...]
    standards: tuple[Threshold, ...]
    pack: Pack

    @property
    def refused(self) -> bool:
        """Whether any of the proposals is refused."""
        return any(one.refused for one in self.alternatives)

    @property
    def days(self) -> tuple[str, ...]:
        """The days on which the proposals take effect."""
        return tuple(sorted({one.effective for one in self.alternatives}))

    def to_plain(self) -> dict[str, Any]:
        """Return the comparison as JSON data."""
        return {
            "format": FORMAT,
            "base": self.base,
            "ok": not self.refused,
            "days": list(self.days),
            "proposals": [one.to_plain() for one in self.alternatives],
            "standards": [
                {
                    "id": standard.id,
                    "title": standard.title,
                    "kind": standard.kind,
                    "rule": standard.asked_by,
                    "severity": standard.severity,
                    "source": standard.source and standard.source.model_dump(),
                }
                for standard in self.standards
            ],
        }
