"""Writes an export as a workbook with the sheets and columns of the empty one.

Rows go to the sheets as they come, so that a store of any size needs little memory.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from ..cells import fact_name
from ..errors import InputError
from ..model import NodeRow, Row
from ..pack import Pack
from ..spreadsheet import (
    MOST_ROWS,
    Cells,
    Value,
    abandon,
    fits,
    properties,
)
from .extract import Extract
from .saying import NOT_XML, said
from .sheet_rows import SheetRows, Spliced
from .sheet_values import OWN, column_format, day_value, sheet_fact

if TYPE_CHECKING:
    from openpyxl import Workbook

ABOUT = "_about"
_WIDE = 18
_SHORT = 1000
"""A text so short fits into a cell, whatever it is made of."""


class Head(Protocol):
    """A column of a sheet to fill in."""

    @property
    def text(self) -> str:
        """Its header."""
        ...

    @property
    def words(self) -> Sequence[str]:
        """What may stand in it; of the column `kind` the kinds of its rows."""
        ...


class Blank(Protocol):
    """A sheet to fill in; without a column `kind` its title is the kind."""

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def heads(self) -> Sequence[Head]:
        """Its columns."""
        ...


class Written(NamedTuple):
    """What an import should know of a workbook.

    `spaced` texts hold spaces that it reads as one, `cells` are those of the largest
    sheet, `unpacked` is how many bytes it unpacks to.
    """

    spaced: int
    cells: int
    unpacked: int


def write_workbook(
    extract: Extract, blanks: Iterable[Blank], file: BinaryIO
) -> Written:
    """Write the sheets of which there are rows, and one that says what they are.

    InputError where a sheet can't hold all rows, or a cell what it should.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties = properties(extract.pack.title)
    with ExitStack() as files:
        try:
            return _written(book, extract, blanks, file, files)
        except BaseException:
            abandon(book)
            raise


def _written(
    book: "Workbook",
    extract: Extract,
    blanks: Iterable[Blank],
    file: BinaryIO,
    files: ExitStack,
) -> Written:
    from openpyxl.writer.excel import ExcelWriter

    about = book.create_sheet(ABOUT)
    about.column_dimensions["A"].width = 90
    cells = Cells(about)
    for line in _lines(extract):
        about.append([cells.of(1, line)])
    sheets = [_Sheet(book, blank, extract.pack, files) for blank in blanks]
    of = {(s.is_nodes, kind): s for s in sheets for kind in s.kinds}
    for node in extract.nodes():
        of[True, node.kind].add(node)
    for edge in extract.edges():
        of[False, edge.kind].add(edge)
    for sheet in sheets:
        sheet.finish()
    book.active = min(1, len(book.worksheets) - 1)
    archive = Spliced(file)
    written = {sheet.title: sheet.below for sheet in sheets if sheet.below}
    for number, title in enumerate(book.sheetnames, 1):
        if title in written:
            archive.rows[f"xl/worksheets/sheet{number}.xml"] = written[title].file
    # The writer is called as openpyxl's save does, which would set the time of writing.
    ExcelWriter(book, archive).save()
    file.flush()
    assert not archive.rows, archive.rows  # noqa: S101 - no sheet is without its rows
    return Written(
        sum(sheet.spaced for sheet in sheets),
        max((sheet.rows * len(sheet.columns) for sheet in sheets), default=0),
        sum(entry.file_size for entry in archive.infolist()),
    )


def _lines(extract: Extract) -> Iterator[str]:
    yield extract.pack.title
    yield ""
    root = (
        "All of a store" if extract.root is None else f"{extract.root}, and all below"
    )
    yield f"{root}, {f'on {extract.on}' if extract.on else 'on all days'}."
    if extract.along:
        yield (
            "What people belonged to elsewhere or on other days came along, as an "
            "import wants."
        )
    yield f"orgraph import THIS.xlsx --pack {extract.pack.name} --store STORE"
    yield "imports it again. Sheets whose title begins with _ are not read."
    if not extract.names:
        yield "Names of people are left out."


class _Sheet:
    """One sheet, which is in the workbook if it has a row."""

    def __init__(
        self, book: "Workbook", blank: Blank, pack: Pack, files: ExitStack
    ) -> None:
        self.columns = [head.text for head in blank.heads]
        self.is_nodes = "id" in self.columns
        kinds = [head.words for head in blank.heads if head.text == "kind"]
        self.kinds = tuple(kinds[0]) if kinds else (blank.title,)
        self.rows = self.spaced = 0
        self.below: SheetRows | None = None
        self._pack, self._book = pack, book
        self._facts = {c: fact_name(c) for c in self.columns if c not in OWN}
        self._sheet = book.create_sheet(blank.title)
        self._cells = Cells(self._sheet)
        self._files = files

    @property
    def title(self) -> str:
        """Its title in the workbook."""
        return str(self._sheet.title)

    def add(self, row: Row) -> None:
        """Write a row."""
        if not self.rows:
            self._begin()
        self.rows += 1
        if self.rows == MOST_ROWS:
            message = (
                f"{self._sheet.title}: there are more than {MOST_ROWS - 1:,} rows, "
                "which no sheet holds; export a region with --root, or to csv"
            )
            raise InputError(message)
        assert self.below is not None  # noqa: S101 - begun with the first row
        self.below.add(self.rows + 1, self._values(row))

    def _begin(self) -> None:
        """Write the header, which stays in sight; what is typed below it stays text."""
        from openpyxl.utils import get_column_letter

        self._sheet.freeze_panes = "A2"
        for place, column in enumerate(self.columns, 1):
            look = self._sheet.column_dimensions[get_column_letter(place)]
            look.width = _WIDE
            look.number_format = column_format(self._pack, column)
        file = self._files.enter_context(TemporaryFile())  # noqa: SIM115 - it closes it
        self.below = SheetRows(self._cells, len(self.columns), file)
        heads = enumerate(self.columns, 1)
        self._sheet.append([self._cells.heading(place, text) for place, text in heads])

    def finish(self) -> None:
        """Let the header filter, or take an empty sheet out of the workbook."""
        from openpyxl.utils import get_column_letter

        if not self.rows:
            self._book.remove(self._sheet)
            return
        last = f"{get_column_letter(len(self.columns))}{self.rows + 1}"
        self._sheet.auto_filter.ref = f"A1:{last}"

    def _values(self, row: Row) -> Iterator[Value | None]:
        since, until, facts = said(self._pack, row)
        own: dict[str, Value | None] = {
            "kind": row.kind,
            "since": day_value(since, row.since),
            "until": day_value(until, row.until),
        }
        if isinstance(row, NodeRow):
            own |= {"id": row.id, "name": row.name, "code": row.code}
        else:
            own |= {"source": row.source, "target": row.target}
        left = facts.keys() - self._facts.values()
        if left:
            message = f"{_name(row)}: a {row.kind} has no fact {min(left)}"
            raise InputError(message)
        for column in self.columns:
            if column in own:
                yield self._checked(row, column, own[column])
                continue
            name = self._facts[column]
            value = sheet_fact(self._pack, name, facts) if name in facts else None
            yield self._checked(row, column, value)

    def _checked(self, row: Row, column: str, value: Value | None) -> Value | None:
        """Return what a cell can hold, empty where nothing is said."""
        if not isinstance(value, str):
            return value
        if value.isprintable() and len(value) < _SHORT and "  " not in value:
            self.spaced += value != value.strip()
            return value or None
        if wrong := NOT_XML.search(value):
            message = f"{_name(row)}: {column} holds {wrong[0]!a}, which no sheet can"
            raise InputError(message)
        if not fits(value):
            message = f"{_name(row)}: {column} is too long for a cell; export to csv"
            raise InputError(message)
        self.spaced += " ".join(value.split()) != value
        return value or None


def _name(row: Row) -> str:
    return " ".join(str(part) for part in row.key)
