"""Reads the tables of `orgraph draft`; all that is wrong in any is said at once."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import typer

from ..errors import InputError

if TYPE_CHECKING:
    from ..conversion import Beside, Words
    from ..conversion.tables import Conversion
    from ..pack import Pack

T = TypeVar("T")
Name = str | None


class Files(NamedTuple):
    """The conversion table, which sheet it is, and the files that stand beside it."""

    table: str
    sheet: Name
    mapping: Name
    upper: Name
    units: Name
    parts: Name
    basis_column: Name


def read_tables(
    files: Files, words: "Words", pack: "Pack", columns: Mapping[str, str]
) -> "tuple[Conversion, Beside, Sequence[str]]":
    """Read all tables, and print how; the last is what can't be read of their rows.

    InputError with what is wrong with any of them, where the first can't be read.
    """
    from ..conversion import Beside, read_conversion, read_parts, read_units
    from ..importers import read_mapping, read_one_sheet

    mapped = read_mapping(files.mapping) if files.mapping is not None else None
    problems: list[str] = []
    failed: list[object] = []  # What reads a table of which nothing can be read.

    def tried(read: Callable[[], T]) -> T | None:
        try:
            return read()
        except InputError as error:
            problems.extend(error.problems)
            failed.append(read)
            return None

    def conversion() -> "Conversion":
        chosen = (files.sheet,) if files.sheet is not None else ()
        read = read_one_sheet(files.table, chosen, mapped)
        for note in read.notes:
            typer.echo(note, err=True)
        own = {} if basis is None or is_listed else {"basis": basis}
        return read_conversion(read, words, {**columns, **own}, problems)

    basis, units, upper, parts = (
        files.basis_column, files.units, files.upper, files.parts
    )  # fmt: skip
    listed = units and tried(
        lambda: read_units(read_one_sheet(units, (), mapped), words, basis, problems)
    )
    is_listed = bool(failed) or bool(listed and listed[2])
    before = len(problems)
    table = tried(conversion)
    above = upper and tried(
        lambda: read_conversion(
            read_one_sheet(upper, (), mapped), words, None, problems
        )
    )
    so_far = len(problems)
    said = parts and tried(
        lambda: read_parts(
            read_one_sheet(parts, (), mapped), words, pack.additive, problems
        )
    )
    if table is None:
        raise InputError(*problems)
    whole = not failed and before == 0 and so_far == len(problems)
    new = listed[:2] if listed else None
    return table, Beside(above or None, new, said or (), whole=whole), problems
