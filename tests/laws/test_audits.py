"""After every plan, an audit of each store finds just what the plan said it would."""

from datetime import date

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from machine import DAYS, LONG, QUICK
from reshaping import Reshapings
from state import State
from test_territory import Territory
from test_vietnam import Apparatus

from orgraph.engine import audit
from orgraph.engine.codes import codes
from orgraph.plan import Plan
from orgraph.stores import Store

Found = set[tuple[str, str]]
OF_GROUPS = {"STANDARD02", "REARRANGE02", "FORMED02"}
FEW = settings(QUICK, max_examples=5, stateful_step_count=15)
MORE = settings(LONG, max_examples=30, stateful_step_count=20)


class Audited(Reshapings):
    """Audits every store after every plan, on every day."""

    def __init__(self) -> None:
        """Remember what is wrong at the start."""
        super().__init__()
        self.known = self.audited(self.first)

    def audited(self, store: Store) -> dict[date, Found]:
        """Return what an audit finds on each day.

        What isn't judged of units that are looked at together is left out: they are
        more in an audit, and the subject is another.
        """
        return {
            day: {
                (found.code, found.subject)
                for found in audit(store, day)
                if found.code not in OF_GROUPS
            }
            for day in DAYS
        }

    def committed(self, expected: State) -> None:
        """Commit, and audit: nothing is found that the plan didn't say."""
        plan, was = self.plans[0], self.known
        super().committed(expected)
        self.known = self.audited(self.first)
        for store in self.stores[1:]:
            assert self.audited(store) == self.known
        # What an undo brings back was judged when it was new: it is said to exist.
        states = {"new", "existing"}
        said = {(f.code, f.subject) for f in plan.findings if f.state in states}
        resolved = {(f.code, f.subject) for f in plan.findings if f.state == "resolved"}
        day = plan.effective
        assert self.known[day] - was[day] <= said
        assert not self.known[day] & resolved
        for other in DAYS:
            if other < day:
                assert self.known[other] == was[other], f"the past, {other}, changed"
            if other > day and takes_back_the_last(plan):
                continue  # what comes back then was judged when it was new
            broken = self.known[other] - was[other] - said
            assert not {f for f in broken if codes()[f[0]].severity != "info"}, other


def takes_back_the_last(plan: Plan) -> bool:
    """Tell whether a plan only takes back the last revisions."""
    steps = plan.proposal["steps"]
    numbers = {step["revision"] for step in steps if step["op"] == "undo"}
    return len(numbers) == len(steps) and min(numbers) > plan.base - len(numbers)


class AuditedTerritory(Audited, Territory):
    """A territory, audited."""


class AuditedApparatus(Audited, Apparatus):
    """A province's apparatus, audited."""


CLASSES = pytest.mark.parametrize("of", [AuditedTerritory, AuditedApparatus])


@CLASSES
def test_audits_find_nothing_new(of: type[Audited]) -> None:
    """A story's every revision leaves nothing that an audit finds and no plan said."""
    run_state_machine_as_test(of, settings=FEW)


@pytest.mark.slow
@CLASSES
def test_audits_at_length(of: type[Audited]) -> None:
    """Many stories leave nothing that an audit finds and no plan said."""
    run_state_machine_as_test(of, settings=MORE)
