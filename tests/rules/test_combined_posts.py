"""Posts in one hand: whatever changes at either unit has the pair judged."""

from datetime import date
from typing import Any

import pytest
from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.pack import Pack, pack_from_data
from orgraph.rules.combined_posts import APART
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: qc, kind: direct_committee, parent: pc}
  - {id: p, kind: province, type: tỉnh}
  - {id: x, kind: commune, type: thị trấn, parent: p}
  - {id: v, kind: village, type: bản, parent: x}
  - {id: u, kind: village, type: bản, parent: x}
  - {id: c, kind: cell, parent: pc}
  - {id: d, kind: cell, parent: pc}
  - {id: s, kind: post, role: secretary, parent: c}
  - {id: h, kind: post, role: head, parent: v}
  - {id: k, kind: post, role: head, parent: u}
  - {id: m1, kind: member}
  - {id: m2, kind: member}
edges:
  - {kind: COVERS, source: c, target: v}
  - {kind: COVERS, source: d, target: u}
  - {kind: HOLDS, source: m1, target: s}
  - {kind: HOLDS, source: m1, target: h}
  - {kind: HOLDS, source: m2, target: k}
"""


@pytest.mark.parametrize(
    ("step", "wanted"),
    [
        ("{op: move_unit, unit: c, to: qc}", set()),
        ("{op: absorb_units, sources: [d], into: c}", set()),
        ("{op: transfer_parts, from: c, to: d, parts: [s]}", {"d"}),
        ("{op: transfer_parts, from: c, to: d, parts: [s, v]}", set()),
    ],
)
def test_whatever_bears_on_a_pair(step: str, wanted: set[str]) -> None:
    """A post that goes to another unit, or what is covered, has the pair judged."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    found = store.plan(proposed(f"  - {step}\n")).findings
    assert {f.subject for f in found if f.code == APART.code} == wanted, found


COMPANY = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: dc, kind: direct_committee, parent: pc}
  - {id: gc, kind: grassroots_committee, parent: dc}
  - {id: co, kind: enterprise}
  - {id: s, kind: post, role: secretary, parent: gc}
  - {id: h, kind: post, role: head, parent: co}
  - {id: m1, kind: member}
  - {id: m2, kind: member}
edges:
  - {kind: EDGE, source: gc, target: co}
  - {kind: HOLDS, source: m1, target: s}
  - {kind: HOLDS, source: WHO, target: h}
"""


def _company_pack(edge: str) -> Pack:
    """Return the pack with the committee's combination on, by an edge of that name."""
    data: dict[str, Any] = dict(pack_named("vietnam").data)
    data["edges"] = {"OF_COMPANY": _of_company(data), **data["edges"]}
    (one,) = (
        each
        for each in data["combinations"]
        if each["id"] == "company-secretary-is-manager"
    )
    data["combinations"] = [{**one, "by": edge, "unconfirmed": False}]
    return pack_from_data(data)


def _of_company(data: dict[str, Any]) -> dict[str, Any]:
    """Return an edge of its own, with what becomes of it as of what covers."""
    like = data["edges"]["COVERS"]
    fates = {
        end: {event: word for event, word in like[end].items() if event[:4] != "tier"}
        for end in ("on_source", "on_target")
    }
    ends = {"grassroots_committee": ["enterprise"]}
    return {"label": "is the committee of", "local": "của", "ends": ends, **fates}


@pytest.mark.parametrize("edge", ["COVERS", "OF_COMPANY"])
@pytest.mark.parametrize("who", ["m1", "m2"])
def test_the_pack_names_the_edge_that_joins_the_units(edge: str, who: str) -> None:
    """A committee of a company is judged by whichever edge the pack says joins them."""
    given = COMPANY.replace("EDGE", edge).replace("WHO", who)
    for by in ("COVERS", "OF_COMPANY"):
        store = filled(MemoryStore(_company_pack(by)), given)
        found = [f for f in audit(store, DAY) if f.code == APART.code]
        assert [f.subject for f in found] == ["gc"] * (by == edge and who == "m2")
