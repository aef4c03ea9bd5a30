"""Renaming a unit: what can't be read, and names that only look alike."""

import pytest
from harness import NewStore, filled, proposed

from orgraph.errors import InputError


def test_nothing_to_rename() -> None:
    """A rename has a name, a code or both."""
    with pytest.raises(InputError, match="needs a name, a code or both"):
        proposed("- {op: rename_unit, unit: s}")


def test_one_name_in_two_forms(new_store: NewStore) -> None:
    """A name that differs only in how its accents are stored is the same name."""
    store = filled(
        new_store("vietnam"), 'nodes: [{id: p, kind: province, name: "Tỉnh"}]'
    )
    step = '- {op: rename_unit, unit: p, name: "Ti\u0309nh "}'
    plan = store.plan(proposed(step))
    assert [finding.code for finding in plan.findings] == ["RENAME01"]
