"""A small territory for tests: rows, proposals as steps, and plans committed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from harness import lenient

from orgraph.engine import Stamp, undo_proposal
from orgraph.model import FOREVER, EdgeRow, FactValue, NodeRow, Row, Span
from orgraph.plan import Plan
from orgraph.proposal import Proposal
from orgraph.stores import MemoryStore, Store

START = date(2019, 1, 1)
STAMP = Stamp("a test", "2025-01-01T00:00:00+00:00")
Step = Mapping[str, Any]


def node(
    name: str,
    kind: str,
    since: date = START,
    until: date = FOREVER,
    **facts: FactValue,
) -> NodeRow:
    """Return a version of a node whose name is its id in capitals."""
    return NodeRow(name, kind, since, until, name.upper(), None, facts)


def edge(
    kind: str,
    source: str,
    target: str,
    since: date = START,
    until: date = FOREVER,
    **facts: FactValue,
) -> EdgeRow:
    """Return an edge."""
    return EdgeRow(kind, source, target, since, until, facts)


def filled(*rows: Row, pack: str = "territory") -> MemoryStore:
    """Return a store in memory that holds these rows as revision 1."""
    store = MemoryStore(lenient(pack))
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return store


def planned(store: Store, day: str, *steps: Step) -> Plan:
    """Plan steps on a day."""
    data = {"title": "A test", "effective": day, "steps": list(steps)}
    return store.plan(Proposal.model_validate(data))


def done(store: Store, day: str, *steps: Step) -> int:
    """Plan and commit steps on a day; returns the revision."""
    return store.commit(planned(store, day, *steps), stamp=STAMP).number


def undone(store: Store, number: int) -> int:
    """Take a revision back; returns the revision that does so."""
    plan = store.plan(undo_proposal(store, number))
    assert blocking(plan) == []
    return store.commit(plan, stamp=STAMP).number


def blocking(plan: Plan) -> list[str]:
    """Return what blocks a plan, as `CODE message`."""
    return [f"{f.code} {f.message}" for f in plan.findings if f.blocks]


def rows_of(store: Store) -> set[str]:
    """Return what every row says, whichever revision wrote it.

    What lived for no day isn't among them: no span overlaps it.
    """
    ids = list(store.all_ids())
    on = Span.always()
    found: Sequence[Row] = [
        *store.nodes(ids, on),
        *store.edges(ids, sorted(store.pack.edges), "out", on),
    ]
    return {str(row[:-1]) for row in found}


def new(kind: str, name: str, **facts: FactValue) -> dict[str, Any]:
    """Return a new node as a step names it."""
    return {"id": name, "kind": kind, "name": name.upper(), "facts": facts}


def found(kind: str, name: str, under: str, **facts: FactValue) -> dict[str, Any]:
    """Return the step that founds a unit."""
    return {"op": "found_unit", "new": new(kind, name, **facts), "under": under}
