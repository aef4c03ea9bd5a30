"""Reads conversion tables, and what stands beside them: new units, parts and shares."""

from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from ..importers.tables import Record, Sheet, read_sheet
from ..model import normalise_text
from .notes import Words

LONGEST_CELL = 150
"""A reference to a unit holds its kind and its code, and has an end too."""

NEEDED = ("old_code", "old_name", "new_code", "new_name")
OPTIONAL = (
    "note",
    "old_type",
    "new_type",
    "tier_code",
    "tier_name",
    "old_upper",
    "old_upper_name",
    "group",
    "group_name",
    "basis",
)


class Line(NamedTuple):
    """One row of a conversion table; what a table doesn't have is empty text."""

    place: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    note: str
    old_type: str
    new_type: str
    tier_code: str
    tier_name: str
    old_upper: str
    old_upper_name: str
    group: str
    group_name: str
    basis: str


class Conversion(NamedTuple):
    """A conversion table, and which of the fields it has."""

    file: str
    lines: list[Line]
    has: frozenset[str]


class NewUnit(NamedTuple):
    """What a table of new units says of one."""

    place: str
    code: str
    name: str
    type: str
    basis: str


class PartLine(NamedTuple):
    """A row of a parts file: a part that goes, or shares of facts, or both."""

    place: str
    old: str
    new: str
    part: str
    shares: Mapping[str, str]


def read_conversion(
    path: str | Path, words: Words, columns: Mapping[str, str] | None = None
) -> Conversion:
    """Read a conversion table; `columns` says by field which header is meant.

    InputError with every problem of its form.
    """
    sheet = _whole(read_sheet(path))
    where = _columns(sheet, (*NEEDED, *OPTIONAL), words, columns or {}, NEEDED)
    fields = [where.get(field) for field in Line._fields[1:]]
    lines = [
        Line(record.place, *(_cell(record, header) for header in fields))
        for record in sheet.records
    ]
    return Conversion(sheet.file, lines, frozenset(where))


def read_units(
    path: str | Path, words: Words, basis: str | None = None
) -> tuple[str, list[NewUnit], bool]:
    """Read a table of new units; returns its file, its rows, and if it has `basis`."""
    sheet = _whole(read_sheet(path))
    fields = ("unit_code", "unit_name", "unit_type")
    where = _columns(sheet, fields, words, {}, fields[:2])
    has = basis is not None and basis in sheet.columns
    headers = [*(where.get(field) for field in fields), basis if has else None]
    units = [
        NewUnit(record.place, *(_cell(record, header) for header in headers))
        for record in sheet.records
    ]
    return sheet.file, units, has


def read_parts(path: str | Path, words: Words, facts: Iterable[str]) -> list[PartLine]:
    """Read a parts file: old, new, part, and one column a fact."""
    sheet = _whole(read_sheet(path))
    fields = ("part_old", "part_new", "part")
    where = _columns(sheet, fields, words, {}, fields[:2])
    shares = [column for column in sheet.columns if column not in where.values()]
    known = sorted(facts)
    for column in shares:
        if column not in known:
            near = get_close_matches(column, [*known, *where.values()], 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            message = (
                f"{sheet.file}:{sheet.line}: {column} is no fact that can be shared"
                f"{hint}; there are: {', '.join(known) or 'none'}"
            )
            raise InputError(message)
    lines = []
    for record in sheet.records:
        old, new, part = (_cell(record, where.get(field)) for field in fields)
        said = {c: text for c in shares if (text := _cell(record, c))}
        lines.append(PartLine(record.place, old, new, part, said))
    return lines


def _whole(sheet: Sheet) -> Sheet:
    if sheet.problems:
        raise InputError(*sheet.problems)
    if not sheet.records:
        message = f"{sheet.file}: the table has a header and no rows"
        raise InputError(message)
    return sheet


def _columns(
    sheet: Sheet,
    fields: Sequence[str],
    words: Words,
    given: Mapping[str, str],
    needed: Sequence[str],
) -> dict[str, str]:
    """Return the header of each field that the table has; InputError for the others."""
    problems, where = [], {}
    for field, header in given.items():
        if field not in fields:
            near = get_close_matches(field, fields, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            problems.append(f"there is no field {field} of a table{hint}")
        elif header not in sheet.columns:
            near = get_close_matches(header, sheet.columns, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            there = f"{sheet.file}:{sheet.line}"
            problems.append(f"{there}: there is no column {header}{hint}")
        else:
            where[field] = header
    for field in fields:
        if field in given:
            continue
        found = next(
            (h for h in words.columns.get(field, ()) if h in sheet.columns), ""
        )
        if found:
            where[field] = found
        elif field in needed:
            known = " or ".join(words.columns.get(field, ()))
            problems.append(
                f"{sheet.file}:{sheet.line}: there is no column for {field} ({known}); "
                f"name it with --column {field}=HEADER"
            )
    if problems:
        raise InputError(*problems)
    return where


def _cell(record: Record, header: str | None) -> str:
    """Return a cell in NFC, each run of spaces and line breaks as one space.

    InputError for what no name, code or note can hold.
    """
    if header is None:
        return ""
    text = record.cells[header]
    if not text.isascii() or not text.isprintable() or "  " in text:
        try:
            text = normalise_text(" ".join(text.split()))
        except ValueError as error:
            message = f"{record.place}: {header}: {error}"
            raise InputError(message) from None
    if len(text) > LONGEST_CELL:
        what = f"{text[:30]!r}… is longer than {LONGEST_CELL} characters"
        message = f"{record.place}: {header}: {what}"
        raise InputError(message)
    return text
