"""Every store answers an audit alike: shapes of edges, and where some lack or crowd."""

from datetime import date, timedelta
from typing import Any

import pytest
from conftest import EDGES, NODES, TURN
from towns import edge, undone

from orgraph.change import change_line
from orgraph.draft.whole import Shape
from orgraph.model import IN, OUT, EdgeRow, NodeRow, Span
from orgraph.stores import Store

EVE = TURN - timedelta(days=1)
LATER = date(2021, 1, 1)
SOUND = {"begins_inside": True, "source_stays": True, "target_stays": True}


def shape(kind: str, source: str | None, target: str | None, **fits: Any) -> Shape:  # noqa: ANN401 - booleans
    """Return a shape that is sound but for what is said."""
    return Shape(kind, source, target, **{**SOUND, **fits})


def loaded(empty: Store, *rows: NodeRow | EdgeRow) -> Store:
    """Return a store with these rows, right or wrong."""
    empty.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return empty


def test_shapes_of_sound_edges(store: Store) -> None:
    """Edges are counted by their kind and those of their ends, from the day on."""
    assert store.shapes(LATER) == {
        shape("PART_OF", "district", "state"): 1,
        shape("PART_OF", "municipality", "district"): 2,
        shape("PART_OF", "locality", "municipality"): 2,
        shape("COVERS", "body", "municipality"): 1,
        shape("COVERS", "body", "locality"): 1,
        shape("MEMBER_OF", "person", "body"): 1,
    }


def test_shapes_have_what_ended_on_the_day(store: Store) -> None:
    """An edge that ended on the day is counted, and one that ended before isn't."""
    parts = [
        shape("PART_OF", "municipality", "district"),
        shape("PART_OF", "locality", "municipality"),
    ]
    assert [store.shapes(TURN)[part] for part in parts] == [3, 3]
    assert [store.shapes(TURN + timedelta(days=1))[part] for part in parts] == [2, 2]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (edge("UNDER", "d1", "m1"), shape("UNDER", "district", "municipality")),
        (
            edge("COVERS", "b1", "none"),
            shape("COVERS", "body", None, begins_inside=False, target_stays=False),
        ),
        (
            edge("COVERS", "none", "b1"),
            shape("COVERS", None, "body", begins_inside=False, source_stays=False),
        ),
        (
            edge("COVERS", "b1", "m2"),
            shape("COVERS", "body", "municipality", target_stays=False),
        ),
        (
            edge("UNDER", "m3", "b1", since=EVE),
            shape("UNDER", "municipality", "body", begins_inside=False),
        ),
        (
            edge("UNDER", "m2", "b1"),
            shape("UNDER", "municipality", "body", source_stays=False),
        ),
    ],
)
def test_shape_of_an_edge_that_does_not_fit(
    empty: Store, row: EdgeRow, expected: Shape
) -> None:
    """A shape says which end is missing, begins too late or ends too early."""
    store = loaded(empty, *NODES, row)
    assert store.shapes(EVE) == {expected: 1}
    assert list(store.shaped({expected}, EVE)) == [(expected, row.source, row.target)]
    assert list(store.shaped(set(), EVE)) == []


def test_versions_are_one_life(store: Store) -> None:
    """An edge that spans both versions of a renamed unit is inside its life."""
    (found,) = [
        s
        for s in store.shapes(EVE)
        if s.target == "municipality" and s.kind == "COVERS"
    ]
    assert found == shape("COVERS", "body", "municipality")


def test_crowded(empty: Store) -> None:
    """What has two edges of a kind is named, unless one of them is past."""
    store = loaded(
        empty,
        *NODES,
        *EDGES,
        edge("PART_OF", "l1", "m3", since=TURN),
        edge("UNDER", "l1", "b1"),
    )
    assert list(store.crowded(["PART_OF"], OUT, LATER)) == ["l1"]
    assert list(store.crowded(["PART_OF"], OUT, TURN)) == ["l1", "l2"]
    assert list(store.crowded(["COVERS", "UNDER"], OUT, LATER)) == ["b1"]
    assert list(store.crowded(["PART_OF"], IN, LATER)) == ["d1", "m1"]
    assert list(store.crowded(["MEMBER_OF"], IN, LATER)) == []


def test_turning(store: Store) -> None:
    """What an edge begins or ends to leave on the day is named, once and in order."""
    assert list(store.turning(["PART_OF"], TURN)) == ["l2", "m2", "m3"]
    assert list(store.turning(["COVERS", "MEMBER_OF"], TURN)) == []
    assert list(store.turning(["PART_OF"], EVE)) == []


def test_lacking(store: Store) -> None:
    """Nodes are named that have no edge, or need several to span their life."""
    kinds = ["locality", "municipality", "state"]
    assert list(store.lacking(kinds, "PART_OF", OUT, LATER)) == ["st"]
    assert list(store.lacking(kinds, "PART_OF", OUT, EVE)) == ["l2", "m4", "st"]
    assert list(store.lacking(["locality"], "COVERS", IN, LATER)) == ["l2"]
    assert list(store.lacking(["municipality"], "COVERS", IN, EVE)) == [
        "m2",
        "m3",
        "m4",
    ]


def test_lacking_for_a_part_of_its_life(empty: Store) -> None:
    """A node whose edge begins too late or ends too early lacks one; the past isn't."""
    store = loaded(
        empty,
        *NODES,
        edge("PART_OF", "l1", "m1", since=TURN),
        edge("PART_OF", "l2", "m1", until=LATER),
    )
    assert list(store.lacking(["locality"], "PART_OF", OUT, EVE)) == ["l1", "l2"]
    assert list(store.lacking(["locality"], "PART_OF", OUT, TURN)) == ["l2"]


def test_count_joined(store: Store) -> None:
    """Living nodes of some kinds are counted by what they join on the day."""
    kinds = ["locality", "municipality"]
    assert store.count_joined(["PART_OF", "UNDER"], kinds, Span.day(EVE)) == {
        ("d1", "municipality"): 2,
        ("m1", "locality"): 1,
        ("m2", "locality"): 1,
    }
    assert store.count_joined(["PART_OF"], kinds, Span.day(TURN)) == {
        ("d1", "municipality"): 2,
        ("m1", "locality"): 2,
    }
    assert store.count_joined(["PART_OF"], ["person"], Span.day(TURN)) == {}


def test_nothing_in_an_empty_store(empty: Store) -> None:
    """An empty store has no shapes, and nothing that crowds or lacks."""
    assert store_says(empty) == ({}, [], [], [], {}, [])


def store_says(store: Store) -> tuple[object, ...]:
    """Return what a store answers to each question."""
    return (
        store.shapes(TURN),
        list(store.crowded(["PART_OF"], OUT, TURN)),
        list(store.turning(["PART_OF"], TURN)),
        list(store.lacking(["locality"], "PART_OF", OUT, TURN)),
        store.count_joined(["PART_OF"], ["locality"], Span.day(TURN)),
        list(store.lines(1)),
    )


def test_lines_are_those_of_the_journal(changed: Store) -> None:
    """What is hashed of a revision is its changes: of rows new, replaced and gone."""
    undone(changed, changed.head())
    sides = set()
    for number in range(1, changed.head() + 1):
        journal = changed.journal(number)
        assert list(changed.lines(number)) == list(map(change_line, journal))
        sides |= {(c.before is None, c.after is None) for c in journal}
    assert sides == {(True, False), (False, False), (False, True)}
