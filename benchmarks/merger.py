"""The merger that most benchmarks measure: three communes and their committees."""

from orgraph.draft import Revision
from orgraph.engine import Stamp, undo_proposal
from orgraph.model import NodeRow
from orgraph.plan import Plan
from orgraph.proposal import Proposal
from orgraph.stores import Store

from . import graph
from .trios import trio as trio_of

DEPENDENTS = 113
CHANGES = range(300, 351)
STAMP = Stamp("benchmark", "2025-07-01T00:00:00+00:00")


def proposal(dependents: int = DEPENDENTS) -> Proposal:
    """Return the proposal that merges the trio with so many dependents."""
    trio = trio_of(dependents)
    answers = dict.fromkeys(trio.ending_posts, "ends_with")
    communes = {
        "op": "merge_units",
        "sources": trio.communes,
        "into": {
            "kind": "commune",
            "name": "Xã mới",
            "code": "90000",
            "facts": {"type": "xã", "mountainous": False},
        },
        "answers": {trio.second_chair: answers.pop(trio.second_chair)},
    }
    committees = {
        "op": "merge_units",
        "sources": trio.committees,
        "into": {
            "kind": "grassroots_committee",
            "name": "Đảng bộ xã mới",
            "facts": {"type": "commune"},
        },
        "answers": answers,
    }
    return Proposal.model_validate(
        {
            "title": "Three communes become one, and their committees",
            "effective": graph.EFFECTIVE,
            "basis": {"issuer": "UBTVQH15", "number": "1/NQ", "date": "2025-06-16"},
            "steps": [communes, committees],
        }
    )


def checked_plan(store: Store, dependents: int = DEPENDENTS) -> Plan:
    """Plan the merger, and assert that it does what it should."""
    plan = store.plan(proposal(dependents))
    trio = trio_of(dependents)
    assert not plan.refused, plan.findings
    gone = {
        change.key[0]
        for change in plan.changes
        if isinstance(change.after, NodeRow) and change.after.until == graph.EFFECTIVE
    }
    assert gone == {*trio.communes, *trio.committees, *trio.ending_posts}, gone
    followed = sum(one.get("followed", 0) for one in plan.dependents.values())
    assert followed >= trio.dependents - 1, plan.dependents
    assert dependents != DEPENDENTS or len(plan.changes) in CHANGES, len(plan.changes)
    return plan


def commit(store: Store, plan: Plan) -> Revision:
    """Commit a plan."""
    return store.commit(plan, stamp=STAMP)


def undo(store: Store) -> Revision:
    """Plan and commit the undo of the last revision."""
    return commit(store, store.plan(undo_proposal(store)))
