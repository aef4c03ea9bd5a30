"""What stores do alike with rows once they have them."""

from collections.abc import Iterable, Mapping, Sequence

from ..change import Change, sort_key
from ..model import Key, NodeRow, Row, Span, fold


def joined(before: Mapping[Key, Row], after: Mapping[Key, Row]) -> list[Change]:
    """Return, in order, the changes whose sides were read apart."""
    return [
        Change(key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys(), key=sort_key)
    ]


def meets(row: Row, on: Span) -> bool:
    """Tell whether a row overlaps a span of days."""
    return row.until > on.since and row.since < on.until


def named(rows: Iterable[NodeRow], words: Sequence[str], limit: int) -> list[NodeRow]:
    """Return, of so many nodes, the last of the rows whose name has all these words.

    A word of a folded name has one of these if it begins with it.
    """
    found: dict[str, NodeRow] = {}
    for row in rows:
        have = fold(row.name).split()
        if (len(found) < limit or row.id in found) and all(
            any(word.startswith(wanted) for word in have) for wanted in words
        ):
            found[row.id] = row
    return list(found.values())
