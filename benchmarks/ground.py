"""The ground that benchmarks stand on: stores of each size, and bare copies of them."""

import sqlite3
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from orgraph.model import EdgeRow, NodeRow
from orgraph.pack import Pack, load_pack
from orgraph.stores import SqliteStore

from . import graph
from .country import Country
from .measure import timed
from .province import Province
from .table import size_name

SMALLEST = 20_000
"""The graph has its trios, and two districts more, from this size on."""

MOST_KEPT = 1_000_000
"""Rows of larger graphs are drawn while a store is filled, and that takes its time."""

_JOURNAL = """
CREATE TABLE journal (
  number INTEGER PRIMARY KEY, line TEXT NOT NULL, hash TEXT NOT NULL
)
"""


class Built(NamedTuple):
    """How a store was filled: its rows, its bytes, and the seconds of `bulk_load`."""

    rows: int
    size: int
    seconds: float


class Ground:
    """Stores in a temporary folder, each built when it is first asked for."""

    def __init__(self, folder: Path, sizes: tuple[int, ...], *, quick: bool) -> None:
        """Build nothing yet."""
        self.folder = folder
        self.sizes = sizes
        self.quick = quick
        self.rounds = 7 if quick else 15
        self.runs = 3 if quick else 7
        """How often a command is run that takes seconds."""
        self.country = Country(folder)
        self.province = Province(folder, scale=0.1 if quick else 1.0)
        self.pack: Pack = load_pack("vietnam")
        self.built: dict[int, Built] = {}
        self._stores: dict[int, SqliteStore] = {}
        self._bare: dict[int, sqlite3.Connection] = {}

    @property
    def small(self) -> int:
        """The smallest size."""
        return min(self.sizes)

    @property
    def large(self) -> int:
        """The largest size; the smallest where there is but one."""
        return max(self.sizes)

    def store(self, size: int) -> SqliteStore:
        """Return the store with so many nodes."""
        if size not in self._stores:
            self._stores[size] = self._build(size)
        return self._stores[size]

    def path(self, size: int) -> Path:
        """Return the file of a store."""
        return self.folder / f"{size}.db"

    def _build(self, size: int) -> SqliteStore:
        store = SqliteStore(self.path(size), create=self.pack)
        nodes: Iterable[NodeRow] = graph.nodes(size)
        edges: Iterable[EdgeRow] = graph.edges(size)
        if size <= MOST_KEPT:
            nodes, edges = list(nodes), list(edges)
        seconds, _ = timed(lambda: store.bulk_load(nodes, edges))
        revision = store.revision(1)
        rows = revision.rows if revision else 0
        with closing(sqlite3.connect(self.path(size))) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self.built[size] = Built(rows, self.path(size).stat().st_size, seconds)
        note(
            f"filled a store of {size_name(size)} nodes, {rows:,} rows, {seconds:.1f} s"
        )
        return store

    def bare(self, size: int) -> sqlite3.Connection:
        """Return a plain connection to a copy of the store, with a journal beside.

        The tables `node` and `edge` hold the same rows under the same keys and
        indexes; it is written ahead and flushed on commit as the store is.
        """
        if size not in self._bare:
            path = self.folder / f"bare-{size}.db"
            self.store(size)
            db = sqlite3.connect(path, isolation_level=None)
            with closing(sqlite3.connect(self.path(size))) as source:
                source.backup(db)
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("PRAGMA synchronous=FULL")
            db.execute("PRAGMA cache_size=-65536")
            db.execute(_JOURNAL)
            self._bare[size] = db
        return self._bare[size]

    def close(self) -> None:
        """Let go of all files."""
        for store in self._stores.values():
            store.close()
        for db in self._bare.values():
            db.close()


def note(text: str) -> None:
    """Say how it goes, beside the table."""
    print(text, file=sys.stderr, flush=True)
