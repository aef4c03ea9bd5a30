"""The units of a report as trees, before and after, with what becomes of each."""

import re
from collections import Counter, defaultdict
from typing import Literal, NamedTuple

from .model import Report, Side, Unit
from .model_rest import Rest

MARKS = ("begins", "ends", "united", "divided", "moves", "revised")
"""What may become of a unit, in the order in which it is said."""

MOST_OPEN = 60
"""A tree of more lines is folded below its roots."""

_NUMBERS = re.compile(r"(\d+)")
When = Literal["before", "after"]


class Branch(NamedTuple):
    """A unit on one side, with what is below it there.

    `others` are the names of the units that take its place, or whose place it takes;
    `touched` is how many below it are marked.
    """

    unit: Unit
    side: Side
    marks: tuple[str, ...]
    others: tuple[str, ...]
    children: tuple["Level", ...]
    touched: int
    is_open: bool


class Level(NamedTuple):
    """The units of a kind directly below one: those of the report, and the rest.

    `number` is how many they are together.
    """

    kind: str
    number: int
    branches: tuple[Branch, ...]
    rest: tuple[Rest, ...]


class Tree(NamedTuple):
    """One side of a report: its roots, and how many of a kind are elsewhere.

    With those that are in the tree they are as many as the totals say; they neither
    begin nor end, move or are revised, nor are they directly below a unit of the tree.
    One that `is_long` is folded below its roots.
    """

    roots: tuple[Level, ...]
    elsewhere: tuple[tuple[str, int], ...]
    is_long: bool


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
    rest: defaultdict[str | None, list[Rest]] = defaultdict(list)
    for others in report.rest[when]:
        rest[others.parent].append(others)
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

    def levels(parent: str | None, depth: int) -> tuple[Level, ...]:
        branches: defaultdict[str, list[Branch]] = defaultdict(list)
        for one in below.get(parent, ()):
            branches[one[0].kind].append(branch(*one, depth))
        beside: defaultdict[str, list[Rest]] = defaultdict(list)
        for one_kind in rest.get(parent, ()):
            beside[one_kind.kind].append(one_kind)
        return tuple(
            Level(
                kind,
                len(branches[kind]) + sum(some.number for some in beside[kind]),
                tuple(branches[kind]),
                tuple(beside[kind]),
            )
            for kind in sorted({*branches, *beside}, key=order.__getitem__)
        )

    def branch(unit: Unit, side: Side, depth: int) -> Branch:
        children = levels(unit.id, depth + 1)
        shown = [child for level in children for child in level.branches]
        touched = sum(child.touched + bool(child.marks) for child in shown)
        others = unit.successors if when == "before" else unit.sources
        return Branch(
            unit,
            side,
            marks[unit.id][when],
            tuple(names.get(other, other) for other in others),
            children,
            touched,
            bool(shown) and (few or depth == 0),
        )

    return Tree(levels(None, 0), _elsewhere(report, when), not few)


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


def _elsewhere(report: Report, when: When) -> tuple[tuple[str, int], ...]:
    """Return how many of the totals aren't in a tree, by kind.

    A root is in the totals where it isn't one on the other side.
    """
    shown: Counter[str] = Counter()
    for some in report.rest[when]:
        shown[some.kind] += some.number
    other: When = "after" if when == "before" else "before"
    for unit in report.units:
        here, there = getattr(unit, when), getattr(unit, other)
        if here and (here.parent or (there and there.parent)):
            shown[unit.kind] += 1
    totals = report.totals[when]
    return tuple(
        (kind, totals[kind] - shown[kind])
        for kind, of_kind in report.pack.nodes.items()
        if of_kind.role == "unit" and totals.get(kind, 0) > shown[kind]
    )
