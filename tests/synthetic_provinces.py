"""Synthetic provinces that several test files look at."""

from functools import cache
from pathlib import Path

from harness import pack_named

from orgraph.importers import load_tables
from orgraph.model import EdgeRow, NodeRow
from orgraph.stores.memory import MemoryStore
from orgraph.synth import PROFILES, Synthetic, Territory, read_territory
from orgraph.synth.people import DAY

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
FOLDERS = {"quang-ninh": "quang_ninh_2025", "dien-bien": "dien_bien_2025"}


@cache
def territory(name: str) -> Territory:
    """Return a province's real communes."""
    store = MemoryStore(pack_named("vietnam"))
    folder = SCENARIOS / FOLDERS[name]
    load_tables(store, [folder / "nodes.csv", folder / "edges.csv"])
    return read_territory(store, DAY)


def synthetic(name: str, scale: float = 1.0, seed: int = 1) -> Synthetic:
    """Return a synthetic organisation over them."""
    pack = pack_named("vietnam")
    return Synthetic(pack, territory(name), PROFILES[name], seed, scale)


@cache
def rows(name: str, scale: float) -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return all rows of one."""
    drawn = synthetic(name, scale)
    return list(drawn.nodes()), list(drawn.edges())
