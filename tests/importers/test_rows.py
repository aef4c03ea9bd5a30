"""A cell that can't be read is named by its line, its column and what is wanted."""

from datetime import date
from pathlib import Path

import pytest
from loading import NODES, load, refused, said

from orgraph.importers import Options
from orgraph.model import FOREVER, EdgeRow, NodeRow, Span
from orgraph.pack import load_pack
from orgraph.queries.library import plain_days
from orgraph.stores import MemoryStore

COLUMNS = "id,kind,name,code,since,until,people,border,type,area_m2\n"


def table(**cells: str) -> str:
    """Return a table of one municipality with some cells of one's own."""
    row = {
        "id": "m",
        "kind": "municipality",
        "name": "Ash",
        "since": "2000-01-01",
        **cells,
    }
    return COLUMNS + ",".join(row.get(c, "") for c in COLUMNS.strip().split(",")) + "\n"


def read(folder: Path, options: Options | None = None, **cells: str) -> NodeRow:
    """Load such a table and return the row."""
    store, _ = load(folder, table(**cells), options=options)
    return store.nodes([cells.get("id", "m")], Span.always())[0]


def test_a_column_that_is_short_for_a_fact(tmp_path: Path) -> None:
    """The beginning of a fact's name is told what it is short for."""
    short = "id,kind,name,since,lon,lat\nm,municipality,Ash,2000,105.8,21.0\n"
    assert refused(tmp_path, short) == [
        "a.csv:1: there is no column or fact lon; did you mean longitude?",
        "a.csv:1: there is no column or fact lat; did you mean latitude?",
    ]


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"kind": "municipalty"}, ("municipalty", "did you mean municipality?")),
        ({"kind": ""}, ("kind", "empty")),
        ({"kind": "PART_OF"}, ("no kind PART_OF",)),
        ({"id": ""}, ("id is empty",)),
        ({"id": "Ash"}, ("capital letters", "write ash")),
        ({"id": "a b"}, ("holds ' '",)),
        ({"id": "đ"}, ("\\u0111",)),
        ({"id": "code:1"}, ("code:",)),
        ({"id": "a" * 129}, ("longer than 128",)),
        ({"people": "-1"}, ("people", "below zero")),
        ({"people": "1.5"}, ("people", "1.5", "whole number")),
        ({"people": "1000 "}, ()),
        ({"people": "1 000"}, ("people", "whole number")),
        ({"people": "1e3"}, ("people", "whole number")),
        ({"people": "0x1F"}, ("people", "whole number")),
        ({"people": "١٢"}, ("people", "whole number")),
        ({"people": "²"}, ("people", "whole number")),
        ({"people": "--1"}, ("people", "whole number")),
        ({"people": "many"}, ("people", "many", "whole number")),
        ({"people": str(10**15 + 1)}, ("people", "larger")),
        ({"people": "9" * 9999}, ("people", "9999", "larger than")),
        ({"people": str(2**63 - 1)}, ("people", "larger than 1000000000000000")),
        ({"people": "-9223372036854775808"}, ("people", "larger than")),
        ({"people": "0" * 30 + "1000"}, ()),
        ({"border": "yes"}, ("border", "yes", "true")),
        ({"border": "1"}, ("border", "true")),
        ({"type": "city"}, ("type", "city", "town, rural")),
        ({"since": "2000-02-30"}, ("since", "2000-02-30", "calendar")),
        ({"since": "1/2/2000"}, ("since", "YYYY-MM-DD")),
        ({"since": "2000-1-2"}, ("since", "YYYY-MM-DD")),
        ({"since": "2000-13"}, ("since", "2000-13")),
        ({"since": "0000"}, ("since", "0000")),
        ({"since": "9999-12-31"}, ("since", "open end")),
        ({"until": "?"}, ("until", "'?'")),
        ({"since": "?"}, ("since", "'?'")),
        ({"since": ""}, ("first day", "--since")),
        ({"until": "1999-12-31"}, ("until 1999-12-31", "since 2000-01-01")),
        ({"name": "A\tB"}, ("name", "control character")),
        ({"code": "A\x07B"}, ("code", "control character")),
    ],
)
def test_wrong_cells(
    tmp_path: Path, cells: dict[str, str], words: tuple[str, ...]
) -> None:
    """A wrong cell gives one sentence at its line, with what would be right."""
    if not words:
        assert read(tmp_path, **cells).facts["people"] == 1000
        return
    found = refused(tmp_path, table(**cells))
    said(found, "a.csv:2", *words)
    assert len(found[0]) < 250


def test_all_cells_of_a_row_are_judged(tmp_path: Path) -> None:
    """Every wrong cell of a row is named at once."""
    wrong = {"id": "A", "since": "x", "people": "-1", "border": "yes", "type": "z"}
    found = refused(tmp_path, table(**wrong))
    assert all(line.startswith("a.csv:2: ") for line in found)
    text = "\n".join(found)
    for word in ("write a", "since", "people", "border", "type"):
        assert word in text


def test_a_fact_of_another_kind(tmp_path: Path) -> None:
    """A fact that the pack doesn't give to a kind is refused, also when unknown."""
    for value in ("5", "?"):
        found = refused(
            tmp_path, f"id,kind,name,since,people\ns,state,A,2000,{value}\n"
        )
        said(found, "a.csv:2", "a state has no fact people")


def test_absent_and_unknown_facts(tmp_path: Path) -> None:
    """An empty cell is an absent fact, `?` an unknown one; 0 and false are values."""
    row = read(tmp_path, people="?", border="", area_m2="0")
    assert row.facts == {"people": None, "area_m2": 0}
    assert read(tmp_path, border="false", people="007").facts == {
        "border": False,
        "people": 7,
    }


def test_names_are_normalised(tmp_path: Path) -> None:
    """Names and text are kept in NFC; a code stays text, with its zeros."""
    row = read(tmp_path, name=" Hu\u031b\u0300ng ", code="00123")
    assert (row.name, row.code) == ("H\u1eebng", "00123")


@pytest.mark.parametrize(
    ("cells", "since", "until", "shown"),
    [
        ({"since": "2019-05-03"}, "2019-05-03", None, ("2019-05-03", None)),
        ({"since": "2019-05"}, "2019-05-01", None, ("2019-05", None)),
        ({"since": "2019"}, "2019-01-01", None, ("2019", None)),
        ({"until": "2019"}, "2000-01-01", "2019-01-01", ("2000-01-01", "2019")),
        ({"until": "2019-05"}, "2000-01-01", "2019-05-01", ("2000-01-01", "2019-05")),
        (
            {"since": "2018", "until": "2018-06"},
            "2018-01-01",
            "2018-06-01",
            ("2018", "2018-06"),
        ),
    ],
)
def test_dates_are_shown_as_they_were_known(
    tmp_path: Path,
    cells: dict[str, str],
    since: str,
    until: str | None,
    shown: tuple[str, str | None],
) -> None:
    """A month or a year is kept as its first day, and shown as it was written."""
    row = read(tmp_path, **cells)
    end = date.fromisoformat(until) if until else FOREVER
    assert (row.since, row.until) == (date.fromisoformat(since), end)
    assert tuple(plain_days(row).values()) == shown


@pytest.mark.parametrize(
    ("until", "end"),
    [
        ("2019-05-03", date(2019, 5, 4)),
        ("2019-12-31", date(2020, 1, 1)),
        ("2020-02-28", date(2020, 2, 29)),
        ("2019-05", date(2019, 6, 1)),
        ("2019-12", date(2020, 1, 1)),
        ("2019", date(2020, 1, 1)),
        ("2000-01-01", date(2000, 1, 2)),
        ("9998", date(9999, 1, 1)),
        ("", FOREVER),
        ("9999-12-31", FOREVER),
    ],
)
def test_inclusive_ends(tmp_path: Path, until: str, end: date) -> None:
    """With inclusive ends a day, month or year is the last in which a row holds."""
    row = read(tmp_path, Options(inclusive_end=True), until=until)
    assert row.until == end


@pytest.mark.parametrize("until", ["9999-12", "9999", "9999-12-30"])
def test_inclusive_ends_past_the_calendar(tmp_path: Path, until: str) -> None:
    """An inclusive end whose next day can't be said is refused in a sentence."""
    found = refused(tmp_path, table(until=until), options=Options(inclusive_end=True))
    said(found, "a.csv:2", "until")


def test_the_last_day_of_a_day(tmp_path: Path) -> None:
    """A row from and until one day holds on no day; with an inclusive end, on one."""
    edges = "kind,source,target,since,until\nPART_OF,m,d,2010-01-01,2010-01-01\n"
    said(refused(tmp_path, NODES, edges), "b.csv:2", "until 2010-01-01", "not after")
    store, _ = load(tmp_path, NODES, edges, options=Options(inclusive_end=True))
    (edge,) = store.edges(["m"], ["PART_OF"], "out", Span.always())
    assert (edge.since, edge.until) == (date(2010, 1, 1), date(2010, 1, 2))


def test_the_first_day_for_all(tmp_path: Path) -> None:
    """--since stands for every row without a day of its own, and for no other."""
    rows = "id,kind,name,since\ns,state,A,\nt,state,B,2010\n"
    store, loaded = load(tmp_path, rows, options=Options(since=date(2001, 2, 3)))
    days = {row.id: row.since for row in store.nodes(["s", "t"], Span.always())}
    assert days == {"s": date(2001, 2, 3), "t": date(2010, 1, 1)}
    assert loaded.revision.effective == "2001-02-03"


def test_no_since_column(tmp_path: Path) -> None:
    """Without the column, --since is asked for; with it, the table is read."""
    rows = "id,kind,name\ns,state,A\n"
    said(refused(tmp_path, rows), "a.csv:2", "--since")
    store, _ = load(tmp_path, rows, options=Options(since=date(2001, 2, 3)))
    assert store.nodes(["s"], Span.always())[0].since == date(2001, 2, 3)


LINEAGE = "kind,source,target,since,part,people,form\n"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("SUCCEEDED_BY,m,n,2010,half,,", ("part", "half", "whole, part")),
        ("SUCCEEDED_BY,m,n,2010,whole,-5,", ("people", "below zero")),
        ("SUCCEEDED_BY,m,n,2010,whole,1.5,", ("people", "whole number")),
        ("SUCCEEDED_BY,m,n,2010,whole,,full", ("SUCCEEDED_BY has no fact form",)),
        ("SUCCEDED_BY,m,n,2010,whole,,", ("SUCCEDED_BY", "did you mean SUCCEEDED_BY?")),
        ("SUCCEEDED_BY,M,n,2010,whole,,", ("write m",)),
        ("SUCCEEDED_BY,m,,2010,whole,,", ("id is empty",)),
        ("municipality,m,n,2010,whole,,", ("no kind of edge municipality",)),
    ],
)
def test_wrong_cells_of_edges(tmp_path: Path, row: str, words: tuple[str, ...]) -> None:
    """Edges are judged as nodes are: kinds, ends, and the facts of their kind."""
    nodes = NODES + "n,municipality,Birch,2000-01-01\n"
    said(refused(tmp_path, nodes, LINEAGE + row + "\n"), "b.csv:2", *words)


def test_facts_of_an_edge_are_kept(tmp_path: Path) -> None:
    """What an edge says is kept, with the precision of its days."""
    nodes = NODES + "n,municipality,Birch,2000-01-01\n"
    rows = LINEAGE + "SUCCEEDED_BY,m,n,2010-07,part,?,\n"
    store, _ = load(tmp_path, nodes, rows)
    (edge,) = store.edges(["m"], ["SUCCEEDED_BY"], "out", Span.always())
    assert isinstance(edge, EdgeRow)
    assert edge.since == date(2010, 7, 1)
    assert edge.facts == {"part": "part", "people": None, "since_precision": "month"}


PEOPLE = "id,kind,since,birth_year,admission_date,service_end\n"


def test_dates_of_people(tmp_path: Path) -> None:
    """A fact that is a date is read as one, with its line, and in its order."""
    rows = (
        "a,member,2020-01-01,1980,2005-03,2040-05-01\n"
        "b,member,2020-01-01,1980,soon,\n"
        "c,member,2020-01-01,1980,,2040-02-30\n"
        "d,member,2020-01-01,80000,?,2040\n"
        "e,member,2020-01-01,1980,1979-12-31,1979-12\n"
    )
    store = MemoryStore(load_pack("vietnam"))
    found = "\n".join(refused(tmp_path, PEOPLE + rows, store=store))
    wrong = (
        ":3: admission_date is 'soon', not a date; write YYYY-MM-DD",
        ":4: service_end is '2040-02-30', not a date",
        ":5: birth_year is 80000, not a year",
        ":6: admission_date is 1979-12-31, before its birth_year 1980",
        ":6: service_end is 1979-12, before its birth_year 1980",
    )
    assert [words for words in wrong if words not in found] == []
    assert ":2: admission" not in found
