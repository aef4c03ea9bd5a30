"""Changing the type of a unit: it stays the same unit."""

import pytest
from harness import NewStore, applied, filled, proposed

from orgraph.errors import InputError
from orgraph.model import NodeRow, Span


def test_type_is_text() -> None:
    """A type is text."""
    with pytest.raises(InputError, match="type"):
        proposed("- {op: change_type, unit: m, type: 3}")


def test_nobody_below_is_touched(new_store: NewStore) -> None:
    """A commune that becomes a ward is one node of two versions; no edge moves."""
    given = """\
nodes:
  - {id: p, kind: province}
  - {id: c, kind: commune, type: xã, parent: p}
  - {id: v, kind: village, parent: c}
"""
    store = filled(new_store("vietnam"), given)
    plan = applied(store, "- {op: change_type, unit: c, type: thị trấn}", "2026-03-01")
    assert all(isinstance(change.row, NodeRow) for change in plan.changes)
    types = [row.facts["type"] for row in sorted(store.nodes(["c"], Span.always()))]
    assert types == ["xã", "thị trấn"]
