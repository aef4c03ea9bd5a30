"""Reads a timeline: JSON Lines, on each line a proposal or the path of one."""

import json
import os
import tempfile
from collections.abc import Container, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from ..change import digest
from ..errors import InputError
from ..files import opened_input
from .models import Proposal, as_written
from .read import read_proposal, read_proposal_text
from .yaml_tree import LARGEST_FILE

LARGEST_LINE = LARGEST_FILE
_TAG = "orgraph.proposal/1"
_BOM = b"\xef\xbb\xbf"


class Entry(NamedTuple):
    """One line of a timeline that was read: enough to know its proposal again."""

    line: int
    effective: date
    digest: str


class Timeline:
    """A timeline that is read line by line, as often as needed."""

    def __init__(self, name: str, file: BinaryIO) -> None:
        """Read an open file; `name` stands in front of every problem."""
        self.name = name
        self._file = file

    def entries(self) -> list[Entry]:
        """Return what stands on each line.

        InputError lists every problem of all lines, also where a line's day is before
        that of a line above it.
        """
        entries: list[Entry] = []
        problems: list[str] = []
        last: Entry | None = None
        for number, found in self._lines():
            if isinstance(found, InputError):
                problems += found.problems
                continue
            key = proposal_digest(found.to_plain())
            entry = Entry(number, found.effective, key)
            entries.append(entry)
            if last is not None and entry.effective < last.effective:
                problems.append(
                    f"{self.name}:{number}: {entry.effective} is before "
                    f"{last.effective} in line {last.line}; lines stand in the order "
                    "of their effective days"
                )
                continue
            last = entry
        if problems:
            raise InputError(*problems)
        if not entries:
            message = f"{self.name}: the timeline holds no proposal"
            raise InputError(message)
        return entries

    def proposals(
        self, leaving_out: Container[int] = ()
    ) -> Iterator[tuple[int, Proposal]]:
        """Yield each line and its proposal, but for some lines; InputError at once."""
        for number, found in self._lines(leaving_out):
            if isinstance(found, InputError):
                raise found
            yield number, found

    def _lines(
        self, leaving_out: Container[int] = ()
    ) -> Iterator[tuple[int, Proposal | InputError]]:
        self._file.seek(0)
        number = 0
        while data := self._file.readline(LARGEST_LINE + 1):
            number += 1
            if len(data) > LARGEST_LINE:
                message = f"{self.name}:{number}: the line is larger than "
                yield number, InputError(f"{message}{LARGEST_LINE:,} bytes")
                return
            if number == 1:
                data = data.removeprefix(_BOM)
            if not data.strip() or number in leaving_out:
                continue
            try:
                yield number, self._proposal(number, data)
            except InputError as error:
                yield number, error

    def _proposal(self, number: int, data: bytes) -> Proposal:
        place = f"{self.name}:{number}"
        try:
            text = data.decode().rstrip("\r\n")
            plain = json.loads(text, parse_float=_refuse, object_pairs_hook=_pairs)
        except UnicodeDecodeError as error:
            message = f"{place}:{error.start + 1}: this is not UTF-8"
            raise InputError(message) from None
        except json.JSONDecodeError as error:
            message = f"{place}:{error.colno}: this is not JSON: {error.msg}"
            raise InputError(message) from None
        except (ValueError, RecursionError):
            plain = None  # What else is wrong with it, the reader of proposals says.
        if isinstance(plain, dict) and set(plain) == {"proposal"}:
            return self._named(place, plain["proposal"])
        try:
            return Proposal.model_validate(plain)
        except ValueError:
            return read_proposal_text(text, self.name, line=number)

    def _named(self, place: str, path: object) -> Proposal:
        """Read the proposal in a file that a line names, from the timeline's folder."""
        if not isinstance(path, str) or not path or "\0" in path:
            message = f"{place}: proposal: the path of a file is wanted"
            raise InputError(message)
        folder = "." if self.name == "-" else os.path.dirname(self.name) or "."  # noqa: PTH120 - Path drops the ./ that keeps a file called - a file
        try:
            return read_proposal(os.path.join(folder, path))  # noqa: PTH118 - the same
        except InputError as error:
            problems = [f"{place}: {problem}" for problem in error.problems]
            raise InputError(*problems) from None


@contextmanager
def opened_timeline(name: str | Path) -> Iterator[Timeline]:
    """Open a timeline, or standard input where it is called `-`.

    It is read twice, so a stream is copied to a file first.

    >>> from pathlib import Path
    >>> _ = Path("timeline.jsonl").write_text('{"proposal": "proposal.yaml"}')
    >>> with orgraph.opened_timeline("timeline.jsonl") as timeline:
    ...     [(number, line.title) for number, line in timeline.proposals()]
    [(1, 'One sales team')]
    """
    with opened_input(name) as file:
        if file.seekable():
            yield Timeline(str(name), file)
            return
        with tempfile.TemporaryFile() as copy:
            while part := file.read(1 << 20):
                copy.write(part)
            yield Timeline(str(name), copy)


def proposal_digest(plain: dict[str, Any]) -> str:
    """Return what a proposal's canonical data, as revisions keep it, is known by."""
    return digest(_TAG, as_written(plain))


def _refuse(text: str) -> float:
    raise ValueError(text)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found
