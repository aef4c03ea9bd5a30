"""Absorbing units: what can't be read, and figures that change meanwhile."""

import pytest
from harness import STAMP, NewStore, applied, filled, proposed

from orgraph.errors import InputError, StaleError
from orgraph.model import NodeRow

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, type: rural, area_m2: 5, parent: s}
  - {id: m2, kind: municipality, type: rural, area_m2: 7, parent: s}
  - {id: m3, kind: municipality, type: rural, area_m2: 9, parent: s}
"""


def test_nothing_to_absorb() -> None:
    """An absorption has a source at least."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:.*sources"):
        proposed("- {op: absorb_units, sources: [], into: m}")


def test_sum_of_another_day(new_store: NewStore) -> None:
    """Where the absorbing unit has grown since the plan was made, the plan is stale."""
    store = filled(new_store("territory"), GIVEN)
    plan = store.plan(proposed("- {op: absorb_units, sources: [m1], into: m3}"))
    applied(store, "- {op: absorb_units, sources: [m2], into: m3}")
    with pytest.raises(StaleError) as error:
        store.commit(plan, stamp=STAMP)
    assert any(line.startswith("m3 ") for line in error.value.differences)


def test_conserved_over_two_absorptions(new_store: NewStore) -> None:
    """What three units had, one has after two absorptions of one day."""
    store = filled(new_store("territory"), GIVEN)
    applied(store, "- {op: absorb_units, sources: [m1], into: m3}")
    plan = applied(store, "- {op: absorb_units, sources: [m2], into: m3}")
    grown = [
        c.after
        for c in plan.changes
        if isinstance(c.row, NodeRow) and c.after and c.row.id == "m3"
    ]
    assert [row.facts["area_m2"] for row in grown] == [21]
