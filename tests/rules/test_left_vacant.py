"""Posts left vacant: those that lose the last who held them for good, and no others."""

from harness import NewStore, filled, proposed

from orgraph.rules.left_vacant import VACANT, LeftVacant

GIVEN = """\
nodes:
  - {id: b, kind: body}
  - {id: p, kind: person, parent: b}
  - {id: q, kind: person, parent: b}
  - {id: chair, kind: post, role: chair, parent: b}
edges:
  - {kind: HOLDS, source: p, target: chair}
  - {kind: HOLDS, source: q, target: chair}
"""


def test_the_last_holder_leaves_it_vacant(new_store: NewStore) -> None:
    """A post that two held is vacant when the second of them leaves."""
    store = filled(new_store("territory"), GIVEN)
    steps = [f"  - {{op: relieve, person: {who}, post: chair}}\n" for who in "pq"]
    for written, vacant in ((steps[0], False), ("".join(steps), True)):
        plan = store.plan(proposed(written))
        assert (VACANT.code in {f.code for f in plan.findings}) == vacant
    assert LeftVacant.name() == "left_vacant"
