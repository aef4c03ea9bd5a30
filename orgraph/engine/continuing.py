"""Finds rows that only go on with the one before: a store filled long ago has some."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from ..draft import Snapshot
from ..draft.whole import Whole
from ..findings import Code, Finding
from ..language import Sentence, say
from ..model import NodeRow, Row, continues

CONTINUING = Code(
    code="STORE02",
    meaning="Two rows say what one would: nothing changes where the second begins.",
    hint="It stands in the way of changes before that day. Export the store and import "
    "it into a new one: an import joins such rows.",
    severity="warning",
)
_BATCH = 1000


def continuing(store: Whole, day: date) -> Iterator[Finding]:
    """Yield a finding for each row that only goes on with another; a few are read."""
    holds = store.pack.chain.holds
    found = (
        later
        for row, later in store.touching()
        if row.kind != holds and continues(row, later)
    )
    while batch := list(islice(found, _BATCH)):
        view = Snapshot(store, day)
        view.need_nodes({node for row in batch for node in _named(row)})
        for row in batch:
            yield CONTINUING.at(_named(row)[0], _sentence(view, row))


def _named(row: Row) -> tuple[str, ...]:
    return (row.id,) if isinstance(row, NodeRow) else (row.source, row.target)


def _sentence(view: Snapshot, row: Row) -> Sentence:
    if isinstance(row, NodeRow):
        return say(
            "{unit} has a version from {since} on (revision {rev}) that says the same "
            "as the one before.",
            unit=view.shown(row.id),
            since=row.since,
            rev=row.rev,
        )
    return say(
        "{kind} of {source} to {target} is recorded from {since} (revision {rev}), and "
        "says the same as the one up to that day.",
        kind=say(row.kind),
        source=view.shown(row.source),
        target=view.shown(row.target),
        since=row.since,
        rev=row.rev,
    )
