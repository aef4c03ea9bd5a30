"""Random reorganisations of a territory keep every law, on every store."""

import pytest
from hypothesis.stateful import run_state_machine_as_test
from machine import DAYS, LONG, QUICK
from reshaping import Reshapings
from towns import edge, node

LATER = DAYS[3]


class Territory(Reshapings):
    """Two regions, three districts, and what is below them."""

    pack_name = "territory"
    rows = (
        node("st", "state"),
        node("r1", "region"),
        node("r2", "region"),
        node("d1", "district"),
        node("d2", "district"),
        node("m1", "municipality", people=7, area_m2=10),
        node("m2", "municipality", area_m2=None),
        node("m3", "municipality", people=3, type="rural"),
        node("l1", "locality", people=4),
        node("l2", "locality", people=None),
        node("l3", "locality", until=LATER),
        node("b1", "body"),
        node("b2", "body"),
        node("b3", "body", since=DAYS[1]),
        node("p1", "post", role="deputy"),
        node("p2", "post", role="interim"),
        node("p3", "post", role="liaison"),
        node("x1", "person"),
        node("x2", "person"),
        edge("PART_OF", "r1", "st"),
        edge("PART_OF", "r2", "st"),
        edge("PART_OF", "d1", "r1"),
        edge("PART_OF", "d2", "r2", until=LATER),
        edge("PART_OF", "d2", "r1", since=LATER),
        edge("PART_OF", "m1", "d1"),
        edge("PART_OF", "m2", "d2"),
        edge("PART_OF", "m3", "r1"),
        edge("PART_OF", "l1", "m1"),
        edge("PART_OF", "l2", "m1"),
        edge("PART_OF", "l3", "m2", until=LATER),
        edge("COVERS", "b1", "m1"),
        edge("COVERS", "b1", "m2", until=DAYS[2]),
        edge("COVERS", "b1", "m2", since=LATER),
        edge("COVERS", "b2", "m2"),
        edge("COVERS", "b3", "d1", since=DAYS[2]),
        edge("UNDER", "b2", "b1"),
        edge("UNDER", "b3", "b2", since=DAYS[1]),
        edge("SEAT_IN", "p1", "b2"),
        edge("SEAT_IN", "p2", "m1"),
        edge("SEAT_IN", "p3", "m3"),
        edge("MEMBER_OF", "x1", "b2"),
        edge("MEMBER_OF", "x2", "b3", since=DAYS[1]),
        edge("HOLDS", "x1", "p1"),
        edge("HOLDS", "x2", "p2"),
    )
    founded = (
        ("locality", {"people": 2}),
        ("locality", {"people": None}),
        ("locality", {}),
        ("municipality", {"people": 5, "area_m2": 1}),
        ("municipality", {}),
        ("district", {}),
        ("region", {}),
        ("body", {}),
        ("post", {"role": "deputy"}),
    )
    merged = ("municipality", "locality", "district", "region", "body")
    tiers = ("district", "region")
    types = ("town", "rural")


def test_territory() -> None:
    """A territory, its bodies and posts keep every law in some dozens of stories."""
    run_state_machine_as_test(Territory, settings=QUICK)


@pytest.mark.slow
def test_territory_at_length() -> None:
    """A territory, its bodies and posts keep every law in hundreds of stories."""
    run_state_machine_as_test(Territory, settings=LONG)
