"""Joins the two sides of a revision's rows as they stream, each in order of its key."""

from collections.abc import Iterable, Iterator
from heapq import merge

from ..model import Row


def paired(
    gone: Iterable[Row], *written: Iterable[Row]
) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield (before, after) of each row, of streams of which each is in order."""
    olds = iter(gone)
    old = next(olds, None)
    for row in merge(*written, key=_key):
        while old is not None and _key(old) < _key(row):
            yield old, None
            old = next(olds, None)
        if old is not None and _key(old) == _key(row):
            yield old, row
            old = next(olds, None)
        else:
            yield None, row
    while old is not None:
        yield old, None
        old = next(olds, None)


def _key(row: Row) -> tuple[object, ...]:
    return row.key
