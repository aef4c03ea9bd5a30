"""Cells of villages: plain counting of who lives there agrees."""

from collections import Counter
from datetime import date

from dwelt import drawn
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.model import OUT, Span
from orgraph.rules import Reach
from orgraph.rules.own_cell import NOT_KNOWN, WITHOUT, OwnCell
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
VILLAGES = [f"v{number}" for number in range(6)]


def test_agrees_with_plain_counting() -> None:
    """Three who live in a village that no cell serves alone are found, in any world."""
    found_any = Counter[bool]()
    for seed in range(60):
        store = filled(MemoryStore(pack_named("vietnam")), drawn(seed))
        ids, always = list(store.all_ids()), Span.always()
        covers = [
            (r.source, r.target) for r in store.edges(ids, ["COVERS"], OUT, always)
        ]
        joint = {row.id for row in store.nodes(ids, always) if row.facts.get("joint")}
        joint |= {c for c, n in Counter(c for c, _ in covers).items() if n > 1}
        served = {village for cell, village in covers if cell not in joint}
        home = {r.source: r.target for r in store.edges(ids, ["LIVES_IN"], OUT, always)}
        live = Counter(
            home[r.target] for r in store.edges(ids, ["OF_HOUSEHOLD"], OUT, always)
        )
        wanted = {v for v in VILLAGES if live[v] >= 3 and v not in served}
        view = Snapshot(store, DAY)
        found = list(OwnCell().check(view, Reach.within(view, VILLAGES, [])))
        assert {f.subject for f in found if f.code == WITHOUT.code} == wanted, seed
        assert NOT_KNOWN.code not in {f.code for f in found}
        found_any[bool(wanted)] += 1
    assert found_any[True] > 5
    assert found_any[False] > 5
