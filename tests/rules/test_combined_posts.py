"""Posts in one hand: whatever changes at either unit has the pair judged."""

import pytest
from harness import filled, pack_named, proposed

from orgraph.rules.combined_posts import APART
from orgraph.stores.memory import MemoryStore

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
