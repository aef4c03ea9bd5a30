"""Stories of what flows between units that attacks came upon, in small."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError
from towns import STAMP, blocking, done, edge, filled, new, node, planned, rows_of

from orgraph.draft.carried import added_passages
from orgraph.engine import undo_proposal
from orgraph.model import OUT, Span
from orgraph.plan import Plan
from orgraph.stores import MemoryStore

DAY = "2021-01-01"
SOURCES = ("m1", "m2")


def codes(plan: Plan) -> set[str]:
    """Return the codes of what blocks a plan."""
    return {text.split()[0] for text in blocking(plan)}


def passed(store: MemoryStore, source: str, target: str) -> list[dict[str, Any]]:
    """Return the facts of the lineage between two units, by the day."""
    rows = store.edges([source], ["SUCCEEDED_BY"], OUT, Span.always())
    return [dict(row.facts) for row in sorted(rows) if row.target == target]


@pytest.fixture
def store() -> MemoryStore:
    """Return two municipalities under one district, with two bodies."""
    return filled(
        node("d1", "district"),
        node("m1", "municipality", people=10, area_m2=100),
        node("m2", "municipality", people=4),
        node("l1", "locality"),
        node("l2", "locality"),
        node("b1", "body"),
        node("b2", "body"),
        *(edge("PART_OF", unit, "d1") for unit in SOURCES),
        *(edge("PART_OF", unit, "m1") for unit in ("l1", "l2")),
        edge("COVERS", "b1", "m1"),
    )


def transfer(**given: object) -> dict[str, object]:
    """Return a step from one municipality to the other."""
    return {"op": "transfer_parts", "from": "m1", "to": "m2", **given}


def test_nothing_given_is_no_figure(store: MemoryStore) -> None:
    """A unit without a figure that gets none of a fact doesn't have 0 of it now."""
    done(store, DAY, transfer(shares={"people": 3, "area_m2": "none"}))
    rows = store.nodes(["m2"], Span.day(date(2021, 1, 1)))
    assert [row.facts for row in rows] == [{"people": 7}]
    assert passed(store, "m1", "m2") == [
        {"part": "part", "step": 1, "people": 3, "area_m2": 0}
    ]


def test_later_name_is_not_in_the_way_where_no_figure_changes(
    store: MemoryStore,
) -> None:
    """Parts pass to a unit that is renamed later, as long as no figure does."""
    done(store, "2030-01-01", {"op": "rename_unit", "unit": "m2", "name": "Later"})
    assert not planned(store, DAY, transfer(parts=["l1"], shares="none")).refused
    plan = planned(store, DAY, transfer(parts=["l1"], shares="1/2"))
    assert codes(plan) == {"TIME01"}


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "ended"])
def test_part_that_ends_by_the_step(store: MemoryStore, kept: bool) -> None:  # noqa: FBT001 - a case
    """What ends by a step can't be given away in it as a part."""
    edges = [
        {"from": "l1", "to": "l2", "whole": True},
        {"from": "m1", "to": "m2", "parts": ["l1", "l2"], "shares": "1/2"},
    ]
    step = {"op": "reorganise_units", "edges": edges, "keep": ["m1"] if kept else []}
    assert "PARTS02" in codes(planned(store, DAY, step))


def test_parent_is_no_part(store: MemoryStore) -> None:
    """A unit can't give away what it is under."""
    targets = [
        {"unit": "m2", "parts": ["d1"], "shares": "all"},
        {"new": new("municipality", "m3"), "parts": ["l1", "l2"], "shares": "none"},
    ]
    step = {"op": "split_unit", "source": "m1", "targets": targets}
    assert "PARTS02" in codes(planned(store, DAY, step))


def test_edge_between_a_unit_that_is_split_and_one_that_ends(
    store: MemoryStore,
) -> None:
    """What joins two ending units isn't lost without a word; two steps can say it."""
    into = [{**new("municipality", name), "as": name} for name in ("m3", "m4")]
    whole = {"from": "b1", "to": "b2", "whole": True}
    parts = [
        {"from": "m1", "to": "m3", "parts": ["l1"], "shares": "1/2"},
        {"from": "m1", "to": "m4", "parts": ["l2"], "shares": "1/2"},
    ]
    one = {"op": "reorganise_units", "new": into, "edges": [whole, *parts]}
    assert codes(planned(store, DAY, one)) == {"ASK08"}
    first = {"op": "reorganise_units", "edges": [whole]}
    parts[0]["parts"] = ["l1", "b2"]
    second = {"op": "reorganise_units", "new": into, "edges": parts}
    done(store, DAY, first, second)
    rows = store.edges(["b2"], ["COVERS"], OUT, Span.day(date(2021, 1, 1)))
    assert [row.target for row in rows] == ["m3"]


def test_undo_is_taken_back_though_the_two_have_another_day(
    store: MemoryStore,
) -> None:
    """Two transfers between the same units on two days don't bar each other's redo."""
    shares = {"people": 1, "area_m2": 1}
    done(store, "2022-01-01", transfer(shares=shares))
    done(store, DAY, transfer(parts=["l1"], shares="none"))
    after = rows_of(store)
    for _ in range(2):
        plan = store.plan(undo_proposal(store))
        assert blocking(plan) == []
        store.commit(plan, stamp=STAMP)
    assert rows_of(store) == after


def test_unit_is_restored_once_at_a_time(store: MemoryStore) -> None:
    """What is restored can be restored again only when it has ended again."""
    done(store, DAY, {"op": "absorb_units", "sources": ["m2"], "into": "m1"})
    unit = {**new("municipality", "m3"), "restores": "m2"}
    restore = {"op": "restore_unit", "unit": unit, "under": "d1"}
    done(store, "2022-01-01", restore)
    again = {**restore, "unit": {**unit, "id": "m4"}}
    assert codes(planned(store, "2023-01-01", again)) == {"RESTORE03"}
    absorb = {"op": "absorb_units", "sources": ["m3"], "into": "m1"}
    done(store, "2023-01-01", absorb)
    assert not planned(store, "2023-01-01", again).refused


@pytest.mark.parametrize(
    "given",
    [{"parts": ["l1"]}, {"shares": "none"}, {"answers": {"l1": "end"}}],
    ids=str,
)
def test_nothing_is_restored_from_nobody(
    store: MemoryStore, given: dict[str, object]
) -> None:
    """Parts and shares of a restored unit come from somebody, or aren't read."""
    unit = {**new("municipality", "m3"), "restores": "m2"}
    with pytest.raises(ValidationError):
        planned(store, DAY, {"op": "restore_unit", "unit": unit, **given})


@pytest.mark.parametrize(
    ("first", "later", "all_of"),
    [
        ({"people": 3, "all_of": "people"}, {"area_m2": 1, "all_of": "area_m2"}, 2),
        ({"people": 3, "all_of": "people"}, {"people": 0}, 1),
        ({"people": 3, "all_of": "people"}, {"people": 2}, 0),
        ({"people": 3, "all_of": "people"}, {"people": None}, 0),
        ({"people": 3}, {"people": 2, "all_of": "people"}, 1),
    ],
    ids=str,
)
def test_all_of_two_passages(
    first: dict[str, Any], later: dict[str, Any], all_of: int
) -> None:
    """All of a fact went in two steps if it did at last, or first and then nothing."""
    parts = [{"part": "part", "step": step} for step in (1, 2)]
    both = added_passages({**parts[0], **first}, {**parts[1], **later})
    said = str(both.get("all_of", ""))
    assert said == ", ".join(["area_m2", "people"][2 - all_of :] if all_of else [])
    assert both["step"] == 1


def test_unknown_share_swallows_what_was_known(store: MemoryStore) -> None:
    """A share that nobody knows leaves both figures unknown, and that is no loss."""
    plan = planned(store, DAY, transfer(shares={"people": "unknown", "area_m2": 1}))
    assert blocking(plan) == []
    store.commit(plan, stamp=STAMP)
    rows = store.nodes(SOURCES, Span.day(date(2021, 1, 1)))
    assert {row.id: row.facts["people"] for row in rows} == {"m1": None, "m2": None}


def test_two_transfers_of_a_day_add_up(store: MemoryStore) -> None:
    """What passes between two units in two steps of a day is one passage, summed."""
    one, other = ({"people": n, "area_m2": "none"} for n in (2, 3))
    done(store, DAY, transfer(shares=one))
    done(store, DAY, transfer(shares=other))
    assert passed(store, "m1", "m2") == [
        {"part": "part", "step": 1, "people": 5, "area_m2": 0}
    ]


def test_part_stays_joined_to_others() -> None:
    """A body that goes with a part of what it covers covers the rest as before."""
    units = ("m1", "m2", "m3")
    store = filled(
        *(node(unit, "municipality") for unit in units),
        node("b1", "body"),
        *(edge("COVERS", "b1", unit) for unit in ("m1", "m3")),
    )
    done(store, DAY, transfer(parts=["b1"]))
    rows = store.edges(["b1"], ["COVERS"], OUT, Span.day(date(2021, 1, 1)))
    assert sorted(row.target for row in rows) == ["m2", "m3"]


def test_unit_is_not_split_into_what_is_below_it() -> None:
    """A target that is below an ending source is refused, however far below."""
    store = filled(
        *(node(name, "body") for name in ("b1", "b2", "b3")),
        edge("UNDER", "b2", "b1"),
        edge("UNDER", "b3", "b2"),
    )
    targets = [{"unit": "b3"}, {"new": new("body", "b4"), "parts": ["b2"]}]
    step = {"op": "split_unit", "source": "b1", "targets": targets}
    assert "FLOW03" in codes(planned(store, DAY, step))
