"""The country replayed into a store, and what it counts by public questions alone."""

import csv
import importlib.util
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import orgraph
from orgraph.proposal.timeline import opened_timeline
from orgraph.queries import show
from orgraph.queries.crosswalk import Pair
from orgraph.stores import Store

FOLDER = Path(__file__).resolve().parents[2] / "scenarios" / "vietnam_2025"
BEFORE, AFTER = date(2025, 1, 1), date(2025, 7, 1)
COAST = "X376"
"""The code of the unnamed coastal area, which is no commune."""

Row = Mapping[str, str]


class Asked(NamedTuple):
    """The answers that everything is counted from."""

    pairs: list[Pair]
    provinces: list[Pair]
    types: Mapping[str, str]
    above: Mapping[str, str]


@cache
def build() -> ModuleType:
    """Return the script of the scenario."""
    spec = importlib.util.spec_from_file_location("country_build", FOLDER / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def official() -> list[Row]:
    """Return the counts that the official list gives, by new province."""
    with (FOLDER / "by_province.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def replay(folder: Path, store: Path, only: str = "") -> None:
    """Build the base, and replay the proposals whose file names begin with `only`."""
    files = [folder / "nodes.csv", folder / "edges.csv"]
    with orgraph.create(str(store), "vietnam") as made:
        orgraph.load_tables(made, files)
        if only:
            (path,) = folder.glob(f"{only}_*.yaml")
            made.commit(made.plan(orgraph.read_proposal(path)))
            return
        with opened_timeline(folder / "timeline.jsonl") as timeline:
            for event in orgraph.replay(made, timeline.proposals()):
                assert not getattr(event, "refused", False), event


def ask(store: Store) -> Asked:
    """Ask who became what, and of each new commune its type and what is above it."""
    pairs = list(orgraph.crosswalk(store, BEFORE, AFTER, "commune").pairs)
    provinces = list(orgraph.crosswalk(store, BEFORE, AFTER, "province").pairs)
    types, above = {}, {}
    for unit in sorted({pair.to.id for pair in pairs if pair.to}):
        (version,) = show(store, unit, AFTER)["versions"][-1:]
        types[unit] = version["facts"]["type"]
        above[unit] = orgraph.chain(store, unit, AFTER).chain[1].id
    return Asked(pairs, provinces, types, above)


def counted(asked: Asked, names: Mapping[str, str]) -> dict[str, Row]:
    """Count what the official list counts, by the code of the new province."""
    by_province: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in asked.pairs:
        assert pair.from_, pair
        assert pair.to, pair
        by_province[asked.above[pair.to.id]].append(pair)
    olds = Counter(pair.to.id for pair in asked.provinces if pair.to)
    found = {}
    for province, pairs in by_province.items():
        (code,) = {p.to.code for p in asked.provinces if p.to and p.to.id == province}
        old = {p.from_.id: p.from_ for p in pairs if p.from_}
        new = {p.to.id for p in pairs if p.to}
        types = Counter(asked.types[unit] for unit in new)
        targets = Counter(p.from_.id for p in pairs if p.from_)
        kinds = Counter(u.kind for u in old.values() if u.code != COAST)
        assert code is not None
        found[code] = {
            "new_code": code,
            "new_province": names[code],
            "n_old_provinces": str(olds[province]),
            "old_communes": str(kinds["commune"]),
            "island_districts": str(kinds["district"]),
            "new_communes": str(len(new)),
            "xa": str(types["xã"]),
            "phuong": str(types["phường"]),
            "dac_khu": str(types["đặc khu"]),
            "edges": str(len(pairs)),
            "split_old_communes": str(sum(n > 1 for n in targets.values())),
            "unchanged_1to1": str(sum(len(g) == 2 for g in groups(pairs))),
        }
    return found


def groups(pairs: Iterable[Pair]) -> list[set[tuple[str, str]]]:
    """Return the old and new units that hang together, without a graph library."""
    whole: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for pair in pairs:
        if pair.from_ and pair.to:
            ends = [("old", pair.from_.id), ("new", pair.to.id)]
            one = set().union(*(whole.get(end, {end}) for end in ends))
            whole.update(dict.fromkeys(one, one))
    return list({id(group): group for group in whole.values()}.values())
