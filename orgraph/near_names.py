"""Says which known name is nearest to one that isn't known."""

from collections.abc import Iterable
from difflib import get_close_matches

SHORTEST = 3
"""Fewer letters are the beginning of too many names."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name that is spelt most like it, or the only one it is short for.

    >>> nearest("longitud", ["latitude", "longitude"])
    'longitude'
    >>> nearest("lat", ["latitude", "longitude"])
    'latitude'
    """
    names = list(known)
    if alike := get_close_matches(name, names, 1):
        return alike[0]
    short = name.casefold()
    longer = [one for one in names if one.casefold().startswith(short)]
    return longer[0] if len(short) >= SHORTEST and len(longer) == 1 else None


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean NAME?", or nothing where none is near."""
    near = nearest(name, known)
    return f"; did you mean {near}?" if near else ""
