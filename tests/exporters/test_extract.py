"""What belongs to a region, and what is in force on a day."""

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from exporting import FORMS, document, exported
from towns import done, edge, filled, node, undone

from orgraph.errors import InputError
from orgraph.exporters import Extract
from orgraph.exporters import extract as module
from orgraph.importers import load_tables
from orgraph.queries import tally
from orgraph.stores import MemoryStore

TURN = date(2020, 1, 1)
MERGE = {
    "op": "merge_units",
    "sources": ["m1", "m2"],
    "into": {"id": "m9", "kind": "municipality", "name": "Both"},
}


@pytest.fixture
def store() -> MemoryStore:
    """Return two districts with bodies, posts, holders and members."""
    named = node("x1", "person")._replace(name="Jane Doe")
    return filled(
        *(node(name, "district") for name in ("d1", "d2")),
        node("s", "state"),
        *(node(name, "municipality", people=5) for name in ("m1", "m2", "m3")),
        *(node(name, "body") for name in ("b1", "b2")),
        *(node(name, "post") for name in ("p1", "p2")),
        named,
        node("x2", "person"),
        edge("PART_OF", "d1", "s"),
        edge("PART_OF", "d2", "s"),
        edge("PART_OF", "m1", "d1"),
        edge("PART_OF", "m2", "d1", until=TURN),
        edge("PART_OF", "m2", "d2", since=TURN),
        edge("PART_OF", "m3", "d2"),
        edge("COVERS", "b1", "m1"),
        edge("UNDER", "b1", "b2"),
        edge("SEAT_IN", "p1", "b1"),
        edge("SEAT_IN", "p2", "b2"),
        edge("HOLDS", "x2", "p1"),
        edge("MEMBER_OF", "x1", "b1"),
        edge("MEMBER_OF", "x2", "b2"),
    )


def ids(extract: Extract) -> str:
    """Return the nodes of an extract, each once."""
    return " ".join(dict.fromkeys(row.id for row in extract.nodes()))


def test_a_region_is_what_depends_on_it(store: MemoryStore) -> None:
    """Parts of any time, bodies that cover them, their posts, holders and members."""
    extract = Extract(store, root="d1")
    assert ids(extract) == "b1 d1 m1 m2 p1 x1 x2"
    edges = [row[:3] for row in extract.edges()]
    assert edges == [
        ("COVERS", "b1", "m1"),
        ("PART_OF", "m1", "d1"),
        ("PART_OF", "m2", "d1"),
        ("SEAT_IN", "p1", "b1"),
        ("MEMBER_OF", "x1", "b1"),
        ("HOLDS", "x2", "p1"),
    ]
    out = {"UNDER": 1, "PART_OF": 2, "MEMBER_OF": 1}
    assert extract.left_out == out


def test_a_region_on_a_day(store: MemoryStore) -> None:
    """On a day only what was below it then is in the region."""
    assert "m2" in ids(Extract(store, root="d1", on=date(2019, 12, 31))).split()
    assert "m2" not in ids(Extract(store, root="d1", on=TURN)).split()
    assert ids(Extract(store, root="d2", on=TURN)) == "d2 m2 m3"


def test_a_root_that_is_not_in_force(store: MemoryStore) -> None:
    """A root that isn't there on the day is refused by its name."""
    with pytest.raises(InputError, match="d1 is not in force on 2018-12-31"):
        Extract(store, root="d1", on=date(2018, 12, 31))


def test_batches_do_not_show(
    store: MemoryStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An export is the same however many rows are read at once."""
    chosen = [{}, {"root": "d1"}, {"on": TURN}, {"root": "s", "on": TURN}]
    whole = [document(Extract(store, **options)) for options in chosen]
    monkeypatch.setattr(module, "BATCH", 2)
    assert [document(Extract(store, **options)) for options in chosen] == whole


def test_the_basis_comes_along(store: MemoryStore) -> None:
    """The document that a unit of the region is based on is exported with it."""
    from orgraph.proposal import Proposal

    basis = {"issuer": "Assembly", "number": "7", "date": "2024-01-01"}
    data = {"title": "T", "effective": "2025-01-01", "basis": basis, "steps": [MERGE]}
    into = {**MERGE, "under": "d1"}
    plan = store.plan(Proposal.model_validate({**data, "steps": [into]}))
    assert not plan.refused, plan.findings
    store.commit(plan)
    extract = Extract(store, root="m9")
    assert ids(extract) == "b1 document-7-2024-01-01 m9 p1 x1 x2"
    assert {row.kind for row in extract.edges()} >= {"BASED_ON", "COVERS", "MEMBER_OF"}


def test_a_node_on_a_day_is_one_row(store: MemoryStore) -> None:
    """It has its whole life, and the name, code and facts of the day."""
    done(store, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Later"})
    done(
        store,
        "2022-01-01",
        {"op": "set_facts", "unit": "m1", "facts": {"people": "unknown"}},
    )
    for day, name, people in (
        ("2019-01-01", "M1", 5),
        ("2021-01-01", "Later", 5),
        ("2022-01-01", "Later", None),
    ):
        extract = Extract(store, on=date.fromisoformat(day))
        (row,) = [row for row in extract.nodes() if row.id == "m1"]
        assert (row.since, row.name) == (date(2019, 1, 1), name)
        assert row.facts == {"people": people}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("root", [None, "s"])
def test_a_day_is_imported_again(
    store: MemoryStore, form: str, root: str | None, tmp_path: Path
) -> None:
    """What was in force on a day counts the same in a store that is made of it."""
    done(store, "2021-01-01", {"op": "rename_unit", "unit": "m1", "name": "Later"})
    done(store, "2022-01-01", {**MERGE, "under": "d1"})
    for day in (date(2019, 6, 1), date(2021, 1, 1), date(2022, 1, 1)):
        folder = tmp_path / day.isoformat()
        folder.mkdir()
        extract = Extract(store, root=root, on=day, names=True)
        copy = MemoryStore(store.pack)
        load_tables(copy, exported(extract, form, folder))
        assert tally(copy, "s", day) == tally(store, "s", day)
        assert tally(copy, "d1", day) == tally(store, "d1", day)
        names = {row.id: row.name for row in extract.nodes()}
        assert ("m9" in names) == (day.year == 2022)
        if root is None:
            lineage = {"SUCCEEDED_BY": 2} if "m9" in names else {}
            assert extract.left_out == lineage


def test_people_have_no_names_unless_asked(store: MemoryStore) -> None:
    """A masked name is absent, and it is counted; units keep theirs."""
    extract = Extract(store)
    said = document(extract)
    assert "Jane" not in said
    assert extract.masked == 2
    assert '"name": "M1"' in said
    extract = Extract(store, names=True)
    assert "Jane Doe" in document(extract)
    assert extract.masked == 0


def test_json_says_what_it_is(store: MemoryStore) -> None:
    """The document names its format, its pack, and what was asked for."""
    said = json.loads(document(Extract(store, root="d1", on=TURN)))
    head = {k: v for k, v in said.items() if k not in {"nodes", "edges"}}
    assert head == {
        "format": "orgraph.export/1",
        "pack": "territory",
        "root": "d1",
        "on": "2020-01-01",
        "names": False,
        "along": [],
    }
    assert Counter(row["kind"] for row in said["nodes"])["municipality"] == 1


def test_an_undone_revision_leaves_no_trace(store: MemoryStore) -> None:
    """What was taken back is not exported: past rows are no rows of the graph."""
    before = document(Extract(store))
    undone(store, done(store, "2022-01-01", {**MERGE, "under": "d1"}))
    assert document(Extract(store)) == before


@pytest.mark.parametrize("options", [{}, {"root": "s"}, {"on": TURN}])
def test_rows_are_read_in_batches(
    store: MemoryStore,
    options: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """However large the store, only so many nodes are asked for at once."""
    asked: list[int] = []
    monkeypatch.setattr(module, "BATCH", 3)
    for name in ("nodes", "edges"):
        read = getattr(store, name)

        def reading(ids: Any, *rest: Any, read: Any = read) -> Any:  # noqa: ANN401 - any read
            asked.append(len(ids))
            return read(ids, *rest)

        monkeypatch.setattr(store, name, reading)
    extract = Extract(store, **options)
    assert len(list(extract.nodes())) > 6
    assert max(asked) == 3
