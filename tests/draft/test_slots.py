"""What else leaves the sources of edges is counted, and read where there is more."""

from collections.abc import Iterable, Sequence
from datetime import date

import pytest
from towns import edge, filled, node

from orgraph.draft import Snapshot
from orgraph.model import IN, OUT, Direction, EdgeKey, NodeRow
from orgraph.stores import MemoryStore

DAY = date(2021, 1, 1)


class _Noting(Snapshot):
    """A snapshot that notes in which directions edges are asked for."""

    def __init__(self, store: MemoryStore) -> None:
        super().__init__(store, DAY)
        self.asked: list[Direction] = []

    def need_edges(
        self, ids: Iterable[str], kinds: Sequence[str], direction: Direction
    ) -> None:
        self.asked.append(direction)
        super().need_edges(ids, kinds, direction)


def _bodies_of_m1(store: MemoryStore) -> _Noting:
    """Read what covers m1, and what else those bodies cover."""
    view = _Noting(store)
    view.need_edges(["m1"], ["COVERS"], IN)
    view.need_slots("COVERS", view.edges("m1", "COVERS", IN))
    return view


def _slot(view: Snapshot, body: str) -> set[EdgeKey]:
    return {row.key for row in view.edges(body, "COVERS", OUT)}


def test_sources_with_nothing_else_are_not_read_again() -> None:
    """One count says that the edges known are all there are."""
    rows = [edge("COVERS", "b1", "m1"), edge("COVERS", "b2", "m1")]

    view = _bodies_of_m1(filled(*_nodes(), *rows))

    assert [_slot(view, body) for body in ("b1", "b2")] == [{row.key} for row in rows]
    assert view.asked == [IN]


@pytest.mark.parametrize("since", [date(2020, 1, 1), date(2030, 1, 1)])
def test_a_source_with_another_edge_is_read(since: date) -> None:
    """Whether it is in force already or recorded for later: it may stand in the way."""
    rows = [edge("COVERS", "b1", "m1"), edge("COVERS", "b2", "m1")]
    other = edge("COVERS", "b2", "m2", since=since)

    view = _bodies_of_m1(filled(*_nodes(), *rows, other))

    assert _slot(view, "b1") == {rows[0].key}
    assert _slot(view, "b2") == {rows[1].key, other.key}
    assert view.asked == [IN, OUT]


def _nodes() -> list[NodeRow]:
    kinds = {"b1": "body", "b2": "body", "m1": "municipality", "m2": "municipality"}
    return [node(name, kind) for name, kind in kinds.items()]
