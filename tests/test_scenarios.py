"""Every scenario, on every store; see harness.py for what each is held to."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet
from harness import STORES, NewStore, Scenario, check, pack_named, scenarios, start

PLANNED = [scenario for scenario in scenarios() if "apply" in scenario.data]


def _params(found: Iterable[Scenario]) -> list[ParameterSet]:
    return [
        pytest.param(
            scenario,
            id=scenario.name,
            marks=[pytest.mark.xfail(reason=scenario.data["xfail"])]
            if "xfail" in scenario.data
            else [],
        )
        for scenario in found
    ]


@pytest.mark.parametrize("scenario", _params(scenarios()))
def test_a_scenario_holds(scenario: Scenario, new_store: NewStore) -> None:
    """A scenario gives what it expects, and nothing else; and it can be undone."""
    check(scenario, new_store(scenario.pack))


@pytest.mark.parametrize("scenario", PLANNED, ids=lambda s: s.name)
def test_stores_agree(scenario: Scenario, tmp_path: Path) -> None:
    """Every store makes the same plan with the same findings."""
    plans = []
    for make in STORES.values():
        with make(pack_named(scenario.pack), tmp_path / "store.db") as store:
            start(scenario, store)
            proposal = scenario.apply
            assert proposal is not None
            plain = store.plan(proposal).to_plain()
            # It holds the second in which the store was filled.
            plans.append({k: v for k, v in plain.items() if k != "base_hash"})
    assert all(plan == plans[0] for plan in plans), "the stores make different plans"
