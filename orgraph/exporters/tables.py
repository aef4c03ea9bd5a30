"""Writes an export as the two tables that an import reads: nodes.csv, edges.csv."""

import csv
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, Protocol

from ..cells import EDGE_COLUMNS, LARGEST_CELL, NODE_COLUMNS, fact_cell, fact_column
from ..errors import InputError
from ..files import made_folder, opened_output
from ..model import EdgeRow, NodeRow, Row
from ..pack import Pack
from .saying import said

NODES = "nodes.csv"
EDGES = "edges.csv"


class Rows(Protocol):
    """What tables are written of: rows as two streams, and the pack they keep to."""

    @property
    def pack(self) -> Pack:
        """The schema pack."""
        ...

    def nodes(self) -> Iterator[NodeRow]:
        """Yield the nodes."""
        ...

    def edges(self) -> Iterator[EdgeRow]:
        """Yield the edges."""
        ...


def write_tables(extract: Rows, folder: str | Path) -> None:
    """Write both tables into a folder, which is made where there is none.

    Each has one column for every fact that the pack gives to its kinds, so that all
    exports of a pack have the same columns. Both files are replaced, or neither.

    >>> import os
    >>> orgraph.write_tables(orgraph.Extract(store, on=day), "out")
    >>> sorted(os.listdir("out"))
    ['edges.csv', 'nodes.csv']
    """
    made_folder(folder)
    with ExitStack() as files:
        nodes = files.enter_context(opened_output(Path(folder) / NODES))
        edges = files.enter_context(opened_output(Path(folder) / EDGES))
        facts = {f for kind in extract.pack.nodes.values() for f in kind.facts}
        _write(nodes, extract, NODE_COLUMNS, sorted(facts), extract.nodes())
        facts = {f for kind in extract.pack.edges.values() for f in kind.facts}
        _write(edges, extract, EDGE_COLUMNS, sorted(facts), extract.edges())


def _write(
    file: BinaryIO,
    extract: Rows,
    own: tuple[str, ...],
    facts: list[str],
    rows: Iterable[NodeRow] | Iterable[EdgeRow],
) -> None:
    text = TextIOWrapper(file, encoding="utf-8", newline="")
    table = csv.writer(text, lineterminator="\n")
    table.writerow([*own, *map(fact_column, facts)])
    for row in rows:
        table.writerow(list(_cells(extract, row, facts)))
    text.detach()
    file.flush()  # a full disk shows here, before either file is replaced


def _cells(extract: Rows, row: Row, columns: list[str]) -> Iterator[str]:
    since, until, facts = said(extract.pack, row)
    if isinstance(row, NodeRow):
        yield from (row.id, row.kind, row.name, row.code or "", since, until)
    else:
        yield from (row.kind, row.source, row.target, since, until)
    if not facts:
        yield from [""] * len(columns)
        return
    unknown = sorted(facts.keys() - columns)
    if unknown:
        name = " ".join(str(part) for part in row.key)
        message = f"{name}: no kind has a fact {unknown[0]}, so no column can hold it"
        raise InputError(message)
    for column in columns:
        cell = fact_cell(facts[column]) if column in facts else ""
        if len(cell) > LARGEST_CELL:
            name = " ".join(str(part) for part in row.key)
            message = f"{name}: {column} is too long for a cell; export to json"
            raise InputError(message)
        yield cell
