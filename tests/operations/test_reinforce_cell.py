"""Reinforcing a cell: what a plan of it reads, and what its fields may hold."""

from pathlib import Path

import pytest
from communes import commune, planned
from harness import proposed

from orgraph.errors import InputError


@pytest.mark.parametrize("fields", ["", ", transferred: []", ", ground: why"])
def test_somebody_comes(fields: str) -> None:
    """A step that brings nobody in can't be written."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:"):
        proposed(f"- {{op: reinforce_cell, cell: c{fields}}}")


def test_reads_don_t_grow_with_who_comes(tmp_path: Path) -> None:
    """A plan takes as many statements for forty who come in each way as for two."""
    found = []
    for number in (2, 40):
        moving = ", ".join(f"m1-{n}" for n in range(number))
        guests = ", ".join(f"m2-{n}" for n in range(number))
        step = (
            f"- {{op: reinforce_cell, cell: c0, transferred: [{moving}], "
            f"attending: [{guests}]}}"
        )
        given = commune(number + 1)
        plan, statements = planned(tmp_path / f"{number}.db", given, step)
        assert not plan.refused
        assert len(plan.changes) == 3 * number
        found.append(statements)
    assert found[0] == found[1]
