"""Days, spans, and dates that are known to the month or the year."""

from datetime import date

import pytest

from orgraph.model import BEGINNING, FOREVER, Span, parse_day, parse_since, shown_day


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("2025-07-01", date(2025, 7, 1), None),
        ("2024-02-29", date(2024, 2, 29), None),
        ("2025-07", date(2025, 7, 1), "month"),
        ("2025", date(2025, 1, 1), "year"),
        ("0001", BEGINNING, "year"),
    ],
)
def test_published_date(text: str, day: date, precision: str | None) -> None:
    """A date keeps the precision with which it was published, and is shown with it."""
    assert parse_since(text) == (day, precision)
    assert shown_day(day, precision) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 2025-07-01",
        "2025-07-01\n",
        "2025-7-1",
        "20250701",
        "2025-W27-2",
        "01/07/2025",
        "2025-07-01T00:00",
        "٢٠٢٥-٠٧-٠١",  # noqa: RUF001 - digits of another script are no ISO date
        "today",
    ],
)
def test_what_is_no_date(text: str) -> None:
    """Anything but an ISO date is refused with the cure."""
    for read in (parse_day, parse_since):
        with pytest.raises(ValueError, match="write it as YYYY-MM-DD"):
            read(text)


@pytest.mark.parametrize(
    "text", ["2025-02-29", "2025-13-01", "2025-00-10", "0000-01-01"]
)
def test_day_that_the_calendar_lacks(text: str) -> None:
    """A day that doesn't exist is refused, and named."""
    with pytest.raises(ValueError, match=f"{text} is not a day of the calendar"):
        parse_day(text)


@pytest.mark.parametrize("text", ["2025-13", "2025-00", "0000"])
def test_month_or_year_that_the_calendar_lacks(text: str) -> None:
    """A month or a year that doesn't exist is refused."""
    with pytest.raises(ValueError, match="is not a day of the calendar"):
        parse_since(text)


def test_open_end_is_no_day() -> None:
    """The open end can't be written as a date, and is shown as nothing."""
    with pytest.raises(ValueError, match="stands for the open end"):
        parse_day("9999-12-31")
    assert shown_day(FOREVER) == ""
    assert shown_day(FOREVER, "year") == ""


def test_spans() -> None:
    """A day is one day long; touching a day takes in what ended on it."""
    day = date(2025, 7, 1)
    assert Span.day(day) == (day, date(2025, 7, 2))
    assert Span.touching(day) == (date(2025, 6, 30), FOREVER)
    assert Span.always() == (BEGINNING, FOREVER)


def test_spans_at_the_ends_of_time() -> None:
    """The first and the last day there are make spans too."""
    assert Span.touching(BEGINNING) == (BEGINNING, FOREVER)
    assert Span.day(FOREVER) == (FOREVER, FOREVER)
    assert Span.day(BEGINNING).since == BEGINNING
