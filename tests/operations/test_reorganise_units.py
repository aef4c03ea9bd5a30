"""Reorganising units: what can't be read, and what doesn't depend on an order."""

from itertools import permutations

import pytest
from harness import NewStore, filled, proposed

from orgraph.errors import InputError
from orgraph.model import NodeRow

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: a, kind: municipality, type: rural, people: 10, parent: s}
  - {id: b, kind: municipality, type: rural, people: 20, parent: s}
  - {id: c, kind: municipality, type: rural, people: 40, parent: s}
"""
EDGES = (
    "{from: a, to: b, shares: {people: 3}}",
    "{from: b, to: c, shares: {people: 5}}",
    "{from: c, to: a, shares: {people: 7}}",
)


@pytest.mark.parametrize(
    ("edge", "says"),
    [
        ("{from: a, to: b, whole: true, shares: none}", "neither parts nor shares"),
        ("{from: a, to: b, whole: true, parts: [l]}", "neither parts nor shares"),
        ("{from: a, to: b, whole: yes}", "true or false"),
        ("{from: a}", "to"),
        ("{from: a, to: b, shares: 5}", "name it"),
        ("{from: a, to: {kind: commune, name: A}}", "text is wanted"),
    ],
)
def test_unreadable_edge(edge: str, says: str) -> None:
    """What is wrong with the form of an edge is said at its place."""
    with pytest.raises(InputError) as error:
        proposed(f"- op: reorganise_units\n  edges:\n    - {edge}")
    (problem,) = error.value.problems
    assert problem.startswith("proposal.yaml:6:"), problem
    assert says in problem


def test_no_edges() -> None:
    """A reorganisation has an edge at least."""
    with pytest.raises(InputError, match=r"proposal\.yaml:5:.*edges"):
        proposed("- op: reorganise_units\n  edges: []")


def test_round_in_any_order(new_store: NewStore) -> None:
    """What goes round in one step is taken from what each had before, in any order."""
    store = filled(new_store("territory"), GIVEN)
    for edges in permutations(EDGES):
        step = (
            f"- {{op: reorganise_units, edges: [{', '.join(edges)}], keep: [c, b, a]}}"
        )
        plan = store.plan(proposed(step))
        assert not plan.refused
        people = {
            change.row.id: change.after.facts["people"]
            for change in plan.changes
            if isinstance(change.after, NodeRow) and change.before is None
        }
        assert people == {"a": 14, "b": 18, "c": 38}
