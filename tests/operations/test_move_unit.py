"""Moving a unit: one edge ends and one begins, whatever is below."""

from harness import NewStore, filled, proposed

from orgraph.operations.move_unit import MoveUnit
from orgraph.proposal.models import step_to_plain


def test_from_is_written_as_it_is_read() -> None:
    """The field `from` keeps its name in the plain data of a plan."""
    data = {"op": "move_unit", "unit": "m", "from": "d1", "to": "d2"}
    assert step_to_plain(MoveUnit.model_validate(data)) == data


def test_two_changes_however_much_is_below(new_store: NewStore) -> None:
    """A municipality with fifty localities moves by two changes."""
    given = """\
nodes:
  - {id: s, kind: state}
  - {id: d, kind: district, parent: s}
  - {id: m, kind: municipality, type: rural, parent: s}
"""
    given += "".join(
        f"  - {{id: v{n}, kind: locality, people: {n}, parent: m}}\n" for n in range(50)
    )
    store = filled(new_store("territory"), given)
    plan = store.plan(proposed("- {op: move_unit, unit: m, to: d}"))
    assert len(plan.changes) == 2
    assert not plan.findings
