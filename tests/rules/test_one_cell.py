"""Cells of one village: plain counting of what covers it agrees."""

from collections import Counter
from datetime import date

from dwelt import drawn
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.engine import audit
from orgraph.model import OUT, Span
from orgraph.rules import Reach
from orgraph.rules.one_cell import SEVERAL, OneCell
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
VILLAGES = [f"v{number}" for number in range(6)]


def test_agrees_with_plain_counting() -> None:
    """Each village that two cells cover is found once, in any world and any reach."""
    found_any = Counter[bool]()
    for seed in range(80):
        store = filled(MemoryStore(pack_named("vietnam")), drawn(seed))
        rows = store.edges(list(store.all_ids()), ["COVERS"], OUT, Span.always())
        served = Counter(row.target for row in rows)
        wanted = sorted(v for v in VILLAGES if served[v] > 1)
        view = Snapshot(store, DAY)
        found = list(OneCell().check(view, Reach.within(view, VILLAGES, [])))
        assert [f.subject for f in found] == wanted, seed
        audited = [f.subject for f in audit(store, DAY) if f.code == SEVERAL.code]
        assert audited == wanted
        found_any[bool(wanted)] += 1
    assert found_any[True] > 5
    assert found_any[False] > 5
