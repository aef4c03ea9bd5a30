"""The report as one page that anybody's browser shows, without a network."""

from ..language import ENGLISH, Language
from .charts import sizes_shown
from .dots_shown import dots_shown
from .flows import flows_of
from .model import Report
from .page import render_page
from .shown import Shown
from .trees import MARKS, tree_of

LARGE = 500
"""Of a page with more than so many units, a browser lays out only what is in view."""


def html_of(report: Report, language: Language = ENGLISH) -> str:
    """Return a report as a page that needs nothing beside it."""
    shown = Shown(report)
    sizes = sizes_shown(shown)
    dots = dots_shown(shown)
    return render_page(
        "report.html.j2",
        {
            "report": report,
            "shown": shown,
            "basis": shown.basis,
            "marks": MARKS,
            "before": tree_of(report, "before"),
            "after": tree_of(report, "after"),
            "flows": flows_of(report),
            "sizes": sizes,
            "dots": dots,
            "large": len(report.units) + len(report.lineage) > LARGE,
        },
        language,
        charts=dots is not None or any(some.charts for some in sizes),
    )
