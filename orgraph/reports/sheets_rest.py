"""The sheets of a report on where units are, and on what stands beside them."""

from collections.abc import Mapping

from ..language import say
from ..model import FactValue
from ..model.degrees import is_degrees
from .model import Report, Unit
from .model_map import Point
from .wording import known_name
from .workbook import Cell, Table

Row = tuple[Cell, ...]


def map_table(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the point of each unit touched, in degrees; empty where there is none."""
    rows: list[Row] = [
        (
            dot.unit,
            known_name(by_id, dot.unit),
            report.pack.nodes[dot.kind].label,
            *_degrees(dot.before),
            *_degrees(dot.after),
        )
        for dot in report.map.dots
    ]
    degrees = (
        say("longitude before"),
        say("latitude before"),
        say("longitude after"),
        say("latitude after"),
    )
    headings = (say("id"), say("name"), say("kind"), *degrees)
    return Table(say("Map"), headings, rows)


def _degrees(point: Point | None) -> Row:
    if point is None:
        return (None, None)
    sides = (("longitude", point.longitude), ("latitude", point.latitude))
    return tuple(measured(form, text) for form, text in sides)


def measured(form: str | None, value: FactValue) -> FactValue | float:
    """Return a fact of a format as a sheet counts with it: degrees are a number."""
    return float(str(value)) if is_degrees(form, value) else value


def rest_table(report: Report, by_id: Mapping[str, Unit]) -> Table:
    """Return the units beside those that change: how many, and the first by name."""
    rows: list[Row] = [
        (
            say(when),
            some.parent,
            known_name(by_id, some.parent),
            report.pack.nodes[some.kind].label,
            say("follows") if some.follow else say("unchanged"),
            some.number,
            unit.id,
            unit.name,
            unit.code,
        )
        for when, rest in report.rest.items()
        for some in rest
        for unit in some.units
    ]
    headings = (
        say("side"),
        say("below"),
        say("its name"),
        say("kind"),
        say("what"),
        say("number of them"),
        say("id"),
        say("name"),
        say("code"),
    )
    return Table(say("Units beside"), headings, rows)
