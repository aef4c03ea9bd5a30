"""Audits a whole store: the rules that plans run, the tallies and the hashes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Protocol

from ..draft import Reader, Snapshot
from ..draft.steps import bearer_key, tally_on
from ..findings import Code, Finding
from ..model import OUT, NodeRow, Span
from ..pack import Pack
from ..rules import Reach, rules
from ..rules.one_parent import CYCLE, TWO_PARENTS
from .commit import revision_hash
from .waivers import Granted

BATCH = 2000

TALLY = Code(
    code="TALLY01",
    meaning="A stored count differs from what is counted anew.",
)
CHAIN = Code(
    code="HASH01",
    meaning="A revision's hash is not that of what it holds.",
)


class Stream(Reader, Protocol):
    """A reader that can also give all ids, in order, as a stream."""

    def all_ids(self) -> Iterator[str]:
        """Yield the id of every node."""
        ...


def audit(store: Stream, day: date) -> Iterator[Finding]:
    """Yield every finding on a day, reading the store in batches.

    Where a node has two parents or is above itself, its counts mean nothing, and only
    that is said. What an applied plan waived is shown so, with its revision.
    """
    countable = True
    granted = Granted(store, day)
    for batch in _batches(store):
        view = Snapshot(store, day)
        kinds = sorted(store.pack.edges)
        view.need_edges(batch, kinds, OUT)
        edges = [
            row for node in batch for k in kinds for row in view.edges(node, k, OUT)
        ]
        reach = Reach.within(view, batch, edges)
        for rule in rules().values():
            for finding in rule.check(view, reach):
                countable &= finding.code not in {TWO_PARENTS.code, CYCLE.code}
                found = finding.model_copy(update={"state": "existing"})
                yield granted.marked(found)
    if countable:
        yield from _tallies(store, day)
    yield from _hashes(store)


def _batches(store: Stream) -> Iterator[list[str]]:
    ids = store.all_ids()
    while batch := list(islice(ids, BATCH)):
        yield batch


def _tallies(store: Stream, day: date) -> Iterator[Finding]:
    """Count anew what is below every unit, and compare."""
    above: dict[str, str] = {}
    for batch in _batches(store):
        rows = store.edges(batch, store.pack.contains_kinds, OUT, Span.day(day))
        above.update({row.source: row.target for row in rows})
    fresh: defaultdict[str, defaultdict[str, int]]
    fresh = defaultdict(lambda: defaultdict(int))
    for bearers in (True, False):
        # Who bears a fact is counted first: it decides what coarser units carry.
        for batch in _batches(store):
            for row in store.nodes(batch, Span.day(day)):
                own = _own(store.pack, row, fresh[row.id], bearers=bearers)
                _add_above(row.id, own, above, fresh)
    for batch in _batches(store):
        stored = tally_on(store, batch, day)
        for unit in batch:
            counted = {key: n for key, n in sorted(fresh[unit].items()) if n}
            if counted != stored[unit]:
                message = f"Below {unit} are {counted}; the store says {stored[unit]}."
                yield TALLY.at(unit, message).model_copy(update={"state": "existing"})


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


def _hashes(store: Stream) -> Iterator[Finding]:
    """Follow the chain of revisions from the first to the head."""
    previous = ""
    for number in range(1, store.head() + 1):
        revision = store.revision(number)
        subject = f"revision {number}"
        if revision is None:
            yield CHAIN.at(subject, f"Revision {number} is missing.")
            return
        held = revision_hash(revision._asdict(), store.journal(number))
        if held != revision.hash or revision.previous != previous:
            message = f"Revision {number} doesn't hold what its hash was made of."
            yield CHAIN.at(subject, message)
        previous = revision.hash
