"""Founding a cell: what a plan of it reads, and what its fields may hold."""

from pathlib import Path

import pytest
from communes import commune, planned
from harness import proposed

from orgraph.errors import InputError

STEP = """\
- op: found_cell
  cell: {id: new, kind: cell, name: New}
  under: gc
  serves: [v2]
  members: [MEMBERS]
"""


def test_reads_don_t_grow_with_members(tmp_path: Path) -> None:
    """A plan takes as many statements for forty who come as for two."""
    found = []
    for number in (2, 40):
        people = ", ".join(f"m{n % 2}-{n // 2}" for n in range(number))
        given = commune(number)
        step = STEP.replace("MEMBERS", people)
        plan, statements = planned(tmp_path / f"{number}.db", given, step)
        assert not plan.refused
        assert len(plan.changes) == 3 + 2 * number
        found.append(statements)
    assert found[0] == found[1]


@pytest.mark.parametrize("field", ["serves", "members"])
def test_nobody_founds_an_empty_cell(field: str) -> None:
    """A cell without members, or without a place to serve, can't be written."""
    lines = STEP.replace("MEMBERS", "m0-0").splitlines()
    step = "\n".join(
        f"  {field}: []" if line.strip().startswith(field) else line for line in lines
    )
    with pytest.raises(InputError, match=r"proposal\.yaml:\d+:"):
        proposed(step)
