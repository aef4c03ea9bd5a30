"""Charges of oneself: an audit names them, and reads nobody else for it."""

from datetime import date

from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.engine import audit
from orgraph.model import OUT
from orgraph.rules import Reach
from orgraph.rules.census import Census
from orgraph.rules.own_charge import OF_ONESELF, OwnCharge
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: v, kind: village}
  - {id: h, kind: household}
  - {id: m1, kind: member, parent: c}
  - {id: m2, kind: member, parent: c}
  - {id: m3, kind: member, parent: c}
edges:
  - {kind: LIVES_IN, source: h, target: v}
  - {kind: OF_HOUSEHOLD, source: m1, target: h}
  - {kind: OF_HOUSEHOLD, source: m2, target: h}
  - {kind: IN_CHARGE_OF, source: m2, target: h}
  - {kind: IN_CHARGE_OF, source: m2, target: v}
  - {kind: IN_CHARGE_OF, source: m3, target: h}
"""


def test_audits_look_at_those_alone() -> None:
    """Of all in charge an audit reads who is of the same household, and names them."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    assert set(OwnCharge().where(Census(store, DAY))) == {"m2"}
    found = [f for f in audit(store, DAY) if f.code == OF_ONESELF.code]
    assert [(f.subject, f.about, f.severity) for f in found] == [("m2", "h", "error")]


def test_of_oneself() -> None:
    """A person who is recorded as in charge of the same person is named, too."""
    charge = "  - {kind: IN_CHARGE_OF, source: m1, target: m1}\n"
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN + charge)
    assert "m1" in set(OwnCharge().where(Census(store, DAY)))
    view = Snapshot(store, DAY)
    view.need_edges(["m1"], ["IN_CHARGE_OF"], OUT)
    rows = view.edges("m1", "IN_CHARGE_OF", OUT)
    (found,) = OwnCharge().check(view, Reach.within(view, ["m1"], rows))
    assert found.message == "m1 is in charge of itself from 2025-01-01 on."
