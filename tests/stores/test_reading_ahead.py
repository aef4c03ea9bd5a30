"""A plan on a store behind a network asks it seldom, and learns the same."""

import pytest
from far import FarStore
from files import PAIRED, STEPS, pairs, town
from harness import lenient
from towns import Step, blocking, planned

from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.reports import build_report

DAY = "2022-01-01"
DEPTH = 4
"""How many levels the towns have, from a household to the state."""


def far(*rows: Row) -> FarStore:
    """Return a far store that holds these rows as revision 1."""
    store = FarStore(lenient("territory"))
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return store


def trips(store: FarStore, *steps: Step) -> list[str]:
    """Return what a plan of these steps asks of the store."""
    plan = planned(store, DAY, *steps)
    assert blocking(plan) == []
    asked = list(store.trips)
    build_report(plan, store)
    return asked


@pytest.mark.parametrize("name", STEPS)
def test_a_plan_takes_few_trips(name: str) -> None:
    """It takes as many for 10 dependents as for 1,000, and not many."""
    few, many = (trips(far(*town(n)), STEPS[name]) for n in (10, 1000))
    assert many == few
    assert len(few) <= 8 + DEPTH, few


@pytest.mark.parametrize("op", PAIRED)
def test_a_plan_of_many_steps_takes_as_many_trips(op: str) -> None:
    """Forty steps take no more than one."""
    store = far(*pairs(40))
    one, forty = (
        trips(store, *(PAIRED[op](n) for n in range(steps))) for steps in (1, 40)
    )
    assert forty == one
    assert len(one) <= 8 + DEPTH, one
