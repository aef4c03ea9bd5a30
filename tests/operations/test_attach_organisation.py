"""Attaching an organisation: it moves as any unit does, and stands otherwise there."""

from harness import NewStore, filled, proposed

from orgraph.reports import build_report

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: gc, kind: grassroots_committee, parent: pc}
  - {id: c0, kind: cell, parent: gc}
  - {id: c1, kind: cell, parent: pc}
  - {id: m0, kind: member, parent: c0}
  - {id: m1, kind: member, parent: c1}
"""


def test_it_does_what_move_unit_does(new_store: NewStore) -> None:
    """The same rows change as where the unit is moved, and its members go with it."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    attached = store.plan(proposed("- {op: attach_organisation, unit: c1, to: gc}"))
    moved = store.plan(proposed("- {op: move_unit, unit: c1, to: gc}"))
    assert attached.changes == moved.changes
    assert not attached.findings


def test_the_report_says_how_it_stands(new_store: NewStore) -> None:
    """A grassroots cell that comes under a committee is a subordinate cell."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    plan = store.plan(proposed("- {op: attach_organisation, unit: c1, to: gc}"))
    report = build_report(plan, store)
    assert report.to_plain()["standing"] == {"cell": {"subordinate cell": 1}}
