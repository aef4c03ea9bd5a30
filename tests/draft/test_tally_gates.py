"""A coarse unit counts its own figure only while no finer carrier is below it."""

from datetime import date

from towns import done, edge, filled, node

from orgraph.draft.steps import tally_on
from orgraph.engine import audit

DAY = date(2021, 1, 1)


def test_finer_carrier_two_levels_below() -> None:
    """A department that closes far below an agency changes only its own count."""
    store = filled(
        node("p", "province"),
        node("agency", "agency", staff=50),
        node("sub", "sub_department"),
        node("one", "department", staff=7),
        node("two", "department", staff=3),
        edge("UNDER", "agency", "p"),
        edge("UNDER", "sub", "agency"),
        edge("UNDER", "one", "sub"),
        edge("UNDER", "two", "agency"),
        pack="vietnam",
    )
    done(store, DAY.isoformat(), {"op": "close_unit", "unit": "one"})
    assert tally_on(store, ["p"], DAY)["p"]["fact:staff"] == 3


def test_audit_and_tallies_agree_on_who_carries() -> None:
    """An audit of a sound store finds nothing, however deep the finer carrier lies."""
    store = filled(
        node("p", "province"),
        node("upper", "agency", staff=50),
        node("lower", "agency", staff=20),
        node("one", "department", staff=7),
        edge("UNDER", "upper", "p"),
        edge("UNDER", "lower", "upper"),
        edge("UNDER", "one", "lower"),
        pack="vietnam",
    )
    assert [f.message for f in audit(store, DAY) if f.code == "TALLY01"] == []
