"""Makes text of the values of cells; what would lose something is refused."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..cells import CellError
from .dates import whole_day
from .package import NO_VALUE
from .workbook import Fault, Value

MOST_DIGITS = 15
"""A spreadsheet keeps no more of a number; the digits after are zeros."""


class Numbers(NamedTuple):
    """How numbers are written in text: 12,5 or 1.234.567."""

    decimal: str = "."
    thousands: str = ""


class Converted(str):
    """The text of a cell that holds no text: `what` is what it holds.

    Where a text is wanted it can't be told what stood there before a program took it
    for a number or a date.
    """

    __slots__ = ("what",)

    what: str

    @classmethod
    def of(cls, text: str, what: str) -> "Converted":
        """Return the text, marked with what it was made of."""
        made = cls(text)
        made.what = what
        return made

    @property
    def problem(self) -> str:
        """Why it can't be a text, and what to do."""
        lost = "; leading zeros may be lost" if self.what == "a number" else ""
        cure = "format the column as text and write it anew"
        return f"{self} is {self.what} where text is wanted{lost}; {cure}"


def plain(value: Value) -> str:
    """Return the text of a cell, a Converted where it holds none.

    It is in NFC, and runs of spaces and line breaks are one space. CellError for
    errors, times, and numbers that a spreadsheet doesn't keep wholly.
    """
    if isinstance(value, Fault):
        shown = f"the cell shows {value}" if value != NO_VALUE else (
            "the formula has no stored value; open the workbook in a spreadsheet "
            "program and save it"
        )  # fmt: skip
        raise CellError(shown)
    if isinstance(value, str):
        if value.isalnum() and value.isascii():
            return value
        return unicodedata.normalize("NFC", " ".join(value.split()))
    if isinstance(value, bool):
        return Converted.of(str(value).lower(), "true or false")
    if isinstance(value, int | float):
        return Converted.of(number_text(value), "a number")
    if isinstance(value, date):
        return Converted.of(whole_day(value).isoformat(), "a date")
    message = f"{value} is a time of day or a duration"
    raise CellError(message)


def number_text(value: float) -> str:
    """Return a number as it is written; CellError where it has too many digits."""
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.15g}"
    text = str(int(value))
    if len(text.lstrip("-")) > MOST_DIGITS:
        message = (
            f"a number of {len(text)} digits, of which only {MOST_DIGITS} are kept in "
            "a cell; format the column as text and write it anew"
        )
        raise CellError(message)
    return text


def digits(text: str, width: int) -> str:
    """Return a code of `width` digits with its leading zeros; 0 leaves it as it is."""
    if not width or not text.isdecimal():
        if width and isinstance(text, Converted):
            raise CellError(text.problem)
        return str(text)
    if len(text) > width:
        message = f"{text} has more than {width} digits"
        raise CellError(message)
    return text.zfill(width)


def whole_number(text: str, numbers: Numbers, times: int) -> str:
    """Return a number multiplied; CellError where that isn't a whole number."""
    if isinstance(text, Converted):
        written, bare = _POINTED, str(text)
    else:
        written = _pattern(numbers)
        bare = text.replace(numbers.thousands, "") if numbers.thousands else text
        bare = bare.replace(numbers.decimal, ".")
    if not written.fullmatch(text):
        message = f"{text[:40]!r} is not a number"
        raise CellError(message)
    product = Decimal(bare) * times
    if product != product.to_integral_value():
        shown = f"{text} × {times:,}" if times != 1 else text
        message = f"{shown} is not a whole number"
        raise CellError(message)
    return str(int(product))


@lru_cache(maxsize=16)
def _pattern(numbers: Numbers) -> re.Pattern[str]:
    whole = r"\d{1,15}"
    if numbers.thousands:
        whole += rf"|\d{{1,3}}(?:{re.escape(numbers.thousands)}\d{{3}}){{1,4}}"
    end = rf"(?:{re.escape(numbers.decimal)}\d{{1,15}})?"
    return re.compile(rf"-?(?:{whole}){end}", re.ASCII)


_POINTED = re.compile(r"-?\d{1,15}(?:\.\d{1,17})?(?:e-?\d{1,3})?", re.ASCII)
