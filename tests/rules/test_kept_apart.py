"""Kinds that are kept apart: in plans in any order, in imports and in audits."""

from datetime import date
from pathlib import Path

import pytest
from harness import applied, filled, pack_named

from orgraph.engine import audit
from orgraph.errors import InputError
from orgraph.importers import load_tables
from orgraph.model import OUT, Span
from orgraph.rules.census import Census
from orgraph.rules.kept_apart import BOTH, KeptApart
from orgraph.stores.memory import MemoryStore

TURN, BEFORE = date(2022, 1, 1), date(2021, 6, 1)
GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee}
  - {id: gc, kind: grassroots_committee, parent: pc}
  - {id: c, kind: cell, parent: gc}
  - {id: j, kind: cell, parent: gc}
""" + "".join(
    f"  - {{id: m{n}, kind: member, official: true, parent: c}}\n" for n in range(5)
)
MOVE, ATTEND = (
    "- {op: transfer_members, members: [m1], to: j}",
    "- {op: attend_cell, person: m1, cell: j}",
)


@pytest.fixture
def store() -> MemoryStore:
    """Return a cell with five members, and one with none."""
    return filled(MemoryStore(pack_named("vietnam without limits")), GIVEN)


def _found(store: MemoryStore, day: date) -> list[str]:
    return [f.subject for f in audit(store, day) if f.code == BOTH.code]


@pytest.mark.parametrize(
    "steps", [[(MOVE, TURN), (ATTEND, BEFORE)], [(ATTEND, BEFORE), (MOVE, TURN)]]
)
def test_in_either_order(store: MemoryStore, steps: list[tuple[str, date]]) -> None:
    """Who will be a member of a cell attends it until then, whichever came first."""
    for step, day in steps:
        applied(store, step, day)
    rows = store.edges(["m1"], ["ATTENDS"], OUT, Span.always())
    assert [(row.target, row.since, row.until) for row in rows] == [("j", BEFORE, TURN)]
    assert _found(store, BEFORE) == _found(store, TURN) == []


def test_an_import_is_refused(store: MemoryStore, tmp_path: Path) -> None:
    """A table that lets a member attend the own cell is refused, as the step is."""
    table = tmp_path / "edges.csv"
    table.write_text("kind,source,target,since\nATTENDS,m1,c,2020-01-01\n")
    with pytest.raises(InputError, match=r"edges\.csv:2.*only one of them.*APART01"):
        load_tables(store, [table])


def test_audits_look_at_guests_alone() -> None:
    """An audit reads those who attend some cell, and names whose own it is."""
    guests = """edges:
  - {kind: ATTENDS, source: m2, target: c}
  - {kind: ATTENDS, source: m3, target: j}
"""
    store = filled(MemoryStore(pack_named("vietnam without limits")), GIVEN + guests)
    assert set(KeptApart().where(Census(store, TURN))) == {"m2", "m3"}
    assert _found(store, TURN) == ["m2"]
