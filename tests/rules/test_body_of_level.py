"""Bodies by the level of what they cover: plan and audit agree, and old is existing."""

from datetime import date

from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.rules.body_of_level import OTHER_KIND
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: p, kind: province, type: tỉnh}
  - {id: h, kind: district, type: huyện, parent: p}
  - {id: c1, kind: commune, type: xã, parent: h}
  - {id: c2, kind: commune, type: xã, parent: h}
  - {id: pc, kind: provincial_committee}
  - {id: g, kind: grassroots_committee, parent: pc}
edges:
  - {kind: COVERS, source: g, target: c1}
  - {kind: COVERS, source: g, target: c2}
"""
DAY = "2012-01-01"
ENDED = "  - {op: abolish_tier, kind: district}\n"
NAMED = "  - {op: rename_unit, unit: c2, name: Xã}\n"


def told(store: MemoryStore, day: date) -> list[str]:
    """Return of which bodies an audit says so on a day."""
    return [f.subject for f in audit(store, day) if f.code == OTHER_KIND.code]


def test_plan_and_audits_say_so_of_a_body_once() -> None:
    """It covers two communes of the level; the state goes on, and later is existing."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    assert told(store, date(2012, 1, 1)) == []
    plan = store.plan(proposed(ENDED, DAY))
    found = [(f.subject, f.state) for f in plan.findings if f.code == OTHER_KIND.code]
    assert found == [("g", "new")]
    store.commit(plan)
    assert told(store, date(2012, 1, 1)) == told(store, date(2014, 5, 6)) == ["g"]
    later = store.plan(proposed(NAMED, "2012-02-01")).findings
    assert [f.state for f in later if f.code == OTHER_KIND.code] == ["existing"]
