"""Joint cells: what a plan forms and ends are set against each other."""

import pytest
from harness import filled, pack_named, proposed

from orgraph.rules.joint_cells import MORE
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: p, kind: province, type: tỉnh}
  - {id: x, kind: commune, type: thị trấn, parent: p}
  - {id: v1, kind: village, parent: x}
  - {id: v2, kind: village, parent: x}
  - {id: v3, kind: village, parent: x}
  - {id: v4, kind: village, parent: x}
  - {id: pc, kind: provincial_committee}
  - {id: a, kind: cell, parent: pc}
  - {id: b, kind: cell, parent: pc}
  - {id: j, kind: cell, parent: pc}
  - {id: said, kind: cell, joint: true, parent: pc}
edges:
  - {kind: COVERS, source: a, target: v1}
  - {kind: COVERS, source: b, target: v2}
  - {kind: COVERS, source: j, target: v3}
  - {kind: COVERS, source: j, target: v4}
"""
SAID = "{op: set_facts, unit: %s, facts: {joint: %s}}"


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        (["{op: absorb_units, sources: [a], into: b}"], {"b"}),
        (["{op: absorb_units, sources: [a], into: j}"], set()),
        (["{op: absorb_units, sources: [j], into: a}"], set()),
        (["{op: transfer_parts, from: j, to: a, parts: [v3]}"], set()),
        ([SAID % ("a", "true")], {"a"}),
        ([SAID % ("a", "true"), SAID % ("said", "false")], set()),
        (
            [SAID % ("a", "true"), SAID % ("b", "true"), SAID % ("said", "false")],
            {"a", "b"},
        ),
        (["{op: rename_unit, unit: j, name: Other}"], set()),
    ],
)
def test_more_than_were(steps: list[str], wanted: set[str]) -> None:
    """Only where more become joint than cease to be are those named that became so."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    plan = store.plan(proposed("".join(f"  - {step}\n" for step in steps)))
    assert {f.subject for f in plan.findings if f.code == MORE.code} == wanted
    assert not plan.refused
