"""Reads the words of conversion tables: what a note means is data, in schema/notes."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..errors import InputError
from ..files import read_input
from ..model.facts import fold
from ..pack.loader import schema_folder
from .spelling import tone_key

Means = Literal["whole", "part", "same", "rest"]
Measure = Literal["area", "people"]
MEASURES: tuple[Measure, ...] = get_args(Measure)
Change = Literal["name", "type"]
_HOLE = re.compile(r"\{(\w+)\}")


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Note(_Model):
    """A note: the ways to write it, and what it means for the old unit.

    whole: it goes to the new one and ends; part: a part of it does; same: it lives on
    as the new one; rest: what is left of it does.
    """

    words: tuple[str, ...] = Field(min_length=1)
    means: Means
    shares: Mapping[Measure, Literal["all", "none", "ask"]] = {}
    changes: tuple[Change, ...] = ()
    kind: str | None = None

    @property
    def lives_on(self) -> bool:
        """Whether the old unit is the new one."""
        return self.means in {"same", "rest"}

    def share(self, measure: Measure) -> str:
        """Return what goes of a measure; what the note leaves open is asked."""
        return self.shares.get(measure, "ask")


class Decree(_Model):
    """A way to write the document that a unit rests on."""

    words: str
    issuer_after: str | None = None


class _File(_Model):
    columns: dict[str, tuple[str, ...]] = {}
    measures: dict[Measure, tuple[str, ...]] = {}
    notes: tuple[Note, ...] = ()
    decrees: tuple[Decree, ...] = ()


class Basis(NamedTuple):
    """A document by its issuer, number and date."""

    issuer: str
    number: str
    date: str


class Words:
    """All the words that are known, and what they mean."""

    def __init__(self, files: Sequence[_File]) -> None:
        """Take the words of several files; in a later one they may be given anew."""
        self.columns: dict[str, list[str]] = {}
        self.measures: dict[Measure, tuple[str, ...]] = {}
        self._exact: dict[str, Note] = {}
        self._loose: dict[str, Note] = {}
        self._patterns: list[tuple[re.Pattern[str], Note]] = []
        self._decrees: list[Decree] = []
        self._known: list[str] = []
        for file in files:
            for field, headers in file.columns.items():
                self.columns.setdefault(field, []).extend(headers)
            self.measures.update(file.measures)
            self._decrees += file.decrees
            for note in file.notes:
                self._add(note)

    def _add(self, note: Note) -> None:
        for words in note.words:
            self._known.append(words)
            if _HOLE.search(words):
                pieces = [re.escape(fold(piece)) for piece in _HOLE.split(words)[::2]]
                pattern = re.compile(" .+ ".join(pieces).strip())
                self._patterns.append((pattern, note))
            else:
                self._exact[tone_key(words)] = note
                self._loose[fold(words)] = note

    @lru_cache(maxsize=4096)  # noqa: B019 - a run has one or two of these
    def read(self, text: str) -> tuple[Note | None, bool]:
        """Return what a note means, and whether it is written as it is known."""
        exact = self._exact.get(tone_key(text))
        if exact is not None:
            return exact, True
        bare = fold(text)
        for pattern, note in self._patterns:
            if pattern.fullmatch(bare):
                return note, True
        return self._loose.get(bare), False

    def nearest(self, text: str) -> str | None:
        """Return the known note that is nearest to one that is not."""
        near = get_close_matches(text, self._known, 1, 0.5)
        return near[0] if near else None

    def decree(self, text: str) -> Basis | None:
        """Read issuer, number and date of a document."""
        for decree in self._decrees:
            found = _pattern(decree.words).fullmatch(text)
            if found is None:
                continue
            said = {name: part.strip() for name, part in found.groupdict().items()}
            issuer = said.get("issuer")
            if issuer is None and decree.issuer_after:
                issuer = said["number"].partition(decree.issuer_after)[2]
            try:
                day = date(int(said["year"]), int(said["month"]), int(said["day"]))
            except ValueError:
                continue
            if issuer:
                return Basis(issuer, said["number"], day.isoformat())
        return None

    def decree_forms(self) -> list[str]:
        """Return the ways to write a document, for a message."""
        return [decree.words for decree in self._decrees]


@lru_cache(maxsize=64)
def _pattern(words: str) -> re.Pattern[str]:
    digits = {"day": r"\d{1,2}", "month": r"\d{1,2}", "year": r"\d{4}"}
    pieces = _HOLE.split(words)
    made = [
        f"(?P<{piece}>{digits.get(piece, '.+?')})" if place % 2 else re.escape(piece)
        for place, piece in enumerate(pieces)
    ]
    return re.compile("".join(made))


def notes_folder() -> Path:
    """Return the folder of the words that come with orgraph."""
    return schema_folder() / "notes"


def load_words(*more: str | Path) -> Words:
    """Read the words that come with orgraph, and those of further files."""
    return Words([_file(path) for path in (*_own_files(), *more)])


def _own_files() -> list[Path]:
    return sorted(notes_folder().glob("*.toml"))


def _file(path: str | Path) -> _File:
    try:
        data: dict[str, Any] = tomllib.loads(read_input(path).decode())
        return _File.model_validate(data)
    except ValidationError as error:
        raise InputError(
            *(
                f"{path}: {'.'.join(map(str, problem['loc']))}: {problem['msg']}"
                for problem in error.errors()
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        message = f"{path}: {error}"
        raise InputError(message) from None
