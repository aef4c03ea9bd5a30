"""Assigning: a charge of one's own is refused, whoever else has it."""

import pytest
from harness import NewStore, filled, proposed

from orgraph.errors import InputError

GIVEN = """\
nodes:
  - {id: b, kind: body}
  - {id: p, kind: person, parent: b}
  - {id: q, kind: person, parent: b}
  - {id: s, kind: state}
  - {id: m, kind: municipality, type: rural, parent: s}
edges:
  - {kind: IN_CHARGE_OF, source: q, target: m}
"""


@pytest.mark.parametrize(
    ("instead", "left"),
    [("", {"p", "q"}), (", instead: true", {"p"}), (", instead: q", {"p"})],
)
def test_beside_or_instead(new_store: NewStore, instead: str, left: set[str]) -> None:
    """Others stay in charge beside the person, unless they are replaced."""
    store = filled(new_store("territory"), GIVEN)
    plan = store.plan(
        proposed(f"  - {{op: assign_charge, person: p, to: [m]{instead}}}")
    )
    assert not plan.refused
    changed = {change.key[1]: change.after for change in plan.changes}
    ended = {who for who, row in changed.items() if row and row.until == row.until.max}
    assert ended == {"p"}
    assert {"p", "q"} - (changed.keys() - {"p"}) == left


def test_nobody_is_in_charge_of_oneself(new_store: NewStore) -> None:
    """Also where the pack has no households, oneself is refused."""
    store = filled(new_store("territory"), GIVEN)
    plan = store.plan(proposed("  - {op: assign_charge, person: p, to: [p]}"))
    assert [finding.code for finding in plan.findings] == ["INCHARGE01"]


@pytest.mark.parametrize("word", ["false", "5", "''", "[q]"])
def test_who_is_replaced_is_a_person_or_all(word: str) -> None:
    """Anything but a name or true is refused where it stands, with what is wanted."""
    step = f"{{op: assign_charge, person: p, to: [m], instead: {word}}}"
    with pytest.raises(InputError, match=r"instead: .*or write true"):
        proposed(f"  - {step}")
