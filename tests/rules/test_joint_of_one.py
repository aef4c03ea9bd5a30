"""Joint cells of one place: what says so, and what isn't known; audits agree."""

from datetime import date

import pytest
from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.rules.joint_of_one import OF_ONE, OF_SEVERAL
from orgraph.stores.memory import MemoryStore

GIVEN = """\
nodes:
  - {id: x, kind: commune, type: thị trấn}
  - {id: v1, kind: village, parent: x}
  - {id: v2, kind: village, parent: x}
  - {id: pc, kind: provincial_committee}
  - {id: j, kind: cell, joint: true, parent: pc}
  - {id: plain, kind: cell, parent: pc}
  - {id: open, kind: cell, joint: true, parent: pc}
edges:
  - {kind: COVERS, source: j, target: v1}
  - {kind: COVERS, source: j, target: v2}
  - {kind: COVERS, source: plain, target: v1}
  - {kind: COVERS, source: plain, target: v2}
"""
MERGED = "{op: absorb_units, sources: [v1], into: v2}"
NOT_JOINT = "{op: set_facts, unit: j, facts: {joint: false}}"
SAID = "{{op: set_facts, unit: {}, facts: {{joint: {}}}}}"


@pytest.mark.parametrize(
    ("steps", "wanted"),
    [
        ([MERGED], {"j": "1 place, v2;"}),
        ([MERGED, NOT_JOINT], {}),
        (["{op: close_unit, unit: v1}"], {"j": "1 place, v2;"}),
        (
            ["{op: close_unit, unit: v1}", "{op: close_unit, unit: v2}"],
            {"j": "0 places;"},
        ),
        (["{op: rename_unit, unit: open, name: Other}"], {}),
        (["{op: set_facts, unit: plain, facts: {joint: true}}"], {}),
    ],
)
def test_serves_too_few(steps: list[str], wanted: dict[str, str]) -> None:
    """Only what says it is joint is found, never what nobody said the ground of."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    plan = store.plan(proposed("".join(f"  - {step}\n" for step in steps)))
    found = {f.subject: f for f in plan.findings if f.code == OF_ONE.code}
    assert found.keys() == wanted.keys()
    assert all(said in found[node].message for node, said in wanted.items())
    assert not plan.refused
    store.commit(plan)
    audited = {f.subject for f in audit(store, date(2025, 1, 1)) if f.code == "JOINT02"}
    assert audited == wanted.keys()


@pytest.mark.parametrize(
    ("group", "joint", "wanted"),
    [
        ("j", "false", OF_SEVERAL.code),
        ("plain", "false", OF_SEVERAL.code),
        ("plain", "true", None),
        ("one", "true", OF_ONE.code),
        ("one", "false", None),
        ("open", "false", None),
    ],
)
def test_what_a_group_says_of_itself(
    group: str, joint: str, wanted: str | None
) -> None:
    """What is said with set_facts is held against what the group serves."""
    one = "  - {id: one, kind: cell, parent: pc}\nedges:\n"
    one += "  - {kind: COVERS, source: one, target: v1}\n"
    given = GIVEN.replace("edges:\n", one)
    store = filled(MemoryStore(pack_named("vietnam")), given)
    plan = store.plan(proposed(f"  - {SAID.format(group, joint)}\n"))
    found = [f.code for f in plan.findings if f.code in {OF_ONE.code, OF_SEVERAL.code}]
    assert found == ([wanted] if wanted else [])
