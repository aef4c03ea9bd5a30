"""Compares spellings: tone marks in other places, type words with slips, labels."""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from ..model.facts import fold
from ..model.ids import slug

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
LONGEST_LABEL = 48


class TypedName(NamedTuple):
    """A name, the type that it begins with, and what follows it.

    `exact` tells whether the type is spelt as the pack spells it, but for capitals.
    """

    type: str | None
    rest: str
    exact: bool


@lru_cache(maxsize=65536)
def tone_key(text: str) -> str:
    """Return a key under which spellings are one that differ in case or tone placement.

    Lists write Hòa and Hoà: the tone of a word is taken from its letter to its end.
    Hoa without a tone stays another word.
    """
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join(
        "".join(sorted(word, key=lambda c: c in _TONES))
        if _TONES.intersection(word)
        else word
        for word in words
    )


@lru_cache(maxsize=65536)
def typed_name(name: str, types: tuple[str, ...]) -> TypedName:
    """Split a name that begins with one of these types; the longest type wins."""
    words = name.split()
    for known, count in _longest_first(types):
        head = " ".join(words[:count])
        if len(words) > count and _folded(head) == _folded(known):
            rest = " ".join(words[count:])
            return TypedName(known, rest, tone_key(head) == tone_key(known))
    return TypedName(None, name, exact=True)


@lru_cache(maxsize=256)
def _longest_first(types: tuple[str, ...]) -> list[tuple[str, int]]:
    counted = [(known, len(known.split())) for known in types]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return fold(text)


def label(name: str, types: tuple[str, ...], code: str) -> str:
    """Return a name as a word that steps can use: Phường Hà Tu is ha_tu."""
    for text in (typed_name(name, types).rest, name, f"unit {code}"):
        word = slug(text).replace("-", "_")[:LONGEST_LABEL].strip("_")
        if word[:1].isalpha() and word != "unnamed":
            return word
    return "unit"
