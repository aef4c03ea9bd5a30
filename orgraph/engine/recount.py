"""Counts anew what is below every unit on a day, beside the tallies that are stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from ..draft import TallyRow
from ..draft.steps import bearer_key, sums_on
from ..draft.whole import Whole
from ..model import OUT, NodeRow, Span
from ..pack import Pack

BATCH = 2000
Counts = dict[str, int]


def recount(store: Whole, day: date) -> Iterator[tuple[str, Counts, Counts]]:
    """Yield (unit, counted, stored) where what is counted isn't what is stored.

    What has nothing below it and carries no facts is counted by the store; all else is
    taken upwards one by one.
    """
    pack, span = store.pack, Span.day(day)
    leaves = [k for k in pack.nodes if k not in pack.containers and not pack.carried(k)]
    others = sorted(pack.nodes.keys() - leaves)
    joined = store.count_joined(pack.contains_kinds, sorted(leaves), span)
    ids = {row.id for kind in others for row in store.of_kind(kind, Span.always())}
    above: dict[str, str] = {}
    for batch in _batches(sorted(ids.union(target for target, _ in joined))):
        rows = store.edges(batch, pack.contains_kinds, OUT, span)
        above.update((row.source, row.target) for row in sorted(rows))
    fresh: defaultdict[str, defaultdict[str, int]]
    fresh = defaultdict(lambda: defaultdict(int))
    for (unit, kind), number in joined.items():
        fresh[unit][f"count:{kind}"] += number
        _add_above(unit, {f"count:{kind}": number}, above, fresh)
    for bearers in (True, False):
        # Who bears a fact is counted first: it decides what coarser units carry.
        for batch in _batches(sorted(ids)):
            for row in store.nodes(batch, span):
                own = _own(pack, row, fresh[row.id], bearers=bearers)
                _add_above(row.id, own, above, fresh)
    for batch in _batches(store.all_ids()):
        steps: defaultdict[str, list[TallyRow]] = defaultdict(list)
        for step in store.tallies(batch, day.toordinal()):
            steps[step.unit].append(step)
        # Most nodes have nothing below them, and nothing stored.
        for unit in sorted(steps.keys() | fresh.keys() & set(batch)):
            stored = sums_on(steps[unit], day)
            counted = {key: n for key, n in sorted(fresh[unit].items()) if n}
            if counted != stored:
                yield unit, counted, stored


def _batches(ids: Iterable[str]) -> Iterator[list[str]]:
    stream = iter(ids)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _own(
    pack: Pack, row: NodeRow, below: Mapping[str, int], *, bearers: bool
) -> dict[str, int]:
    """Return what a node counts for above it: as a bearer of facts, or all else."""
    own = {} if bearers else {f"count:{row.kind}": 1}
    for name, finer in pack.carried(row.kind):
        if name not in row.facts:
            continue
        if bearers:
            own[bearer_key(name, row.kind)] = 1
        elif not any(below.get(bearer_key(name, kind)) for kind in finer):
            value = row.facts[name]
            known = isinstance(value, int)
            own[f"fact:{name}" if known else f"unknown:{name}"] = (
                int(value or 0) if known else 1
            )
    return own


def _add_above(
    node: str,
    own: Mapping[str, int],
    above: Mapping[str, str],
    fresh: Mapping[str, defaultdict[str, int]],
) -> None:
    here, seen = above.get(node), {node}
    while own and here is not None and here not in seen:
        seen.add(here)
        for key, amount in own.items():
            fresh[here][key] += amount
        here = above.get(here)
