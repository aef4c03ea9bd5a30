"""Reads all rows of an import: of tables, workbooks and exports, or by a mapping."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..model import EdgeRow, Row
from .columns import Slugs
from .documents import is_document, read_document
from .mapped import MappedSheet
from .mapping import Mapped
from .mapping_checks import check_against
from .patterns import is_meant
from .places import Places
from .references import References
from .rows import RowReader
from .tables import Record, Table, csv_grid, read_table
from .workbook import Grid, Workbook, check_sheets, is_workbook
from .workbook_tables import read_tables

Told = Callable[[int], None]
"""Is told how many more rows were read."""

Read = tuple[Record, Row]
_TOLD_EVERY = 500


class Gathered(NamedTuple):
    """The rows of an import and the places of each, in the same order.

    `files` are those that were read, by their hash; `notes` say how. `tables` are the
    files and sheets that were given, as problems name them, in their order.
    """

    rows: list[Row]
    at: list[int]
    places: Places
    files: dict[str, str]
    notes: list[str]
    tables: list[str]


def gather(
    reader: RowReader, paths: Sequence[str | Path], told: Told | None = None
) -> Gathered:
    """Read files; what is wrong with them is kept by the reader of rows.

    InputError where sheets are named, and no file has any.
    """
    check_sheets(paths, reader.options.sheets)
    found = Gathered([], [], Places(), {}, [], [])
    work = _by_columns if reader.options.mapping is None else _by_mapping
    for number, (record, row) in enumerate(work(reader, paths, found), 1):
        found.rows.append(row)
        found.at.append(found.places.add(record))
        if told is not None and number % _TOLD_EVERY == 0:
            told(_TOLD_EVERY)
    _resolve(reader, found)
    return found


def _by_columns(
    reader: RowReader, paths: Sequence[str | Path], found: Gathered
) -> Iterator[Read]:
    """Yield the rows of tables whose columns are those of an import."""
    empty: list[str] = []
    for path in paths:
        found.tables.append(str(path))
        try:
            for table in _tables(path, reader.options.sheets):
                found.files[str(path)] = table.sha256
                found.tables.append(table.file)
                found.notes.extend(table.notes)
                reader.problems += table.problems
                reader.whole = reader.whole and not table.problems
                if table.is_nodes and table.problems and not is_workbook(path):
                    reader.missed = True  # a sheet's rows are there, each with a fault
                reader.columns(table)
                if not table.records and not table.problems:
                    empty.append(f"{table.file}: the table has a header and no rows")
                yield from reader.rows(table)
        except InputError as error:
            reader.refuse_table(error)
    if not found.rows and reader.whole and not reader.problems:
        # One without rows is right beside others: a store may have no edges.
        reader.problems += empty


def _tables(path: str | Path, sheets: Sequence[str]) -> Iterable[Table]:
    if is_workbook(path):
        return read_tables(path, sheets)
    return read_document(path) if is_document(path) else [read_table(path)]


def _by_mapping(
    reader: RowReader, paths: Sequence[str | Path], found: Gathered
) -> Iterator[Read]:
    """Yield the rows that a mapping makes of files."""
    mapped = reader.options.mapping
    assert mapped is not None  # noqa: S101 - whoever calls this has seen it
    check_against(mapped, reader.pack)
    found.tables.append(mapped.file)
    found.files[mapped.file] = mapped.sha256
    slugs = Slugs()
    used: set[int] = set()
    for path in paths:
        found.tables.append(str(path))
        for number, grid in _grids(path, reader, mapped, found):
            used.add(number)
            found.tables.append(grid.name)
            found.files[grid.file] = grid.sha256
            try:
                sheet = MappedSheet(grid, mapped, number, reader.pack, slugs)
                yield from sheet.read(reader)
            except InputError as error:
                reader.refuse_table(error)
            else:
                found.notes.extend(sheet.notes())
    for number in sorted(set(range(len(mapped.said.tables))) - used):
        if reader.whole:
            place = mapped.place("tables", number)
            reader.problems.append(f"{place}: none of the files is this table")


def _grids(
    path: str | Path, reader: RowReader, mapped: Mapped, found: Gathered
) -> Iterator[tuple[int, Grid]]:
    """Yield the sheets of a file with the tables of the mapping that they are."""
    name = Path(path).name
    said = [
        (number, table)
        for number, table in enumerate(mapped.said.tables)
        if is_meant(name, table.file)
    ]
    if not said:
        problem = f"{path}: the mapping {mapped.file} has no table for this file"
        reader.refuse_table(InputError(problem))
        return
    try:
        if not is_workbook(path):
            for number, table in said:
                yield number, csv_grid(path, header=table.header)
            return
        book = Workbook(path)
        titles = book.chosen(reader.options.sheets)
        read: set[str] = set()
        for number, table in said:
            for title in _meant(book.file, titles, table.sheet):
                read.add(title)
                yield number, book.grid(title)
        left = ", ".join(title for title in titles if title not in read)
        if left:
            found.notes.append(f"{path}: not read: {left}")
    except InputError as error:
        reader.refuse_table(error)


def _meant(file: str, titles: Sequence[str], pattern: str | None) -> list[str]:
    """Return the sheets that a table is; InputError where it is none, or unclear."""
    if pattern is None and len(titles) == 1:
        return list(titles)
    there = ", ".join(titles) or "none"
    if pattern is None:
        message = (
            f"{file}: which sheet is the table? name it with sheet; there are: {there}"
        )
        raise InputError(message)
    found = [title for title in titles if is_meant(title, pattern)]
    if not found:
        message = f"{file}: there is no sheet {pattern}; there are: {there}"
        raise InputError(message)
    return found


def _resolve(reader: RowReader, found: Gathered) -> None:
    """Have edges between ids alone; those of which an end is unclear are left out."""
    references = References(
        reader.view, found.rows, reader.refused, missed=reader.missed
    )
    if not references:
        return
    rows, places = found.rows[:], found.at[:]
    found.rows.clear()
    found.at.clear()
    for row, at in zip(rows, places, strict=True):
        named = references.resolved(row) if isinstance(row, EdgeRow) else row
        if isinstance(named, list):
            for column, problem in named:
                place = found.places.text(at, column)
                reader.problems.append(f"{place}: {problem}")
            reader.whole = False
        else:
            found.rows.append(named)
            found.at.append(at)
