"""What removed members leave open: said of who is gone at the end of the plan alone."""

from harness import NewStore, filled, proposed

from orgraph.rules.left_open import LEFT_OPEN, LeftOpen

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
  - {id: n, kind: member, parent: c, official: true}
  - {id: s, kind: post, role: secretary, parent: c}
edges:
  - {kind: HOLDS, source: m, target: s}
"""
REMOVE = "  - {op: remove_member, member: m, ground: expelled, by: pc}\n"
APPOINT = "  - {op: appoint, person: n, post: s}\n"
RELIEVE = "  - {op: relieve, person: m, post: s}\n"


def test_only_the_end_of_the_plan_counts(new_store: NewStore) -> None:
    """A post that the next step fills isn't open; one that a member leaves alone is."""
    store = filled(new_store("vietnam without limits"), GIVEN)
    for steps, left in (
        (REMOVE, True),
        (REMOVE + APPOINT, False),
        (RELIEVE + APPOINT + REMOVE, False),
        (RELIEVE, False),
    ):
        plan = store.plan(proposed(steps))
        assert not plan.refused
        assert (LEFT_OPEN.code in {f.code for f in plan.findings}) == left
    assert LeftOpen.name() == "left_open"
