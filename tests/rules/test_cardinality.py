"""Cardinality: bounds on the side of the target, which our packs don't use yet."""

from copy import deepcopy
from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.model import OUT
from orgraph.pack import pack_from_data
from orgraph.rules import Reach
from orgraph.rules.cardinality import Cardinality
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
GIVEN = """\
nodes:
  - {id: b1, kind: body}
  - {id: b2, kind: body}
  - {id: s1, kind: state}
  - {id: s2, kind: state}
edges:
  - {kind: COVERS, source: b1, target: s1}
  - {kind: COVERS, source: b2, target: s1, since: 2024-01-01, until: 2026-01-01}
"""


def _found(bound: str, nodes: tuple[str, ...]) -> list[tuple[str, str]]:
    data = deepcopy(pack_named("territory").data)
    data["edges"]["COVERS"]["sources"] = bound
    store = filled(MemoryStore(pack_from_data(data)), GIVEN)
    view = Snapshot(store, DAY)
    view.need_edges(nodes, ["COVERS"], OUT)
    found = Cardinality().check(view, Reach.within(view, nodes, []))
    return sorted((finding.code, finding.subject) for finding in found)


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        ("0..*", []),
        ("0..1", [("CARD01", "s1")]),
        ("1..*", [("CARD02", "s2")]),
        ("1", [("CARD01", "s1"), ("CARD02", "s2")]),
    ],
)
def test_bounds_of_the_target(bound: str, expected: list[tuple[str, str]]) -> None:
    """A bound on how many reach a unit is kept on every day from the day on."""
    assert _found(bound, ("s1", "s2")) == expected


def test_passes_what_is_not_reached() -> None:
    """A plan that touches one unit doesn't judge another."""
    assert _found("1..*", ("s1",)) == []
