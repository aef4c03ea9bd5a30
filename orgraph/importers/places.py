"""Keeps where hundreds of thousands of rows stand, each as one number."""

import re
from collections.abc import Iterable, Sequence

from .package import column_number
from .tables import Columns, Record

_LINES = 1 << 32
_CELL = re.compile(r"([A-Z]{1,3})?([1-9][0-9]*)(?::([1-9][0-9]*))?", re.ASCII)


class Places:
    """The places of rows: what stands before the line is kept once."""

    def __init__(self) -> None:
        """Begin without any."""
        self._numbers: dict[tuple[str, int], int] = {}
        self._tables: list[tuple[str, Columns | None]] = []

    def add(self, record: Record) -> int:
        """Return the number of the place of a record."""
        columns = record.columns
        known = (record.file, id(columns))
        number = self._numbers.get(known)
        if number is None:
            number = self._numbers[known] = len(self._tables)
            self._tables.append((record.file, columns))
        return number * _LINES + record.line

    def text(self, at: int, column: str = "") -> str:
        """Return a place as it is said: that of a row, or of one of its cells."""
        number, line = divmod(at, _LINES)
        file, columns = self._tables[number]
        return Record(file, line, {}, None, columns).place_of(column)


def in_order(problems: Iterable[str], tables: Sequence[str]) -> list[str]:
    """Return problems once each, by table, row and column.

    `tables` are files and sheets as they were read; what is about none of them, or has
    no line, comes first.
    """
    known = {name: number for number, name in enumerate(dict.fromkeys(tables), 1)}
    longest_first = sorted(known, key=len, reverse=True)

    def key(problem: str) -> tuple[int, int, int]:
        for name in longest_first:
            if problem.startswith((f"{name}:", f"{name}!")):
                cell = _CELL.match(problem, len(name) + 1)
                if cell is None:
                    return known[name], 0, 0
                column = column_number(cell[1]) if cell[1] else int(cell[3] or 0)
                return known[name], int(cell[2]), column
        return 0, 0, 0

    return sorted(dict.fromkeys(problems), key=key)
