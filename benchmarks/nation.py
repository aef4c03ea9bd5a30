"""A whole country, by hand: scripts/bench --country [NODES].

About 35 million nodes and 46 million edges are drawn as a stream into a new store by
its own `bulk_load`, in a process of its own, and into two bare tables with one index by
`executemany`, in another. Both draw the rows twice, nodes first, and make the same
columns of them; only the store has the other indexes, words, tallies and the hash. Then
members' chains are asked for on both sides, as the table's row `chain` does.
"""

import json
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from orgraph.pack import load_pack
from orgraph.stores import SqliteStore
from orgraph.stores import sqlite_schema as sql
from orgraph.stores.sqlite_rows import edge_values, node_values

from . import asking, graph
from .ground import note
from .peak import measured
from .table import Result, at_most, said, size_name

NODES = 35_000_000
DENSITY = graph.Density(households=250, members=50)
ASKED = 400
_TABLES = ("meta", "past_node", "past_edge", "revision", "tally", "word")


def nation(folder: Path, size: int) -> Iterator[Result]:
    """Load the country on both sides, and ask it for chains."""
    paths = {side: folder / f"{side}.db" for side in ("bare", "store")}
    took = {}
    held = {}
    for side, path in paths.items():
        command = [sys.executable, "-m", "benchmarks.nation", side, str(path)]
        took[side] = measured([*command, str(size)])
        held[side] = json.loads(took[side].printed)
        note(f"{side}: {held[side]['rows']:,} rows, {took[side].cpu:.0f} s")
        if side == "bare":
            path.unlink()
    ours, bare = took["store"], took["bare"]
    assert held["store"]["rows"] == held["bare"]["rows"]
    name = f"{size_name(size)} nodes, {held['store']['rows']:,} rows"
    shown = f"{ours.cpu:.0f} s ({ours.seconds:.0f} s on the clock)"
    yield said("country", f"load of {name}", ours.cpu, shown)
    ratio, shown = ours.cpu / bare.cpu, f"{bare.cpu:.0f} s bare"
    yield at_most("country", "the same by bare rows", ratio, 3, note=shown)
    peak = ours.peak / 1e6
    yield at_most("country", "the same: peak of memory", peak, 1000, unit="MB")
    gigabytes = held["store"]["size"] / 1e9
    yield said("country", "the same: the file", gigabytes, f"{gigabytes:.1f} GB")
    with SqliteStore(paths["store"]) as store, closing(_opened(paths["store"])) as db:
        last = size // (DENSITY.households + DENSITY.members + 10)
        villages = range(400, last, max(1, last // ASKED))
        members = [f"member-village-{village}-0" for village in villages]
        series = asking.compared(store, db, members, min(ASKED, len(members)) - 1)
    shown = f"{series.seconds('ours') * 1e6:.0f} µs"
    ratio = series.ratio(["ours"], ["bare"])
    yield at_most("country", "chain of a member by bare SQL", ratio, 3, note=shown)


def _opened(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path)
    db.execute("PRAGMA cache_size=-65536")
    return db


def _store(path: Path, size: int) -> None:
    with SqliteStore(path, create=load_pack("vietnam")) as store:
        rows = (draw(size, density=DENSITY) for draw in (graph.nodes, graph.edges))
        store.bulk_load(*rows)  # type: ignore[arg-type]


def _bare(path: Path, size: int) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA cache_size=-65536")
        db.execute("BEGIN")
        for statement in sql.TABLES.split(";"):
            if not any(f"TABLE {name} " in statement for name in _TABLES):
                db.execute(statement)
        nodes = (node_values(row, 1) for row in graph.nodes(size, density=DENSITY))
        db.executemany("INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?)", nodes)
        edges = (edge_values(row, 1) for row in graph.edges(size, density=DENSITY))
        db.executemany("INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?)", edges)
        db.execute(sql.ALL_INDEXES[0])
        db.execute("COMMIT")


def main() -> None:
    """Fill one side in this process, and print what it holds."""
    side, path, size = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    {"store": _store, "bare": _bare}[side](path, size)
    with closing(sqlite3.connect(path)) as db:
        ((rows,),) = db.execute(sql.COUNT_ROWS)
    print(json.dumps({"rows": rows, "size": path.stat().st_size}))


if __name__ == "__main__":
    main()
