"""Relieving: one holding ends, and nothing else."""

from harness import NewStore, filled, proposed


def test_other_posts_of_the_person_stay(new_store: NewStore) -> None:
    """Of two posts of one person only the one that is named is left."""
    given = """\
nodes:
  - {id: b, kind: body}
  - {id: p, kind: person, parent: b}
  - {id: chair, kind: post, role: chair, parent: b}
  - {id: clerk, kind: post, role: clerk, parent: b}
edges:
  - {kind: HOLDS, source: p, target: chair}
  - {kind: HOLDS, source: p, target: clerk}
"""
    store = filled(new_store("territory"), given)
    plan = store.plan(proposed("  - {op: relieve, person: p, post: clerk}"))
    assert [change.key[:3] for change in plan.changes] == [("HOLDS", "p", "clerk")]
