"""The figures of a report that are better seen than read, as data for charts.

Each chart shows one figure of the units of one kind: few units each by itself, many as
two curves from the largest to the smallest, groups of people by their size.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..model import FactValue
from .shown import Shown
from .size_rows import SizeRow

MOST_BARS = 24
"""Of more units than these none is shown by itself."""

_MOST_BINS = 12


class Sizes(NamedTuple):
    """The sizes of units of a kind as a table, and as charts where there are any.

    The rows of what a chart shows come first.
    """

    kind: str
    rows: tuple[SizeRow, ...]
    charts: tuple["Chart", ...]


class Chart(NamedTuple):
    """A chart of one figure: its form, and the numbers as a script reads them.

    The form is "bars", "ranks" or "bins".
    """

    form: str
    figure: str
    data: dict[str, Any]


def sizes_shown(shown: Shown) -> list[Sizes]:
    """Return the sizes of a report by kind, in the order of the pack."""
    report = shown.report
    found = []
    for kind in report.pack.nodes:
        rows = [row for row in shown.size_rows if row.kind == kind]
        if rows:
            charts = tuple(_charts(shown, kind, rows))
            seen = [chart.figure for chart in charts]
            rows.sort(key=lambda row: (row.figure not in seen, row.figure))
            found.append(Sizes(kind, tuple(rows), charts))
    return found


def _charts(shown: Shown, kind: str, rows: Sequence[SizeRow]) -> Iterable[Chart]:
    """Yield charts of the figures that standards want, or of the first known."""
    figures = {row.figure for row in rows if row.wanted is not None}
    order = [*shown.report.pack.facts, *shown.report.pack.nodes]
    known = Counter(
        row.figure for row in rows if {type(row.before), type(row.after)} & {int}
    )
    ranked = sorted(known, key=order.index)
    places = shown.report.pack.questions.places
    for figure in [name for name in ranked if name in figures] or ranked[:1]:
        some = [row for row in rows if row.figure == figure]
        if known[figure] > 1:
            grouped = places is not None and kind == places.group
            yield _chart(figure, some, grouped=grouped)


def _chart(figure: str, rows: Sequence[SizeRow], *, grouped: bool) -> Chart:
    if len(rows) <= MOST_BARS:
        return Chart("bars", figure, _bars(rows))
    if grouped:
        return Chart("bins", figure, _bins(rows))
    return Chart("ranks", figure, _ranks(rows))


def _number(value: FactValue) -> int | None:
    return value if isinstance(value, int) else None


def _bars(rows: Sequence[SizeRow]) -> dict[str, Any]:
    ordered = sorted(
        rows, key=lambda r: (-(_number(r.after) or _number(r.before) or 0), r.name)
    )
    return {
        "labels": [row.name for row in ordered],
        "before": [_number(row.before) for row in ordered],
        "after": [_number(row.after) for row in ordered],
        "wanted": [row.wanted for row in ordered],
    }


def _ranks(rows: Sequence[SizeRow]) -> dict[str, Any]:
    sides = {
        side: sorted(
            (n for row in rows if (n := _number(getattr(row, side))) is not None),
            reverse=True,
        )
        for side in ("before", "after")
    }
    wanted = sorted({row.wanted for row in rows if row.wanted is not None})
    return {**sides, "wanted": wanted}


def _bins(rows: Sequence[SizeRow]) -> dict[str, Any]:
    """Count units by their size, in classes that are equally wide."""
    sides = [[_number(getattr(r, s)) for r in rows] for s in ("before", "after")]
    largest = max((n for side in sides for n in side if n is not None), default=0)
    width = next(w for w in _widths() if largest < w * _MOST_BINS)
    bins = range(largest // width + 1)
    counts = [Counter(n // width for n in side if n is not None) for side in sides]
    return {
        "labels": [
            str(b) if width == 1 else f"{b * width}–{(b + 1) * width - 1}" for b in bins
        ],
        "before": [counts[0][b] for b in bins],
        "after": [counts[1][b] for b in bins],
    }


def _widths() -> Iterable[int]:
    """Yield 1, 2, 5, 10, 20, 50 and so on."""
    scale = 1
    while True:
        yield from (scale, 2 * scale, 5 * scale)
        scale *= 10
