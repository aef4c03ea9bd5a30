"""The map of a page: dots by what becomes of units, and the same as a table."""

from collections import Counter, defaultdict
from typing import Any, NamedTuple

from .model import Unit
from .model_map import Point
from .shown import Shown
from .trees import MARKS, When, marks_of

_DRAWN = ("united", "divided", "moves", "revised", "begins", "ends")
"""The marks that dots are drawn by, those that tell most first: they lie on top."""


class DotRow(NamedTuple):
    """A unit with its point before and after, and all that becomes of it."""

    unit: Unit
    marks: tuple[str, ...]
    before: Point | None
    after: Point | None


class Dots(NamedTuple):
    """The rows of a map, its dots as a script reads them, and how many have none.

    `shared` is how many points are those of several dots. Of those, each says how many
    lie `over` it, so that it can be drawn around them.
    """

    rows: tuple[DotRow, ...]
    data: dict[str, Any]
    without: dict[str, int]
    shared: int


def dots_shown(shown: Shown) -> Dots | None:
    """Return the map of a report; None where no unit has a point."""
    found = shown.report.map
    if not found.dots:
        return None
    marks = marks_of(shown.report)
    rows = []
    for dot in found.dots:
        both = {mark for side in marks[dot.unit].values() for mark in side}
        said = tuple(mark for mark in MARKS if mark in both)
        rows.append(DotRow(shown.by_id[dot.unit], said, dot.before, dot.after))
    rows.sort(key=lambda row: (row.unit.after is None, row.unit.name, row.unit.id))
    groups: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        point = row.after or row.before
        if point is not None:
            when: When = "after" if row.unit.after else "before"
            mark = _drawn(marks[row.unit.id][when])
            place = {"x": float(point.longitude), "y": float(point.latitude)}
            groups[mark].append({**place, "name": row.unit.name})
    there: Counter[tuple[float, float]] = Counter()
    drawn = []
    for mark in [mark for mark in _DRAWN if mark in groups]:
        for one in groups[mark]:
            spot = (one["x"], one["y"])
            one["over"] = there[spot]
            there[spot] += 1
        # Of one mark the first is drawn first, and lies below.
        drawn.append({"mark": mark, "dots": groups[mark][::-1]})
    shared = sum(number > 1 for number in there.values())
    return Dots(tuple(rows), {"groups": drawn}, dict(found.without), shared)


def _drawn(marks: tuple[str, ...]) -> str:
    """Return the mark that a dot is drawn by: what ends is no more than that."""
    if "ends" in marks:
        return "ends"
    return min(marks, key=_DRAWN.index, default="revised")
