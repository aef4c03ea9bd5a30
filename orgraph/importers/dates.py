"""Reads dates as an office writes them: 01/07/2025, 07/2025, 2025, or a date cell."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ..cells import CellError
from ..model import parse_day, shown_day
from .workbook import Value

ISO = ("YYYY-MM-DD", "YYYY-MM", "YYYY")
_TOKEN = re.compile(r"YYYY|MM|DD")
_GROUPS = {
    "YYYY": r"(?P<year>\d{4})",
    "MM": r"(?P<month>\d{1,2})",
    "DD": r"(?P<day>\d{1,2})",
}


def form_problem(forms: Iterable[str]) -> str | None:
    """Say why dates can't be read in these forms, or None."""
    shapes: dict[str, str] = {}
    for form in forms:
        tokens = _TOKEN.findall(form)
        if "YYYY" not in tokens or len(set(tokens)) < len(tokens):
            return f"{form!r} is no form of a date: it is made of DD, MM and YYYY"
        if "DD" in tokens and "MM" not in tokens:
            return f"{form!r} has a day and no month"
        if re.search(r"[A-Za-z0-9]", _TOKEN.sub("", form)):
            return f"{form!r} holds letters other than DD, MM and YYYY"
        shape = re.sub(r"MM|DD", "N", form)
        if shape in shapes:
            return f"{shapes[shape]!r} and {form!r} can't be told apart"
        shapes[shape] = form
    return None


class Dates:
    """Reads dates in some forms; what was read once is remembered."""

    def __init__(self, forms: Sequence[str], precision: str | None = None) -> None:
        """Take the forms, and how exact date cells are if it isn't to the day."""
        self._forms = tuple(forms)
        self._patterns = [_pattern(form) for form in forms]
        self._precision = precision
        self._known: dict[str, str] = {}

    def text(self, value: Value) -> str:
        """Return a date as YYYY-MM-DD, YYYY-MM or YYYY; CellError with a sentence."""
        if isinstance(value, str):
            if value not in self._known:
                self._known[value] = self._read(value)
            return self._known[value]
        if isinstance(value, date):
            return shown_day(whole_day(value), self._precision)
        if isinstance(value, float) and value.is_integer():
            shown = str(int(value))
            if len(shown) == len("2025"):
                return self._read(shown)
            message = f"{shown} is a number, and no date; format the column as dates"
            raise CellError(message)
        message = f"{value} is no date"
        raise CellError(message)

    def _read(self, text: str) -> str:
        for pattern in self._patterns:
            if found := pattern.fullmatch(text):
                parts = found.groupdict()
                there = [parts[name] for name in ("year", "month", "day")[: len(parts)]]
                shown = "-".join(part.zfill(2) for part in there)
                parse_day(shown + "-01" * (3 - len(there)))
                return shown
        forms = " or ".join(self._forms)
        message = f"{text[:40]!r} is not a date written as {forms}"
        raise CellError(message)


def whole_day(value: date) -> date:
    """Return the day of a date cell; CellError where it says a time of day."""
    if not isinstance(value, datetime):
        return value
    if value.time() != datetime.min.time():
        message = f"{value} has a time of day; a day alone is wanted"
        raise CellError(message)
    return value.date()


def _pattern(form: str) -> re.Pattern[str]:
    pieces = re.split(f"({_TOKEN.pattern})", form)
    return re.compile(
        "".join(_GROUPS.get(piece) or re.escape(piece) for piece in pieces), re.ASCII
    )
