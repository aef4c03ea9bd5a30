"""What cells carry, where a pack lets them, goes on with what takes their place."""

from copy import deepcopy

import pytest
from communes import commune
from harness import STAMP, filled, pack_named, proposed

from orgraph.model import FactValue, Span
from orgraph.pack import Pack, pack_from_data
from orgraph.stores import MemoryStore

INTO_A_HOST = "- {op: join_cells, places: [v1], host: c0}"
INTO_A_NEW_ONE = """\
- op: join_cells
  places: [v0, v1]
  cell: {id: new, kind: cell, name: New}
  under: gc
"""
SEPARATED = """\
- op: separate_cell
  place: v3
  cell: {id: own, kind: cell, name: Own}
  members: [m3-0, m3-1, m3-2]
  last: {id: new, kind: cell, name: New}
"""
INTO_ONE_CELL = """\
- op: reclassify_organisation
  unit: gc
  into: {id: new, kind: cell, name: New}
"""


def _pack() -> Pack:
    """Return the Vietnamese pack with cells that carry staff."""
    data = deepcopy(pack_named("vietnam without limits").data)
    data["facts"]["staff"]["carried_by"].append("cell")
    data["nodes"]["cell"]["facts"].append("staff")
    return pack_from_data(data)


def _staff(step: str, node: str, numbers: dict[str, str]) -> tuple[FactValue, int]:
    """Return the staff of a cell after a step, and how much the step states."""
    given = commune(8)
    for cell, number in numbers.items():
        given = given.replace(f"{{id: {cell},", f"{{id: {cell}, staff: {number},")
    store = filled(MemoryStore(_pack()), given)
    proposal = proposed(step)
    plan = store.plan(proposal)
    assert [finding for finding in plan.findings if finding.blocks] == []
    store.commit(plan, stamp=STAMP)
    (row,) = [
        r for r in store.nodes([node], Span.day(proposal.effective)) if r.id == node
    ]
    assert plan.draft is not None
    return row.facts["staff"], plan.draft.stated["fact:staff"]


@pytest.mark.parametrize(
    ("step", "node", "cells"),
    [
        (INTO_A_HOST, "c0", ("c0", "c1")),
        (INTO_A_NEW_ONE, "new", ("c0", "c1")),
        (SEPARATED, "new", ("c3",)),
        (INTO_ONE_CELL, "new", ("c0", "c1", "c2", "c3")),
    ],
)
def test_it_is_added_up(step: str, node: str, cells: tuple[str, ...]) -> None:
    """Figures add up in the cell that stays, and an unknown one makes all unknown."""
    numbers = {cell: str(3 + n) for n, cell in enumerate(cells)}
    assert _staff(step, node, numbers) == (sum(map(int, numbers.values())), 0)
    if len(cells) > 1:
        del numbers[cells[-1]]
        swallowed = sum(map(int, numbers.values()))
        numbers[cells[-1]] = '"?"'
        assert _staff(step, node, numbers) == (None, -swallowed)
