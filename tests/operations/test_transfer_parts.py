"""Transferring parts: what can't be read, and several transfers of one day."""

import pytest
from harness import STAMP, NewStore, applied, filled, proposed, rows

from orgraph.engine import undo_proposal
from orgraph.errors import InputError, StaleError
from orgraph.model import EdgeRow
from orgraph.stores.base import Store

GIVEN = """\
nodes:
  - {id: s, kind: state}
  - {id: a, kind: municipality, type: rural, people: 100, parent: s}
  - {id: b, kind: municipality, type: rural, people: 10, parent: s}
  - {id: l, kind: locality, parent: a}
"""
TRANSFER = "- {op: transfer_parts, from: a, to: b, shares: {people: %s}}"


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a store with two municipalities."""
    return filled(new_store("territory"), GIVEN)


def _passed(store: Store) -> list[tuple[str, str, object]]:
    """Return who got how many people from whom, as the lineage says."""
    return [
        (row.source, row.target, row.facts["people"])
        for row in rows(store).values()
        if isinstance(row, EdgeRow) and row.kind == "SUCCEEDED_BY"
    ]


def _undo(store: Store, number: int) -> None:
    store.commit(store.plan(undo_proposal(store, number)), stamp=STAMP)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ("from: a, to: b, shares: 7", "name it"),
        ("from: a", "to"),
        ("to: b", "from"),
        ("from_: a, to: b", "from_"),
        ("from: a, to: b, whole: true", "whole"),
    ],
)
def test_unreadable(fields: str, says: str) -> None:
    """What is wrong with the form of a transfer is said at its place."""
    with pytest.raises(InputError) as error:
        proposed(f"- {{op: transfer_parts, {fields}}}")
    assert all(p.startswith("proposal.yaml:4:") for p in error.value.problems)
    assert says in " ".join(error.value.problems)


def test_taken_back_one_by_one(store: Store) -> None:
    """Two plans of a day share a lineage row; each is undone to what was before."""
    first = rows(store)
    applied(store, TRANSFER % 30)
    second = rows(store)
    applied(store, TRANSFER % 5)
    assert _passed(store) == [("a", "b", 35)]
    _undo(store, 3)
    assert rows(store) == second
    assert _passed(store) == [("a", "b", 30)]
    _undo(store, 2)
    assert rows(store) == first


def test_the_first_of_two_stays(store: Store) -> None:
    """The first of two transfers of a day can't be undone before the second."""
    applied(store, TRANSFER % 30)
    applied(store, TRANSFER % 5)
    plan = store.plan(undo_proposal(store, 2))
    assert {f.code for f in plan.findings if f.blocks} == {"TIME04"}


def test_there_and_back_on_one_day(store: Store) -> None:
    """What goes back on the same day is a passage of its own."""
    applied(store, TRANSFER % 30)
    applied(store, "- {op: transfer_parts, from: b, to: a, shares: {people: 30}}")
    assert _passed(store) == [("a", "b", 30), ("b", "a", 30)]
    figures = {
        row[0]: row.facts for row in rows(store).values() if "people" in row.facts
    }
    assert figures["a"]["people"] == 100


def test_overtaken(store: Store) -> None:
    """A transfer of a fraction is stale where the whole has changed since."""
    plan = store.plan(proposed(TRANSFER % "1/2"))
    applied(store, "- {op: set_facts, unit: a, facts: {people: 200}}")
    with pytest.raises(StaleError):
        store.commit(plan, stamp=STAMP)


def test_then_absorbed_on_the_day(store: Store) -> None:
    """What is absorbed after a transfer of the day has passed as a whole."""
    applied(
        store,
        TRANSFER % "all" + "\n- {op: absorb_units, sources: [a], into: b}",
    )
    (row,) = [
        row
        for row in rows(store).values()
        if isinstance(row, EdgeRow) and row.kind == "SUCCEEDED_BY"
    ]
    assert row.facts == {"part": "whole", "people": 100, "step": 1}
