"""An export of a region, or of a day, is imported, and says of the day the same."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from exporting import FORMS, document, every_row, exported
from harness import STAMP, Scenario, pack_named, scenarios, start
from towns import edge, filled, node

from orgraph.exporters import Extract, to_networkx
from orgraph.importers import load_tables
from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.pack import Pack, pack_from_data
from orgraph.queries import tally
from orgraph.stores import MemoryStore, Store

DAY = date(2020, 1, 1)
BEFORE = DAY - timedelta(days=1)


def imported(extract: Extract, form: str, folder: Path) -> MemoryStore:
    """Return a new store that is made of an export."""
    copy = MemoryStore(extract.pack)
    load_tables(copy, exported(extract, form, folder))
    return copy


def on_day(rows: dict[Any, Row], day: date, region: set[str]) -> set[str]:
    """Return what rows say of a region on a day: its nodes, and its edges inside."""
    return {
        str((row.id, row.kind, row.name, row.code, sorted(row.facts.items())))
        if isinstance(row, NodeRow)
        else str((*row[:5], sorted(row.facts.items())))
        for row in rows.values()
        if row.since <= day < row.until
        and (
            row.id in region
            if isinstance(row, NodeRow)
            else {row.source, row.target} <= region
        )
    }


def moved(*, ended: bool) -> MemoryStore:
    """Return two communes; a member of the second came from a cell of the first."""
    until = {"until": DAY} if ended else {}
    return filled(
        node("p", "province"),
        *(node(name, "commune") for name in ("c1", "c2")),
        edge("PART_OF", "c1", "p"),
        edge("PART_OF", "c2", "p"),
        *(node(f"g{n}", "grassroots_committee") for n in (1, 2)),
        edge("COVERS", "g1", "c1"),
        edge("COVERS", "g2", "c2"),
        node("k1", "cell", **until),
        node("k2", "cell"),
        edge("UNDER", "k1", "g1", **until),
        edge("UNDER", "k2", "g2"),
        node("m", "member"),
        edge("MEMBER_OF", "m", "k1", until=DAY),
        edge("MEMBER_OF", "m", "k2", since=DAY),
        node("o", "member"),
        edge("MEMBER_OF", "o", "k1", until=DAY),
        edge("MEMBER_OF", "o", "k2", since=DAY),
        node("s", "post"),
        edge("SEAT_IN", "s", "g2"),
        edge("HOLDS", "m", "s"),
        pack="vietnam",
    )


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("day", [None, DAY, BEFORE])
def test_who_belonged_elsewhere_comes_with_where(
    form: str, *, ended: bool, day: date | None, tmp_path: Path
) -> None:
    """The cell that somebody was in before comes along, without what is about it."""
    store = moved(ended=ended)
    extract = Extract(store, root="c2", on=day, names=True)
    copy = imported(extract, form, tmp_path)
    rows = every_row(copy)
    if day == BEFORE:
        # The post's holder is then in the other cell, and in the second one later.
        own = {"c2", "g2", "k2", "s", "m"}
    else:
        own = {"c2", "g2", "k2", "m", "o", "s"}
    assert {row.id for row in rows.values() if isinstance(row, NodeRow)} == own | {"k1"}
    assert extract.along == {"k1"}
    assert extract.came_along == {"cell": 1}
    when = day or DAY
    assert on_day(rows, when, own) == on_day(every_row(store), when, own)
    told = [row for row in rows.values() if isinstance(row, EdgeRow)]
    membership = [row for row in told if row.kind == "MEMBER_OF" and row.source == "m"]
    assert [row.target for row in sorted(membership, key=lambda r: r.since)] == [
        "k1",
        "k2",
    ]
    assert "UNDER" not in {row.kind for row in told if row.source == "k1"}
    assert tally(copy, "g2", when).counts == tally(store, "g2", when).counts


def test_all_of_a_day_is_imported(tmp_path: Path) -> None:
    """A cell that had ended by the day comes along as it was last."""
    store = moved(ended=True)
    extract = Extract(store, on=DAY, names=True)
    copy = imported(extract, "json", tmp_path)
    assert extract.along == {"k1"}
    ended = [row for row in every_row(copy).values() if row.key[0] == "k1"]
    assert [(row.since, row.until) for row in ended] == [(date(2019, 1, 1), DAY)]
    living = {i for row in every_row(store).values() if isinstance(row, NodeRow)
              for i in [row.id] if i != "k1"}  # fmt: skip
    assert on_day(every_row(copy), DAY, living) == on_day(every_row(store), DAY, living)
    assert json.loads(document(extract))["along"] == ["k1"]


def test_what_comes_along_is_no_part_of_a_graph() -> None:
    """A graph of a day has that day's nodes and edges alone."""
    store = moved(ended=True)
    graph = to_networkx(store, "c2", DAY)
    assert "k1" not in graph
    assert graph.number_of_edges("m", "k2") == 1
    assert document(Extract(store, on=DAY, importable=False)).count("k1") == 0


def test_all_of_a_store_takes_nothing_along() -> None:
    """An export of all on all days has every row once already."""
    extract = Extract(moved(ended=True))
    assert len(list(extract.nodes())) == 10
    assert extract.along == frozenset()
    assert extract.came_along == {}


def peopled() -> Pack:
    """Return the neutral pack, with somebody in each body and each of them in one."""
    data = dict(pack_named("territory").data)
    member = {**data["edges"]["MEMBER_OF"], "targets": "1", "sources": "1..*"}
    data["edges"] = {**data["edges"], "MEMBER_OF": member}
    return pack_from_data(data)


@pytest.mark.parametrize("day", [None, DAY])
def test_what_is_wanted_both_ways_comes_along(day: date | None, tmp_path: Path) -> None:
    """Where a body must have somebody, those of a body that came along come, too."""
    store = MemoryStore(peopled())
    bodies = [node(f"b{n}", "body") for n in (1, 2, 3, 4)]
    people = [node(f"x{n}", "person") for n in (1, 2, 3, 4)]
    store.bulk_load(
        [node("m", "municipality"), *bodies, *people],
        [
            edge("COVERS", "b1", "m"),
            edge("MEMBER_OF", "x1", "b2", until=DAY),
            edge("MEMBER_OF", "x1", "b1", since=DAY),
            edge("MEMBER_OF", "x2", "b1", until=DAY),
            edge("MEMBER_OF", "x2", "b3", since=DAY),
            edge("MEMBER_OF", "x3", "b2", since=DAY),
            edge("MEMBER_OF", "x3", "b3", until=DAY),
            edge("MEMBER_OF", "x4", "b4"),
        ],
    )
    extract = Extract(store, root="b1", on=day)
    copy = imported(extract, "csv", tmp_path)
    ids = {row.id for row in every_row(copy).values() if isinstance(row, NodeRow)}
    assert ids == {"b1", "b2", "b3", "x1", "x2", "x3"}
    assert "b4" not in extract.along


def regions(store: Store, rows: dict[Any, Row], day: date) -> Iterator[str]:
    """Yield the units that live on a day and have something directly below them."""
    above = {
        row.target
        for row in rows.values()
        if isinstance(row, EdgeRow)
        and row.kind in store.pack.contains_kinds
        and row.since <= day < row.until
    }
    yield from sorted(above)


MANY = 120
"""In larger worlds each region would be a second; their steps are those of others."""
WHOLE = [s for s in scenarios() if s.apply and "faults" not in s.given]


@pytest.mark.parametrize("scenario", WHOLE, ids=lambda scenario: scenario.name)
def test_every_region_of_every_scenario_is_imported(
    scenario: Scenario, tmp_path: Path
) -> None:
    """After each operation, each region comes back, as of the day and as of all."""
    store = MemoryStore(pack_named(scenario.pack))
    start(scenario, store)
    plan = store.plan(scenario.apply)
    if not plan.refused:
        store.commit(plan, stamp=STAMP)
    rows = every_row(store)
    if len(rows) > MANY:
        return
    day = scenario.apply.effective
    for on in (day, None):
        for root in regions(store, rows, day):
            extract = Extract(store, root=root, on=on, names=True)
            copy = imported(extract, "json", tmp_path)
            assert extract.came_along.total() == len(extract.along)
            own = {row.id for row in extract.nodes()} - extract.along
            said = on_day(every_row(copy), day, own)
            assert said == on_day(rows, day, own)
            assert tally(copy, root, day) == tally(store, root, day)
