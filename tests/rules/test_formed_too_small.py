"""Criteria of units that are formed: once in an audit, and only on their day."""

from datetime import date

from harness import applied, filled, pack_named

from orgraph.engine import audit
from orgraph.rules.formed_too_small import TOO_SMALL, FormedTooSmall
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: m1, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
  - {id: m2, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
  - {id: m3, kind: municipality, type: rural, people: 9, area_m2: 1, parent: s}
"""
WAIVED = """\
  - {op: absorb_units, sources: [m1], into: m2}
waivers: [{code: FORMED01, subject: m2, basis: A treaty}]
"""


def test_is_found_once_and_on_the_day_only() -> None:
    """The audit of the day finds what the plan found; a day later nobody is formed."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    plan = applied(store, WAIVED, "2030-03-01")
    assert [f.code for f in plan.findings if f.waived] == [TOO_SMALL.code]
    for day, times in ((date(2030, 3, 1), 1), (date(2030, 3, 2), 0)):
        found = [f for f in audit(store, day) if f.code == TOO_SMALL.code]
        assert len(found) == times, day
    assert FormedTooSmall.name() == "formed_too_small"


def test_three_in_steps_are_three() -> None:
    """Two absorbed one after the other in one plan make a merger of three."""
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    plan = applied(
        store,
        "  - {op: absorb_units, sources: [m1], into: m2}\n"
        "  - {op: absorb_units, sources: [m3], into: m2}\n",
        "2030-03-01",
    )
    assert TOO_SMALL.code not in {finding.code for finding in plan.findings}
