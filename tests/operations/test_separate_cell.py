"""Separating a cell: what a plan of it reads, and whom it takes along by default."""

from pathlib import Path

from communes import commune, planned
from harness import NewStore, filled, proposed

from orgraph.model import EdgeRow
from orgraph.operations.separate_cell import SeparateCell
from orgraph.proposal.models import step_to_plain

STEP = """\
- op: separate_cell
  place: v3
  cell: {id: own, kind: cell, name: Own}
  last: {id: last, kind: cell, name: Last}
"""


def _given(members: int) -> str:
    """Return a commune in which half of the joint cell lives in its other village."""
    given = commune(members, homes=True)
    for n in range(members // 2):
        home = f"h3-{n}, kind: household, parent: v"
        given = given.replace(f"{home}3", f"{home}4")
    return given


def test_from_is_written_as_it_is_read() -> None:
    """The field `from` keeps its name in the plain data of a plan."""
    data = {
        "op": "separate_cell",
        "place": "v",
        "from": "c",
        "cell": {"kind": "cell", "name": "Own"},
    }
    assert step_to_plain(SeparateCell.model_validate(data)) == data


def test_who_lives_there_goes(new_store: NewStore) -> None:
    """By default those who live in the village go, and the others stay together."""
    store = filled(new_store("vietnam"), _given(12))
    plan = store.plan(proposed(STEP))
    assert not plan.refused
    went: dict[str, set[str]] = {"own": set(), "last": set()}
    for change in plan.changes:
        row = change.after
        if isinstance(row, EdgeRow) and row.kind == "MEMBER_OF" and row.target in went:
            went[row.target].add(row.source)
    assert went["own"] == {f"m3-{n}" for n in range(6, 12)}
    assert went["last"] == {f"m3-{n}" for n in range(6)}


def test_reads_don_t_grow_with_members(tmp_path: Path) -> None:
    """A plan takes as many statements for eighty members as for eight."""
    found = [planned(tmp_path / f"{n}.db", _given(n), STEP) for n in (8, 80)]
    assert [plan.refused for plan, _ in found] == [False, False]
    assert found[0][1] == found[1][1]


def test_two_cells_of_one_name_get_ids_of_their_own(new_store: NewStore) -> None:
    """What the joint cell has goes to the last place's cell, whatever its id."""
    store = filled(new_store("vietnam"), _given(12))
    step = STEP.replace("id: own, ", "").replace("id: last, ", "")
    step = step.replace("name: Last", "name: Own")
    plan = store.plan(proposed(step))
    assert not plan.refused
    covers = {
        (row.source, row.target)
        for change in plan.changes
        if isinstance(row := change.after, EdgeRow)
        and row.kind == "COVERS"
        and row.until.year == 9999
    }
    assert covers == {
        ("cell-own-2025-01-01", "v3"),
        ("cell-own-2025-01-01-2", "v4"),
    }
