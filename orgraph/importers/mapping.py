"""What a mapping file says: which columns of an office's tables make which rows."""

import hashlib
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ..errors import InputError
from ..files import read_input
from ..pack.problems import model_problems
from .dates import ISO, form_problem
from .toml_places import Places

LARGEST_MAPPING = 1 << 20
Word = str | bool | int


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _constant(given: object) -> object:
    """Read a bare word as what all rows have."""
    if isinstance(given, date):
        return {"value": given.isoformat()}
    return {"value": given} if isinstance(given, str | bool | int) else given


class Source(_Part):
    """Where a value comes from: a column, several joined by `-`, or one `value`.

    `values` says what the words of the column mean; `width` that a code has so many
    digits (0: as they are); `prefix` and `slug` make an id of a text; `default` stands
    where the cell is empty; `times` multiplies (km² to m²).
    """

    column: str | tuple[str, ...] | None = None
    value: Word | None = None
    prefix: str = ""
    slug: bool = False
    width: int | None = Field(default=None, ge=0, le=100)
    values: dict[str, Word] | None = None
    dates: tuple[str, ...] | None = None
    precision: Literal["month", "year"] | None = None
    times: int = Field(default=1, ge=1, le=10**9)
    default: Word | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The headers of the columns that are read."""
        if self.column is None:
            return ()
        return (self.column,) if isinstance(self.column, str) else self.column


class Reference(Source):
    """Which node is meant: by its id, or `by` the code or name of one of a kind."""

    by: Literal["id", "code", "name"] = "id"
    kind: str | None = None


From = Annotated[Source, BeforeValidator(_constant)]
To = Annotated[Reference, BeforeValidator(_constant)]


class _Rows(_Part):
    """What nodes and edges share.

    `when` is a column that says by true or false which rows are meant; `optional`
    leaves out rows without an id or an end, `repeats` unites rows that say the same.
    """

    kind: From
    since: From | None = None
    until: From | None = None
    facts: dict[str, From] = {}
    when: From | None = None
    optional: bool = False
    repeats: bool = False


class NodeRows(_Rows):
    """Nodes that the rows of a table give."""

    id: From
    name: From | None = None
    code: From | None = None


class EdgeRows(_Rows):
    """Edges that the rows of a table give."""

    source: To
    target: To


class TableRows(_Part):
    """A table: in which files and sheets it is, and what each of its rows gives.

    `fields` are those of a conversion table.
    """

    file: str = "*"
    sheet: str | None = None
    header: int = Field(default=1, ge=1, le=1000)
    ignore: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    dates: tuple[str, ...] = ISO
    inclusive_end: bool | None = None
    merged: Literal["refuse", "repeat"] = "refuse"
    decimal: Literal[".", ","] = "."
    thousands: Literal["", ".", ",", " "] = ""
    nodes: tuple[NodeRows, ...] = ()
    edges: tuple[EdgeRows, ...] = ()
    fields: dict[str, From] = {}


class MappingFile(_Part):
    """A whole mapping file."""

    tables: tuple[TableRows, ...] = Field(min_length=1)


class Mapped:
    """A mapping that was read, and where its keys stand."""

    def __init__(self, file: str, text: str, said: MappingFile) -> None:
        """Keep what it says."""
        self.file = file
        self.said = said
        self.sha256 = hashlib.sha256(text.encode()).hexdigest()
        self._places = Places(text)

    def place(self, *path: str | int) -> str:
        """Return file:line of a key."""
        return f"{self.file}:{self._places.line(path)}"


def read_mapping(path: str | Path) -> Mapped:
    """Read a mapping file; InputError with every problem and its line."""
    file = str(path)
    try:
        text = read_input(file, LARGEST_MAPPING).decode("utf-8-sig")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        message = f"{file}: this is not TOML: {error}"
        raise InputError(message) from None
    places = Places(text)
    try:
        mapped = Mapped(file, text, MappingFile.model_validate(data))
    except ValidationError as error:
        problems = list(_plainly(error))
    else:
        problems = list(_wrong(mapped.said))
        if not problems:
            return mapped
    placed = sorted((places.line(path), what) for path, what in problems)
    raise InputError(*(f"{file}:{line}: {what}" for line, what in placed))


_Path = tuple[str | int, ...]


def _plainly(error: ValidationError) -> Iterator[tuple[_Path, str]]:
    """Yield what doesn't fit the models, with the keys that lead there."""
    for path, what in model_problems(error):
        name = next((str(key) for key in reversed(path) if isinstance(key, str)), "")
        yield path, f"{name}: {what}" if name else what


def groups(table: TableRows) -> Iterator[tuple[str, int, NodeRows | EdgeRows]]:
    """Yield the nodes and the edges that a table gives, by their keys."""
    for place, nodes in enumerate(table.nodes):
        yield "nodes", place, nodes
    for place, edges in enumerate(table.edges):
        yield "edges", place, edges


def sources(rows: NodeRows | EdgeRows) -> Iterator[tuple[_Path, Source]]:
    """Yield where each value of nodes or edges comes from, by its keys."""
    for name in type(rows).model_fields:
        given = getattr(rows, name)
        if isinstance(given, Source):
            yield (name,), given
    for name, source in rows.facts.items():
        yield ("facts", name), source


def every_source(table: TableRows) -> Iterator[tuple[_Path, Source]]:
    """Yield where each value of a table comes from, by its keys."""
    for group, place, rows in groups(table):
        for path, source in sources(rows):
            yield (group, place, *path), source
    for name, source in table.fields.items():
        yield ("fields", name), source


def _wrong(said: MappingFile) -> Iterator[tuple[_Path, str]]:
    """Yield what contradicts itself in a mapping, whatever the pack is."""
    for number, table in enumerate(said.tables):
        here: _Path = ("tables", number)
        if not (table.nodes or table.edges or table.fields):
            yield here, "the table gives neither nodes, edges nor fields"
        if table.fields and (table.nodes or table.edges):
            yield (*here, "fields"), "a conversion table gives no nodes and no edges"
        if table.decimal == table.thousands:
            yield (*here, "thousands"), "decimal and thousands are the same sign"
        if problem := form_problem(table.dates):
            yield (*here, "dates"), problem
        for path, source in every_source(table):
            for what in _contradictions(source):
                yield (*here, *path), f"{path[-1]}: {what}"


def _contradictions(source: Source) -> Iterator[str]:
    if (source.column is None) == (source.value is None):
        yield "give a column, or a value that all rows have"
    if source.column == () or (source.values is not None and not source.values):
        yield "the list is empty"
    if source.dates and (problem := form_problem(source.dates)):
        yield problem
    if isinstance(source, Reference) and source.column is not None:
        if source.by != "id" and source.kind is None:
            yield f"by = {source.by!r} needs the kind of the node"
        if source.by == "id" and source.kind is not None:
            yield 'the kind is for by = "code" and by = "name"'
