"""Tables broken in a cell, row or column, or in their bytes; no store comes of it."""

import csv
import io
from collections.abc import Iterator

from broken import Broken, drawn
from land import EDGES, NODES

Rows = list[list[str]]
UPPER = {"a cycle": 8}
"""Where the row that is named isn't the last: a cycle is told of its first edge."""
TEXTS = {"n.csv": NODES, "e.csv": EDGES}


def rows_of(text: str) -> Rows:
    """Return the cells of a table."""
    return list(csv.reader(io.StringIO(text)))


def text_of(rows: Rows) -> str:
    """Return a table of cells."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\n").writerows(rows)
    return output.getvalue()


def case(what: str, file: str, text: str | bytes, *says: str) -> Broken:
    """Return a broken table beside the other, which is good, to be imported."""
    data = text.encode() if isinstance(text, str) else text
    files = {name: good.encode() for name, good in TEXTS.items()} | {file: data}
    command = ("import", *files, "--pack", "territory")
    return Broken(f"table: {what} in {file}", files, command, (2,), says)


def broken_tables(number: int, seed: int) -> list[Broken]:
    """Return so many broken tables of each sort at the most."""
    sorts = (_cells, _ragged, _twice, _columns, _other_bytes, _graphs)
    return [one for sort in sorts for one in drawn(list(sort()), number, seed)]


def _cells() -> Iterator[Broken]:
    """One cell that is wrong by itself: its file and line are named."""
    wrong = {
        "id": ["", "A b", "code:1", "?", "ä", "x" * 200, "a\x07"],
        "kind": ["", "village", "?", "STATE", "PART OF"],
        "since": ["31/12/2000", "2000-13", "2000-02-30", "soon", "-1", "2e3"],
        "until": ["31/12/2030", "1999", "2000-1-1", "never"],
        "people": ["-1", "1.5", "1,000", "many", "1e9", "0x10"],
        "source": ["", "nobody", "?", "A b"],
        "target": ["", "nobody", "?", "m1 "],
        "type": ["hamlet"],
        "form": ["sometimes"],
    }
    for file, text in TEXTS.items():
        rows = rows_of(text)
        for place, column in enumerate(rows[0]):
            for cell in wrong.get(column, ()):
                for line, row in enumerate(rows[1:], 2):
                    if row[place] and (column, cell) != ("target", "m1 "):
                        new = [*rows]
                        new[line - 1] = [*row[:place], cell, *row[place + 1 :]]
                        what = f"{column} {cell!r:.20} on line {line}"
                        yield case(what, file, text_of(new), f"{file}:{line}")


def _ragged() -> Iterator[Broken]:
    """A row with a cell too many."""
    for file, text in TEXTS.items():
        rows = rows_of(text)
        for line, row in enumerate(rows[1:], 2):
            new = [*rows]
            new[line - 1] = [*row, "more"]
            what = f"a cell too many on line {line}"
            yield case(what, file, text_of(new), f"{file}:{line}")


def _twice() -> Iterator[Broken]:
    """A row that stands twice: the second is named."""
    for file, text in TEXTS.items():
        rows = rows_of(text)
        for line, row in enumerate(rows[1:], 2):
            at = len(rows) + 1
            what = f"line {line} again"
            yield case(what, file, text_of([*rows, row]), f"{file}:{at}")


def _columns() -> Iterator[Broken]:
    """A header that is missing, misspelt, doubled or empty."""
    for file, text in TEXTS.items():
        head, *rows = rows_of(text)
        for place, column in enumerate(head):
            for what, name in (("misspelt", f"{column}x"), ("empty", "")):
                new = [[*head[:place], name, *head[place + 1 :]], *rows]
                yield case(f"column {column} {what}", file, text_of(new), f"{file}:1")
            new = [[*row, row[place]] for row in (head, *rows)]
            yield case(
                f"column {column} twice", file, text_of(new), f"{file}:1", column
            )
            if column in {"id", "kind", "source", "target"}:
                new = [[*row[:place], *row[place + 1 :]] for row in (head, *rows)]
                yield case(f"no column {column}", file, text_of(new), f"{file}:1")


def _other_bytes() -> Iterator[Broken]:
    """Bytes that are no table in UTF-8."""
    for file, text in TEXTS.items():
        plain = text.encode()
        for what, data in (
            ("UTF-16", text.encode("utf-16")),
            ("Latin-1", plain.replace(b"2000", b"\xe9", 1)),
            ("a null byte", plain.replace(b"2000", b"20\x0000", 1)),
            ("nothing", b""),
            ("a line break alone", b"\n"),
            ("the header alone, cut off", plain[:4]),
            ("a quote left open", plain.replace(b",2000", b',"2000', 1)),
            ("a workbook's beginning", b"PK\x03\x04" + plain),
            ("a picture's beginning", b"\x89PNG\r\n\x1a\n" + plain),
            ("bars", plain.replace(b",", b"|")),
        ):
            yield case(what, file, data, file)


def _graphs() -> Iterator[Broken]:
    """Rows that are good one by one, and no graph together."""
    for what, file, row in (
        ("two parents", "e.csv", "PART_OF,m1,e,2000,,"),
        ("two parents later", "e.csv", "PART_OF,m1,e,2020,,"),
        ("a cycle", "e.csv", "UNDER,c,b,2000,,"),
        ("a node below itself", "e.csv", "UNDER,c,c,2000,,"),
        ("an edge between the wrong kinds", "e.csv", "PART_OF,x,d,2000,,"),
        ("an edge before its end begins", "e.csv", "IN_CHARGE_OF,x,b,1990,,"),
        ("an edge backwards in time", "e.csv", "IN_CHARGE_OF,x,b,2020,2010,"),
        ("two lives of one node", "n.csv", "m1,municipality,Ash,M1,2010,,1,,town"),
        ("a second kind of one node", "n.csv", "m1,district,Ash,M1,2010,,,,"),
        ("a fact of another kind", "n.csv", "z,state,Land,,2000,,5,,"),
        ("a life backwards", "n.csv", "z,state,Land,,2000,1999,,,"),
    ):
        text = TEXTS[file]
        at = UPPER.get(what, text.count("\n") + 1)
        yield case(what, file, f"{text}{row}\n", f"{file}:{at}")
