"""An end recorded for later stands in the way, and the cure that is said works."""

from typing import Any

import pytest
from towns import done, edge, filled, node, planned, undone

from orgraph.findings import Finding
from orgraph.stores import MemoryStore

DAY, LATER = "2025-01-01", "2026-01-01"
CLOSE = {"op": "close_unit", "unit": "b1"}


@pytest.fixture
def store() -> MemoryStore:
    """Return three offices of a council, of which revision 2 ends one in 2026."""
    made = filled(
        *(node(name, "body") for name in ("b0", "b1", "b2", "b3")),
        *(edge("UNDER", name, "b0") for name in ("b1", "b2", "b3")),
    )
    done(made, LATER, CLOSE)
    return made


def _refusal(store: MemoryStore, step: dict[str, Any]) -> Finding:
    (finding,) = {f.code: f for f in planned(store, DAY, step).findings}.values()
    return finding


@pytest.mark.parametrize(
    ("step", "code"),
    [
        ({"op": "move_unit", "unit": "b1", "to": "b2"}, "TIME02"),
        ({"op": "move_unit", "unit": "b2", "to": "b1"}, "TIME02"),
        ({"op": "absorb_units", "sources": ["b1"], "into": "b2"}, "TIME01"),
    ],
)
def test_the_cure_of_a_recorded_end(
    store: MemoryStore, step: dict[str, Any], code: str
) -> None:
    """The hint names the revision to take back; then the step can be done."""
    finding = _refusal(store, step)
    assert (finding.code, finding.subject) == (code, "b1")
    assert "take revision 2 back" in finding.hint
    undone(store, 2)
    done(store, DAY, step)
    if code == "TIME02":
        done(store, LATER, CLOSE)
