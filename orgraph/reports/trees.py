"""The units of a report as trees, before and after, with what becomes of each."""

import re
from collections import defaultdict
from typing import Literal, NamedTuple

from .model import Report, Side, Unit

MARKS = ("begins", "ends", "united", "divided", "moves", "revised")
"""What may become of a unit, in the order in which it is said."""

MOST_OPEN = 60
"""A tree of more lines is folded below its roots."""

_NUMBERS = re.compile(r"(\d+)")
When = Literal["before", "after"]


class Branch(NamedTuple):
    """A unit on one side, with what is below it there.

    `place` is that of its kind in the pack, `others` are the names of the units that
    take its place, or whose place it takes; `touched` is how many below it are marked.
    """

    unit: Unit
    place: int
    side: Side
    marks: tuple[str, ...]
    others: tuple[str, ...]
    children: tuple["Branch", ...]
    touched: int
    is_open: bool


class Tree(NamedTuple):
    """One side of a report: its roots, and how many of a kind aren't shown.

    Those that aren't neither change nor stand above anything that does.
    """

    roots: tuple[Branch, ...]
    unchanged: tuple[tuple[str, int], ...]


def marks_of(report: Report) -> dict[str, dict[When, tuple[str, ...]]]:
    """Return what becomes of each unit of a report, as seen on either side."""
    moved, revised = frozenset(report.moved), frozenset(report.revised)
    sources = {unit.id: unit.sources for unit in report.units}
    found: dict[str, dict[When, tuple[str, ...]]] = {}
    for unit in report.units:
        both = {
            "moves": unit.id in moved,
            "revised": unit.id in revised,
            "divided": bool(unit.successors) and unit.after is not None,
        }
        old = {
            **both,
            "ends": unit.after is None,
            "united": unit.after is None
            and any(len(sources.get(one, ())) > 1 for one in unit.successors),
            "divided": both["divided"] or len(unit.successors) > 1,
        }
        new = {
            **both,
            "begins": unit.before is None,
            "united": bool(unit.sources)
            if unit.before is not None
            else len(unit.sources) > 1,
        }
        found[unit.id] = {
            "before": tuple(mark for mark in MARKS if old.get(mark)),
            "after": tuple(mark for mark in MARKS if new.get(mark)),
        }
    return found


def tree_of(report: Report, when: When) -> Tree:
    """Return one side of a report as a tree of what is touched and what is above."""
    marks = marks_of(report)
    known = {unit.id for unit in report.units}
    order = {kind: place for place, kind in enumerate(report.pack.nodes)}
    names = _names(report, when)
    below: defaultdict[str | None, list[tuple[Unit, Side]]] = defaultdict(list)
    for unit in report.units:
        side = getattr(unit, when)
        if side is not None:
            parent = side.parent if side.parent in known else None
            below[parent].append((unit, side))
    for some in below.values():
        some.sort(
            key=lambda one: (
                order[one[0].kind],
                one[1].code or "",
                _counted(one[1].name),
                one[0].id,
            )
        )
    few = sum(map(len, below.values())) <= MOST_OPEN

    def branch(unit: Unit, side: Side, depth: int) -> Branch:
        children = tuple(branch(*one, depth + 1) for one in below.get(unit.id, ()))
        touched = sum(child.touched + bool(child.marks) for child in children)
        others = unit.successors if when == "before" else unit.sources
        return Branch(
            unit,
            order[unit.kind],
            side,
            marks[unit.id][when],
            tuple(names.get(other, other) for other in others),
            children,
            touched,
            few or depth == 0,
        )

    roots = tuple(branch(*one, 0) for one in below.get(None, ()))
    return Tree(roots, _unchanged(report, when))


def _counted(name: str) -> list[str]:
    """Return a name as it is sorted: its numbers as one counts, 2 before 10."""
    return [
        part.zfill(9) if part.isdecimal() else part for part in _NUMBERS.split(name)
    ]


def _names(report: Report, when: When) -> dict[str, str]:
    """Return how units are called on the other side of a passage than `when`."""
    found = {}
    if when == "after":
        found = {one.source: one.source_name for one in report.lineage}
    for unit in report.units:
        sides = (unit.after, unit.before)
        first, second = sides if when == "before" else sides[::-1]
        side = first or second
        if side and side.name:
            found[unit.id] = side.name
    return found


def _unchanged(report: Report, when: When) -> tuple[tuple[str, int], ...]:
    """Return how many below the roots aren't units of the report, by kind."""
    shown: defaultdict[str, int] = defaultdict(int)
    for unit in report.units:
        side = getattr(unit, when)
        if side is not None and side.parent is not None:
            shown[unit.kind] += 1
    totals = report.totals[when]
    return tuple(
        (kind, totals[kind] - shown[kind])
        for kind, of_kind in report.pack.nodes.items()
        if of_kind.role == "unit" and totals.get(kind, 0) > shown[kind]
    )
