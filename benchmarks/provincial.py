"""The reform of a whole province with its people, in one proposal.

The province is the synthetic one; its reform is drafted by the command from the
official table, with the side of the party. `--quick` asks for a tenth of it.
"""

from collections.abc import Iterator, Mapping
from functools import partial

from orgraph.engine import undo_proposal
from orgraph.proposal import Proposal, read_proposal
from orgraph.reports import build_report
from orgraph.stores import SqliteStore

from .ground import Ground
from .measure import alternate, worked
from .merger import STAMP
from .table import Result, at_most


def reform(ground: Ground) -> Iterator[Result]:
    """Plan the reform and build its report; commit it, and take it back."""
    province = ground.province
    proposal = read_proposal(province.reform)
    with SqliteStore(province.path) as store:
        plan = store.plan(proposal)
        assert not plan.refused, plan.findings[:5]
        changes, steps = len(plan.changes), len(proposal.steps)
        series = alternate(3 if ground.quick else 5, partial(_round, store, proposal))
    micros = series.seconds("plan") / changes * 1e6
    best = series.best("plan") / changes * 1e6
    what = f"{province.name} in one proposal, by change: plan, rules and report"
    note = f"{steps} steps, {changes:,} changes, best {best:.1f}"
    yield at_most("reform", what, micros, 60, unit="µs", note=note)
    if not ground.quick:
        commit = series.seconds("commit")
        yield at_most("reform", "the same: commit", commit, 0.5, unit="s")
    ratio = series.ratio(["undo"], ["plan", "commit"])
    yield at_most("reform", "the same: undo by plan and commit", ratio, 2.5)


def _round(store: SqliteStore, proposal: Proposal) -> Mapping[str, float]:
    planned, plan = worked(lambda: store.plan(proposal))
    reported, _ = worked(lambda: build_report(plan, store))
    committed, _ = worked(lambda: store.commit(plan, stamp=STAMP))
    undone, _ = worked(
        lambda: store.commit(store.plan(undo_proposal(store)), stamp=STAMP)
    )
    return {"plan": planned + reported, "commit": committed, "undo": undone}
