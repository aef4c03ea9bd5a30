"""A document twice: refused in tables, found in a store, and never made by a plan."""

from datetime import date
from pathlib import Path

import pytest
from harness import STAMP, pack_named

from orgraph.engine import audit
from orgraph.errors import InputError
from orgraph.importers import load_tables
from orgraph.model import FOREVER, NodeRow, Span
from orgraph.operations.found_unit import FoundUnit
from orgraph.proposal import Basis, Proposal
from orgraph.rules.document_twice import DOCUMENT_TWICE
from orgraph.stores.memory import MemoryStore
from orgraph.stores.sqlite import SqliteStore

HEAD = "id,kind,name,code,since,issuer,date\n"
BASIS = Basis(issuer="A", number="1/NQ", date=date(2025, 6, 1))


def _documents(path: Path, *rows: str) -> Path:
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows))
    return path


def test_tables_with_one_document_twice(tmp_path: Path) -> None:
    """The second of two is refused at its line, in one import and in a later one."""
    one = "a,document,Act,12,2025-01-01,P,2024-12-01"
    two = "b,document,Act,12,2020-01-01,P,2024-12-01"
    both = _documents(tmp_path / "both.csv", one, two, "c,document,Act,12,2025,P,")
    store = MemoryStore(pack_named("territory"))
    with pytest.raises(InputError) as caught:
        load_tables(store, [both])
    (problem,) = caught.value.problems
    assert problem.endswith(
        "both.csv:3: Act (b) has the issuer, number and date of Act (a): P, 12, "
        "2024-12-01. [CODE02]"
    )
    load_tables(store, [_documents(tmp_path / "two.csv", two)])
    with pytest.raises(InputError) as caught:
        load_tables(store, [_documents(tmp_path / "one.csv", one)])
    (problem,) = caught.value.problems
    assert "one.csv:2: Act (a) has the issuer" in problem


def test_an_audit_names_what_is_one_too_many(tmp_path: Path) -> None:
    """Of three that are one, each after the first is named, whenever they began."""
    rows = [
        NodeRow(node, "document", date(since, 1, 1), FOREVER, "Act", "12", facts)
        for node, since, facts in (
            ("a", 2020, {"issuer": "P", "date": "2019-01-01"}),
            ("b", 2030, {"issuer": "P", "date": "2019-01-01"}),
            ("c", 2021, {"issuer": "P", "date": "2019-01-01"}),
            ("d", 2021, {"issuer": "Q", "date": "2019-01-01"}),
        )
    ]
    with SqliteStore(tmp_path / "s.db", create=pack_named("territory")) as store:
        store.bulk_load(rows, [])
        found = [
            f for f in audit(store, date(2025, 1, 1)) if f.code == DOCUMENT_TWICE.code
        ]
    assert [(f.subject, f.state) for f in found] == [
        ("b", "existing"),
        ("c", "existing"),
    ]


@pytest.mark.parametrize("days", [(7, 1), (1, 7), (5, 7), (7, 5, 1)])
def test_one_basis_of_several_days_is_one_document(days: tuple[int, ...]) -> None:
    """Whichever is applied first, all that rests on a document rests on one node."""
    store = MemoryStore(pack_named("territory"))
    state = NodeRow("s", "state", date(2000, 1, 1), FOREVER, "Land", None, {})
    store.bulk_load([state], [])
    for month in days:
        new = {"id": f"d{month}", "kind": "district", "name": "Dale"}
        step = FoundUnit.model_validate({"op": "found_unit", "new": new, "under": "s"})
        day = date(2025, month, 1)
        proposal = Proposal(title="T", effective=day, steps=(step,), basis=BASIS)
        plan = store.plan(proposal)
        assert not plan.refused, plan.findings
        store.commit(plan, stamp=STAMP)
    (law,) = store.of_kind("document", Span.always())
    assert law.since == date(2025, min(*days, 6), 1)
    rests = store.edges([law.id], ["BASED_ON"], "in", Span.always())
    assert sorted(row.source for row in rests) == sorted(f"d{m}" for m in days)
    assert not list(audit(store, date(2025, 8, 1)))
