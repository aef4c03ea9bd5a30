"""The formats that a comparison can be written in, each by its suffix."""

import io
import json
from pathlib import Path

from ..errors import InputError
from ..language import ENGLISH, Language
from .comparison import Comparison

_SUFFIXES = {"json": "json", "txt": "text", "html": "html", "htm": "html"}


def suffix_format(path: str | Path) -> str:
    """Return the format that a file name asks for; InputError where there is none."""
    suffix = Path(path).suffix.lower().lstrip(".")
    if suffix not in _SUFFIXES:
        message = (
            f"{path}: a comparison isn't written to {suffix or 'no suffix'}; "
            "write to .html, .json or .txt"
        )
        raise InputError(message)
    return _SUFFIXES[suffix]


def render_comparison(
    comparison: Comparison, name: str, language: Language = ENGLISH
) -> str:
    """Return a comparison in a format, ending in a line break."""
    if name == "json":
        plain = comparison.to_plain()
        return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    if name == "html":
        from .compare_html import comparison_page

        return comparison_page(comparison, language)
    from rich.console import Console

    from .compare_text import print_comparison

    file = io.StringIO()
    console = Console(file=file, width=100, no_color=True, emoji=False)
    print_comparison(comparison, console, language)
    return file.getvalue()
