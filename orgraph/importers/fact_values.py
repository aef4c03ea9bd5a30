"""Reads the value of a fact, or a word of a row, of the text of a cell."""

from ..cells import UNKNOWN, CellError, cell_text
from ..model import FactValue, normalise_text
from ..model.degrees import FARTHEST
from ..model.facts import LARGEST, LONGEST_TEXT
from ..pack import FactKind
from .cell_text import Converted

_BOOLEANS = {"true": True, "false": False}


def fact_value(fact: FactKind, text: str) -> FactValue:
    """Return what a cell says of a fact; ValueError with a sentence."""
    if text == UNKNOWN:
        return None
    if fact.type == "boolean":
        if text not in _BOOLEANS:
            message = f"{text!r} is neither true nor false"
            raise CellError(message)
        return _BOOLEANS[text]
    if fact.type == "integer":
        return _whole(text)
    if isinstance(text, Converted) and text.what != "a date":
        if text.what != "a number" or fact.format not in FARTHEST:
            raise CellError(text.problem)
        return str(text)
    return normalise_text(cell_text(text))


def _whole(text: str) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        message = f"{text[:40]!r} is not a whole number, written with digits only"
        raise CellError(message)
    most = len(str(LARGEST))  # int() refuses thousands of digits
    if len(digits.lstrip("0")) > most or abs(int(text)) > LARGEST:
        message = f"{text[:40]} is larger than {LARGEST}"
        raise CellError(message)
    return int(text)


def word(text: str) -> str:
    """Return a name or a code; ValueError with a sentence."""
    if len(text) > LONGEST_TEXT:
        message = f"{text[:30]!r}… is longer than {LONGEST_TEXT} characters"
        raise CellError(message)
    if isinstance(text, Converted):
        raise CellError(text.problem)
    return normalise_text(text)
