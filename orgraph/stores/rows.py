"""Joins the two sides of a revision's rows, which stores keep apart."""

from collections.abc import Mapping

from ..change import Change, sort_key
from ..model import Key, Row


def joined(before: Mapping[Key, Row], after: Mapping[Key, Row]) -> list[Change]:
    """Return, in order, the changes whose sides were read apart."""
    return [
        Change(key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys(), key=sort_key)
    ]
