"""How fast a store fills: rows that are known to be good, and tables that are checked.

`bulk_load` is handed rows in memory and runs no rule; an import reads two CSV files and
runs the rules on all they say. Both end with a flushed commit.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

from orgraph.importers import load_tables
from orgraph.model import FOREVER, EdgeRow, NodeRow, Row
from orgraph.stores import SqliteStore

from . import graph
from .ground import MOST_KEPT, Ground
from .measure import timed
from .table import Result, said, size_name


def load(ground: Ground) -> Iterator[Result]:
    """Say what filling the stores took."""
    for size in ground.sizes:
        ground.store(size)
        rows, written, seconds = ground.built[size]
        drawn = ", and drawing them" if size > MOST_KEPT else ""
        what = f"bulk_load of {size_name(size)} nodes, {rows:,} rows{drawn}"
        yield said("load", what, rows / seconds, _rate(rows, written, seconds))


def imports(ground: Ground) -> Iterator[Result]:
    """Import the small graph from CSV files into a new store."""
    size = ground.small
    nodes, edges = list(graph.nodes(size)), list(graph.edges(size))
    paths = [ground.folder / "nodes.csv", ground.folder / "edges.csv"]
    _write(paths[0], NodeRow._fields, nodes)
    _write(paths[1], EdgeRow._fields, edges)
    path = ground.folder / "imported.db"
    with SqliteStore(path, create=ground.pack) as store:
        seconds, loaded = timed(lambda: load_tables(store, paths))
    rows = len(nodes) + len(edges)
    assert sum(loaded.counts.values()) == rows
    what = f"import of {size_name(size)} nodes, {rows:,} rows of CSV"
    shown = _rate(rows, sum(p.stat().st_size for p in paths), seconds)
    yield said("import", what, rows / seconds, shown)


def _write(path: Path, fields: Iterable[str], rows: Iterable[Row]) -> None:
    """Write a table: the row's own columns, and one for every fact."""
    kept = list(rows)
    own = [field for field in fields if field not in {"facts", "rev"}]
    facts = sorted({name for row in kept for name in row.facts})
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow([*own, *facts])
        for row in kept:
            cells = [_cell(getattr(row, field)) for field in own]
            table.writerow([*cells, *(_cell(row.facts.get(name)) for name in facts)])


def _cell(value: object) -> str:
    if value is None or value == FOREVER:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _rate(rows: int, size: int, seconds: float) -> str:
    return f"{rows / seconds:,.0f} rows/s, {size / seconds / 1e6:.1f} MB/s"
