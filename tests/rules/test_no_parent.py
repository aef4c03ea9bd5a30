"""No parent: only living units whose kind can be under another are warned of."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.rules import Reach
from orgraph.rules.no_parent import NoParent
from orgraph.stores.memory import MemoryStore


@pytest.mark.parametrize(
    ("pack", "node", "expected"),
    [
        ("territory", "{id: n, kind: district}", ["PARENT03"]),
        ("territory", "{id: n, kind: district, until: 2024-01-01}", []),
        ("territory", "{id: n, kind: state}", []),
        ("territory", "{id: n, kind: post}", ["PARENT03"]),
        ("territory", "{id: n, kind: person}", []),
        ("vietnam", "{id: n, kind: household}", []),
        ("vietnam", "{id: n, kind: member}", []),
    ],
)
def test_under_nothing(pack: str, node: str, expected: list[str]) -> None:
    """A member without a cell is the fault of another rule, and an error."""
    store = filled(MemoryStore(pack_named(pack)), f"nodes: [{node}]")
    view = Snapshot(store, date(2025, 1, 1))
    found = NoParent().check(view, Reach.within(view, ["n"], []))
    assert [finding.code for finding in found] == expected
