"""Fills an empty store at once: the one revision, and tallies made from the leaves up.

The result is the same as if every row had been committed; only no rule is run, and the
work is one pass over the rows.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ..change import Change, ordered
from ..draft import Revision, TallyRow
from ..draft.steps import Steps, cut, days, merge, merged, own_steps
from ..engine import Stamp
from ..engine.commit import new_revision
from ..errors import StoreError
from ..model import EdgeRow, NodeRow, Row
from ..pack import Pack
from .base import Store


def bulk_revision(
    store: Store,
    nodes: Sequence[NodeRow],
    edges: Sequence[EdgeRow],
    stamp: Stamp | None,
) -> Revision:
    """Return the first revision of a store that these rows fill."""
    if store.head():
        message = "the store already holds a revision; only an empty one is filled"
        raise StoreError(message)
    first = min((row.since for row in nodes), default=None)
    proposal = {
        "title": "Bulk load",
        "effective": (first.isoformat() if first else "0001-01-01"),
        "steps": [],
    }
    rows: list[Row] = [*nodes, *edges]
    changes = ordered(Change(row.key, None, row) for row in rows)
    return new_revision(store, changes, proposal, stamp or Stamp.now("bulk load"))


def bulk_tallies(
    pack: Pack, nodes: Sequence[NodeRow], edges: Sequence[EdgeRow]
) -> Iterator[TallyRow]:
    """Yield the steps of what is below every unit, from rows alone.

    Units are taken from the leaves up, so that each passes on what is complete.
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
    below: defaultdict[str, Steps] = defaultdict(dict)
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
