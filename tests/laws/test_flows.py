"""Random splits, transfers, restorations and what goes from many to many, by turns."""

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test
from machine import LONG, QUICK
from reshaping import Reshapings
from test_territory import Territory
from test_vietnam import Apparatus

SHORT = settings(QUICK, max_examples=30, stateful_step_count=12)


class FlowsOnly:
    """Leaves the machine only what flows, mergers, moves and undo."""

    change_type = rename = set_facts = abolish = close = None


class TerritoryFlows(FlowsOnly, Territory):
    """A territory whose units give to one another."""


class ApparatusFlows(FlowsOnly, Apparatus):
    """A province's apparatus whose units give to one another."""


CLASSES = pytest.mark.parametrize("of", [TerritoryFlows, ApparatusFlows])


@CLASSES
def test_flows(of: type[Reshapings]) -> None:
    """What flows between units is what plain counting makes of it, in some stories."""
    run_state_machine_as_test(of, settings=SHORT)


@pytest.mark.slow
@CLASSES
def test_flows_at_length(of: type[Reshapings]) -> None:
    """What flows between units is what plain counting makes of it, in many stories."""
    run_state_machine_as_test(of, settings=LONG)
