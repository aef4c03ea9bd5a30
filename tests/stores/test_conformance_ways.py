"""Every store counts alike what leads to a place, and what leads nowhere."""

from datetime import timedelta

import pytest
from conftest import EDGES, NODES, TURN
from towns import edge

from orgraph.model import Span
from orgraph.stores import Store

EVE, ON = Span.day(TURN - timedelta(days=1)), Span.day(TURN)
EXTRA = (
    edge("COVERS", "b2", "m1"),
    edge("MEMBER_OF", "x1", "b2"),
    edge("MEMBER_OF", "x2", "b2", until=TURN),
    edge("UNDER", "x1", "l1"),
)


@pytest.fixture
def ways(empty: Store) -> Store:
    """Return a store where people reach places through two groups."""
    empty.bulk_load(NODES, (*EDGES, *EXTRA))
    return empty


def test_those_who_lead_somewhere_are_counted_once(ways: Store) -> None:
    """A person who reaches a place by two groups is one, on the days of the way."""
    way = ["MEMBER_OF", "COVERS"]
    assert ways.count_led(["m1", "l1", "m2"], way, None, ON) == {"m1": 1, "l1": 1}
    assert ways.count_led(["m1", "l1", "m2"], way, None, EVE) == {"m1": 2, "l1": 1}
    assert ways.count_led(["d1"], ["PART_OF", "PART_OF"], None, ON) == {"d1": 2}
    assert ways.count_led(["b1", "b2"], ["MEMBER_OF"], None, ON) == {"b1": 1, "b2": 1}


def test_those_who_lead_somewhere_are_named_once(ways: Store) -> None:
    """They come in order, and a place to which nobody leads isn't there."""
    way = ["MEMBER_OF", "COVERS"]
    assert ways.led(["m1", "m2"], way, EVE) == {"m1": ["x1", "x2"]}
    assert ways.led(["m1", "l1"], way, ON) == {"m1": ["x1"], "l1": ["x1"]}
    assert ways.led([], way, ON) == {}


def test_those_whom_an_edge_leaves_are_counted(ways: Store) -> None:
    """Where an edge must leave them, others don't count."""
    way = ["MEMBER_OF", "COVERS"]
    assert ways.count_led(["m1"], way, "UNDER", EVE) == {"m1": 1}
    assert ways.count_led(["m1"], way, "PART_OF", EVE) == {}
    assert ways.count_led([], way, "UNDER", EVE) == {}


def test_those_that_a_way_leads_nowhere_are_counted(ways: Store) -> None:
    """An edge counts where no way leads on from its source, on that day."""
    groups = ["b1", "b2"]
    assert ways.count_astray(groups, "MEMBER_OF", ["UNDER"], EVE) == {"b2": 1}
    assert ways.count_astray(groups, "MEMBER_OF", ["UNDER"], ON) == {}
    assert ways.count_astray(groups, "MEMBER_OF", ["UNDER", "PART_OF"], EVE) == {
        "b2": 1
    }
    half = ["UNDER", "COVERS"]
    assert ways.count_astray(groups, "MEMBER_OF", half, EVE) == {"b1": 1, "b2": 2}
    assert ways.count_astray([], "MEMBER_OF", half, EVE) == {}
