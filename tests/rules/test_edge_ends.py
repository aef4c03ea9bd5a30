"""The ends of edges: only the edges in reach are looked at."""

from datetime import date

from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.model import FOREVER, EdgeRow
from orgraph.rules import Reach
from orgraph.rules.edge_ends import EdgeEnds
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)
GIVEN = "nodes: [{id: s, kind: state}, {id: b, kind: body, until: 2024-01-01}]"


def _found(*edges: EdgeRow) -> list[tuple[str, str]]:
    store = filled(MemoryStore(pack_named("territory")), GIVEN)
    rule = EdgeEnds().check(Snapshot(store, DAY), Reach(["s", "b"], edges))
    return [(finding.code, finding.subject) for finding in rule]


def test_fails_for_an_edge_after_a_life() -> None:
    """An edge of today from a unit that ended is outside its life."""
    edge = EdgeRow("COVERS", "b", "s", date(2021, 1, 1), FOREVER, {})
    assert _found(edge) == [("EDGE03", "b")]


def test_passes_an_edge_of_the_past() -> None:
    """An edge that ended before the day is history, and isn't judged."""
    edge = EdgeRow("COVERS", "b", "s", date(2019, 1, 1), date(2024, 12, 31), {})
    assert _found(edge) == []


def test_fails_for_a_missing_end_once() -> None:
    """An edge from a node that isn't there says only that."""
    edge = EdgeRow("COVERS", "nobody", "b", date(2021, 1, 1), FOREVER, {})
    assert _found(edge) == [("EDGE02", "nobody")]
