"""A cell of an office's workbook is read as it is mapped, or refused by its name."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from books import HEAD, TOWN, facts, problems, towns

from orgraph.model import FOREVER

DAY = date(2020, 7, 1)
GOOD = ("007", "Ash", DAY)


def with_lines(mapping: str, *lines: str) -> str:
    """Return a mapping with more keys for its nodes."""
    return mapping + "\n".join(lines) + "\n"


def of_table(*lines: str) -> str:
    """Return the mapping of towns with more keys for its table."""
    return TOWN.replace("[[tables]]\n", "[[tables]]\n" + "\n".join(lines) + "\n", 1)


DATES = of_table('dates = ["DD/MM/YYYY", "MM/YYYY", "YYYY"]')


@pytest.mark.parametrize(
    ("cell", "since", "precision"),
    [
        ("01/07/2020", DAY, None),
        ("1/7/2020", DAY, None),
        (DAY, DAY, None),
        (datetime(2020, 7, 1), DAY, None),  # noqa: DTZ001 - a cell knows no zones
        ("07/2020", DAY, "month"),
        ("2020", date(2020, 1, 1), "year"),
        (2020, date(2020, 1, 1), "year"),
        (" 01/07/2020\n", DAY, None),
    ],
)
def test_dates(
    tmp_path: Path, cell: object, since: date, precision: str | None
) -> None:
    """A day is day-first text or a date cell; months and years keep their precision."""
    (row,) = towns(tmp_path, [HEAD, ("007", "Ash", cell)], DATES)
    assert (row.since, row.until) == (since, FOREVER)
    assert row.facts.get("since_precision") == precision


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("2020-07-01", "not a date written as DD/MM/YYYY or MM/YYYY or YYYY"),
        ("13/13/2020", "not a day of the calendar"),
        ("29/02/2021", "not a day of the calendar"),
        ("01/07/20", "not a date"),
        (44013, "44013 is a number, and no date; format the column as dates"),
        (datetime(2020, 7, 1, 8, 30), "time of day"),  # noqa: DTZ001 - as above
        (time(8, 30), "08:30:00 is no date"),
        (True, "True is no date"),
        ("x", "'x' is not a date"),
    ],
)
def test_wrong_dates(tmp_path: Path, cell: object, words: str) -> None:
    """What isn't a date as the mapping says is refused at its cell, never guessed."""
    (sentence,) = problems(tmp_path, [HEAD, GOOD, ("008", "Birch", cell)], DATES)
    assert sentence.startswith("t.xlsx:S!C3: From: "), sentence
    assert words in sentence


def test_last_days_and_precision(tmp_path: Path) -> None:
    """The last day itself is read where the mapping says so; a month ends whole."""
    said = of_table('dates = ["DD/MM/YYYY", "MM/YYYY"]', "inclusive_end = true")
    said += 'until = { column = "To" }\n'
    lines = [(*HEAD, "To"), (*GOOD, "30/06/2025"), ("008", "Birch", DAY, "06/2025")]
    one, other = towns(tmp_path, lines, said)
    assert one.until == other.until == date(2025, 7, 1)
    assert (facts(one), facts(other)) == ({}, {"until_precision": "month"})
    coarse = said.replace('"From" }', '"From", precision = "month" }')
    one, _ = towns(tmp_path, lines, coarse)
    assert (one.since, one.facts["since_precision"]) == (DAY, "month")


@pytest.mark.parametrize(
    ("cell", "id_"),
    [("007", "m-007"), (7, "m-007"), ("7", "m-007"), (7.0, "m-007"), ("a7", "m-a7")],
)
def test_codes_of_a_width(tmp_path: Path, cell: object, id_: str) -> None:
    """A code that was taken for a number gets its zeros back, if a width is said."""
    (row,) = towns(tmp_path, [HEAD, (cell, "Ash", DAY)], TOWN)
    assert row.id == id_


@pytest.mark.parametrize(
    ("cell", "width", "words"),
    [
        (7, "", "7 is a number where text is wanted; leading zeros may be lost"),
        (DAY, "", "2020-07-01 is a date where text is wanted"),
        (True, "", "true is true or false where text is wanted"),
        (7.5, "width = 3, ", "7.5 is a number where text is wanted"),
        (1234, "width = 3, ", "1234 has more than 3 digits"),
        ("1234", "width = 3, ", "1234 has more than 3 digits"),
        (1234567890123456789, "width = 0, ", "only 15 are kept"),
        ("", "width = 3, ", "an id is empty"),
        ("A b", "", "the id 'm-A b' holds"),
    ],
)
def test_wrong_codes(tmp_path: Path, cell: object, width: str, words: str) -> None:
    """A number, a date or a tick is no code: what stood there can't be known."""
    said = TOWN.replace("width = 3, ", width)
    (sentence,) = problems(tmp_path, [HEAD, (cell, "Ash", DAY)], said)
    assert sentence.startswith("t.xlsx:S!A2: No: "), sentence
    assert words in sentence


FACTS = """\
facts.type = { column = "Type", values = { T = "town", R = "rural" } }
facts.people = { column = "People" }
facts.area_m2 = { column = "km²", times = 1_000_000 }
facts.border = { column = "Border", values = { x = true, "không" = false } }
"""
FACT_HEAD = (*HEAD, "Type", "People", "km²", "Border")


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (("T", 10, 1.5, "x"), ("town", 10, 1_500_000, True)),
        (("R", "1.234.567", "12,34", "không"), ("rural", 1_234_567, 12_340_000, False)),
        (("T", 0.1 * 3 * 10, 0.1 + 0.2, "x"), ("town", 3, 300_000, True)),
        (("chưa rõ", "chưa rõ", "chưa rõ", "chưa rõ"), (None, None, None, None)),
        (("-", "", None, " "), ()),
    ],
)
def test_facts(
    tmp_path: Path, cells: tuple[Any, ...], expected: tuple[Any, ...]
) -> None:
    """Words, numbers and units are as the mapping says; empty and unknown differ."""
    said = of_table(
        'empty = ["-"]', 'unknown = ["chưa rõ"]', 'decimal = ","', 'thousands = "."'
    )
    (row,) = towns(tmp_path, [FACT_HEAD, (*GOOD, *cells)], said + FACTS)
    names = ("type", "people", "area_m2", "border")
    assert facts(row) == dict(zip(names, expected, strict=False))
    values = [type(row.facts.get(name)) for name in names if expected]
    assert values == [type(value) for value in expected]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        (("X", 1, 1, "x"), "D", "Type: 'X' is none of T, R"),
        (("t", 1, 1, "x"), "D", "is none of"),
        (("T", 1.5, 1, "x"), "E", "People: 1.5 is not a whole number"),
        (("T", "1,5", 1, "x"), "E", "'1,5' is not a number"),
        (("T", "1.234", 1, "x"), "E", "1.234 is not a whole number"),
        (("T", -1, 1, "x"), "E", "people is -1, below zero"),
        (("T", "1e3", 1, "x"), "E", "'1e3' is not a number"),
        (("T", DAY, 1, "x"), "E", "'2020-07-01' is not a number"),
        (("T", 1, 0.1234567, "x"), "F", "0.1234567 × 1,000,000 is not a whole number"),
        (("T", 1, "0,5", "x"), "F", "'0,5' is not a number"),
        (("T", 1, 1, "y"), "G", "Border: 'y' is none of x, không"),
        (("T", 1, 1, True), "G", "'true' is none of"),
    ],
)
def test_wrong_facts(
    tmp_path: Path, cells: tuple[Any, ...], column: str, words: str
) -> None:
    """A word or number that the mapping doesn't explain is refused at its cell."""
    (sentence,) = problems(tmp_path, [FACT_HEAD, (*GOOD, *cells)], TOWN + FACTS)
    assert sentence.startswith(f"t.xlsx:S!{column}2: "), sentence
    assert words in sentence, sentence


def test_all_is_said_at_once(tmp_path: Path) -> None:
    """Of several wrong rows and sheets each cell is named, and nothing is loaded."""
    lines = [
        (*FACT_HEAD,),
        ("001", "Ash", "x", "T", 1, 1, "x"),
        ("002", "Birch", DAY, "X", "y", 1, "x"),
        ("003", "Cedar", DAY, "T", 1, 1, "x"),
        (4, "Dogwood", DAY, "T", -5, 1, "?"),
    ]
    found = problems(tmp_path, lines, TOWN + FACTS)
    places = [sentence.partition(": ")[0] for sentence in found]
    assert places == [f"t.xlsx:S!{cell}" for cell in ("C2", "D3", "E3", "E5", "G5")]


def test_a_question_mark_is_what_the_mapping_says(tmp_path: Path) -> None:
    """A question mark is unknown where the mapping says so, and else a text."""
    said = TOWN.replace("municipality", "body") + 'facts.type = { column = "Type" }\n'
    lines = [(*HEAD, "Type"), (*GOOD, "?")]
    (row,) = towns(tmp_path, lines, said)
    assert row.facts["type"] == "?"
    unknown = said.replace("[[tables]]\n", '[[tables]]\nunknown = ["?"]\n', 1)
    (row,) = towns(tmp_path, lines, unknown)
    assert row.facts["type"] is None


@pytest.mark.parametrize(
    ("lon", "lat"), [(105.838, -21.5), ("105.838", "-21.5"), (105.838, "-21.5")]
)
def test_degrees_may_be_numbers_of_a_sheet(
    tmp_path: Path, lon: object, lat: object
) -> None:
    """A number loses nothing as a text of degrees, by a mapping or without one."""
    degrees = ("longitude", "latitude")
    said = "".join(f'facts.{name} = {{ column = "{name}" }}\n' for name in degrees)
    (row,) = towns(tmp_path, [(*HEAD, *degrees), (*GOOD, lon, lat)], TOWN + said)
    assert row.facts == {"longitude": "105.838", "latitude": "-21.5"}


@pytest.mark.parametrize("wrong", [91, "21,5", "north"])
def test_what_is_no_degrees_is_not_loaded(tmp_path: Path, wrong: object) -> None:
    """What lies beyond the pole, or is no number, is refused with what to write."""
    said = 'facts.latitude = { column = "Lat" }\n'
    (found,) = problems(tmp_path, [(*HEAD, "Lat"), (*GOOD, wrong)], TOWN + said)
    assert "write degrees north of the equator" in found
