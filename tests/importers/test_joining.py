"""Rows that touch and say the same become one, by whatever file they come."""

from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pytest
from harness import STAMP, pack_named, proposed
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import EDGES, NODES, load
from openpyxl import Workbook

from orgraph.engine import undo_proposal
from orgraph.exporters import Extract, write_document, write_tables
from orgraph.importers import load_tables
from orgraph.model import FOREVER, OUT, EdgeRow, NodeRow, Span
from orgraph.stores import MemoryStore, Store
from orgraph.stores.sqlite import SqliteStore

HEAD = "id,kind,name,code,since,until,people\n"
TWO = (
    HEAD
    + "m,municipality,Ash,7,2020-01-01,2021-01-01,5\n"
    + "m,municipality,Ash,7,2021-01-01,,5\n"
)
FIRST, LAST = 2000, 2009
SAID = {"A": "full", "B": "acting"}
FORMS = {form: said for said, form in SAID.items()}
OTHERS = ["p,person,P,,2000-01-01,,\n", "b,body,B,,2000-01-01,,\n"]


class Piece(NamedTuple):
    """A row as a table has it: what it says, from which year to which.

    `exact` is whether the first day is written out, `exact_end` the same of the end.
    """

    said: str
    since: int
    until: int
    exact: bool
    exact_end: bool

    def days(self) -> str:
        """Return both days as cells; the last year is open."""
        since = f"{self.since}-01-01" if self.exact else f"{self.since}"
        until = f"{self.until}-01-01" if self.exact_end else f"{self.until}"
        return f"{since},{'' if self.until > LAST else until}"


@st.composite
def pieces(draw: st.DrawFn, *, gaps: bool) -> list[Piece]:
    """Draw rows of one slot, one after the other."""
    years = draw(st.sets(st.integers(FIRST, LAST), min_size=1))
    bounds = [FIRST, *sorted(years - {FIRST}), LAST + 1]
    found = []
    for since, until in pairwise(bounds):
        said = draw(st.sampled_from(["A", "B"] + ["-"] * gaps))
        if said != "-":
            found.append(
                Piece(said, since, until, draw(st.booleans()), draw(st.booleans()))
            )
    return found


def by_year(rows: list[Piece]) -> list[tuple[str, int, int, bool, bool]]:
    """Return the fewest rows, by looking at each year alone."""
    of = {year: row for row in rows for year in range(row.since, row.until)}
    found: list[tuple[str, int, int, bool, bool]] = []
    for year in range(FIRST, LAST + 1):
        row, before = of.get(year), of.get(year - 1)
        if row is None:
            continue
        exact_end = row.exact_end or row.until > LAST
        turns = before is None or before.said != row.said
        if before is not None and before is not row and not turns:
            turns = before.exact_end != row.exact
        if turns:
            found.append((row.said, year, year + 1, row.exact, exact_end))
        else:
            found[-1] = (*found[-1][:2], year + 1, found[-1][3], exact_end)
    return found


def as_stored(row: NodeRow | EdgeRow) -> tuple[str, int, int, bool, bool]:
    """Return a row of a store in the words of `by_year`."""
    said = row.name if isinstance(row, NodeRow) else FORMS[str(row.facts["form"])]
    until = LAST + 1 if row.until == FOREVER else row.until.year
    exact = "since_precision" not in row.facts
    return said, row.since.year, until, exact, "until_precision" not in row.facts


def stored(store: Store, node: str) -> list[tuple[str, int, int, bool, bool]]:
    """Return the versions of a node, in order."""
    return [as_stored(row) for row in sorted(store.nodes([node], Span.always()))]


@settings(deadline=None, derandomize=True, database=None, max_examples=150)
@given(data=st.data())
def test_as_few_rows_as_there_are_changes(data: st.DataObject) -> None:
    """Whatever the rows and their order, there is one for each thing that was so."""
    versions = data.draw(pieces(gaps=False))
    charges = data.draw(pieces(gaps=True))
    lines = [f"x,municipality,{row.said},,{row.days()},\n" for row in versions]
    nodes = HEAD + "".join(data.draw(st.permutations(lines + OTHERS)))
    seats = [f"IN_CHARGE_OF,p,b,{row.days()},{SAID[row.said]}\n" for row in charges]
    order = data.draw(st.permutations(seats))
    # What comes later goes on with what the store has.
    cut = data.draw(st.integers(0, len(order)))
    edges = "kind,source,target,since,until,form\n"
    first, second = edges + "".join(order[:cut]), edges + "".join(order[cut:])
    given_edges = [text for text in (first, second) if text != edges]
    with TemporaryDirectory() as folder:
        store, loaded = load(Path(folder), nodes, *given_edges[:1])
        joined = loaded.joined
        for text in given_edges[1:]:
            joined += load(Path(folder), text, store=store)[1].joined
        assert stored(store, "x") == by_year(versions)
        kept = store.edges(["p"], ["IN_CHARGE_OF"], OUT, Span.always())
        assert [as_stored(row) for row in sorted(kept)] == by_year(charges)
        fewer = len(versions) - len(by_year(versions))
        assert joined == fewer + len(charges) - len(by_year(charges))
        again = load(Path(folder), nodes, edges + "".join(order), store=store)[1]
    assert (again.counts, again.joined) == ({}, 0)
    assert again.known == len(lines) + len(seats) + len(OTHERS)


def test_a_rename_before_what_was_joined(tmp_path: Path) -> None:
    """Where nothing changes on the first day of a row, nothing stands in the way."""
    store, loaded = load(tmp_path, TWO)
    assert (loaded.counts, loaded.joined) == ({"municipality": 1}, 1)
    plan = store.plan(
        proposed("- {op: rename_unit, unit: m, name: Oak}", "2020-06-01"),
    )
    assert not plan.refused
    store.commit(plan, stamp=STAMP)
    rows = sorted(store.nodes(["m"], Span.always()))
    assert [(row.name, row.since.isoformat()) for row in rows] == [
        ("Ash", "2020-01-01"),
        ("Oak", "2020-06-01"),
    ]


def test_there_and_back_changes_nothing(tmp_path: Path) -> None:
    """A move there and back on the day of what was joined is a plan without changes."""
    edges = "kind,source,target,since,until\nPART_OF,m,d,2000-01-01,2021-01-01\n"
    edges += "PART_OF,m,d,2021-01-01,2023-01-01\nPART_OF,m,d,2023-01-01,\n"
    store, loaded = load(tmp_path, NODES, edges)
    assert loaded.joined == 2
    steps = "- {op: move_unit, unit: m, to: e}\n- {op: move_unit, unit: m, to: d}\n"
    plan = store.plan(proposed(steps, "2021-01-01"))
    assert plan.refused
    assert not plan.changes


@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_joined_from_any_file(form: str, tmp_path: Path) -> None:
    """Tables, workbooks and documents are joined alike."""
    rows = [line.split(",") for line in TWO.splitlines()]
    path = tmp_path / f"nodes.{form}"
    if form == "csv":
        path.write_text(TWO)
    elif form == "xlsx":
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        for row in rows:
            sheet.append([cell or None for cell in row[:-1]])
        book.save(path)
    else:
        store = unjoined()
        with path.open("wb") as file:
            write_document(Extract(store, names=True), file)
    store = MemoryStore(unjoined().pack)
    assert load_tables(store, [path]).joined == 1
    (version,) = store.nodes(["m"], Span.always())
    assert (version.since, version.until) == (date(2020, 1, 1), FOREVER)


def unjoined() -> Store:
    """Return a store that was filled before rows were joined."""
    store = MemoryStore(pack_named("territory"))
    turn = date(2021, 1, 1)
    first = NodeRow("m", "municipality", date(2020, 1, 1), turn, "Ash", "7", {})
    store.bulk_load([first, first._replace(since=turn, until=FOREVER)], [])
    return store


def test_what_a_store_has_in_two_rows_is_known(tmp_path: Path) -> None:
    """Of a store that was filled before rows were joined, its own tables are known."""
    store = unjoined()
    write_tables(Extract(store, names=True), tmp_path)
    loaded = load_tables(store, [tmp_path / "nodes.csv"])
    assert (loaded.counts, loaded.known, loaded.joined) == ({}, 2, 0)


def test_what_an_import_prolongs_is_taken_back_with_it(tmp_path: Path) -> None:
    """An edge that goes on with one of the store is that edge, until it is undone."""
    head = "kind,source,target,since,until\n"
    path = tmp_path / "joined.db"
    with SqliteStore(path, create=pack_named("territory")) as store:
        load(tmp_path, NODES, f"{head}PART_OF,m,d,2000-01-01,2021-01-01\n", store=store)
        before = sorted(store.edges(["m"], ["PART_OF"], OUT, Span.always()))
        _, loaded = load(tmp_path, f"{head}PART_OF,m,d,2021-01-01,\n", store=store)
        assert (loaded.counts, loaded.joined) == ({"PART_OF": 1}, 1)
        (row,) = store.edges(["m"], ["PART_OF"], OUT, Span.always())
        assert (row.since, row.until) == (date(2000, 1, 1), FOREVER)
        store.commit(store.plan(undo_proposal(store)), stamp=STAMP)
        after = sorted(store.edges(["m"], ["PART_OF"], OUT, Span.always()))
        assert [row[:-1] for row in after] == [row[:-1] for row in before]


def test_a_second_term_stays(tmp_path: Path) -> None:
    """Who goes on in a post beyond its end took it again."""
    edges = (
        "kind,source,target,since,until\n"
        "HOLDS,x,p,2000-01-01,2005-01-01\n"
        "HOLDS,x,p,2005-01-01,\n"
    )
    store, loaded = load(tmp_path, NODES, EDGES, edges)
    assert loaded.joined == 0
    assert len(store.edges(["x"], ["HOLDS"], OUT, Span.always())) == 2
