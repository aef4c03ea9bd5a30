"""Who is seconded whither: plans tell what audits find, whatever brings it about."""

from datetime import date

import pytest
from harness import STAMP, filled, lenient, proposed

from orgraph.engine import audit, undo_proposal
from orgraph.rules.seconded import AT_HOME, ELSEWHERE, NO_OFFICER, SEVERAL
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 7, 1)
CODES = {one.code for one in (SEVERAL, AT_HOME, ELSEWHERE, NO_OFFICER)}
GIVEN = """\
nodes:
  - {id: p, kind: province}
  - {id: x, kind: commune, border: true, parent: p}
  - {id: v, kind: village, parent: x}
  - {id: guard, kind: armed_unit, parent: p}
  - {id: bp, kind: border_post, parent: guard}
  - {id: pc, kind: provincial_committee}
  - {id: k, kind: direct_committee, parent: pc}
  - {id: l, kind: direct_committee, parent: pc}
  - {id: e, kind: executive_committee, parent: k}
  - {id: f, kind: executive_committee, parent: l}
  - {id: d, kind: post, role: deputy_secretary, parent: k}
  - {id: g, kind: post, role: deputy_secretary, parent: k}
  - {id: u, kind: post, role: committee_member, parent: e}
  - {id: h, kind: post, role: deputy_secretary, parent: l}
  - {id: w, kind: post, role: committee_member, parent: f}
  - {id: c, kind: cell, parent: pc}
  - {id: t, kind: cell, parent: k}
  - {id: o, kind: cell, parent: l}
  - {id: m, kind: member, parent: c}
  - {id: n, kind: member, parent: c}
  - {id: r, kind: member, parent: c}
  - {id: q, kind: member, parent: o}
  - {id: s, kind: member, parent: t}
edges:
  - {kind: COVERS, source: c, target: bp}
  - {kind: COVERS, source: k, target: x}
"""
HELD = "  - {{kind: HOLDS, source: {}, target: {}, form: reinforcement}}\n"
FOUND = (
    "{{op: found_cell, cell: {{kind: cell, name: C, id: z}}, under: {}, "
    "serves: [{}], members: [m]}}"
)
M_IN_D, N_IN_H = HELD.format("m", "d"), HELD.format("n", "h")
CASES = {
    "committees with an officer each merge": (
        M_IN_D + N_IN_H,
        "{op: absorb_units, sources: [l], into: k}",
        {("OFFICER01", "k")},
    ),
    "a body in which an officer has a seat comes to lead another unit": (
        M_IN_D + HELD.format("n", "w"),
        "{op: transfer_parts, from: l, to: k, parts: [f]}",
        {("OFFICER01", "k")},
    ),
    "the post of an officer goes to a unit that has one": (
        M_IN_D + N_IN_H,
        "{op: transfer_parts, from: l, to: k, parts: [h]}",
        {("OFFICER01", "k")},
    ),
    "the cell of officers comes under what one is seconded to": (
        M_IN_D,
        "{op: move_unit, unit: c, to: k}",
        {("OFFICER02", "m")},
    ),
    "the cell of officers leads their post no more": (
        M_IN_D,
        "{op: close_unit, unit: bp}",
        {("OFFICER04", "m")},
    ),
    "the officer at home elsewhere is named once for each unit": (
        M_IN_D,
        "{op: absorb_units, sources: [c], into: t}",
        {("OFFICER02", "m")},
    ),
    "nobody is seconded to what merges": (
        "",
        "{op: absorb_units, sources: [l], into: k}",
        set(),
    ),
    "who is seconded goes home": (M_IN_D, "{op: relieve, person: m, post: d}", set()),
}


def audited(store: MemoryStore) -> set[tuple[str, str]]:
    """Return the codes and subjects of what an audit finds of officers."""
    return {(f.code, f.subject) for f in audit(store, DAY) if f.code in CODES}


def given(more: str) -> MemoryStore:
    """Return a store with the units, and holdings that are there from the first."""
    store = MemoryStore(lenient("vietnam"))
    filled(store, GIVEN + more)
    return store


@pytest.mark.parametrize("case", CASES)
def test_a_plan_tells_what_an_audit_finds(case: str) -> None:
    """What a step would refuse is warned of where units, posts or groups bring it."""
    more, step, wanted = CASES[case]
    store = given(more)
    assert audited(store) == set()
    plan = store.plan(proposed(f"  - {step}\n", str(DAY)))
    assert [f.message for f in plan.findings if f.blocks] == []
    told = [(f.code, f.subject) for f in plan.findings if f.code in CODES]
    assert sorted(told) == sorted(wanted)
    store.commit(plan, STAMP)
    assert audited(store) == wanted
    back = store.plan(undo_proposal(store))
    resolved = {(f.code, f.subject) for f in back.findings if f.state == "resolved"}
    assert resolved & {(code, who) for code, who in wanted} == wanted


@pytest.mark.parametrize(
    ("second", "code"),
    [
        ("{op: second_officer, officer: n, unit: k, post: g}", "OFFICER01"),
        ("{op: second_officer, officer: m, unit: l, post: h}", "OFFICER03"),
        (
            "{op: reinforce_cell, cell: t, transferred: [m]}",
            "OFFICER02",
        ),
        ("{op: transfer_members, members: [m], to: o}", "OFFICER04"),
    ],
)
def test_an_undo_tells_what_a_step_would_refuse(second: str, code: str) -> None:
    """What stood in the way of a later step is warned of when it comes back."""
    store = given(M_IN_D)
    relieved = "  - {op: relieve, person: m, post: d}\n"
    for steps in (relieved, f"  - {second}\n"):
        plan = store.plan(proposed(steps, str(DAY)))
        assert not plan.refused, [f.message for f in plan.findings if f.blocks]
        store.commit(plan, STAMP)
    plan = store.plan(undo_proposal(store, 2))
    assert not plan.refused
    assert [f.code for f in plan.findings if f.code in CODES] == [code]
    store.commit(plan, STAMP)
    assert [found for found, _ in audited(store)] == [code]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ("{op: transfer_members, members: [m], to: t}", "SECOND07"),
        ("{op: reinforce_cell, cell: t, transferred: [m]}", "SECOND07"),
        ("{op: join_cells, places: [v], host: t, members: [m]}", "SECOND07"),
        (
            FOUND.format("k", "v"),
            "SECOND07",
        ),
        ("{op: transfer_members, members: [m], to: o}", "SECOND06"),
        (
            FOUND.format("pc", "bp"),
            None,
        ),
    ],
)
def test_the_order_of_steps_is_no_way_out(step: str, code: str | None) -> None:
    """An officer comes to a unit as little after being seconded to it as before."""
    seconding = "{op: second_officer, officer: m, unit: k, post: d}"
    for steps in ((seconding, step), (step, seconding)):
        store = given("")
        lines = "".join(f"  - {one}\n" for one in steps)
        plan = store.plan(proposed(lines, str(DAY)))
        refused = {(f.code, f.subject) for f in plan.findings if f.blocks}
        assert refused == ({(code, "m")} if code else set())
