"""Combining posts, and what it would be to appoint one by one."""

from harness import NewStore, filled, proposed

GIVEN = """\
nodes:
  - {id: b, kind: body}
  - {id: p, kind: person, parent: b}
  - {id: q, kind: person, parent: b}
  - {id: chair, kind: post, role: chair, parent: b}
  - {id: clerk, kind: post, role: clerk, parent: b}
edges:
  - {kind: HOLDS, source: p, target: chair}
  - {kind: HOLDS, source: q, target: clerk}
"""


def test_it_does_what_two_steps_do(new_store: NewStore) -> None:
    """To combine is to relieve the other and to appoint concurrently."""
    store = filled(new_store("territory"), GIVEN)
    step = "{op: combine_posts, person: p, posts: [chair, clerk], relieves: [q]}"
    combined = store.plan(proposed(f"  - {step}"))
    steps = """\
  - {op: relieve, person: q, post: clerk}
  - {op: appoint, person: p, post: clerk, concurrent: true}
"""
    assert combined.changes == store.plan(proposed(steps)).changes
    assert not combined.refused
