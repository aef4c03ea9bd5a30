"""The table of results: a row for each target, and the same as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

COLUMNS = (54, 24, 12)


@dataclass(frozen=True)
class Result:
    """What was measured beside its target; `met` is None where there is none."""

    row: str
    what: str
    figure: float
    shown: str
    target: str = ""
    met: bool | None = None


def at_most(  # noqa: PLR0913 - a row of the table
    row: str,
    what: str,
    figure: float,
    limit: float,
    *,
    unit: str = "×",
    note: str = "",
) -> Result:
    """Return the result of a figure that should stay small."""
    shown = f"{_short(figure)} {unit}" + (f" ({note})" if note else "")
    return Result(row, what, figure, shown, f"≤ {limit:g} {unit}", figure <= limit)


def at_least(row: str, what: str, figure: float, limit: float, note: str) -> Result:
    """Return the result of a ratio that should be large."""
    shown = f"{_short(figure)} × ({note})"
    return Result(row, what, figure, shown, f"≥ {limit:g} ×", figure >= limit)


def said(row: str, what: str, figure: float, shown: str) -> Result:
    """Return a result that has no target."""
    return Result(row, what, figure, shown)


def size_name(size: int) -> str:
    """Write a number of nodes: 20 k, 1 M."""
    if size % 1_000_000 == 0:
        return f"{size // 1_000_000} M"
    return f"{size / 1000:g} k"


def print_header() -> None:
    """Print the names of the columns; no line is wider than 100."""
    print(_line("what", "measured", "target", "met"), flush=True)


def print_row(result: Result) -> None:
    """Print a result as soon as it is there."""
    met = {True: "yes", False: "no", None: ""}[result.met]
    print(_line(result.what, result.shown, result.target, met), flush=True)


def write_json(path: Path, results: Iterable[Result]) -> None:
    """Write the results to a file."""
    document = {
        "format": "orgraph.benchmarks/1",
        "results": [asdict(result) for result in results],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def _line(what: str, shown: str, target: str, met: str) -> str:
    cells = (what, shown, target)
    padded = [cell.ljust(width) for cell, width in zip(cells, COLUMNS, strict=True)]
    return "  ".join([*padded, met]).rstrip()


def _short(figure: float) -> str:
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.3g}"
