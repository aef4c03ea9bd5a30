"""Waivers: exemptions that the law allows, each with its basis."""

from collections.abc import Iterable, Iterator, Sequence

from ..findings import Code, Finding
from ..proposal import Waiver
from .codes import codes

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


def waive(findings: Iterable[Finding], waivers: Sequence[Waiver]) -> Iterator[Finding]:
    """Yield the findings, waived where a good waiver fits, and what waivers lack."""
    good: dict[tuple[str, str], str] = {}
    for waiver in waivers:
        code = codes().get(waiver.code)
        if code is None or code.structural:
            message = f"{waiver.code} can't be waived."
            yield NOT_WAIVABLE.at(waiver.subject, message)
        elif not waiver.basis:
            message = f"The waiver of {waiver.code} for {waiver.subject} has no basis."
            yield NO_BASIS.at(waiver.subject, message)
        else:
            good[waiver.code, waiver.subject] = waiver.basis
    used = set()
    for finding in findings:
        key = (finding.code, finding.subject)
        if key in good and finding.state == "new":
            used.add(key)
            yield finding.model_copy(update={"waived": good[key]})
        else:
            yield finding
    for code_name, subject in sorted(good.keys() - used):
        message = f"{code_name} was not found for {subject}, so nothing is waived."
        yield NOTHING_WAIVED.at(subject, message)
