"""One executive for a body: plan and audit agree, and later only what still is so."""

from datetime import date

from harness import filled, pack_named, proposed

from orgraph.engine import audit
from orgraph.rules.one_of_body import NONE_LEFT, SEVERAL
from orgraph.stores.memory import MemoryStore

GIVEN = """\
since: 2010-01-01
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: a, kind: direct_committee, type: other, parent: pc}
  - {id: b, kind: direct_committee, type: other, parent: pc}
  - {id: c, kind: direct_committee, type: other, parent: pc}
  - {id: ea, kind: executive_committee, parent: a}
  - {id: eb, kind: executive_committee, parent: b}
  - {id: ec, kind: executive_committee, parent: c}
"""
DAY = date(2012, 1, 1)
STEPS = """\
  - {op: absorb_units, sources: [b], into: a}
  - op: split_unit
    source: c
    targets:
      - new: {id: x, kind: direct_committee, name: X, facts: {type: other}}
        parts: [ec]
      - {new: {id: y, kind: direct_committee, name: Y, facts: {type: other}}}
"""
FOUND = {(SEVERAL.code, "a"), (NONE_LEFT.code, "y")}


def told(store: MemoryStore, day: date) -> set[tuple[str, str]]:
    """Return what an audit says of bodies on a day."""
    codes = {code for code, _ in FOUND}
    return {(f.code, f.subject) for f in audit(store, day) if f.code in codes}


def test_plan_and_audit_say_the_same() -> None:
    """Two executives are so on later days, too; that one was lost is of its day."""
    store = filled(MemoryStore(pack_named("vietnam")), GIVEN)
    assert told(store, DAY) == set()
    plan = store.plan(proposed(STEPS, DAY.isoformat()))
    assert {(f.code, f.subject) for f in plan.findings} >= FOUND
    store.commit(plan)
    assert told(store, DAY) == FOUND
    assert told(store, date(2012, 1, 2)) == {(SEVERAL.code, "a")}


def test_what_a_body_of_another_kind_has_several_of_is_its_own_affair() -> None:
    """The pack says it of committees: a cell isn't looked at."""
    given = GIVEN.replace(
        "  - {id: ec,", "  - {id: k, kind: cell, parent: c}\n  - {id: ec,"
    )
    given += "  - {id: k1, kind: executive_committee, parent: k}\n"
    store = filled(MemoryStore(pack_named("vietnam")), given)
    founded = (
        "  - {op: found_unit, new: {kind: executive_committee, name: N}, under: k}\n"
    )
    plan = store.plan(proposed(founded, DAY.isoformat()))
    assert not [f for f in plan.findings if f.code.startswith("MIRROR")]
