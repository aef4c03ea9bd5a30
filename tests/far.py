"""A store in memory that behaves as one behind a network: each read is a round trip."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import wraps
from typing import Any

from orgraph.draft import Reader
from orgraph.draft.ahead import Ahead, Around
from orgraph.model import IN, OUT, Span
from orgraph.stores import MemoryStore, Store

TRIPS = (
    *("head", "revision", "revisions_of", "journal", "nodes", "edges", "count_edges"),
    *("walk", "led", "count_led", "with_codes", "of_kind", "tallies", "around"),
)


class FarStore(MemoryStore):
    """Reads ahead for plans; `trips` are the reads that plans made, by name."""

    trips: list[str]

    def reader_for(self, day: date) -> Reader:
        """See Reader."""
        self.trips = []
        return Ahead(_Counted(self), day)  # type: ignore[arg-type] - by __getattr__

    def around(
        self, ids: Collection[str], reaching: Sequence[str], since: int, on: Span
    ) -> Around:
        """See Far."""
        return around(self, ids, reaching, since, on)


class _Counted:
    def __init__(self, store: FarStore) -> None:
        self.store = store

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever is read
        found = getattr(self.store, name)
        if name not in TRIPS:
            return found

        @wraps(found)
        def counted(*asked: object) -> object:
            self.store.trips.append(name)
            return found(*asked)

        return counted


def around(
    store: Store, ids: Collection[str], reaching: Sequence[str], since: int, on: Span
) -> Around:
    """Return what stands around nodes, by the simple reads of a store."""
    pack = store.pack
    arriving = store.edges(ids, reaching, IN, on) if reaching else []
    seen = set[str]()
    front = {*ids, *(row.source for row in arriving)}
    while front:
        seen |= front
        up = store.edges(sorted(front), pack.contains_kinds, OUT, on)
        front = {row.target for row in up} - seen
    whole = sorted(seen)
    found = [
        *arriving,
        *store.edges(whole, sorted(pack.edges), OUT, on),
        *store.edges(whole, [pack.lineage], IN, on),
    ]
    edges = {row.key: row for row in found}
    ends = {node for row in found for node in (row.source, row.target)}
    nodes = store.nodes(sorted(ends | seen), Span.always())
    return Around(whole, nodes, list(edges.values()), store.tallies(whole, since))
