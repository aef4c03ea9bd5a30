"""Who became what, as drawings: lines from old to new, of what hangs together.

A drawing has old units in a column of rows that are equally high, new ones in another,
and lines between; where a line begins and ends follows from how many rows there are.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .model import Passage, Report, Unit

STAYS = "stays"
"""The line of a unit that lives on, to itself."""


class Point(NamedTuple):
    """A unit at one end of lines, with what goes from it or comes to it."""

    id: str
    name: str
    code: str | None
    passages: tuple[Passage, ...]


class Line(NamedTuple):
    """A line from an old unit to a new one, as an SVG path in a square of 100."""

    part: str
    path: str


class Flow(NamedTuple):
    """Units that hang together by lineage; `shape` says how, as N to M."""

    kind: str
    sources: tuple[Point, ...]
    targets: tuple[Point, ...]
    lines: tuple[Line, ...]

    @property
    def mark(self) -> str:
        """What becomes of them, in a word: united, divided, both, or one to one."""
        if len(self.sources) > 1:
            return "reorganised" if len(self.targets) > 1 else "united"
        return "divided" if len(self.targets) > 1 else "succeeded"


def flows_of(report: Report) -> dict[str, tuple[Flow, ...]]:
    """Return the drawings of a report by the kind of what came, as in the pack."""
    by_id = {unit.id: unit for unit in report.units}
    found: defaultdict[str, list[Flow]] = defaultdict(list)
    for passages in _together(report.lineage):
        flow = _flow(passages, by_id, report.kinds)
        found[flow.kind].append(flow)
    order = [*report.pack.nodes, ""]
    return {
        kind: tuple(
            sorted(found[kind], key=lambda f: (f.targets[0].code or "", f.targets[0]))
        )
        for kind in sorted(found, key=order.index)
    }


def _together(lineage: Sequence[Passage]) -> list[list[Passage]]:
    """Group passages that share a source or a target, directly or by others."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for one in lineage:
        near[one.source].append(one.target)
        near[one.target].append(one.source)
    group_of: dict[str, int] = {}
    groups: list[list[Passage]] = []
    for start in near:
        if start in group_of:
            continue
        group_of[start] = len(groups)
        frontier = [start]
        while frontier:
            for node in near[frontier.pop()]:
                if node not in group_of:
                    group_of[node] = len(groups)
                    frontier.append(node)
        groups.append([])
    for one in lineage:
        groups[group_of[one.source]].append(one)
    return groups


def _flow(
    passages: Sequence[Passage], by_id: Mapping[str, Unit], kinds: Mapping[str, str]
) -> Flow:
    ends = [(one.source, one.target, one.part) for one in passages]
    given = {source for source, *_ in ends}
    came = {target for _, target, _ in ends}
    for node in sorted(given | came):
        unit = by_id.get(node)
        if unit and unit.before and unit.after and (node, node) not in _pairs(ends):
            ends.append((node, node, STAYS))
    targets = sorted({end[1] for end in ends}, key=lambda n: _place(by_id.get(n), n))
    rows = {node: row for row, node in enumerate(targets)}
    first: dict[str, int] = {}
    for source, target, _ in ends:
        first[source] = min(first.get(source, len(rows)), rows[target])
    sources = sorted(first, key=lambda n: (first[n], _place(by_id.get(n), n)))
    begins = {node: row for row, node in enumerate(sources)}
    names = {one.source: one.source_name for one in passages}
    return Flow(
        _kind(targets[0], by_id, kinds),
        tuple(_source(node, by_id, names, passages) for node in sources),
        tuple(_target(node, by_id, passages) for node in targets),
        tuple(
            Line(
                part,
                _path(begins[source], len(sources), rows[target], len(targets)),
            )
            for source, target, part in sorted(ends)
        ),
    )


def _pairs(ends: Sequence[tuple[str, str, str]]) -> set[tuple[str, str]]:
    return {(source, target) for source, target, _ in ends}


def _kind(node: str, by_id: Mapping[str, Unit], kinds: Mapping[str, str]) -> str:
    unit = by_id.get(node)
    return unit.kind if unit else kinds.get(node, "")


def _place(unit: Unit | None, node: str) -> tuple[str, str, str]:
    side = unit.last if unit else None
    return ((side.code or "") if side else "", side.name if side else "", node)


def _source(
    node: str,
    by_id: Mapping[str, Unit],
    names: Mapping[str, str],
    passages: Sequence[Passage],
) -> Point:
    unit = by_id.get(node)
    side = unit.first if unit else None
    name = (side.name if side else "") or names.get(node) or node
    gives = tuple(one for one in passages if one.source == node)
    return Point(node, name, side.code if side else None, gives)


def _target(node: str, by_id: Mapping[str, Unit], passages: Sequence[Passage]) -> Point:
    unit = by_id.get(node)
    side = unit.last if unit else None
    takes = tuple(one for one in passages if one.target == node)
    return Point(
        node, (side.name if side else "") or node, side.code if side else None, takes
    )


def _path(row: int, rows: int, other: int, others: int) -> str:
    start, end = (
        100 * (2 * n + 1) / (2 * m) for n, m in ((row, rows), (other, others))
    )
    return f"M0 {start:.2f}C50 {start:.2f} 50 {end:.2f} 100 {end:.2f}"
