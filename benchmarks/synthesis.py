"""What a synthetic province costs, drawn and loaded, beside a bare executemany.

The one side lays the province out, draws its rows and fills a new store: with hash,
tallies, words of names and indexes. The bare side is handed the same rows as tuples
that are ready to be written, and puts them with sqlite3 alone into the same two tables
of an empty store's file, without its indexes, which it makes at the end. Both files are
written ahead and flushed on commit.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path

from orgraph.importers import load_tables
from orgraph.pack import Pack
from orgraph.stores import MemoryStore, SqliteStore, create_store
from orgraph.stores import sqlite_schema as sql
from orgraph.stores.sqlite_rows import edge_values, node_values
from orgraph.synth import PROFILES, Synthetic, Territory, read_territory
from orgraph.synth.people import DAY

from .ground import Ground
from .measure import alternate, timed
from .table import Result, at_most

LIKE = "quang-ninh"
SCENARIO = Path(__file__).resolve().parent.parent / "scenarios" / "quang_ninh_2025"
SMALL = 0.05
"""The scale of a quick run."""

Rows = Iterable[tuple[object, ...]]


def synthesis(ground: Ground) -> Iterator[Result]:
    """Draw and load a province beside the bare executemany of its rows."""
    scale = SMALL if ground.quick else 1.0
    territory = _territory(ground.pack)
    path, bare_path = ground.folder / "synthetic.db", ground.folder / "bare-rows.db"
    province = Synthetic(ground.pack, territory, PROFILES[LIKE], 1, scale)
    nodes = [node_values(row, 1) for row in province.nodes()]
    edges = [edge_values(row, 1) for row in province.edges()]

    def drawn() -> Mapping[str, float]:
        seconds, _ = timed(lambda: _filled(ground.pack, territory, scale, path))
        assert _counted(path) == len(nodes) + len(edges)
        return {"synth": seconds}

    def bare() -> Mapping[str, float]:
        _emptied(bare_path)
        create_store(bare_path, ground.pack).close()
        seconds, _ = timed(lambda: _executemany(bare_path, nodes, edges))
        assert _counted(bare_path) == len(nodes) + len(edges)
        return {"bare": seconds}

    series = alternate(2, drawn, bare)
    what = f"synth and load of {len(nodes):,} nodes, {len(edges):,} edges by bare"
    ratio = series.ratio(["synth"], ["bare"])
    shown = f"{series.seconds('synth'):.1f} s"
    yield at_most("synth", what, ratio, 4.0, note=shown)


def _territory(pack: Pack) -> Territory:
    with MemoryStore(pack) as store:
        load_tables(store, [SCENARIO / name for name in ("nodes.csv", "edges.csv")])
        return read_territory(store, DAY)


def _filled(pack: Pack, territory: Territory, scale: float, path: Path) -> None:
    """Make a store of the province, from its layout on."""
    _emptied(path)
    drawn = Synthetic(pack, territory, PROFILES[LIKE], 1, scale)
    with SqliteStore(path, create=pack) as store:
        store.bulk_load(drawn.nodes(), drawn.edges(), title=drawn.title)


def _emptied(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _executemany(path: Path, nodes: Rows, edges: Rows) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA cache_size=-65536")
        db.execute("BEGIN IMMEDIATE")
        for statement in sql.NO_INDEXES:
            db.execute(statement)
        db.executemany(sql.PUT_NODE, nodes)
        db.executemany(sql.PUT_EDGE, edges)
        for statement in sql.ALL_INDEXES:
            db.execute(statement)
        db.execute("COMMIT")


def _counted(path: Path) -> int:
    with closing(sqlite3.connect(path)) as db:
        return int(db.execute(sql.COUNT_ROWS).fetchone()[0])
