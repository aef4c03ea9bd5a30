"""Finds the columns that a mapping speaks of in the header of a sheet."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..errors import InputError
from ..near_names import did_you_mean
from .cell_text import plain
from .mapping import Mapped, TableRows, every_source
from .package import Cell
from .patterns import is_meant
from .workbook import Grid, Value, cell_name

Rows = Iterator[tuple[int, Sequence[Value]]]
MOST_MERGED = 1_000_000
"""How many cells may be filled in from the first of a merged range."""


class Header(NamedTuple):
    """The header of a sheet: its line, its texts, and the place of each from 0."""

    line: int
    texts: tuple[str, ...]
    columns: Mapping[str, int]
    used: frozenset[int]

    @property
    def gaps(self) -> bool:
        """Whether a column among the others has no header."""
        return "" in self.texts


def read_header(grid: Grid, mapped: Mapped, number: int) -> Header:
    """Read the header row; InputError with every column that isn't as it is mapped."""
    said = mapped.said.tables[number]
    texts = _texts(grid, said)
    columns: dict[str, int] = {}
    for place, text in enumerate(texts):
        columns.setdefault(text, place)
    used = {plain(h) for _, source in every_source(said) for h in source.columns}
    problems = [
        *_not_there(columns, mapped, number, grid),
        *_not_clear(texts, used, grid, said),
    ]
    if problems:
        raise InputError(*problems)
    at = frozenset(columns[header] for header in used)
    return Header(_line(grid, said), texts, columns, at)


def _line(grid: Grid, said: TableRows) -> int:
    return grid.above + said.header


def _texts(grid: Grid, said: TableRows) -> tuple[str, ...]:
    """Return the texts of the header row, going past what stands above it."""
    header = _line(grid, said)
    for line, cells in grid.rows:
        if line == header:
            try:
                return tuple(str(plain(cell)) for cell in cells)
            except ValueError as error:
                message = f"{grid.place(line)}: the header can't be read: {error}"
                raise InputError(message) from None
        if line > header:
            message = f"{grid.place(header)}: the header, row {said.header}, is empty"
            raise InputError(message)
    message = (
        f"{grid.name}: there is nothing in row {said.header}, the header, or below"
    )
    raise InputError(message)


def _not_there(
    columns: Mapping[str, int], mapped: Mapped, number: int, grid: Grid
) -> Iterator[str]:
    """Yield the columns that the mapping names and the sheet doesn't have."""
    said: set[str] = set()
    for path, source in every_source(mapped.said.tables[number]):
        for header in source.columns:
            if plain(header) not in columns and header not in said:
                said.add(header)
                place = mapped.place("tables", number, *path)
                hint = did_you_mean(header, [text for text in columns if text])
                yield f"{place}: there is no column {header!r} in {grid.name}{hint}"


def _not_clear(
    texts: Sequence[str], used: set[str], grid: Grid, said: TableRows
) -> Iterator[str]:
    """Yield headers that stand twice, and those of which the mapping says nothing."""
    line = _line(grid, said)
    for at, text in enumerate(texts):
        place = grid.place(line, at + 1)
        if text in used:
            first = texts.index(text)
            if first < at:
                other = grid.place(line, first + 1)
                yield f"{place}: the column {text!r} stands in {other} too"
        elif text and not any(is_meant(text, p) for p in said.ignore):
            yield (
                f"{place}: the mapping says nothing of the column {text!r}; use it, or "
                "name it in ignore"
            )


def unmerged(grid: Grid, header: Header, said: TableRows) -> Rows:
    """Return the rows below the header, merged cells filled in or else refused."""
    below = [
        (first, last)
        for first, last in grid.merged
        if last[0] > header.line
        and not header.used.isdisjoint(range(first[1] - 1, last[1]))
    ]
    if not below:
        return grid.rows
    if said.merged == "refuse":
        raise InputError(
            *(
                f"{grid.place(*first)}: the cells down to {cell_name(*last)} are "
                'merged; fill in each, or write merged = "repeat" in the mapping'
                for first, last in sorted(below)
            )
        )
    return _repeated(grid, below)


def _repeated(grid: Grid, ranges: Sequence[tuple[Cell, Cell]]) -> Rows:
    """Yield rows in which each merged cell has the value of the first of its range."""
    first_of: dict[Cell, Cell] = {}
    for (top, left), (bottom, right) in ranges:
        if len(first_of) + (bottom - top + 1) * (right - left + 1) > MOST_MERGED:
            message = f"{grid.name}: too many cells are merged; unmerge them"
            raise InputError(message)
        for line in range(top, bottom + 1):
            for column in range(left, right + 1):
                first_of[line, column] = (top, left)
    values: dict[Cell, Value] = {}
    wide = max(column for _, column in first_of)
    for line, cells in grid.rows:
        row = [*cells, *[""] * (wide - len(cells))]
        for column in range(1, wide + 1):
            first = first_of.get((line, column))
            if first == (line, column):
                values[first] = row[column - 1]
            elif first is not None:
                row[column - 1] = values.get(first, "")
        yield line, row
