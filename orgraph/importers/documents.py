"""Reads the JSON that an export wrote, as the tables that it stands for."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..cells import EDGE_COLUMNS, NODE_COLUMNS
from ..errors import InputError
from ..files import read_input
from ..near_names import did_you_mean
from .tables import LARGEST_TABLE, Record, Table, decoded

FORMAT = "orgraph.export/1"
_LONGEST_NUMBER = 17
_SPACE = re.compile(r"[ \t\r\n]*")
_TABLES = {"nodes": NODE_COLUMNS, "edges": EDGE_COLUMNS}


class Unreadable:
    """A number that is not whole, or is too long, as it stands in the document."""

    def __init__(self, text: str) -> None:
        """Keep how it is written."""
        self.text = text

    def __str__(self) -> str:
        """Write it as it is written."""
        return self.text


class FormError(ValueError):
    """Where the text stops being the JSON that is read here."""

    def __init__(self, message: str, at: int) -> None:
        """Keep the sentence and the place in the text."""
        super().__init__(message)
        self.at = at


def is_document(path: str | Path) -> bool:
    """Tell a JSON document from a table by its name."""
    return str(path).lower().endswith(".json")


def read_document(path: str | Path) -> list[Table]:
    """Read the nodes and the edges of a document; InputError where it isn't one."""
    name = str(path)
    data = read_input(name, LARGEST_TABLE)
    reader = _Reader(name, decoded(name, data))
    try:
        reader.read()
    except FormError as error:
        message = f"{name}:{reader.place(error.at)}: {error}"
        raise InputError(message) from None
    if reader.format != FORMAT:
        known = isinstance(reader.format, str)
        what = f"this is {reader.format}" if known else "this document has no format"
        message = f"{name}: {what}; only {FORMAT} is read, which orgraph export writes"
        raise InputError(message)
    found = [title for title in _TABLES if reader.records[title]]
    if not found and not reader.problems:
        message = f"{name}: the document holds no rows"
        raise InputError(message)
    sha256 = hashlib.sha256(data).hexdigest()
    tables = [
        Table(name, title == "nodes", (), reader.records[title], (), sha256)
        for title in found or ["nodes"]
    ]
    return [tables[0]._replace(problems=reader.problems), *tables[1:]]


def _number(text: str) -> int | Unreadable:
    return int(text) if len(text) <= _LONGEST_NUMBER else Unreadable(text)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        message = f"{twice[0]!r} stands twice"
        raise KeyError(message)
    return found


class _Reader:
    """Goes through a document row by row, and knows on which line each begins."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self.format: object = None
        self.problems: list[str] = []
        self.records: dict[str, list[Record]] = {title: [] for title in _TABLES}
        self._decode = json.JSONDecoder(
            parse_float=Unreadable,
            parse_constant=Unreadable,
            parse_int=_number,
            object_pairs_hook=_pairs,
        ).raw_decode
        self._line, self._counted = 1, 0
        self._end = 0

    def place(self, at: int) -> str:
        """Return line:column of a place in the text."""
        line = self.text.count("\n", 0, at) + 1
        return f"{line}:{at - self.text.rfind(chr(10), 0, at)}"

    def read(self) -> None:
        """Read the whole document; FormError where that can't be done."""
        at = self._skip(0)
        if self.text[at : at + 1] != "{":
            message = "an export is a JSON object, which begins with {"
            raise FormError(message, at)
        seen: set[str] = set()
        for key, here in self._members(at):
            if key in seen:
                message = f"{key!r} stands twice"
                raise FormError(message, here)
            seen.add(key)
            read = self._list if key in _TABLES else self._value
            self._end = read(key, here)
        at = self._skip(self._end)
        if at < len(self.text):
            message = "this is not JSON: something stands after the end"
            raise FormError(message, at)

    def _members(self, at: int) -> Iterator[tuple[str, int]]:
        """Yield each key of the outer object and where its value begins."""
        at = self._skip(at + 1)
        self._end = at
        if self.text[at : at + 1] == "}":
            self._end = at + 1
            return
        while True:
            key, after = self._scan(at)
            if not isinstance(key, str):
                message = "this is not JSON: a key is wanted here"
                raise FormError(message, at)
            yield key, self._skip(self._expect(after, ":"))
            at = self._skip(self._end)
            if self.text[at : at + 1] == "}":
                self._end = at + 1
                return
            at = self._skip(self._expect(at, ","))

    def _list(self, title: str, at: int) -> int:
        """Read the rows of a table; returns where the list ends."""
        if self.text[at : at + 1] != "[":
            message = f"{title} is not a list; it begins with ["
            raise FormError(message, at)
        at = self._skip(at + 1)
        if self.text[at : at + 1] == "]":
            return at + 1
        while True:
            row, after = self._scan(at)
            self._row(title, row, at)
            at = self._skip(after)
            if self.text[at : at + 1] == "]":
                return at + 1
            at = self._skip(self._expect(at, ","))

    def _value(self, key: str, at: int) -> int:
        value, after = self._scan(at)
        if key == "format":
            self.format = value
        return after

    def _scan(self, at: int) -> tuple[Any, int]:
        try:
            return self._decode(self.text, at)
        except json.JSONDecodeError as error:
            message = f"this is not JSON: {error.msg}"
            raise FormError(message, error.pos) from None
        except KeyError as error:
            raise FormError(str(error.args[0]), at) from None
        except RecursionError:
            message = "this is nested too deep"
            raise FormError(message, at) from None

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self.text, at)
        return found.end() if found else at

    def _expect(self, at: int, wanted: str) -> int:
        at = self._skip(at)
        if self.text[at : at + 1] != wanted:
            message = f"this is not JSON: {wanted} is wanted here"
            raise FormError(message, at)
        return at + 1

    def _row(self, title: str, row: object, at: int) -> None:
        """Keep a row, or say what is wrong with its form."""
        self._line += self.text.count("\n", self._counted, at)
        self._counted = at
        found = list(_wrong(row, _TABLES[title]))
        self.problems += [f"{self.name}:{self._line}: {what}" for what in found]
        if not isinstance(row, dict):
            return
        columns, given = _TABLES[title], row.get("facts")
        facts = given if isinstance(given, dict) else {}
        unread = {c for c in columns if not isinstance(row.get(c), str | None)}
        cells = {c: "" if c in unread else (row.get(c) or "").strip() for c in columns}
        record = Record(self.name, self._line, cells, facts)
        self.records[title].append(
            record._replace(unread=frozenset(unread)) if unread else record
        )


def _wrong(row: object, columns: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with the form of a row."""
    if not isinstance(row, dict):
        yield f"a row is an object with {', '.join(columns)} and facts"
        return
    for name, value in row.items():
        if name == "facts":
            if not isinstance(value, dict | None):
                yield "facts is not an object"
        elif name not in columns:
            hint = did_you_mean(name, [*columns, "facts"])
            yield f"there is no field {name}{hint}"
        elif not isinstance(value, str | None):
            yield f"{name}: {str(value)[:40]} is not text"
