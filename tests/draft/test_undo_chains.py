"""Revisions can be taken back one after the other, to where the store began."""

from datetime import date

import pytest
from towns import (
    blocking,
    done,
    edge,
    filled,
    found,
    new,
    node,
    planned,
    rows_of,
    undone,
)

from orgraph.engine import undo_proposal
from orgraph.stores import MemoryStore


@pytest.fixture
def store() -> MemoryStore:
    """Two regions of a state, each with a district; a municipality in the first."""
    return filled(
        node("st", "state"),
        node("r1", "region"),
        node("r2", "region"),
        node("d1", "district"),
        node("d2", "district"),
        node("m1", "municipality", people=3),
        edge("PART_OF", "r1", "st"),
        edge("PART_OF", "r2", "st"),
        edge("PART_OF", "d1", "r1"),
        edge("PART_OF", "d2", "r2"),
        edge("PART_OF", "m1", "d1"),
    )


def test_last_first(store: MemoryStore) -> None:
    """Taken back from the last to the first, revisions leave what was there before."""
    start = rows_of(store)
    founded = done(store, "2021-01-01", found("municipality", "m2", "d1"))
    renamed = done(
        store, "2022-01-01", {"op": "rename_unit", "unit": "m2", "name": "New"}
    )
    undone(store, renamed)
    undone(store, founded)
    assert rows_of(store) == start


def test_second_move_of_a_day(store: MemoryStore) -> None:
    """A unit moved twice on one day goes back to where it was in between."""
    done(store, "2022-01-01", {"op": "move_unit", "unit": "m1", "to": "r1"})
    between = rows_of(store)
    second = done(store, "2022-01-01", {"op": "move_unit", "unit": "m1", "to": "r2"})
    undone(store, second)
    assert rows_of(store) == between


def test_tier_abolished_on_the_day_of_a_merger(store: MemoryStore) -> None:
    """The merger and the end of a tier on one day are two revisions, each undoable."""
    merge = {"op": "merge_units", "sources": ["r1", "r2"], "into": new("region", "r3")}
    done(store, "2025-07-01", merge)
    between = rows_of(store)
    tier = done(store, "2025-07-01", {"op": "abolish_tier", "kind": "region"})
    undone(store, tier)
    assert rows_of(store) == between


def test_undo_of_an_undo_that_wrote_a_version_back() -> None:
    """What an undo wrote back is not founded, so what hangs on it is no obstacle."""
    renamed = date(2022, 1, 1)
    store = filled(
        node("st", "state"),
        node("d1", "district", until=renamed, type="old"),
        node("d1", "district", since=renamed, type="new"),
        node("d2", "district"),
        node("m1", "municipality"),
        edge("PART_OF", "d1", "st"),
        edge("PART_OF", "d2", "st"),
        edge("PART_OF", "m1", "d1", until=renamed),
        edge("PART_OF", "m1", "st", since=renamed),
    )
    absorb = {"op": "absorb_units", "sources": ["d1"], "into": "d2"}
    absorbed = done(store, "2022-01-01", absorb)
    ended = rows_of(store)
    back = undone(store, absorbed)
    undone(store, back)
    assert rows_of(store) == ended


def test_unknown_people_below_a_unit_with_people(store: MemoryStore) -> None:
    """A founding that was accepted can be taken back at once."""
    start = rows_of(store)
    locality = found("locality", "l1", "m1", households=None)
    undone(store, done(store, "2022-01-01", locality))
    assert rows_of(store) == start


def test_parent_that_ended_since_is_named_with_its_revision(
    store: MemoryStore,
) -> None:
    """Where a unit would return to a parent that has ended, the revision is named."""
    absorb = {"op": "absorb_units", "sources": ["d2"], "into": "d1"}
    absorbed = done(store, "2022-01-01", absorb)
    tier = done(store, "2022-01-01", {"op": "abolish_tier", "kind": "region"})
    plan = store.plan(undo_proposal(store, absorbed))
    assert f"revision {tier}" in "\n".join(blocking(plan))


def test_child_founded_since_is_named_with_its_revision(store: MemoryStore) -> None:
    """Where a unit would end again that has a child since, its revision is named."""
    tier = done(store, "2022-01-01", {"op": "abolish_tier", "kind": "district"})
    back = undone(store, tier)
    child = done(store, "2022-01-01", found("municipality", "m2", "d1"))
    plan = store.plan(undo_proposal(store, back))
    assert f"revision {child}" in "\n".join(blocking(plan))


def test_a_plan_that_is_refused_changes_nothing(store: MemoryStore) -> None:
    """A proposal that fails leaves the store as it was."""
    start = rows_of(store)
    plan = planned(store, "2022-01-01", {"op": "move_unit", "unit": "d1", "to": "m1"})
    assert plan.refused
    assert rows_of(store) == start
