"""Restoring a unit: what can't be read, and a whole life of mergers and returns."""

import pytest
from harness import NewStore, applied, filled, proposed, rows

from orgraph.errors import InputError
from orgraph.model import EdgeRow, NodeRow

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: a, kind: municipality, type: rural, people: 100, parent: s}
  - {id: b, kind: municipality, type: rural, people: 10, parent: s}
"""
MERGE = """\
- op: merge_units
  sources: [%s, b]
  into: {id: %s, kind: municipality, name: Both, facts: {type: rural}}
"""
RESTORE = """\
- op: restore_unit
  unit: {id: %s, kind: municipality, name: A, facts: {type: rural}, restores: %s}
  from: %s
  shares: {people: %s}
"""


@pytest.mark.parametrize(
    ("unit", "says"),
    [
        ("{kind: municipality, name: A}", "restores"),
        ("{kind: municipality, name: A, restores: Ash}", "restores"),
        ("{kind: municipality, name: A, restores: code:07}", "restores"),
        ("{kind: municipality, name: A, restores: a, of: b}", "of"),
    ],
)
def test_unreadable(unit: str, says: str) -> None:
    """A restored unit names the id of the one that it is again."""
    with pytest.raises(InputError, match=rf"proposal\.yaml:4:.*{says}"):
        proposed(f"- {{op: restore_unit, unit: {unit}}}")


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("parts: [l]", "say with from"),
        ("shares: none", "say with from"),
        ("under: s", "under is said twice"),
    ],
)
def test_given_by_nobody(fields: str, says: str) -> None:
    """Parts and shares come from a unit, and the parent is said once."""
    unit = "{kind: municipality, name: A, restores: a, under: s}"
    with pytest.raises(InputError, match=rf"proposal\.yaml:4:.*{says}"):
        proposed(f"- {{op: restore_unit, unit: {unit}, {fields}}}")


def test_restored_twice(new_store: NewStore) -> None:
    """A unit that comes and goes is a new one each time, and each says which it is."""
    store = filled(new_store("territory"), GIVEN)
    applied(store, MERGE % ("a", "ab"), "2021-01-01")
    applied(store, RESTORE % ("a2", "a", "ab", 90), "2022-01-01")
    applied(store, "- {op: absorb_units, sources: [a2], into: ab}", "2023-01-01")
    applied(store, RESTORE % ("a3", "a2", "ab", "80"), "2024-01-01")
    edges = [row for row in rows(store).values() if isinstance(row, EdgeRow)]
    passed = {
        (row.source, row.target, row.facts["part"], row.facts.get("people"))
        for row in edges
        if row.kind == "SUCCEEDED_BY"
    }
    assert passed == {
        ("a", "ab", "whole", 100),
        ("b", "ab", "whole", 10),
        ("a", "a2", "restored", None),
        ("ab", "a2", "part", 90),
        ("a2", "ab", "whole", 90),
        ("a2", "a3", "restored", None),
        ("ab", "a3", "part", 80),
    }
    living = {
        row.id: row.facts["people"]
        for row in rows(store).values()
        if isinstance(row, NodeRow) and row.until.year == 9999 and row.facts
    }
    assert living == {"a3": 80, "ab": 30}
