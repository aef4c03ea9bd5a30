"""Seconding: whatever the officer had stays, and one is enough for a unit."""

from harness import NewStore, applied, filled, proposed, rows

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: k, kind: direct_committee, parent: pc}
  - {id: g, kind: border_post}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
  - {id: n, kind: member, parent: c, official: true}
  - {id: chief, kind: post, role: head, parent: c}
  - {id: a, kind: post, role: deputy_secretary, parent: k}
  - {id: b, kind: post, role: deputy_secretary, parent: k}
edges:
  - {kind: COVERS, source: c, target: g}
  - {kind: HOLDS, source: m, target: chief, form: full}
"""
STEP = "  - {{op: second_officer, officer: {}, unit: k, post: {}{}}}"


def test_nothing_that_was_is_changed(new_store: NewStore) -> None:
    """Every row that was there is there unchanged, and one is new."""
    store = filled(new_store("vietnam"), GIVEN)
    before = rows(store)
    applied(store, STEP.format("m", "a", ""))
    after = rows(store)
    assert before.items() <= after.items()
    (key,) = after.keys() - before.keys()
    assert key[:3] == ("HOLDS", "m", "a")


def test_one_after_the_other_is_allowed(new_store: NewStore) -> None:
    """A second officer may come on the day on which the first one's time is over."""
    store = filled(new_store("vietnam"), GIVEN)
    applied(store, STEP.format("m", "a", ", until: 2027-01-01"))
    second = STEP.format("n", "b", "")
    early = store.plan(proposed(second, "2026-12-31"))
    assert [f.code for f in early.findings if f.blocks] == ["SECOND03"]
    assert not store.plan(proposed(second, "2027-01-01")).refused
