"""Facts: text, booleans and whole numbers, normalised once where they enter."""

import re
import unicodedata
from collections.abc import Mapping

FactValue = str | bool | int | None
"""A value; None says that it is unknown. What is not known to exist is left out."""

Facts = Mapping[str, FactValue]

LARGEST = 10**15
"""Whole numbers are at most this, so that sums stay within 64 bits."""

LONGEST_TEXT = 500
"""Names and codes are at most this long."""

PRECISION = "since_precision"
"""The fact that says a row's `since` is only known to the month or the year."""

UNTIL_PRECISION = "until_precision"
"""The same of its `until`."""

# Those that turn the direction of what follows would falsify a report.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def without(facts: Facts, *names: str) -> Facts:
    """Return facts less some names; the same object where it has none of them."""
    if facts.keys().isdisjoint(names):
        return facts
    return {name: value for name, value in facts.items() if name not in names}


def normalise_text(text: str) -> str:
    """Return text in NFC without outer spaces; ValueError for control characters."""
    if _CONTROL.search(text):
        message = f"{text!r} holds a control character"
        raise ValueError(message)
    try:
        text.encode()
    except UnicodeEncodeError:
        message = f"{text!r} holds half a character"
        raise ValueError(message) from None
    return unicodedata.normalize("NFC", text.strip())


def fold(text: str) -> str:
    """Return the key under which a name is found.

    Case and accents are dropped, and so is the place of a tone mark: lists differ in
    Hòa and Hoà, and people type Hoa.
    """
    decomposed = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", bare.replace("đ", "d")))
