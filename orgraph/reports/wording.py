"""The words and figures of text reports: counts, lists, names, tables."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.markup import escape

from ..model import FactValue
from .model import Unit

MOST_LINES = 60
"""How many lines of one sort are printed; a report in JSON has them all."""


def name_of(by_id: Mapping[str, Unit], node: str | None) -> str:
    """Return the name of a unit of the report, or the id of what isn't one."""
    if node is None:
        return "nothing"
    unit = by_id.get(node)
    side = (unit.before or unit.after) if unit else None
    return side.name if side and side.name else node


def number(value: FactValue) -> str:
    """Return a fact as it is read: 1,234, unknown, true."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return f"{value:,}"
    return "unknown" if value is None else value


def count(amount: int, what: str) -> str:
    """Return "1 step" or "2 steps"."""
    return f"{amount} {what}{'' if amount == 1 else 's'}"


def listed(parts: Iterable[str]) -> str:
    """Return "a, b and c"."""
    said = list(parts)
    if len(said) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(said)
    return f"{', '.join(said[:-1])} and {said[-1]}"


def print_lines(lines: Sequence[str], console: Console, indent: str = "") -> None:
    """Print lines as they are; of many the first, and how many more there are."""
    for line in lines[:MOST_LINES]:
        console.print(escape(indent + line), highlight=False, soft_wrap=True)
    if len(lines) > MOST_LINES:
        more = len(lines) - MOST_LINES
        console.print(f"{indent}… {more} more; a report in JSON has them all")


def print_table(rows: Sequence[Sequence[str]], console: Console) -> None:
    """Print rows under their heading, figures to the right; nothing is ever cut."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    console.print()
    for first, *others in rows:
        cells = [f"{c:>{w}}" for c, w in zip(others, widths[1:], strict=True)]
        line = "  ".join([f"{first:<{widths[0]}}", *cells]).rstrip()
        console.print(escape(line), highlight=False, soft_wrap=True)
