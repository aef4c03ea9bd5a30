"""Attending a cell: one edge more, and nobody counted twice."""

from communes import commune
from harness import NewStore, applied, filled, proposed

from orgraph.queries import tally

STEP = "- {op: attend_cell, person: m0-0, cell: c1}"


def test_one_change_and_no_member_more(new_store: NewStore) -> None:
    """Who attends a cell is still counted as a member of the home cell alone."""
    store = filled(new_store("vietnam"), commune(3))
    day = proposed(STEP).effective
    before = [tally(store, cell, day).to_plain() for cell in ("c0", "c1", "gc")]
    plan = applied(store, STEP)
    assert [change.key[:3] for change in plan.changes] == [("ATTENDS", "m0-0", "c1")]
    assert [tally(store, cell, day).to_plain() for cell in ("c0", "c1", "gc")] == before
