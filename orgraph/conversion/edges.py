"""Makes edges from old units to new ones of the rows of a table."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..findings import Code
from ..language import say
from .found import Found
from .notes import Note, Words
from .tables import Conversion, Line

UNKNOWN_NOTE = Code(
    code="DRAFT01",
    meaning="The table says of a row what orgraph has no reading for.",
    hint="Correct the note, or give its meaning in a file of words with --notes.",
)
NOTE_SLIP = Code(
    code="DRAFT11",
    meaning="A note is misspelt, and is read as the one that it resembles.",
    severity="warning",
)

NO_NOTE = Code(
    code="DRAFT28",
    meaning="A row says nothing where others say what becomes of the unit.",
    hint="Write it down; the only row of a unit is read as all of it, else as a part.",
    severity="warning",
)

WHOLE = Note(words=("",), means="whole")
PART = Note(words=("",), means="part", shares={"area": "ask", "people": "ask"})


class Key(NamedTuple):
    """A unit of a table: its kind and code. An old and a new one may share it."""

    kind: str
    code: str


class Edge(NamedTuple):
    """An old unit goes to a new one, wholly or in part, or lives on as it."""

    line: Line
    note: Note
    old: Key
    new: Key


def read_edges(
    table: Conversion, words: Words, kind: str
) -> tuple[list[Edge], list[Found]]:
    """Read the notes of a table; without one the only row of a unit is the whole.

    There are edges of rows that lack something, too, so that what they have is checked,
    but none of one whose note can't be read.
    """
    rows = Counter(line.old_code for line in table.lines)
    noted = any(line.note for line in table.lines)
    edges: list[Edge] = []
    problems: list[Found] = []
    for line in table.lines:
        note: Note | None
        if "note" in table.unread.get(line.place, ()):
            continue
        if line.note:
            note, exact = words.read(line.note)
            if note is None or not exact:
                problems += _said(line, note, words)
        else:
            note = WHOLE if rows[line.old_code] == 1 else PART
            if noted and not table.lacks(line):
                message = say(
                    "What becomes of {old_name} isn't said: {means}?",
                    old_name=line.old_name,
                    means=note.means,
                )
                problems.append(
                    Found(line.place.of("note"), NO_NOTE.at(line.old_code, message))
                )
        if note is None:
            continue
        old = Key(kind, line.old_code)
        if note.kind and note.kind != kind:
            old = Key(note.kind, line.tier_code or line.old_code)
        edges.append(Edge(line, note, old, Key(kind, line.new_code)))
    return edges, problems


def _said(line: Line, note: Note | None, words: Words) -> Iterator[Found]:
    if note is None:
        near = words.nearest(line.note)
        hint = (
            say("Did you mean “{near}”? {hint}", near=near, hint=UNKNOWN_NOTE.hint)
            if near
            else None
        )
        message = say("“{note}” is no note that can be read.", note=line.note)
        found = UNKNOWN_NOTE.at(line.old_code, message, hint=hint)
        yield Found(line.place.of("note"), found)
    else:
        message = say(
            "“{note}” is read as “{words}”.", note=line.note, words=note.words[0]
        )
        yield Found(line.place.of("note"), NOTE_SLIP.at(line.old_code, message))


def ends(edges: Sequence[Edge]) -> frozenset[Key]:
    """Return the old units that end: those that live on in no row."""
    living = {edge.old for edge in edges if edge.note.lives_on}
    return frozenset(edge.old for edge in edges) - living
