"""Days: every date is a day, every interval [since, until), its `until` exclusive."""

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple, Self

BEGINNING = date.min
FOREVER = date.max
"""The open end, 9999-12-31."""

_ONE_DAY = timedelta(days=1)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_MONTH = re.compile(r"\d{4}-\d{2}\Z", re.ASCII)
_YEAR = re.compile(r"\d{4}\Z", re.ASCII)


class Span(NamedTuple):
    """The days [since, until) that a reader is asked about."""

    since: date
    until: date

    @classmethod
    def day(cls, day: date) -> Self:
        """One day."""
        return cls(day, FOREVER if day == FOREVER else day + _ONE_DAY)

    @classmethod
    def touching(cls, day: date) -> Self:
        """All days from `day` on, and what ended exactly on it.

        A row that ended on the day may be restarted on it, and is then one row.
        """
        return cls(day if day == BEGINNING else day - _ONE_DAY, FOREVER)

    @classmethod
    def always(cls) -> Self:
        """All days."""
        return cls(BEGINNING, FOREVER)


def parse_day(text: str) -> date:
    """Read an ISO day; raises ValueError with a sentence for anything else."""
    if not _DAY.match(text):
        message = f"{text!r} is not a date; write it as YYYY-MM-DD"
        raise ValueError(message)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        message = f"{text} is not a day of the calendar"
        raise ValueError(message) from None
    if day == FOREVER:
        message = f"{text} stands for the open end, and is no day"
        raise ValueError(message)
    return day


def parse_since(text: str) -> tuple[date, str | None]:
    """Read a published date: a day, a month or a year.

    Returns its first day and the precision, "month" or "year", where it is coarser
    than a day.
    """
    if _YEAR.match(text):
        return parse_day(f"{text}-01-01"), "year"
    if _MONTH.match(text):
        return parse_day(f"{text}-01"), "month"
    return parse_day(text), None


def last_day(day: date, precision: object) -> date:
    """Return the last day that a published date may mean."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day


def shown_day(day: date, precision: object = None) -> str:
    """Write a date with the precision that was known."""
    if day == FOREVER:
        return ""
    length = {"year": 4, "month": 7}.get(str(precision), 10)
    return day.isoformat()[:length]
