"""One parent: circles of every length, and circles that are no circle on any day."""

from datetime import date

import pytest
from harness import filled, pack_named

from orgraph.draft import Snapshot
from orgraph.rules import Reach
from orgraph.rules.one_parent import OneParent
from orgraph.stores.memory import MemoryStore

DAY = date(2025, 1, 1)


def _found(edges: str, size: int) -> list[tuple[str, str]]:
    nodes = "".join(f"  - {{id: b{n}, kind: body}}\n" for n in range(size))
    rows = (line.split() for line in edges.strip().splitlines())
    given = "".join(
        f"  - {{kind: UNDER, source: {source}, target: {target}, since: {since}, "
        f"until: {until}}}\n"
        for source, target, since, until in rows
    )
    store = MemoryStore(pack_named("territory"))
    filled(store, f"nodes:\n{nodes}edges:\n{given}")
    ids = [f"b{n}" for n in range(size)]
    view = Snapshot(store, DAY)
    rule = OneParent().check(view, Reach.within(view, ids, []))
    return [(finding.code, finding.subject) for finding in rule]


@pytest.mark.parametrize("size", [2, 3, 7])
def test_fails_for_a_circle(size: int) -> None:
    """A circle is one fault of its first member, however long it is."""
    edges = "\n".join(
        f"b{n} b{(n + 1) % size} 2020-01-01 9999-12-31" for n in range(size)
    )
    assert _found(edges, size) == [("PARENT02", "b0")]


def test_fails_for_a_circle_that_is_recorded_for_later() -> None:
    """A circle that begins on a later day is found today."""
    edges = "b0 b1 2020-01-01 9999-12-31\nb1 b0 2026-01-01 9999-12-31"
    assert _found(edges, 2) == [("PARENT02", "b0")]


def test_passes_two_that_change_places() -> None:
    """Two units may each be above the other, on different days."""
    edges = "b0 b1 2020-01-01 2026-01-01\nb1 b0 2026-01-01 9999-12-31"
    assert _found(edges, 2) == []
