"""Audits a whole store: the rules that plans run, the tallies and the hashes.

Rules say where an audit must look, by counts and ids that the store gives; only there
are rows read, one view for a batch, which is forgotten with it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby, islice

from ..draft import Snapshot
from ..draft.whole import Whole
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from ..rules import Reach, Rule, rules
from ..rules.census import Census
from ..rules.one_parent import CYCLE, TWO_PARENTS
from .commit import revision_hash
from .continuing import continuing
from .recount import recount
from .ruling import UNTOLD
from .waivers import Granted

BATCH = 2000
Told = Callable[[str, int, int | None], None]
"""Is told how far an audit is: what it does, how much is done, and of how much."""

TALLY = Code(
    code="TALLY01",
    meaning="A stored count differs from what is counted anew.",
)
DAMAGED = Code(
    code="STORE01",
    meaning="The store holds what orgraph never wrote.",
    hint="Restore it from a copy.",
)
CHAIN = Code(
    code="HASH01",
    meaning="A revision's hash is not that of what it holds.",
)


_AUDITED = {"state": "existing", **UNTOLD}


def nobody(what: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def audit(store: Whole, day: date, told: Told = nobody) -> Iterator[Finding]:
    """Yield every finding on a day, reading the store in batches.

    Of a store that is damaged only that is said. What is found is what the rules find
    in one reach of everything. Where a node has two parents or is above itself, its
    counts mean nothing, and only that is said. What an applied plan waived is shown so,
    with its revision.

    >>> for found in orgraph.audit(store, day):
    ...     print(found.code, found.message)
    CELL01 Sales South (south) has 2 official members; a team wants at least 3.
    """
    told("reading", 0, None)
    damaged = False
    for sentence in store.faults():
        damaged = True
        yield DAMAGED.at("store", sentence).model_copy(update={"state": "existing"})
    if damaged:
        return
    for finding in continuing(store, day):
        yield finding.model_copy(update={"state": "existing"})
    countable = True
    granted = Granted(store, day)
    for finding in _ruled(store, day, told):
        countable &= finding.code not in {TWO_PARENTS.code, CYCLE.code}
        yield granted.marked(finding.model_copy(update=_AUDITED))
    if countable:
        told("counting", 0, None)
        for unit, counted, stored in recount(store, day):
            message = say(
                "Below {unit} are {counted}; the store says {stored}.",
                unit=unit,
                counted=counted,
                stored=stored,
            )
            yield TALLY.at(unit, message).model_copy(update={"state": "existing"})
    yield from _hashes(store, told)


def _ruled(store: Whole, day: date, told: Told) -> Iterator[Finding]:
    told("looking", 0, None)
    census = Census(store, day)
    asked: list[tuple[Rule, frozenset[str] | None]] = []
    for rule in rules().values():
        nodes = rule.where(census)
        asked.append((rule, None if nodes is None else frozenset(nodes)))
    some = [(rule, nodes) for rule, nodes in asked if nodes is not None]
    wanted = sorted(frozenset().union(*(nodes for _, nodes in some)))
    done = 0
    for batch in _families(store, wanted, day):
        yield from _checked(store, day, batch, some)
        done += len(batch)
        told("rules", done, len(wanted))
    everywhere = [(rule, nodes) for rule, nodes in asked if nodes is None]
    ids = store.all_ids() if everywhere else iter(())
    while batch := list(islice(ids, BATCH)):
        yield from _checked(store, day, batch, everywhere)
        told("rules", done := done + len(batch), None)


def _families(store: Whole, ids: Sequence[str], day: date) -> Iterator[list[str]]:
    """Yield batches in which those with one parent are together.

    So what a rule says of the units below one parent together doesn't depend on where
    a batch ends.
    """
    above: dict[str, str] = {}
    for start in range(0, len(ids), BATCH):
        some = ids[start : start + BATCH]
        view = Snapshot(store, day)
        view.need_parents(some)
        above.update((node, row.target) for node in some if (row := view.parent(node)))
    batch: list[str] = []
    ordered = sorted(ids, key=lambda node: (above.get(node, node), node))
    for _, family in groupby(ordered, lambda node: above.get(node, node)):
        batch += family
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _checked(
    store: Whole,
    day: date,
    batch: Iterable[str],
    asked: Iterable[tuple[Rule, Collection[str] | None]],
) -> Iterator[Finding]:
    """Yield what rules find at those of the batch where they look."""
    view = Snapshot(store, day)
    kinds = sorted(store.pack.edges)
    view.need_edges(batch, kinds, OUT)
    leaving = {
        node: [row for kind in kinds for row in view.edges(node, kind, OUT)]
        for node in batch
    }
    for rule, where in asked:
        nodes = [node for node in batch if where is None or node in where]
        if nodes:
            edges = [row for node in nodes for row in leaving[node]]
            yield from rule.check(view, Reach.within(view, nodes, edges))


def _hashes(store: Whole, told: Told) -> Iterator[Finding]:
    """Follow the chain of revisions from the first to the head."""
    previous = ""
    head = store.head()
    for number in range(1, head + 1):
        revision = store.revision(number)
        subject = f"revision {number}"
        if revision is None:
            yield CHAIN.at(subject, say("Revision {number} is missing.", number=number))
            return
        read: list[int] = []
        lines = _told_lines(store, number, revision.rows, told, read)
        held = revision_hash(revision._asdict(), lines)
        whole = held == revision.hash and sum(read) == revision.rows
        if not whole or revision.previous != previous:
            message = say(
                "Revision {number} doesn't hold what its hash was made of.",
                number=number,
            )
            yield CHAIN.at(subject, message)
        previous = revision.hash


def _told_lines(
    store: Whole, number: int, rows: int, told: Told, read: list[int]
) -> Iterator[str]:
    """Yield the lines of a revision; of every batch tell, and keep how many it has."""
    lines, done = store.lines(number), 0
    while batch := list(islice(lines, BATCH)):
        yield from batch
        read.append(len(batch))
        told(f"revision {number}", done := done + len(batch), rows)
