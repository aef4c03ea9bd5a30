"""The counts that are kept are those that are made anew, however rows came about."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

import pytest
from graphs import DAYS, graph, kinds_of
from harness import STORES, NewStore, pack_named
from reading import fresh_counts
from towns import STAMP

from orgraph.change import Change, ordered
from orgraph.draft import Snapshot, TallyRow, View
from orgraph.draft.carried import carried, hidden, own_facts
from orgraph.draft.steps import tally_on
from orgraph.engine import append
from orgraph.model import EdgeRow, Key, NodeRow, Row
from orgraph.stores import MemoryStore, Store

PROPOSAL = {"title": "A law", "effective": "2019-01-01", "steps": []}
PACKS = ["territory", "vietnam"]
SEEDS = 110
"""For each pack; every seed gives three revisions, of which two replace the rows."""


def drawn(seed: int, pack: str, size: int) -> dict[Key, Row]:
    """Return the rows of a random graph."""
    random = Random(seed)  # noqa: S311 - a graph is no secret
    kinds = kinds_of(random, pack_named(pack), size)
    return graph(random, pack_named(pack), kinds)


def appended(store: Store, now: dict[Key, Row], then: dict[Key, Row]) -> None:
    """Write, as one revision, what makes one set of rows of another."""
    changes = ordered(
        Change(key, now.get(key), then.get(key))
        for key in now.keys() | then.keys()
        if now.get(key) != then.get(key)
    )
    store.transaction(lambda: append(store, changes, PROPOSAL, STAMP))


def check_counts(store: Store, rows: Iterable[Row]) -> None:
    """What the store counts below every unit is what is counted from the rows."""
    kept = list(rows)
    ids = sorted({row.id for row in kept if isinstance(row, NodeRow)})
    for day in DAYS[:-1]:
        counted = fresh_counts(kept, store.pack.data, day)
        found = tally_on(store, ids, day)
        assert found == {node: counted.get(node, {}) for node in ids}, day


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("seeds", [range(n, SEEDS, 5) for n in range(5)], ids=str)
def test_counts_of_random_revisions(pack: str, seeds: Sequence[int]) -> None:
    """After each of hundreds of random revisions, the counts are those made anew."""
    for seed in seeds:
        random = Random(seed)  # noqa: S311 - a graph is no secret
        store = MemoryStore(pack_named(pack))
        kinds = kinds_of(random, store.pack)
        one, other = (graph(random, store.pack, kinds) for _ in range(2))
        now: dict[Key, Row] = {}
        for then in (one, other, {}):
            appended(store, now, then)
            check_counts(store, then.values())
            now = then
        assert store.tallies(sorted({row[0] for row in one}), 0) == []


@pytest.mark.parametrize("pack", PACKS)
def test_loaded_counts_are_those_of_revisions(pack: str, new_store: NewStore) -> None:
    """A store that is filled at once counts as one to which the rows were written."""
    for seed in range(5):
        rows = drawn(seed, pack, 25)
        written, loaded = new_store(pack), new_store(pack)
        appended(written, {}, rows)
        loaded.bulk_load(
            [row for row in rows.values() if isinstance(row, NodeRow)],
            [row for row in rows.values() if isinstance(row, EdgeRow)],
        )
        ids = sorted({str(key[0]) for key in rows if len(key) == 2})
        assert steps_of(loaded, ids) == steps_of(written, ids)
        check_counts(loaded, rows.values())


def steps_of(store: Store, ids: list[str]) -> set[TallyRow]:
    """Return the steps of the counts below these units."""
    return set(store.tallies(ids, 0))


@pytest.mark.parametrize("pack", PACKS)
def test_stores_count_alike(
    pack: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Every store keeps the same steps of the counts, summed from any day on."""
    rows = drawn(7, pack, 30)
    ids = sorted({str(key[0]) for key in rows if len(key) == 2})
    found = []
    for make in STORES.values():
        path = tmp_path_factory.mktemp("count") / "store.db"
        with make(pack_named(pack), path) as store:
            appended(store, {}, rows)
            days = [day.toordinal() for day in DAYS]
            found.append([sorted(store.tallies(ids, day)) for day in days])
    assert all(other == found[0] for other in found)


@pytest.mark.parametrize("pack", PACKS)
def test_own_amounts_add_up_to_what_is_below(pack: str) -> None:
    """What units themselves carry adds up to what is counted below the roots."""
    for seed in range(20):
        store = MemoryStore(pack_named(pack))
        rows = drawn(seed, pack, 14)
        appended(store, {}, rows)
        for day in DAYS[:-1]:
            view = Snapshot(store, day)
            check_own(view, rows.values(), day)


def check_own(view: View, rows: Iterable[Row], day: date) -> None:
    """Compare what the units of a region carry with what is counted below its root."""
    living = [
        row.id
        for row in rows
        if isinstance(row, NodeRow) and row.since <= day < row.until
    ]
    above = {node: list(view.ancestors(node)) for node in living}
    for root in living:
        below = [node for node in living if root in above[node]]
        own = carried(view, below)
        counted = view.below([root])[root]
        amounts = {
            key: n
            for key, n in counted.items()
            if key.startswith(("fact:", "unknown:"))
            or key.removeprefix("count:") in view.pack.heads
        }
        assert amounts == {key: n for key, n in own.items() if n}


def test_what_hides_a_figure_is_found() -> None:
    """A unit carries its figure no more once something finer has it below."""
    rows = {
        row.key: row
        for row in (
            NodeRow("m1", "municipality", DAYS[0], DAYS[-1], "M", None, {"people": 5}),
            NodeRow("l1", "locality", DAYS[0], DAYS[-1], "L", None, {"people": None}),
            EdgeRow("PART_OF", "l1", "m1", DAYS[1], DAYS[-1], {}),
        )
    }
    store = MemoryStore(pack_named("territory"))
    appended(store, {}, rows)
    before, after = (own_facts(Snapshot(store, d), ["m1", "l1"]) for d in DAYS[:2])
    assert hidden(before, after, "people") == ["m1"]
    assert hidden(before, after, "households") == []
    assert hidden(after, before, "people") == []


def hides(before: View, after: View, name: str) -> list[str]:
    """Return the units that carry a fact before, and have but not carry it after."""
    nodes = ["m1", "l1"]
    return hidden(own_facts(before, nodes), own_facts(after, nodes), name)
