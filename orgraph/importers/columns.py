"""Reads one value of a mapping out of the rows of a sheet."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from ..cells import UNKNOWN, CellError, fact_cell
from ..model import slug
from ..near_names import did_you_mean
from .cell_text import Converted, Numbers, digits, plain, whole_number
from .dates import Dates
from .mapping import Reference, Source, TableRows
from .workbook import Value

Want = Literal["word", "day", "text", "integer", "boolean", "degrees", "field"]
"""A word is an id, a name or a code; text to degrees are facts.

A field of a conversion table is left as it stands, for it may be an amount.
"""


class WrongCellError(CellError):
    """What is wrong with a cell, and in which column, counted from 1."""

    def __init__(self, column: int, sentence: str) -> None:
        """Keep the column and the sentence."""
        super().__init__(sentence)
        self.column = column


class Slugs:
    """The texts that ids were made of: two texts that make one id are refused."""

    def __init__(self) -> None:
        """Begin without any."""
        self._texts: dict[str, str] = {}

    def id_of(self, prefix: str, text: str) -> str:
        """Return the id that a text makes."""
        made = f"{prefix}{slug(text)}"
        other = self._texts.setdefault(made, text)
        if other != text:
            message = (
                f"{text!r} makes the id {made}, as {other!r} does; write them alike, "
                "or take the id from a column of codes"
            )
            raise CellError(message)
        return made


class Column(NamedTuple):
    """Where a value is read, and how.

    `at` are the columns, counted from 0; without any all rows have the `constant`.
    """

    source: Source
    want: Want
    at: tuple[int, ...]
    constant: str
    default: str
    table: TableRows
    dates: Dates
    slugs: Slugs
    words: Mapping[str, str]

    @property
    def is_day(self) -> bool:
        """Whether it is a date: a day of the row, or a fact whose dates have forms."""
        return self.want == "day" or (self.want == "text" and bool(self.source.dates))

    def read(self, row: Sequence[Value]) -> str:
        """Return what a row says, as an import reads it; WrongCellError else."""
        if not self.at:
            return self.constant
        texts = []
        for place in self.at:
            value = row[place] if place < len(row) else ""
            try:
                text = self._one(value) if value != "" else ""
            except ValueError as error:
                raise WrongCellError(place + 1, str(error)) from None
            if text is None:
                return UNKNOWN
            if not text:
                return self.default
            texts.append(text)
        try:
            return self._whole("-".join(texts) if len(texts) > 1 else texts[0])
        except ValueError as error:
            raise WrongCellError(self.at[0] + 1, str(error)) from None

    def _one(self, value: Value) -> str | None:
        """Return the text of a cell, empty where nothing is there, None if unknown."""
        if self.is_day and not isinstance(value, str):
            return self.dates.text(value)
        text = plain(value)
        table = self.table
        if not text or text in table.empty:
            return ""
        if text in table.unknown:
            if self.want in {"word", "day", "field"}:
                message = (
                    f"{text!r} stands for what isn't known, which only facts can be"
                )
                raise CellError(message)
            return None
        if self.source.values is not None:
            if text not in self.words:
                known = list(self.source.values)
                hint = did_you_mean(text, known)
                message = f"{text[:40]!r} is none of {', '.join(known[:8])}{hint}"
                raise CellError(message)
            return self.words[text]
        return self._typed(text)

    def _typed(self, text: str) -> str:
        """Return a text that no list of words explains."""
        source, table = self.source, self.table
        if self.is_day:
            return self.dates.text(text)
        if self.want == "integer":
            numbers = Numbers(table.decimal, table.thousands)
            return whole_number(text, numbers, source.times)
        if self.want == "boolean":
            return str(text)
        if source.width is not None:
            text = digits(text, source.width)
        if isinstance(text, Converted) and self.want not in {"degrees", "field"}:
            if self.want == "text" and text.what == "a date":
                return str(text)
            raise CellError(f"{text.problem}, or give its width")
        return text

    def _whole(self, text: str) -> str:
        """Return an id, a reference or a text of what its columns say."""
        source = self.source
        if source.slug:
            text = self.slugs.id_of(source.prefix, text)
        elif source.prefix:
            text = f"{source.prefix}{text}"
        if isinstance(source, Reference) and source.by != "id":
            return f"{source.kind}{':' if source.by == 'code' else '='}{text}"
        return fact_cell(text) if self.want == "text" else text
