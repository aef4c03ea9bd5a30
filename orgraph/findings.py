"""Findings: what a check has to say, as values; and the codes they are known by."""

from collections.abc import Iterable
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from .language import Sentence, Words
from .markup import paragraph, table
from .pack import Source

Severity = Literal["error", "warning", "info"]
State = Literal["new", "existing", "resolved"]

_RANK = {"error": 0, "warning": 1, "info": 2}


class Finding(BaseModel):
    """One sentence about one subject, with a stable code.

    An error blocks a plan when it is new and not waived; a warning or an info never
    does. `about` tells findings of one code and subject apart: the standard and the
    fact. `step` counts from 1; None where no single step caused it. `units` are those
    that aren't judged, in order. `covers` are units whose findings aren't resolved, and
    `missed` is by how much each figure misses what is wanted; no plan keeps these two.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> [(found.code, found.state, found.blocks) for found in plan.findings]
    [('CELL01', 'resolved', False)]
    >>> print(plan.findings[0].message)
    Sales South (south) has 2 official members; a team wants at least 3.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    severity: Severity
    state: State = "new"
    subject: str
    about: str = ""
    message: Sentence
    hint: Sentence = ""
    source: Source | None = None
    step: int | None = None
    waived: str | None = None
    units: tuple[str, ...] = ()
    covers: tuple[str, ...] = Field(default=(), exclude=True, repr=False)
    missed: tuple[int, ...] = Field(default=(), exclude=True, repr=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What stays the same while the fault does: code, subject and what about it."""
        return (self.code, self.subject, self.about)

    def is_worse_than(self, before: "Finding") -> bool:
        """Tell whether a figure misses what is wanted by more than it did before."""
        sides = zip(self.missed, before.missed, strict=False)
        return any(now > then for now, then in sides)

    @property
    def blocks(self) -> bool:
        """Whether a plan with this finding is refused."""
        return self.severity == "error" and self.state == "new" and not self.waived

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        return Findings([self])._repr_html_()


class Findings(tuple[Finding, ...]):
    """Findings in their order, as a tuple that a notebook shows as a table.

    >>> orgraph.Findings(orgraph.audit(store, day))[0].code
    'CELL01'
    """

    __slots__ = ()

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        if not self:
            return paragraph("No findings.")
        headings = ("severity", "code", "state", "message", "source")
        return table(headings, (_cells(finding) for finding in self))


def _cells(finding: Finding) -> tuple[object, ...]:
    waived = f" (waived: {finding.waived})" if finding.waived else ""
    hint = f" {finding.hint}" if finding.hint else ""
    return (
        finding.severity,
        finding.code,
        f"{finding.state}{waived}",
        f"{finding.message}{hint}",
        finding.source or "",
    )


class Code(BaseModel):
    """A kind of finding: its code, what it means, and where the rule stands.

    A code lives in the file that raises it. `structural` codes can't be waived.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str
    meaning: Words
    hint: Words = ""
    severity: Severity = "error"
    structural: bool = True
    source: Source | None = None

    def at(  # noqa: PLR0913 - each by its name
        self,
        subject: str,
        message: str,
        *,
        hint: str | None = None,
        source: Source | None = None,
        severity: Severity | None = None,
        about: str = "",
        units: tuple[str, ...] = (),
        missed: tuple[int, ...] = (),
    ) -> Finding:
        """Return a finding of this code about a subject."""
        return Finding(
            code=self.code,
            about=about,
            units=units,
            covers=units,
            missed=missed,
            severity=severity or self.severity,
            subject=subject,
            message=message,
            hint=self.hint if hint is None else hint,
            source=source or self.source,
        )


def refuses(findings: Iterable[Finding], *, strict: bool = False) -> bool:
    """Tell whether findings refuse a plan; with `strict` a new warning does, too."""
    return any(
        finding.blocks
        or (
            strict
            and (finding.severity, finding.state) == ("warning", "new")
            and not finding.waived
        )
        for finding in findings
    )


def ordered_findings(findings: Iterable[Finding]) -> Findings:
    """Return findings in the one order in which they are shown: worst first."""

    def rank(finding: Finding) -> tuple[object, ...]:
        step = finding.step if finding.step is not None else 0
        shown = (finding.code, step, finding.subject, finding.message)
        return (not finding.blocks, _RANK[finding.severity], finding.state, *shown)

    return Findings(sorted(findings, key=rank))
