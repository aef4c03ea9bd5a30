"""The company of docs/examples: a pack that nothing in the Python knows of."""

import csv
from datetime import date
from pathlib import Path

import pytest

import orgraph

ROOT = Path(__file__).resolve().parent.parent
COMPANY = ROOT / "docs" / "examples" / "company"
BEFORE, AFTER = date(2025, 12, 31), date(2026, 1, 1)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of the example, read without orgraph."""
    with (COMPANY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def store() -> orgraph.MemoryStore:
    """Return a store with the company in it."""
    store = orgraph.MemoryStore(orgraph.load_pack(str(COMPANY)))
    orgraph.load_tables(store, [COMPANY / "nodes.csv", COMPANY / "edges.csv"])
    return store


def workers(store: orgraph.MemoryStore, day: date) -> dict[str, str]:
    """Return in which team everybody works on a day."""
    graph = orgraph.to_networkx(store, on=day)
    return {
        source: target
        for source, target, facts in graph.edges(data=True)
        if facts["kind"] == "WORKS_IN"
    }


def test_everybody_goes_along_and_no_money_is_lost(store: orgraph.MemoryStore) -> None:
    """Two teams become one: who worked in them, and their budgets, are there."""
    given = {e["source"]: e["target"] for e in rows("edges.csv") if _is_work(e)}
    budgets = [int(n["budget_eur"]) for n in rows("nodes.csv") if n["budget_eur"]]
    assert workers(store, BEFORE) == given
    plan = store.plan(orgraph.read_proposal(COMPANY / "proposal.yaml"))
    assert not plan.refused
    store.commit(plan)
    united = {"north": "field-sales", "south": "field-sales"}
    wanted = {who: united.get(team, team) for who, team in given.items()}
    assert workers(store, AFTER) == wanted
    assert workers(store, BEFORE) == given
    for day in (BEFORE, AFTER):
        found = orgraph.tally(store, "acme", day)
        assert found.facts["budget_eur"] == sum(budgets)
    store.commit(store.plan(orgraph.undo_proposal(store)))
    assert workers(store, AFTER) == given


def _is_work(edge: dict[str, str]) -> bool:
    return edge["kind"] == "WORKS_IN"
