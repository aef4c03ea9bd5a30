"""Reads conversion tables, and what stands beside them: new units, parts and shares."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from ..cells import CellError
from ..errors import InputError
from ..importers import read_one_sheet
from ..importers.cell_text import Converted
from ..importers.places import in_order
from ..importers.tables import Record, Sheet
from ..model import normalise_text
from ..near_names import did_you_mean
from .notes import Words
from .places import Place

LONGEST_CELL = 150
"""A reference to a unit holds its kind and its code, and has an end too."""

Source = Sheet | str | Path
"""A table that was read, or the file that it is."""

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


_DEGREES = ("unit_longitude", "unit_latitude")


class Line(NamedTuple):
    """One row of a conversion table; what a table doesn't have is empty text."""

    place: Place
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
    """A conversion table, and which of the fields it has.

    It is `whole` if all of it could be read; `unread` are the fields, by the place of
    their row, that are empty because they couldn't.
    """

    file: str
    lines: list[Line]
    has: frozenset[str]
    whole: bool = True
    unread: Mapping[str, frozenset[str]] = {}

    def missing(self, line: Line) -> list[str]:
        """Return the fields that a row must have and doesn't: of all, or its group."""
        needed = (*NEEDED, "group") if "group" in self.has else NEEDED
        return [field for field in needed if not getattr(line, field)]

    def lacks(self, line: Line) -> bool:
        """Tell whether a row is without something that it needs, or that it says."""
        return line.place in self.unread or bool(self.missing(line))


class NewUnit(NamedTuple):
    """What a table of new units says of one; the degrees are as they are written."""

    place: Place
    code: str
    name: str
    type: str
    basis: str
    longitude: str = ""
    latitude: str = ""


class PartLine(NamedTuple):
    """A row of a parts file: a part that goes, or shares of facts, or both."""

    place: Place
    old: str
    new: str
    part: str
    shares: Mapping[str, str]


def read_conversion(
    table: Source,
    words: Words,
    columns: Mapping[str, str] | None = None,
    problems: list[str] | None = None,
) -> Conversion:
    """Read a conversion table; `columns` says by field which header is meant.

    InputError with every problem of its form; where a list of `problems` is given,
    those of rows are added to it, and the rest of the table is read.
    """
    sheet, wrong = _opened(table)
    own = {field: field for field in sheet.columns} if sheet.by_field else {}
    given = {**own, **(columns or {})}
    where = _columns(sheet, (*NEEDED, *OPTIONAL), words, given, NEEDED)
    fields = [where.get(field) for field in Line._fields[1:]]
    lines, unread = [], {}
    for place, cells, gone in _rows(sheet, fields, where, wrong):
        lines.append(Line(place, *cells))
        if gone:
            unread[str(place)] = gone
    _tell(in_order(wrong, [sheet.name]), problems)
    return Conversion(sheet.file, lines, frozenset(where), not wrong, unread)


def read_units(
    table: Source,
    words: Words,
    basis: str | None = None,
    problems: list[str] | None = None,
) -> tuple[str, list[NewUnit], bool]:
    """Read a table of new units; returns its file, its rows, and if it has `basis`.

    InputError or `problems` as of a conversion table; a row with one is left out.
    """
    sheet, wrong = _opened(table)
    fields = ("unit_code", "unit_name", "unit_type", *_DEGREES)
    where = _columns(sheet, fields, words, _own(sheet, fields), fields[:2])
    has = basis is not None and basis in sheet.columns
    texts = [*map(where.get, fields[:3]), basis if has else None]
    headers = [*texts, *map(where.get, _DEGREES)]
    rows = _rows(sheet, headers, where, wrong, amounts=len(_DEGREES))
    units = [NewUnit(place, *cells) for place, cells, unread in rows if not unread]
    _tell(in_order(wrong, [sheet.name]), problems)
    return sheet.file, units, has


def read_parts(
    table: Source,
    words: Words,
    facts: Iterable[str],
    problems: list[str] | None = None,
) -> list[PartLine]:
    """Read a parts file: old, new, part, and one column a fact; it may have no row.

    InputError or `problems` as of a conversion table; a row with one is left out.
    """
    sheet, wrong = _opened(table, may_be_bare=True)
    fields = ("part_old", "part_new", "part")
    where = _columns(sheet, fields, words, _own(sheet, fields), fields[:2])
    shares = [column for column in sheet.columns if column not in where.values()]
    known = sorted(facts)
    for column in shares:
        if column not in known:
            hint = did_you_mean(column, [*known, *where.values()])
            message = (
                f"{sheet.header}: {column} is no fact that can be shared"
                f"{hint}; there are: {', '.join(known) or 'none'}"
            )
            raise InputError(message)
    lines = []
    headers = [where.get(field) for field in fields]
    wanted = [*headers, *shares]
    named = {**where, **{fact: fact for fact in shares}}
    rows = _rows(sheet, wanted, named, wrong, amounts=len(shares))
    for place, cells, unread in rows:
        old, new, part, *amounts = cells
        said = {c: text for c, text in zip(shares, amounts, strict=True) if text}
        if not unread:
            lines.append(PartLine(place, old, new, part, said))
    _tell(in_order(wrong, [sheet.name]), problems)
    return lines


def _opened(given: Source, *, may_be_bare: bool = False) -> tuple[Sheet, list[str]]:
    """Return a table, and what is wrong with its rows; InputError if it has none."""
    sheet = given if isinstance(given, Sheet) else read_one_sheet(given)
    if not sheet.records and (sheet.problems or not may_be_bare):
        message = f"{sheet.name}: the table has a header and no rows"
        raise InputError(*(sheet.problems or [message]))
    return sheet, [*sheet.problems]


def _tell(wrong: Sequence[str], problems: list[str] | None) -> None:
    """Add what is wrong to a list, or refuse the table where there is none."""
    if problems is not None:
        problems.extend(wrong)
    elif wrong:
        raise InputError(*wrong)


def _own(sheet: Sheet, fields: Sequence[str]) -> dict[str, str]:
    """Return the fields that a mapping gives."""
    return {f: f for f in fields if f in sheet.columns} if sheet.by_field else {}


def _columns(
    sheet: Sheet,
    fields: Sequence[str],
    words: Words,
    given: Mapping[str, str],
    needed: Sequence[str],
) -> dict[str, str]:
    """Return the header of each field that the table has.

    InputError for those that it should have, and what is wrong below.
    """
    problems, where = [], {}
    for field, header in given.items():
        if field not in fields:
            hint = did_you_mean(field, fields)
            problems.append(f"there is no field {field} of a table{hint}")
        elif header not in sheet.columns:
            hint = did_you_mean(header, sheet.columns)
            problems.append(f"{sheet.header}: there is no column {header}{hint}")
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
                f"{sheet.header}: there is no column for {field} ({known}); "
                f"name it with --column {field}=HEADER"
            )
    if problems:
        raise InputError(*problems, *in_order(sheet.problems, [sheet.name]))
    return where


def _rows(
    sheet: Sheet,
    headers: Sequence[str | None],
    where: Mapping[str, str],
    wrong: list[str],
    *,
    amounts: int = 0,
) -> list[tuple[Place, list[str], frozenset[str]]]:
    """Return the place of each row, its cells, and the fields that can't be read.

    `where` are the headers by field; the last cells are `amounts`, or none. What can't
    be read is empty, and is told in `wrong`.
    """
    rows = []
    words = len(headers) - amounts
    fields = {header: field for field, header in where.items()}
    for record in sheet.records:
        cells, unread = [], set[str]()
        for at, header in enumerate(headers):
            try:
                cells.append(_cell(record, header, is_amount=at >= words))
            except ValueError as error:
                cells.append("")
                unread.add(fields.get(str(header), str(header)))
                wrong.append(f"{record.place_of(str(header))}: {header}: {error}")
            if header in record.unread:
                unread.add(fields.get(header, header))
        rows.append((Place.at(record, where), cells, frozenset(unread)))
    return rows


def _cell(record: Record, header: str | None, *, is_amount: bool) -> str:
    """Return a cell in NFC, each run of spaces and line breaks as one space.

    CellError for what no name, code or note can hold; numbers are amounts alone.
    """
    if header is None:
        return ""
    text = record.cells[header]
    if isinstance(text, Converted) and not is_amount:
        message = f"{text.problem}, or give its width in a mapping"
        raise CellError(message)
    if not text.isascii() or not text.isprintable() or "  " in text:
        text = normalise_text(" ".join(text.split()))
    if len(text) > LONGEST_CELL:
        message = f"{text[:30]!r}… is longer than {LONGEST_CELL} characters"
        raise CellError(message)
    return str(text)
