"""Closing a unit: answers that can't be read, and how far an end reaches."""

import pytest
from harness import NewStore, filled, proposed

from orgraph.errors import InputError
from orgraph.model import NodeRow

COMMITTEE = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: g, kind: grassroots_committee, parent: pc}
  - {id: ec, kind: executive_committee, parent: g}
  - {id: seat, kind: post, role: secretary, parent: ec}
  - {id: c, kind: cell, parent: pc}
  - {id: m, kind: member, parent: c}
edges:
  - {kind: HOLDS, source: m, target: seat}
  - {kind: PLANNED_FOR, source: m, target: seat}
"""


@pytest.mark.parametrize("answer", ["keep", "refuse", "{too: b2}", "{to: b2, by: me}"])
def test_unreadable_answer(answer: str) -> None:
    """An answer is one of the words, or {to: UNIT}."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:"):
        proposed(f"- {{op: close_unit, unit: b1, answers: {{person: {answer}}}}}")


def test_what_ends_with_it_ends_too(new_store: NewStore) -> None:
    """A body that ends with its committee takes its seats along, and who holds them."""
    store = filled(new_store("vietnam"), COMMITTEE)
    plan = store.plan(proposed("- {op: close_unit, unit: g}"))
    ended = {
        change.key[0] for change in plan.changes if isinstance(change.row, NodeRow)
    }
    assert ended == {"g", "ec", "seat"}
    assert plan.dependents["HOLDS"] == {"ended": 1}
    assert plan.dependents["PLANNED_FOR"] == {"ended": 1}
    assert not plan.refused
