"""Finds rows that stand twice, or whose id is taken, though they can't be read."""

from collections.abc import Iterator, Sequence

from ..draft import Draft
from ..model import Key
from .faults import Placed
from .tables import Record


def broken_twice(
    draft: Draft, broken: Sequence[tuple[Record, Key]], placed: Placed
) -> Iterator[str]:
    """Yield what is wrong with the keys of rows that something else is wrong with.

    So that curing the one doesn't bring up the other. What the store has otherwise of
    the same row can't be told of one that isn't read.
    """
    draft.need_nodes({key[0] for _, key in broken if _is_node(key)})
    seen: dict[Key, str] = {}
    for record, key in broken:
        place = record.place
        other = placed.place(key) or seen.setdefault(key, place)
        if other != place:
            name = " ".join(str(part) for part in key)
            yield f"{place}: {name} stands in {other} too"
        versions = draft.base.versions(key[0]) if _is_node(key) else ()
        if versions and all(row.key != key for row in versions):
            known = f"a {versions[0].kind} since revision {versions[0].rev}"
            yield f"{place}: the id {key[0]} is taken by {known}"


def _is_node(key: Key) -> bool:
    return len(key) == 2  # noqa: PLR2004 - (id, since)
