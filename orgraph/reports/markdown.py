"""The report in Markdown, as it is pasted into a pull request or a note."""

from ..language import ENGLISH, Language
from .model import Report
from .page import render_markdown
from .shown import Shown


def markdown_of(report: Report, language: Language = ENGLISH) -> str:
    """Return a report in Markdown, of long lists the first rows."""
    shown = Shown(report)
    context = {"report": report, "shown": shown, "basis": shown.basis}
    return render_markdown("report.md.j2", context, language)
