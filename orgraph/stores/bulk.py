"""Fills an empty store at once: the one revision, and tallies made from the leaves up.

The result is the same as if every row had been committed; only no rule is run, and the
work is one pass over the rows.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..draft import Revision, TallyRow
from ..draft.steps import Steps, cut, days, merge, merged, own_steps
from ..engine import Stamp
from ..engine.commit import revision_hash, revision_of
from ..errors import StoreError
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from .base import Store


class Filled(NamedTuple):
    """What went in: how many rows, and the first day of a node."""

    rows: int
    first: date | None


class Given(NamedTuple):
    """What the first revision of a store shall say, or all of it."""

    stamp: Stamp | None
    title: str
    revision: Revision | None = None


def check_empty(head: int) -> None:
    """Refuse to fill a store that holds anything."""
    if head:
        message = "the store already holds a revision; only an empty one is filled"
        raise StoreError(message)


def bulk_revision(
    store: Store,
    filled: Filled,
    lines: Iterable[str],
    given: Given,
) -> Revision:
    """Return the first revision of a store, of the lines that say its rows in order.

    StoreError where it is given and its hash is not that of the rows.
    """
    if given.revision is not None:
        _check(given.revision, lines)
        return given.revision
    proposal: dict[str, Any] = {
        "title": given.title,
        "effective": (filled.first.isoformat() if filled.first else "0001-01-01"),
        "steps": [],
    }
    made = given.stamp or Stamp.now("bulk load")
    return revision_of(store, proposal, made, lines, filled.rows)


def _check(revision: Revision, lines: Iterable[str]) -> None:
    if revision_hash(revision._asdict(), lines) != revision.hash:
        message = (
            f"revision {revision.number} doesn't hold what its hash was made of; "
            "orgraph check on the store that it comes from says more"
        )
        raise StoreError(message)


def bulk_tallies(
    pack: Pack,
    nodes: Iterable[NodeRow],
    edges: Iterable[EdgeRow],
    counted: Mapping[str, Steps] | None = None,
) -> Iterator[TallyRow]:
    """Yield the steps of what is below every unit, from rows alone.

    Units are taken from the leaves up, so that each passes on what is complete.
    `counted` is what is directly below units and isn't among the rows.
    """
    contains = set(pack.contains_kinds)
    parents: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    waiting: defaultdict[str, int] = defaultdict(int)
    for row in edges:
        if row.kind in contains:
            parents[row.source].append(row)
            waiting[row.target] += 1
    versions: defaultdict[str, list[NodeRow]] = defaultdict(list)
    for version in nodes:
        versions[version.id].append(version)
    below: defaultdict[str, Steps] = defaultdict(dict, counted or {})
    ready = [node for node in versions if not waiting[node]]
    while ready:
        node = ready.pop()
        mine = below.pop(node, {})
        total = merged(own_steps(pack, versions[node], mine), mine)
        for row in parents[node]:
            merge(below[row.target], cut(total, *days(row)))
            waiting[row.target] -= 1
            if not waiting[row.target]:
                ready.append(row.target)
        for (key, day), delta in mine.items():
            if delta:
                yield TallyRow(node, key, day, delta)
