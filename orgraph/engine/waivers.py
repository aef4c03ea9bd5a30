"""Waivers: exemptions that the law allows, each with its basis."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ..draft import Reader, Revision, View
from ..draft.names import resolve
from ..findings import Code, Finding
from ..language import either, say
from ..model import id_problem
from ..proposal import Waiver
from ..proposal.models import NAMED
from .codes import codes, nearest

NO_BASIS = Code(
    code="WAIVE01",
    meaning="A waiver doesn't name its basis, so it waives nothing.",
    hint="Add basis: with the document and article that allow it.",
)
NOT_WAIVABLE = Code(
    code="WAIVE02",
    meaning="A waiver names a code that can't be waived.",
    hint="Only a rule of law can be waived, never the structure.",
)
NOTHING_WAIVED = Code(
    code="WAIVE03",
    meaning="A waiver is for something that was not found.",
    severity="warning",
)
NO_CODE = Code(
    code="WAIVE04",
    meaning="A waiver names a code that doesn't exist.",
)

TWICE = Code(
    code="WAIVE05",
    meaning="Two waivers are for one code and one subject.",
    hint="Leave one, with its basis.",
)


def named_by(view: View, waivers: Iterable[Waiver]) -> dict[str, str | Finding]:
    """Return the units that waivers name otherwise than by id, or what is wrong."""
    refs = {waiver.subject for waiver in waivers}
    return {
        ref: resolve(view, ref)
        for ref in sorted(refs)
        if id_problem(ref) or not view.versions(ref)
    }


def waive(
    findings: Iterable[Finding],
    waivers: Sequence[Waiver],
    named: Mapping[str, str | Finding],
) -> Iterator[Finding]:
    """Yield the findings, waived where a good waiver fits, and what waivers lack."""
    good: dict[tuple[str, str], str | None] = {}
    unclear: dict[str, Finding] = {}
    for waiver in waivers:
        subject = waiver.subject
        unit = named.get(subject, subject)
        if isinstance(unit, Finding):
            unclear[subject] = unit
        else:
            subject = unit
        lack = _lack(waiver, subject)
        if lack:
            yield lack
        elif (waiver.code, subject) in good:
            message = say(
                "{code} is waived twice for {subject}.",
                code=waiver.code,
                subject=subject,
            )
            yield TWICE.at(subject, message)
        else:
            good[waiver.code, subject] = waiver.basis
    used = set()
    for finding in findings:
        key = (finding.code, finding.subject)
        if key in good and finding.state == "new":
            used.add(key)
            yield finding.model_copy(update={"waived": good[key]})
        else:
            yield finding
    for code_name, subject in sorted(good.keys() - used):
        message = say(
            "{code_name} was not found for {subject}, so nothing is waived.",
            code_name=code_name,
            subject=subject,
        )
        yield NOTHING_WAIVED.at(subject, message, hint=_why(unclear.get(subject)))


def _lack(waiver: Waiver, subject: str) -> Finding | None:
    """Return what makes a waiver waive nothing, whatever is found."""
    code = codes().get(waiver.code)
    if code is None:
        message = say("There is no code {code}.", code=waiver.code)
        near = nearest(waiver.code)
        hint = say("Did you mean {near}?", near=either(near)) if near else ""
        return NO_CODE.at(subject, message, hint=hint)
    if code.structural:
        message = say("{code} can't be waived.", code=waiver.code)
        return NOT_WAIVABLE.at(subject, message)
    if not waiver.basis:
        message = say(
            "The waiver of {code} for {subject} has no basis.",
            code=waiver.code,
            subject=subject,
        )
        return NO_BASIS.at(subject, message)
    return None


def _why(unclear: Finding | None) -> str:
    """Say what is wrong with the name of what a waiver is for."""
    if unclear is None:
        return ""
    if not unclear.hint:
        return unclear.message
    return say("{first} {second}", first=unclear.message, second=unclear.hint)


class Granted:
    """The waivers of the plans that were applied, as far as findings ask for them.

    A breach is found through the revisions that touched its subject: what it costs
    follows the breaches, not the history. What was taken back grants nothing.
    """

    def __init__(self, reader: Reader, day: date) -> None:
        """Look at what was in effect on a day."""
        self.reader = reader
        self.day = day
        self._law = {t.id: t.since.isoformat() for t in reader.pack.thresholds}
        self._revisions: dict[int, Revision | None] = {}

    def marked(self, finding: Finding) -> Finding:
        """Return a finding, waived where the last waiver of it is in effect."""
        code = codes()[finding.code]
        if code.structural or finding.severity == "info":
            return finding
        said = self._basis(finding)
        return finding.model_copy(update={"waived": said}) if said else finding

    def _basis(self, finding: Finding) -> str | None:
        """Return the basis of the last waiver; none waives what became law later."""
        code, subject = finding.code, finding.subject
        standard, _, _ = finding.about.partition(" ")
        undone: set[object] = set()
        for number in sorted(self.reader.revisions_of(subject), reverse=True):
            revision = self._revision(number)
            if revision is None or number in undone:
                continue
            proposal: Any = revision.proposal
            steps = proposal.get("steps", ())
            undone |= {step["revision"] for step in steps if step["op"] == "undo"}
            if revision.effective > self.day.isoformat():
                continue
            if revision.effective < self._law.get(standard, ""):
                continue
            named = proposal.get(NAMED, {})
            for waiver in proposal.get("waivers", ()):
                unit = named.get(waiver["subject"], waiver["subject"])
                if (waiver["code"], unit) == (code, subject):
                    return say(
                        "{waiver} (revision {number})",
                        waiver=waiver["basis"],
                        number=number,
                    )
        return None

    def _revision(self, number: int) -> Revision | None:
        if number not in self._revisions:
            self._revisions[number] = self.reader.revision(number)
        return self._revisions[number]
