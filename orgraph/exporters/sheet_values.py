"""What stands in the cells of an exported workbook: days, figures, degrees, texts."""

from datetime import date

from ..cells import fact_cell, fact_name
from ..model import Facts
from ..model.degrees import FARTHEST
from ..pack import Pack
from ..spreadsheet import FIRST_DAY, MOST_EXACT, Value

OWN = {"id", "kind", "name", "code", "source", "target", "since", "until"}
"""The columns that are no facts."""

_ISO = len("2025-07-01")


def column_format(pack: Pack, column: str) -> str:
    """Return how a column shows what is typed into it."""
    if column in {"since", "until"}:
        return "yyyy-mm-dd"
    fact = pack.facts.get(fact_name(column)) if column not in OWN else None
    if fact is not None and fact.format in FARTHEST:
        return "General"
    return "0" if fact is not None and fact.type == "integer" else "@"


def day_value(shown: str, day: date) -> str | date | None:
    """Return a date as one if it is known to the day, and a sheet has it."""
    if not shown:
        return None
    return day if len(shown) == _ISO and day >= FIRST_DAY else shown


def sheet_fact(pack: Pack, name: str, facts: Facts) -> Value:
    """Return the value of a fact as a cell has it."""
    value = facts[name]
    if isinstance(value, int) and not isinstance(value, bool):
        return value if abs(value) < MOST_EXACT else str(value)
    shown = fact_cell(value)
    if pack.facts[name].format in FARTHEST:
        return _degrees(shown)
    if pack.facts[name].format == "date" and len(shown) == _ISO:
        try:
            return day_value(shown, date.fromisoformat(shown)) or shown
        except ValueError:
            return shown
    return shown


def _degrees(shown: str) -> str | float:
    """Return degrees as a number if an import reads of it what is written here."""
    try:
        number = float(shown)
    except ValueError:
        return shown
    kept = f"{number:.15g}" == shown and (number != 0 or shown == "0")
    return number if kept else shown
