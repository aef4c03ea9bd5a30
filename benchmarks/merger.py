"""The merger that most benchmarks measure: three communes with their dependents."""

from orgraph.draft import Revision
from orgraph.engine import Stamp, undo_proposal
from orgraph.plan import Plan
from orgraph.proposal import Proposal
from orgraph.stores import Store

from . import graph
from .trios import trio as trio_of

DEPENDENTS = 160
STAMP = Stamp("benchmark", "2025-07-01T00:00:00+00:00")


def proposal(dependents: int = DEPENDENTS) -> Proposal:
    """Return the proposal that merges the trio with so many dependents."""
    trio = trio_of(dependents)
    facts = {"type": "xã", "mountainous": False}
    step = {
        "op": "merge_units",
        "sources": trio.communes,
        "into": {"kind": "commune", "name": "Xã mới", "code": "90000", "facts": facts},
        "answers": {trio.second_chair: "ends_with"},
    }
    return Proposal.model_validate(
        {
            "title": "Three communes become one",
            "effective": graph.EFFECTIVE,
            "basis": {"issuer": "UBTVQH15", "number": "1/NQ", "date": "2025-06-16"},
            "steps": [step],
        }
    )


def checked_plan(store: Store, dependents: int = DEPENDENTS) -> Plan:
    """Plan the merger, and assert that it does what it should."""
    plan = store.plan(proposal(dependents))
    trio = trio_of(dependents)
    assert not plan.refused, plan.findings
    assert len(plan.changes) == trio.changes, len(plan.changes)
    words = [words for kind, words in plan.dependents.items() if kind != "NATIVE_OF"]
    followed = sum(one.get("followed", 0) for one in words)
    assert followed == trio.dependents - 1, plan.dependents
    return plan


def commit(store: Store, plan: Plan) -> Revision:
    """Commit a plan."""
    return store.commit(plan, stamp=STAMP)


def undo(store: Store) -> Revision:
    """Plan and commit the undo of the last revision."""
    return commit(store, store.plan(undo_proposal(store)))
