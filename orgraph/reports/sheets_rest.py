"""The sheets of a report on where units are, and on what stands beside them."""

from collections.abc import Mapping

from .model import Report, Unit
from .model_map import Point
from .wording import name_of
from .workbook import Cell, Table

Row = tuple[Cell, ...]


def map_table(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the point of each unit touched, in degrees; empty where there is none."""
    rows: list[Row] = [
        (
            dot.unit,
            name_of(by_id, dot.unit),
            report.pack.nodes[dot.kind].label,
            *_degrees(dot.before),
            *_degrees(dot.after),
        )
        for dot in report.map.dots
    ]
    degrees = [f"{w} {when}" for when in ("before", "after") for w in Point._fields]
    return Table("Map", ("id", "name", "kind", *degrees), rows)


def _degrees(point: Point | None) -> Row:
    return (point.longitude, point.latitude) if point else (None, None)


def rest_table(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the units beside those that change: how many, and the first by name."""
    rows: list[Row] = [
        (
            when,
            some.parent,
            name_of(by_id, some.parent),
            report.pack.nodes[some.kind].label,
            "follows" if some.follow else "unchanged",
            some.number,
            unit.id,
            unit.name,
            unit.code,
        )
        for when, rest in report.rest.items()
        for some in rest
        for unit in some.units
    ]
    heading = ("side", "below", "its name", "kind", "what", "number of them")
    return Table("Units beside", (*heading, "id", "name", "code"), rows)
