"""Reports: one view model of a plan, and its renderers.

What builds a report is loaded when it is first asked for: a command that only names a
format doesn't need it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .model import Report
from .render import FORMATS, known_format, render, rendered, suffix_format

if TYPE_CHECKING:
    from .build import build_report
    from .compare import compare_proposals
    from .comparison import Comparison

__all__ = [
    "FORMATS",
    "Comparison",
    "Report",
    "build_report",
    "compare_proposals",
    "known_format",
    "render",
    "rendered",
    "suffix_format",
]

_BUILDERS = {
    "Comparison": ".comparison",
    "build_report": ".build",
    "compare_proposals": ".compare",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Load what builds a report or a comparison where it is first used."""
    if name in _BUILDERS:
        return getattr(import_module(_BUILDERS[name], __name__), name)
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
