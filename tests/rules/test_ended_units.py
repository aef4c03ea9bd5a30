"""Ended units: what the pack keeps stays, and all else is found."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.rules import Reach
from orgraph.rules.ended_units import EndedUnits
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c}
  - {id: h, kind: district, until: 2025-01-01}
  - {id: qd, kind: document}
edges:
  - {kind: BASED_ON, source: h, target: qd}
  - {kind: NATIVE_OF, source: m, target: h}
"""
CHARGE = "  - {kind: IN_CHARGE_OF, source: m, target: h}\n"


@pytest.mark.parametrize(
    ("more", "day", "expected"),
    [
        ("", date(2025, 1, 1), []),
        (CHARGE, date(2024, 1, 1), ["h"]),
        (CHARGE, date(2025, 1, 1), ["h"]),
        (CHARGE, date(2025, 1, 2), []),
    ],
)
def test_left_on_an_ended_unit(more: str, day: date, expected: list[str]) -> None:
    """An edge that outlives a unit is found up to the day on which the unit ends."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN + more)
    view = Snapshot(store, day)
    found = EndedUnits().check(view, Reach.within(view, ["h", "m"], []))
    assert [finding.subject for finding in found] == expected
