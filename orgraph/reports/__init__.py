"""Reports: one view model of a plan, and its renderers."""

from .build import build_report
from .model import Report
from .render import FORMATS, known_format, render, suffix_format

__all__ = [
    "FORMATS",
    "Report",
    "build_report",
    "known_format",
    "render",
    "suffix_format",
]
