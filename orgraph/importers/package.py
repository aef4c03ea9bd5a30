"""Looks into an XLSX package for what the reader of its values doesn't tell.

The reader gives the values of cells. It gives nothing for a cell that shows an error,
or for a formula without a stored value, as if they were empty, and it doesn't say which
rows are hidden. A package that would fill the memory when unpacked is refused here.
"""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

LARGEST_UNPACKED = 1 << 29
MOST_CELLS = 16_000_000
"""How many cells a sheet may have between its first and its last, empty ones too."""

_BOOK = "xl/workbook.xml"
_LINKS = "xl/_rels/workbook.xml.rels"
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})\Z", re.ASCII)
_ROW = re.compile(r"[1-9][0-9]{0,6}\Z", re.ASCII)
_CHUNK = 1 << 16
_PLACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships id"

NO_VALUE = "="
"""Stands for a formula of which no value is stored."""

Cell = tuple[int, int]
"""A row and a column, both counted from 1."""


class PackageError(ValueError):
    """Why a file is no workbook that can be read, in a sentence."""


class Seen(NamedTuple):
    """What a sheet has beside values: hidden rows, and cells by their fault.

    A fault is the error that a cell shows, or NO_VALUE of a formula without one.
    """

    faults: Mapping[Cell, str]
    hidden: frozenset[int]


def column_letters(number: int) -> str:
    """Return A for 1, and AA for 27."""
    letters = ""
    while number:
        number, left = divmod(number - 1, 26)
        letters = chr(ord("A") + left) + letters
    return letters


def column_number(letters: str) -> int:
    """Return 1 for A, and 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


class Package:
    """The parts of a workbook's file, each unpacked only as far as a limit goes."""

    def __init__(self, data: bytes) -> None:
        """Open a package; PackageError where the bytes are none."""
        if problem := _foreign(data):
            raise PackageError(problem)
        self._left = LARGEST_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError):
            raise PackageError(BROKEN) from None
        if _BOOK not in self._zip.namelist():
            raise PackageError(_NO_BOOK)
        for part in self._zip.namelist():
            if not part.startswith("xl/worksheets/"):
                for _ in self._chunks(part):
                    pass

    def sheets(self) -> dict[str, str]:
        """Return the part in which each sheet stands, by its title."""
        links: dict[str, str] = {}
        titles: dict[str, str] = {}

        def link(name: str, given: dict[str, str]) -> None:
            if name == "Relationship":
                links[given.get("Id", "")] = given.get("Target", "")

        def title(name: str, given: dict[str, str]) -> None:
            if name == "sheet":
                place = given.get(_PLACE) or given.get(_STRICT, "")
                titles[given.get("name", "")] = place

        self._parse(_LINKS, link)
        self._parse(_BOOK, title)
        return {
            name: posixpath.normpath(posixpath.join("/xl", links[place])).lstrip("/")
            for name, place in titles.items()
            if place in links
        }

    def seen(self, part: str) -> Seen:
        """Go through a sheet; PackageError where it can't be read, or is too large."""
        scan = _Scan()
        parser = scan.parser
        parser.StartDoctypeDeclHandler = _refuse_doctype
        self._feed(parser, part)
        scan.check_size()
        return Seen(scan.faults, frozenset(scan.hidden))

    def _parse(self, part: str, each: Callable[[str, dict[str, str]], None]) -> None:
        """Call a function with the local name and attributes of each element."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = lambda name, given: each(
            name.rpartition(" ")[2], given
        )
        self._feed(parser, part)

    def _feed(self, parser: expat.XMLParserType, part: str) -> None:
        try:
            for chunk in self._chunks(part):
                parser.Parse(chunk)
            parser.Parse(b"", True)  # noqa: FBT003 - expat has no name for it
        except expat.ExpatError:
            raise PackageError(BROKEN) from None

    def _chunks(self, part: str) -> Iterator[bytes]:
        """Yield what a part holds; PackageError where all is more than the limit."""
        try:
            with self._zip.open(part) as file:
                while chunk := file.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise PackageError(_TOO_LARGE)
                    yield chunk
        except (
            KeyError, OSError, EOFError, RuntimeError, NotImplementedError,
            zipfile.BadZipFile, zlib.error,
        ):  # fmt: skip
            raise PackageError(BROKEN) from None


_CURE = "open it in a spreadsheet program and save it as .xlsx"
BROKEN = f"the workbook is broken and can't be read; {_CURE}"
_NO_BOOK = f"this is not an XLSX workbook; {_CURE}"
_TOO_LARGE = (
    f"the workbook holds more than {LARGEST_UNPACKED:,} bytes when it is unpacked; "
    "divide it, or save its sheets as .csv"
)


def _foreign(data: bytes) -> str | None:
    """Say why bytes are no XLSX package at all, as far as they tell."""
    if data.startswith(b"PK\x03\x04"):
        return None
    if not data:
        return "the file is empty"
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "the workbook is protected by a password; save it without one"
        return f"this is an old workbook (.xls); {_CURE}"
    return _NO_BOOK


def _refuse_doctype(*_: object) -> None:
    raise PackageError(BROKEN)


class _Scan:
    """Goes through the elements of a sheet, and keeps where what is odd stands."""

    def __init__(self) -> None:
        self.faults: dict[Cell, str] = {}
        self.hidden: set[int] = set()
        self._row = self._column = 0
        self._type = self._text = ""
        self._formula = self._valued = False
        self._first: Cell = (0, 0)
        self._last: Cell = (0, 0)
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def check_size(self) -> None:
        """Refuse a sheet whose values lie so far apart that it fills the memory."""
        rows, columns = (self._last[n] - self._first[n] + 1 for n in (0, 1))
        if self._first[0] and rows * columns > MOST_CELLS:
            message = (
                f"a sheet reaches over {rows:,} rows and {columns:,} columns; delete "
                "what stands far from the table"
            )
            raise PackageError(message)

    def _start(self, name: str, given: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "c":
            self._column += 1
            if at := _CELL.match(given.get("r", "")):
                self._column = column_number(at[1])
                self._row = int(at[2])
            self._type, self._text = given.get("t", "n"), ""
            self._formula = self._valued = False
        elif local in {"v", "is"}:
            self._valued = True
            if self._formula or self._type == "e":
                self.parser.CharacterDataHandler = self._read
        elif local == "f":
            self._formula = True
        elif local == "row":
            number = given.get("r", "")
            self._row = int(number) if _ROW.match(number) else self._row + 1
            self._column = 0
            if given.get("hidden") in {"1", "true"}:
                self.hidden.add(self._row)

    def _read(self, text: str) -> None:
        self._text = text

    def _end(self, name: str) -> None:
        if not name.endswith(" c"):
            return
        self.parser.CharacterDataHandler = None
        here = (self._row, self._column)
        if self._type == "e":
            self.faults[here] = self._text or "an error"
        elif self._formula and not self._text and self._type != "str":
            self.faults[here] = NO_VALUE
        if self._valued:
            first, last = self._first, self._last
            self._first = (
                (min(first[0], here[0]), min(first[1], here[1])) if first[0] else here
            )
            self._last = (max(last[0], here[0]), max(last[1], here[1]))
