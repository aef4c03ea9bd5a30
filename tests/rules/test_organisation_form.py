"""The form of an organisation: told by counts, wherever below it somebody moves."""

import pytest
from harness import filled, pack_named, proposed

from orgraph.rules.organisation_form import WRONG_FORM
from orgraph.stores.memory import MemoryStore


def given(many: int, few: int) -> str:
    """Return a committee with a section, whose cell has many, beside a cell of few."""
    rows = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: g, kind: grassroots_committee, parent: pc}
  - {id: s, kind: sectional_committee, parent: g}
  - {id: c, kind: cell, parent: s}
  - {id: e, kind: executive_committee, parent: c}
  - {id: o, kind: cell, parent: pc}
  - {id: f, kind: executive_committee, parent: o}
"""
    for cell, number in (("c", many), ("o", few)):
        for place in range(number):
            rows += f"  - {{id: {cell}{place}, kind: member, official: true, "
            rows += f"parent: {cell}}}\n"
    return rows


@pytest.mark.parametrize(
    ("many", "few", "wanted"),
    [(31, 28, set()), (30, 28, {"g"}), (31, 29, {"o"}), (30, 29, {"g", "o"})],
)
def test_counts_at_the_limit(many: int, few: int, wanted: set[str]) -> None:
    """29 is too few for a committee and 30 too many for a cell, levels below too."""
    store = filled(MemoryStore(pack_named("vietnam")), given(many, few))
    step = "  - {op: transfer_parts, from: c, to: o, parts: [c0]}\n"
    plan = store.plan(proposed(step))
    found = {f.subject for f in plan.findings if f.code == WRONG_FORM.code}
    assert found == wanted
    assert plan.refused == bool(wanted)


def test_a_section_that_leaves_takes_its_members() -> None:
    """A level that moves is counted with all below it, where it was and where it is."""
    rows = given(31, 3) + "  - {id: h, kind: grassroots_committee, parent: pc}\n"
    rows += "  - {id: k, kind: cell, parent: g}\n"
    rows += "".join(
        f"  - {{id: k{n}, kind: member, official: true, parent: k}}\n" for n in range(3)
    )
    store = filled(MemoryStore(pack_named("vietnam")), rows)
    plan = store.plan(proposed("  - {op: move_unit, unit: s, to: h}\n"))
    assert [(f.code, f.subject) for f in plan.findings] == [(WRONG_FORM.code, "g")]
    assert "has 3 members" in plan.findings[0].message
    plan = store.plan(proposed("  - {op: move_unit, unit: k, to: h}\n"))
    assert [(f.code, f.subject) for f in plan.findings] == [(WRONG_FORM.code, "h")]


@pytest.mark.parametrize(
    ("ground", "wanted"), [("died", "warning"), ("withdrew", "error")]
)
def test_a_death_is_no_decision(ground: str, wanted: str) -> None:
    """A committee that falls below thirty by a death is warned of, not refused."""
    given = "nodes:\n  - {id: pc, kind: provincial_committee}\n"
    given += "  - {id: g, kind: grassroots_committee, parent: pc}\n"
    given += "  - {id: s, kind: sectional_committee, parent: g}\n"
    given += "  - {id: c, kind: cell, parent: s}\n"
    for number in range(30):
        given += f"  - {{id: m{number}, kind: member, parent: c, official: true}}\n"
    store = filled(MemoryStore(pack_named("vietnam")), given)
    step = f"  - {{op: remove_member, member: m0, ground: {ground}, by: g}}\n"
    plan = store.plan(proposed(step))
    (found,) = [f for f in plan.findings if f.code == WRONG_FORM.code]
    assert (found.severity, found.state, found.subject) == (wanted, "new", "g")
    assert plan.refused is (wanted == "error")


FORMED = """\
  - op: reorganise_units
    new: [{kind: grassroots_committee, name: N, as: n}]
    edges: [{from: g, to: n, whole: true}]
"""
LEAVES = "  - {op: remove_member, member: c0, ground: withdrew, by: g}\n"
MERGED = """\
  - op: merge_units
    sources: [g, h]
    into: {kind: grassroots_committee, name: N}
"""


@pytest.mark.parametrize(
    ("steps", "states"),
    [
        (FORMED, ["existing"]),
        (LEAVES + FORMED, ["new"]),
        (MERGED, ["new", "resolved"]),
    ],
)
def test_what_comes_of_one_too_small(steps: str, states: list[str]) -> None:
    """It is as small as that was, and no new breach; less is, and so is what unites."""
    rows = given(20, 3) + "  - {id: h, kind: grassroots_committee, parent: pc}\n"
    store = filled(MemoryStore(pack_named("vietnam")), rows)
    plan = store.plan(proposed(steps))
    found = [f for f in plan.findings if f.code == WRONG_FORM.code]
    assert [f.state for f in found] == states, plan.findings
    assert found[0].subject not in {"g", "h"}
    assert plan.refused is ("new" in states)
