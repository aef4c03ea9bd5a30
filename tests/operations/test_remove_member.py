"""Removing: whatever isn't reassigned is named, however much it is."""

from harness import NewStore, filled, proposed

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c, official: true}
""" + "".join(f"  - {{id: h{n}, kind: household}}\n" for n in range(8))
EDGES = "edges:\n" + "".join(
    f"  - {{kind: IN_CHARGE_OF, source: m, target: h{n}}}\n" for n in range(8)
)


def test_many_charges_are_counted(new_store: NewStore) -> None:
    """Of eight households that nobody takes five are named and three counted."""
    store = filled(new_store("vietnam"), GIVEN + EDGES)
    plan = store.plan(
        proposed("  - {op: remove_member, member: m, ground: died, by: c}")
    )
    (found,) = [f for f in plan.findings if f.code == "REMOVE06"]
    assert "h0, h1, h2, h3, h4 and 3 more" in found.message
    assert not plan.refused


def test_nothing_of_the_ground_is_written(new_store: NewStore) -> None:
    """Why somebody was removed stands in the proposal, and in no row."""
    store = filled(new_store("vietnam"), GIVEN)
    step = "  - {op: remove_member, member: m, ground: expelled, by: c}"
    plan = store.plan(proposed(step))
    assert "expelled" not in repr(plan.changes)
    assert "expelled" in repr(plan.proposal)
