"""Says a row in text that an import reads as the same row, or refuses it.

What comes in through a proposal or an import can always be said. Rows that a program
put into a store itself may hold what no file of ours can.
"""

import re
from datetime import date
from typing import NamedTuple

from ..errors import InputError
from ..model import (
    Facts,
    FactValue,
    NodeRow,
    Row,
    normalise_text,
    parse_since,
    shown_day,
)
from ..model.facts import (
    LARGEST,
    LONGEST_TEXT,
    PRECISION,
    UNTIL_PRECISION,
    without,
)
from ..pack import Pack

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 can't hold, however it is escaped."""

_TYPES = {"text": str, "boolean": bool, "integer": int}


class Said(NamedTuple):
    """The days of a row with the precision that was known, and its other facts."""

    since: str
    until: str
    facts: Facts


def said(pack: Pack, row: Row) -> Said:
    """Return what a row says; InputError where an import would read it otherwise."""
    if isinstance(row, NodeRow):
        if row.code == "":
            _refuse(row, "its code is an empty text")
        for what, text in (("name", row.name), ("code", row.code or "")):
            _check_text(row, text)
            if len(text) > LONGEST_TEXT:
                _refuse(row, f"its {what} is longer than {LONGEST_TEXT} characters")
    since = _day(row, row.since, PRECISION)
    until = _day(row, row.until, UNTIL_PRECISION)
    facts = without(row.facts, PRECISION, UNTIL_PRECISION)
    for name, value in facts.items():
        if name not in pack.facts:
            _refuse(row, f"the schema pack has no fact {name}")
        if value is not None:
            _check_fact(row, name, value, pack.facts[name].type)
    return Said(since, until, facts)


def _check_fact(row: Row, name: str, value: str | int, wanted: str) -> None:
    if type(value) is not _TYPES[wanted]:
        _refuse(row, f"its {name} is {value!r}, not {wanted}")
    if isinstance(value, str):
        _check_text(row, value)
    elif abs(value) > LARGEST:
        _refuse(row, f"its {name} is larger than {LARGEST}")


def _check_text(row: Row, text: str) -> None:
    if not text or (text.isascii() and text.isprintable() and text == text.strip()):
        return
    try:
        normal = normalise_text(text)
    except ValueError as error:
        _refuse(row, str(error))
    else:
        if normal != text:
            _refuse(row, f"{text!r} is not in normal form (NFC, without outer spaces)")


def _day(row: Row, day: date, fact: str) -> str:
    if fact not in row.facts:
        return shown_day(day)
    precision = row.facts[fact]
    shown = shown_day(day, precision)
    try:
        known: tuple[date, FactValue] | None = parse_since(shown)
    except ValueError:
        known = None
    if precision is None or known != (day, precision):
        _refuse(row, f"{day} can't be known to the {precision}")
    return shown


def _refuse(row: Row, why: str) -> None:
    name = " ".join(str(part) for part in row.key)
    message = f"{name}: {why}; an import would not read it as it is"
    raise InputError(message)
