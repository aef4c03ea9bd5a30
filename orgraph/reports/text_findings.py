"""Findings as text: worst first; of many alike, the first."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from ..findings import Finding
from ..language import ENGLISH, Language, say
from .wording import Page

MOST_ALIKE = 5
MOST_BLOCKING = 20
_STYLE = {"error": "bold red", "warning": "yellow", "info": "cyan"}


def print_findings(
    findings: Sequence[Finding],
    console: Console,
    lines: Sequence[int] = (),
    language: Language = ENGLISH,
) -> None:
    """Print findings worst first; of many alike, the first few and how many more.

    `lines` are those on which the steps of the proposal begin, if that is known.
    """
    if not findings:
        return
    page = Page(console, language)
    page.line()
    shown: Counter[tuple[str, str]] = Counter()
    alike = Counter((finding.code, finding.state) for finding in findings)
    for finding in findings:
        key = (finding.code, finding.state)
        shown[key] += 1
        most = MOST_BLOCKING if finding.blocks else MOST_ALIKE
        if alike[key] > most + 1 and shown[key] > most:
            if shown[key] == alike[key]:
                more = alike[key] - most
                page.line(say("  … {n:,} more of {code}", n=more, code=finding.code))
            continue
        place = lines[finding.step - 1] if lines and finding.step else None
        print_finding(finding, page, place)


def print_finding(finding: Finding, page: Page, place: int | None = None) -> None:
    """Print one finding: severity, code, place, sentence, hint and source."""
    style = _STYLE[finding.severity]
    severity = page.language.say(say(finding.severity))
    parts: list[str] = [finding.code]
    if finding.state != "new":
        parts.append(say("({state})", state=say(finding.state)))
    if finding.waived:
        parts.append(say("waived: {basis}", basis=finding.waived))
    head = " ".join(map(page.language.say, parts)) + ":"
    if finding.step is not None:
        step = (
            say("step {step}, line {line}:", step=finding.step, line=place)
            if place
            else say("step {step}:", step=finding.step)
        )
        head += f" {page.language.say(step)}"
    said = escape(f"{head} {page.language.say(finding.message)}")
    page.console.print(
        f"[{style}]{severity}[/{style}] {said}", highlight=False, soft_wrap=True
    )
    for line in (finding.hint, str(finding.source) if finding.source else ""):
        if line:
            page.line(line, indent="      ")
