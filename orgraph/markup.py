"""Small tables in HTML, for values that a notebook shows; all put in is escaped."""

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

MOST_ROWS = 100


def paragraph(text: str, *, strong: bool = False) -> str:
    """Return a paragraph of plain text."""
    said = escape(text)
    return f"<p><strong>{said}</strong></p>" if strong else f"<p>{said}</p>"


def table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table of plain texts; of very many rows the first, and that it is so."""
    lines = list(islice(rows, MOST_ROWS + 1))
    more = len(lines) > MOST_ROWS
    head = _row("th", headings)
    body = "".join(_row("td", line) for line in lines[:MOST_ROWS])
    whole = f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"
    return whole + (paragraph(f"Only the first {MOST_ROWS} are shown.") if more else "")


def _row(tag: str, cells: Sequence[object]) -> str:
    inner = "".join(f"<{tag}>{escape(_said(cell))}</{tag}>" for cell in cells)
    return f"<tr>{inner}</tr>"


def _said(cell: object) -> str:
    if cell is None:
        return "unknown"
    return f"{cell:,}" if isinstance(cell, int) else str(cell)
