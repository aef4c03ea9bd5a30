"""The formats that a report can be written in, and which comes with which suffix."""

import json
from pathlib import Path

from ..errors import InputError
from ..language import ENGLISH, Language
from .model import Report

FORMATS = ("text", "json")
SUFFIXES = {
    "json": "json",
    "txt": "text",
    "html": "html",
    "htm": "html",
    "md": "markdown",
    "xlsx": "xlsx",
}
"""The formats of reports, by the suffix of the file."""

_WRITABLE = ".html, .md, .xlsx, .json or .txt"


def suffix_format(path: str | Path) -> str:
    """Return the format that a file name asks for; InputError where there is none."""
    suffix = Path(path).suffix.lower().lstrip(".")
    found = SUFFIXES.get(suffix)
    if found is None:
        message = f"{path}: {_no_format(suffix)}; write to {_WRITABLE}"
        raise InputError(message)
    return found


def known_format(name: str, formats: tuple[str, ...] = FORMATS) -> str:
    """Return a format that a command can write; InputError with a sentence if not."""
    if name not in formats:
        message = f"{_no_format(name)}; choose {' or '.join(formats)}"
        raise InputError(message)
    return name


def _no_format(name: str) -> str:
    return f"there is no format {name or '(none)'}"


def render(report: Report, name: str, language: Language = ENGLISH) -> str:
    """Return a report in a format, ending in a line break; JSON is in English."""
    if name == "json":
        return json.dumps(report.to_plain(), ensure_ascii=False, indent=1) + "\n"
    if name == "html":
        from .html import html_of

        return html_of(report, language)
    if name == "markdown":
        from .markdown import markdown_of

        return markdown_of(report, language)
    from .text import text_of

    return text_of(report, language=language)


def rendered(report: Report, name: str, language: Language = ENGLISH) -> str | bytes:
    """Return a report as a file has it: text, or the bytes of a workbook."""
    if name != "xlsx":
        return render(report, name, language)
    from .sheets import report_workbook

    return report_workbook(report, language)
