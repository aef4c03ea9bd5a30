"""What reorganising the real country costs: all of it, and its largest knot.

The replay is one command that plans, checks and commits 34 proposals, each flushed. Its
largest step stands in Hà Nội: 283 communes of which many are split become 75.
"""

from collections.abc import Iterator, Mapping
from functools import partial
from statistics import median

from orgraph.operations import Operation
from orgraph.proposal import Proposal, read_proposal
from orgraph.reports import build_report
from orgraph.stores import SqliteStore

from . import merger
from .country import PROPOSALS
from .ground import Ground
from .measure import alternate, timed
from .table import Result, at_most

ENDED, BEGUN = 283, 75


def replay(ground: Ground) -> Iterator[Result]:
    """Replay the country as one command, and see how much memory that takes."""
    usages = [ground.country.replay() for _ in range(1 if ground.quick else 3)]
    what = f"orgraph replay of the whole country, {PROPOSALS} proposals"
    seconds = median(usage.seconds for usage in usages)
    yield at_most("replay", what, seconds, 20, unit="s")
    peak = max(usage.peak for usage in usages) / 1e6
    yield at_most("replay", "the same: peak of memory", peak, 400, unit="MB")


def component(ground: Ground) -> Iterator[Result]:
    """Plan the largest knot, run the rules and build the report, the tier abolished."""
    whole = read_proposal(ground.country.files / "01_ha_noi.yaml")
    tier = [step for step in whole.steps if step.op == "abolish_tier"]
    knots = (step for step in whole.steps if step.op == "reorganise_units")
    knot = _only(whole, [max(knots, key=lambda step: len(step.refs()))])
    with SqliteStore(ground.country.copy("component.db")) as store:
        merger.commit(store, store.plan(_only(whole, tier)))
        plan = store.plan(knot)
        report = build_report(plan, store)
        assert not plan.refused, plan.findings
        assert (len(report.ended), len(report.began)) == (ENDED, BEGUN)
        series = alternate(ground.rounds, partial(_planned, store, knot))
    what = f"plan, rules and report, {ENDED} communes to {BEGUN} at once"
    shown = f"{len(plan.changes):,} changes"
    yield at_most("component", what, series.seconds("plan"), 1, unit="s", note=shown)


def _only(whole: Proposal, steps: list[Operation]) -> Proposal:
    return whole.model_copy(update={"steps": tuple(steps)})


def _planned(store: SqliteStore, proposal: Proposal) -> Mapping[str, float]:
    seconds, _ = timed(lambda: build_report(store.plan(proposal), store))
    return {"plan": seconds}
