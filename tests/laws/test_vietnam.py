"""Random reorganisations of a province's apparatus keep every law, on every store."""

import pytest
from hypothesis.stateful import run_state_machine_as_test
from machine import DAYS, LONG, QUICK
from reshaping import Reshapings
from towns import edge, node

LATER = DAYS[3]


class Apparatus(Reshapings):
    """A province with its agencies, whose staff is counted four levels deep."""

    pack_name = "vietnam"
    rows = (
        node("p", "province"),
        node("c1", "commune", people=9),
        node("c2", "commune", people=5),
        node("v1", "village", people=None),
        node("v2", "village", people=3),
        node("a1", "agency", staff=50),
        node("a2", "agency", staff=None),
        node("a3", "agency"),
        node("s1", "sub_department", staff=8),
        node("s2", "sub_department"),
        node("t1", "department", staff=7),
        node("t2", "department", staff=3),
        node("t3", "department", until=LATER),
        node("u1", "service_unit", staff=20),
        node("o1", "post", role="deputy_head"),
        node("g1", "grassroots_committee"),
        node("g2", "grassroots_committee"),
        node("h1", "direct_committee", type="district"),
        node("h2", "direct_committee", type="commune"),
        node("pc", "provincial_committee"),
        node("e1", "executive_committee"),
        node("k1", "cell"),
        node("k2", "cell"),
        node("x1", "member"),
        edge("PART_OF", "c1", "p"),
        edge("PART_OF", "c2", "p"),
        edge("PART_OF", "v1", "c1"),
        edge("PART_OF", "v2", "c1"),
        edge("UNDER", "a1", "p"),
        edge("UNDER", "a2", "p", until=LATER),
        edge("UNDER", "a2", "a3", since=LATER),
        edge("UNDER", "a3", "p"),
        edge("UNDER", "s1", "a2"),
        edge("UNDER", "s2", "a2"),
        edge("UNDER", "t1", "s1"),
        edge("UNDER", "t2", "a2"),
        edge("UNDER", "t3", "s2", until=LATER),
        edge("UNDER", "u1", "a3"),
        edge("UNDER", "g1", "h1"),
        edge("UNDER", "g2", "h1"),
        edge("UNDER", "h1", "pc"),
        edge("UNDER", "h2", "pc"),
        edge("UNDER", "e1", "g1"),
        edge("UNDER", "k1", "g1"),
        edge("UNDER", "k2", "g2"),
        edge("COVERS", "k1", "v1"),
        edge("COVERS", "g1", "c1"),
        edge("SEAT_IN", "o1", "s1"),
        edge("MEMBER_OF", "x1", "k1"),
    )
    founded = (
        ("department", {"staff": 4}),
        ("department", {}),
        ("sub_department", {"staff": None}),
        ("service_unit", {"staff": 6}),
        ("agency", {"staff": 30}),
        ("village", {"people": 2}),
        ("grassroots_committee", {}),
        ("cell", {}),
        ("executive_committee", {}),
    )
    merged = (
        "agency",
        "sub_department",
        "department",
        "commune",
        "grassroots_committee",
        "cell",
    )
    tiers = ("direct_committee", "sectional_committee")
    types = ("district", "commune", "xã")


def test_apparatus() -> None:
    """Agencies, departments and committees keep every law in some stories."""
    run_state_machine_as_test(Apparatus, settings=QUICK)


@pytest.mark.slow
def test_apparatus_at_length() -> None:
    """Agencies, departments and committees keep every law in hundreds of stories."""
    run_state_machine_as_test(Apparatus, settings=LONG)
