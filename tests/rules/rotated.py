"""A person who is rotated by a draft: what the rules say before and after."""

from datetime import date

from harness import filled, pack_named

from orgraph.draft import Draft, Snapshot
from orgraph.engine.ruling import rule_findings, touch
from orgraph.findings import Finding
from orgraph.model import OUT
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, parent: p}
  - {id: y, kind: commune, parent: p}
  - {id: pc, kind: provincial_committee}
  - {id: dx, kind: direct_committee, parent: pc}
  - {id: dy, kind: direct_committee, parent: pc}
  - {id: a, kind: post, role: secretary, rank: commune, parent: dx}
  - {id: d, kind: post, role: deputy_secretary, rank: commune, parent: dx}
  - {id: u, kind: post, role: committee_member, parent: dx}
  - {id: b, kind: post, role: secretary, rank: RANK, parent: dy}
  - {id: n, kind: post, role: committee_member, parent: dy}
  - {id: m, kind: member, service_end: "SERVICE"}
edges:
  - {kind: COVERS, source: dx, target: x}
  - {kind: COVERS, source: dy, target: y}
  - {kind: NATIVE_OF, source: m, target: HOME}
  - {kind: HOLDS, source: m, target: a, since: SINCE}
"""
DAY = date(2025, 7, 1)


def rotated(  # noqa: PLR0913 - each by its name
    to: str = "b",
    on: date = DAY,
    since: str = "2020-01-01",
    *,
    rank: str = "commune",
    service: str = "2050-01-01",
    native: str = "x",
    until: date = date.max,
) -> set[str]:
    """Return the codes of what is new when the person goes from `a` to a post."""
    given = GIVEN.replace("RANK", rank).replace("SERVICE", service)
    given = given.replace("HOME", native).replace("SINCE", since)
    found = _found(given, to, on, until)
    assert {f.state for f in found} <= {"new"}
    return {f.code for f in found if f.subject == "m" and f.code[:4] in _ROTATION}


_ROTATION = {"ROTA", "NATI", "TERM"}


def _found(given: str, to: str, on: date, until: date) -> list[Finding]:
    store = filled(MemoryStore(pack_named("vietnam")), given)
    draft = Draft(Snapshot(store, on))
    (row,) = draft.edges("m", "HOLDS", OUT)
    draft.disconnect(row)
    draft.connect("HOLDS", "m", to, until=until)
    found = rule_findings(draft, touch(draft.changes()))
    return [f for f in found if f.subject == "m" and f.code[:4] in _ROTATION]
