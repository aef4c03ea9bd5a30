"""Compares proposals: plans them on one revision, and counts what each does.

They are counted below the same roots and judged by the same units, those that any of
them touches: a commune that one proposal leaves too small counts against it, though it
doesn't touch it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..collector import uncollected
from ..draft.reading import in_one_revision
from ..engine import make_plan
from ..engine.ruling import Touched, touch
from ..errors import StaleError
from ..findings import refuses
from ..plan import Plan
from ..proposal import Proposal
from ..queries.library import Library
from ..rules import Reach
from ..rules.standing import standings
from .build import build_report
from .compared import Compared
from .comparison import Alternative, Comparison, FoundAlike, StoodTo
from .model import Report
from .totals import need_counts, totals_of


class _Planned(NamedTuple):
    name: str
    plan: Plan
    report: Report
    compared: Compared
    touched: Touched


@in_one_revision
@uncollected
def compare_proposals(
    store: Library, proposals: Mapping[str, Proposal], *, strict: bool = False
) -> Comparison:
    """Return what each proposal does on the head, by their names; writes nothing.

    With `strict` a new warning refuses, too. StaleError where the head moved while
    they were planned.

    >>> proposal = orgraph.read_proposal("proposal.yaml")
    >>> found = orgraph.compare_proposals(store, {"one": proposal, "other": proposal})
    >>> len({one.title for one in found.alternatives}), found.refused
    (1, False)
    """
    planned = [_planned(store, *one) for one in proposals.items()]
    _check_one_base(planned)
    named = sorted({node for one in planned for node in one.report.kinds})
    touched = sorted({node for one in planned for node in one.touched.nodes})
    alternatives = tuple(
        _alternative(one, named, touched, strict=strict) for one in planned
    )
    judged = {name for one in alternatives for name in one.standards}
    return Comparison(
        base=planned[0].plan.base if planned else store.head(),
        alternatives=alternatives,
        standards=tuple(t for t in store.pack.thresholds if t.id in judged),
        pack=store.pack,
    )


def _planned(store: Library, name: str, proposal: Proposal) -> _Planned:
    plan = make_plan(store, proposal)
    report, compared = build_report(plan, store), Compared(plan, store)
    return _Planned(name, plan, report, compared, touch(plan.changes))


def _check_one_base(planned: Iterable[_Planned]) -> None:
    bases = {(one.plan.base, one.plan.base_hash) for one in planned}
    if len(bases) > 1:
        message = (
            "another revision was written while the proposals were planned, so they "
            "can't be compared; compare them again"
        )
        raise StaleError(message)


def _alternative(
    one: _Planned, named: Sequence[str], touched: Sequence[str], *, strict: bool
) -> Alternative:
    """Return what a proposal does, seen over all that any of them touches."""
    plan, report, compared = one.plan, one.report, one.compared
    totals, facts, roots = totals_of(compared, need_counts(compared, named, ()))
    return Alternative(
        name=one.name,
        title=plan.title,
        effective=report.effective,
        basis=report.basis,
        refused=refuses(plan.findings, strict=strict),
        steps=len(plan.proposal["steps"]),
        unplanned=plan.unplanned,
        changes=len(plan.changes),
        totals=totals,
        roots=roots,
        units=_units(one),
        people=_people(report),
        surplus={
            "people": len({holder["person"] for holder in report.surplus}),
            "posts": len(report.surplus),
        },
        facts=facts,
        findings=_findings(plan),
        blocking=tuple(found for found in plan.findings if found.blocks),
        standards=_standards(one, touched),
    )


def _units(one: _Planned) -> dict[str, dict[str, int]]:
    """Return counts by kind of what happens to units."""
    report = one.report
    givers: defaultdict[str, set[str]] = defaultdict(set)
    for passage in report.lineage:
        givers[passage.target].add(passage.source)
    united = (unit for unit, sources in givers.items() if len(sources) > 1)
    found = {
        "began": map(report.kinds.__getitem__, report.began),
        "ended": map(report.kinds.__getitem__, report.ended),
        "moved": map(report.kinds.__getitem__, report.moved),
        "revised": map(report.kinds.__getitem__, report.revised),
        "united": map(one.compared.kind, united),
    }
    return {word: dict(sorted(Counter(k).items())) for word, k in found.items()}


def _people(report: Report) -> dict[str, int]:
    """Return how many people and households have another chain of units, by kind."""
    found = Counter(person.kind for person in report.people)
    for group in report.chains:
        found.update(group.counts)
    return dict(sorted(found.items()))


def _findings(plan: Plan) -> tuple[FoundAlike, ...]:
    """Return how many findings there are of each sort, as findings are ordered."""
    found = Counter(
        (one.severity, one.state, one.code, bool(one.waived)) for one in plan.findings
    )
    return tuple(FoundAlike(*sort, number) for sort, number in found.items())


def _standards(one: _Planned, touched: Sequence[str]) -> dict[str, StoodTo]:
    """Return how units stand to what the law of the day asks, after the plan."""
    after = one.compared.after
    reach = Reach.within(after, touched, one.touched.after)
    return {
        found.threshold.id: StoodTo(found.met, found.broken, found.unknown)
        for found in standings(after, reach)
    }
