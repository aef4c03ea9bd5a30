"""The report in Markdown, as it is pasted into a pull request or a note."""

from ..language import ENGLISH, Language
from .model import Report
from .page import render_markdown
from .shown import Shown
from .wording import MOST_LINES

FEW = 12
"""A list of more rows is folded."""
LONGEST = 65_536
"""How many characters GitHub takes in a comment."""


def markdown_of(report: Report, language: Language = ENGLISH) -> str:
    """Return a report in Markdown, of long lists the first rows.

    There are so many of them as a comment on a code host may have.
    """
    shown = Shown(report)
    context = {"report": report, "shown": shown, "basis": shown.basis, "few": FEW}
    text, most = "", MOST_LINES
    while not text or (len(text) > LONGEST and most > 1):
        text = render_markdown("report.md.j2", {**context, "most": most}, language)
        most //= 2
    return text
