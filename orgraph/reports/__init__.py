"""Reports: one view model of a plan, and its renderers.

What builds a report is loaded when it is first asked for: a command that only names a
format doesn't need it.
"""

from typing import TYPE_CHECKING, Any

from .model import Report
from .render import FORMATS, known_format, render, rendered, suffix_format

if TYPE_CHECKING:
    from .build import build_report

__all__ = [
    "FORMATS",
    "Report",
    "build_report",
    "known_format",
    "render",
    "rendered",
    "suffix_format",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load build_report where it is first used."""
    if name == "build_report":
        from .build import build_report

        return build_report
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
