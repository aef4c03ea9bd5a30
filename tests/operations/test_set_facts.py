"""Setting facts: what can't be read, and what the figures add up to."""

from datetime import date

import pytest
from harness import NewStore, filled, proposed

from orgraph import tally
from orgraph.errors import InputError


def test_no_facts() -> None:
    """Facts that are set are at least one."""
    with pytest.raises(InputError, match="at least 1"):
        proposed("- {op: set_facts, unit: m, facts: {}}")


def test_the_unit_above_sees_the_new_figure(new_store: NewStore) -> None:
    """A new figure counts above from its day on, and not before."""
    store = filled(
        new_store("territory"),
        """
nodes:
  - {id: s, kind: state, name: State}
  - {id: m, kind: municipality, name: Ash, type: rural, people: 90, parent: s}
""",
    )
    store.commit(
        store.plan(proposed("- {op: set_facts, unit: m, facts: {people: 95}}"))
    )
    figures = {
        day: tally(store, "s", day).facts["people"]
        for day in (date(2024, 12, 31), date(2025, 1, 1))
    }
    assert figures == {date(2024, 12, 31): 90, date(2025, 1, 1): 95}
