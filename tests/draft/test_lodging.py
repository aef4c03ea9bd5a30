"""Of which places it is recorded who lives there: counts say what the edges do."""

import copy
from datetime import date
from typing import Never

import pytest
from harness import pack_named
from towns import edge, filled, node

from orgraph.draft import Snapshot
from orgraph.draft.lodging import recorded
from orgraph.pack import pack_from_data
from orgraph.stores import MemoryStore

DAY = date(2025, 6, 1)
ROWS = [
    node("co", "commune"),
    *(node(village, "village") for village in ("full", "empty", "past", "coming")),
    *(edge("PART_OF", v, "co") for v in ("full", "empty", "past", "coming")),
    *(node(home, "household") for home in ("h1", "h2", "h3")),
    edge("LIVES_IN", "h1", "full"),
    edge("LIVES_IN", "h2", "past", until=date(2025, 6, 1)),
    edge("LIVES_IN", "h3", "coming", since=date(2025, 6, 2)),
]


def test_it_is_recorded_of_villages_in_which_a_household_lives(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Those are told by what is counted below them, and no household is looked at."""

    def count_led(*asked: object) -> Never:
        raise AssertionError(asked)

    store = filled(*ROWS, pack="vietnam")
    monkeypatch.setattr(store, "count_led", count_led)
    villages = ["coming", "empty", "full", "past"]
    assert recorded(Snapshot(store, DAY), villages) == {"full"}
    assert recorded(Snapshot(store, date(2025, 5, 31)), villages) == {"full", "past"}
    assert recorded(Snapshot(store, date(2025, 6, 2)), villages) == {"coming", "full"}


def test_where_counts_hold_more_than_who_lives_there_the_edges_are_asked() -> None:
    """A commune counts the households of its villages, and only h1 lives in none."""
    data = copy.deepcopy(dict(pack_named("vietnam").data))
    data["edges"]["LIVES_IN"]["ends"]["household"] = ["village", "commune"]
    data["questions"]["places"]["place"] = "commune"
    data["limits"] = []
    units = [node("far", "commune"), node("near", "commune"), node("v", "village")]
    homes = [node("h1", "household"), node("h2", "household")]
    edges = [
        edge("PART_OF", "v", "far"),
        edge("LIVES_IN", "h1", "near"),
        edge("LIVES_IN", "h2", "v"),
    ]
    store = MemoryStore(pack_from_data(data))
    store.bulk_load([*units, *homes], edges)
    view = Snapshot(store, DAY)
    assert view.below(["far"])["far"]["count:household"] == 1
    assert set(recorded(view, ["far", "near"])) == {"near"}
