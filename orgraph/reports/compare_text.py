"""A comparison as text: in columns, or one below the other where they don't fit."""

from collections.abc import Sequence
from textwrap import wrap

from rich.console import Console
from rich.markup import escape

from ..language import ENGLISH, Language, many, padded, say, width
from .compare_rows import Row, Section, headings, notes, sections
from .comparison import Comparison
from .text_findings import print_finding
from .wording import Page

_GAP = 2
_WIDEST = 44
"""A longer name goes on in the next line."""
MOST_BLOCKING = 5
"""So many of the findings that refuse a proposal are printed; JSON has them all."""


def print_comparison(
    comparison: Comparison, console: Console, language: Language = ENGLISH
) -> None:
    """Print proposals side by side, and why any of them is refused."""
    names, found = headings(comparison), sections(comparison)
    page = Page(console, language)
    proposals = many(len(names), "{n} proposal", "{n} proposals")
    page.line(say("{n} on revision {base}", n=proposals, base=comparison.base))
    for name, one in zip(names, comparison.alternatives, strict=True):
        page.line(f"{name}: {one.title}", indent="  ")
    for note in notes(comparison):
        page.line(note)
    told = [_told(section, language) for section in found]
    lines = list(_columns(names, told))
    if max(map(width, lines)) > console.width:
        lines = list(_stacked(names, told))
    for line in lines:
        console.print(escape(line), highlight=False, soft_wrap=True)
    for name, one in zip(names, comparison.alternatives, strict=True):
        if one.blocking:
            page.line()
            page.line(say("{name} is refused:", name=name))
        for finding in one.blocking[:MOST_BLOCKING]:
            print_finding(finding, page)
        if len(one.blocking) > MOST_BLOCKING:
            more = len(one.blocking) - MOST_BLOCKING
            page.line(say("  … {n} more; --format json has them all", n=more))


def _told(section: Section, language: Language) -> Section:
    """Return a section in the words of a language, to be laid out."""
    rows = (
        Row(language.say(row.name), tuple(map(language.say, row.cells)))
        for row in section.rows
    )
    return Section(language.say(section.title), tuple(rows))


def _columns(names: Sequence[str], found: Sequence[Section]) -> Sequence[str]:
    """Return all rows with a column for each proposal, under the section's title."""
    rows = [row for section in found for row in section.rows]
    first = min(max(width(row.name) + _GAP for row in rows), _WIDEST) + _GAP
    widths = [
        max(width(name), *(width(row.cells[place]) for row in rows)) + _GAP
        for place, name in enumerate(names)
    ]

    def line(start: str, cells: Sequence[str]) -> str:
        pairs = zip(cells, widths, strict=True)
        shown = (padded(cell, wide, right=True) for cell, wide in pairs)
        return f"{padded(start, first)}{''.join(shown)}".rstrip()

    lines = ["", line("", names)]
    for section in found:
        if section is not found[0]:
            lines += ["", section.title]
        for row in section.rows:
            *above, last = wrap(row.name, first - 2 * _GAP, subsequent_indent="  ")
            lines += [f"  {part}" for part in above]
            lines.append(line(f"  {last}", row.cells))
    return lines


def _stacked(names: Sequence[str], found: Sequence[Section]) -> Sequence[str]:
    """Return one proposal after the other, each with all that is said of it."""
    lines = []
    for place, name in enumerate(names):
        lines += ["", name]
        for section in found:
            if section is not found[0]:
                lines.append(f"  {section.title}:")
            start = "  " if section is found[0] else "    "
            lines += [f"{start}{r.name}: {r.cells[place]}" for r in section.rows]
    return lines
