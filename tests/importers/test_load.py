"""Tables are checked as a whole, and are loaded as one revision or not at all."""

from datetime import date
from pathlib import Path

import pytest
from loading import EDGES, LATER, NODES, empty, load, refused, said, written

from orgraph.engine import audit, undo_proposal
from orgraph.errors import InputError
from orgraph.importers import load_tables
from orgraph.importers.placing import ONLY_NEW
from orgraph.model import Span

HEAD = "kind,source,target,since,until\n"


def test_one_revision(tmp_path: Path) -> None:
    """An import is one revision that names its tables, and the audit finds no fault."""
    store, loaded = load(tmp_path, NODES, EDGES)
    assert store.head() == 1
    assert loaded.counts == {
        "PART_OF": 1,
        "body": 3,
        "district": 2,
        "municipality": 1,
        "person": 1,
        "post": 1,
        "state": 1,
    }
    revision = loaded.revision
    assert (revision.number, revision.rows) == (1, 10)
    assert (revision.title, revision.effective) == (
        "Import of a.csv, b.csv",
        "2000-01-01",
    )
    tables = revision.proposal["tables"]
    assert [table["name"] for table in tables] == ["a.csv", "b.csv"]
    assert all(len(table["sha256"]) == 64 for table in tables)
    assert not [f for f in audit(store, date(2001, 1, 1)) if f.severity == "error"]


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ("PART_OF,m,nowhere,2000-01-01,", "b.csv:2", ("nowhere",)),
        ("PART_OF,nobody,d,2000-01-01,", "b.csv:2", ("nobody",)),
        ("PART_OF,d,m,2000-01-01,", "b.csv:2", ("can't join", "district")),
        ("UNDER,m,d,2000-01-01,", "b.csv:2", ("can't join", "municipality")),
        ("PART_OF,m,d,1999-12-31,", "b.csv:2", ("life of", "2000-01-01")),
        ("UNDER,b,b,2000-01-01,", "b.csv:2", ("b",)),
        (
            "PART_OF,m,d,2000-01-01,\nPART_OF,m,e,2005-01-01,",
            "b.csv:3",
            ("Ash (m)", "under North (d)", "under South (e)", "2005-01-01"),
        ),
        (
            "PART_OF,m,d,2000-01-01,2003-01-01\nPART_OF,m,e,2002-01-01,2004-01-01",
            "b.csv:3",
            ("under North (d)", "under South (e)", "2002-01-01"),
        ),
        (
            "HOLDS,x,p,2000-01-01,2010-01-01\nHOLDS,x,p,2005-01-01,",
            "b.csv:3",
            ("HOLDS", "x", "p", "overlaps", "2000-01-01"),
        ),
        (
            "HOLDS,x,p,2000-01-01,\nHOLDS,x,p,2000-01-01,2005-01-01",
            "b.csv:3",
            ("HOLDS x p 2000-01-01", "b.csv:2"),
        ),
    ],
)
def test_wrong_structure(
    tmp_path: Path, rows: str, place: str, words: tuple[str, ...]
) -> None:
    """What the structure forbids is refused at the line of the edge."""
    for sentence in (found := refused(tmp_path, NODES, f"{HEAD}{rows}\n")):
        said([sentence], place, *words)
    assert len(found) in {1, 2}  # a life is that of either end


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ("UNDER,b,c,2000-01-01,\nUNDER,c,b,2000-01-01,", "always"),
        ("UNDER,b,c,2000-01-01,2005-01-01\nUNDER,c,b,2004-01-01,", "one year"),
        (
            "UNDER,b,c,2000-01-01,2001-01-01\nUNDER,c,f,2000,\nUNDER,f,b,2000-06,",
            "three for half a year",
        ),
        (
            "UNDER,b,c,2030-01-01,2031-01-01\nUNDER,c,b,2030-01-01,2031-01-01",
            "in the future",
        ),
    ],
    ids=lambda value: value if "UNDER" not in value else "",
)
def test_cycles(tmp_path: Path, rows: str, days: str) -> None:
    """A unit above itself, if only on some days, is refused and the circle is shown."""
    assert days
    found = refused(tmp_path, NODES, f"{HEAD}{rows}\n")
    said(found, found[0].partition(": ")[0], "above itself", "→")
    assert found[0].startswith("b.csv:")


def test_no_cycle_on_any_day(tmp_path: Path) -> None:
    """Two units that are above each other one after the other are no circle."""
    rows = "UNDER,b,c,2000-01-01,2005-01-01\nUNDER,c,b,2005-01-01,\n"
    store, _ = load(tmp_path, NODES, HEAD + rows)
    assert store.head() == 1


@pytest.mark.parametrize(
    ("rows", "place", "words"),
    [
        ("s,state,A,2000,\ns,state,B,2000,", "a.csv:3", ("s 2000-01-01", "a.csv:2")),
        ("s,state,A,2000,\ns,state,B,2010,", "", ("s", "overlaps", "2010-01-01")),
        ("s,state,A,2000,2005\ns,state,B,2010,", "", ("s", "gap", "2010-01-01")),
        (
            "s,state,A,2000,2005\ns,region,B,2005,",
            "a.csv:3",
            ("region", "state", "a.csv:2"),
        ),
    ],
)
def test_wrong_versions(
    tmp_path: Path, rows: str, place: str, words: tuple[str, ...]
) -> None:
    """A node has one kind and one unbroken life, whose versions don't overlap."""
    found = refused(tmp_path, f"id,kind,name,since,until\n{rows}\n")
    said(found, place or found[0].partition(": ")[0], *words)
    assert found[0].startswith("a.csv:")


def test_versions_that_follow_each_other(tmp_path: Path) -> None:
    """Versions without a gap are one life, in whichever order the rows stand."""
    rows = "id,kind,name,since,until\ns,state,B,2005,\ns,state,A,2000,2005\n"
    store, _ = load(tmp_path, rows)
    names = [row.name for row in store.nodes(["s"], Span.always())]
    assert sorted(names) == ["A", "B"]


def test_cells_and_structure_are_listed_together(tmp_path: Path) -> None:
    """A wrong cell doesn't hide that another row's edge leads nowhere."""
    nodes = NODES + "n,municipality,Birch,2000-02-30\n"
    edges = EDGES + "PART_OF,d,nowhere,2000-01-01,\nPART_OF,e,s,2000-13,\n"
    found = refused(tmp_path, nodes, edges)
    assert [line.partition(": ")[0] for line in found] == [
        "a.csv:11",
        "b.csv:3",
        "b.csv:4",
    ]
    assert "nowhere" in found[1]


def test_each_cell_of_a_row_is_told(tmp_path: Path) -> None:
    """A kind that there isn't hides no other cell, and cells come as they stand."""
    nodes = (
        "code,kind,people,name,since,id\n"
        "c\x07,municipalit,many,n\x07,2000-13,B AD\n"
        "1,municipality,2,Ash\n"
        "2,municipality,3,Oak,2000-01-01,oak\n"
        "2,municipality,3,Oak,2000-01-01,oak\n"
    )
    edges = "kind,source,target,since,until\nPART_O,A,,x,y\nPART_OF,oak,fir,2000,1999\n"
    found = refused(tmp_path, nodes, edges)
    heads = [": ".join(line.split(": ")[:2])[:34] for line in found]
    assert heads == [
        "a.csv:2: code",
        "a.csv:2: there is no kind municipa",
        "a.csv:2: people",
        "a.csv:2: name",
        "a.csv:2: since",
        "a.csv:2: the id 'B AD' holds 'B'; ",
        "a.csv:3: 4 cells where the header ",
        "a.csv:5: oak 2000-01-01 stands in ",
        "b.csv:2: there is no kind of edge ",
        "b.csv:2: the id 'A' has capital le",
        "b.csv:2: target",
        "b.csv:2: since",
        "b.csv:2: until",
        "b.csv:3: until 1999-01-01 is not a",
    ]


def test_a_wrong_value_hides_no_second_row(tmp_path: Path) -> None:
    """That an id stands twice is told beside what else is wrong with either row."""
    head = "id,kind,since,people\n"
    nodes = (
        "m,municipality,2000,many\n"  # wrong first, right second
        "m,municipality,2000,5\n"
        "n,municipality,2000,5\n"  # right first, of no kind second
        "n,municipal,2000,5\n"
        "o,municipality,2000,x\n"  # wrong twice
        "o,municipality,2000,y\n"
        "p,municipality,2000-13,5\n"  # on which day isn't known
        "p,municipality,2000,5\n"
        "q,municipality,2000,5\n"  # another version of one node
        "q,municipality,2001,z\n"
    )
    edges = (
        "kind,source,target,since,until\n"
        "COVERS,b,n,2000,\n"
        "COVERS,b,n,2000,x\n"
        "COVERS,b,o,2000,x\n"
    )
    found = refused(tmp_path, f"{head}b,body,2000,\n{nodes}", edges)
    twice = [line for line in found if "stands in" in line]
    assert twice == [
        "a.csv:3: m 2000-01-01 stands in a.csv:4 too",
        "a.csv:6: n 2000-01-01 stands in a.csv:5 too",
        "a.csv:8: o 2000-01-01 stands in a.csv:7 too",
        "b.csv:3: COVERS b n 2000-01-01 stands in b.csv:2 too",
    ]
    wrong = [line.split(": ")[0] for line in found if line not in twice]
    assert wrong == [
        *("a.csv:3", "a.csv:6", "a.csv:7", "a.csv:8", "a.csv:9", "a.csv:12"),
        *("b.csv:3", "b.csv:4"),
    ]


def test_a_wrong_value_hides_no_taken_id(tmp_path: Path) -> None:
    """An id that the store has is taken, whatever else is wrong with the row."""
    store, _ = load(tmp_path, NODES)
    rows = (
        "id,kind,since,people\nm,municipality,2010,many\nm,municipality,2000-01-01,x\n"
    )
    found = refused(tmp_path, rows, store=store)
    taken = [line for line in found if "taken" in line]
    assert taken == ["a.csv:2: the id m is taken by a municipality since revision 1"]


def test_files_keep_their_order(tmp_path: Path) -> None:
    """What is wrong is told by file as they were given, then by line as a number."""
    rows = "".join(f"m{number},municipality,1999-13\n" for number in range(10))
    one, two = (f"id,kind,since\n{rows}", "id,kind,since\nBAD,state,2000\n")
    found = refused(tmp_path, one, two)
    places = [line.partition(": ")[0] for line in found]
    assert places == [*(f"a.csv:{line}" for line in range(2, 12)), "b.csv:2"]


def test_both_ends_of_an_edge_are_told(tmp_path: Path) -> None:
    """Of an edge both of whose ends name nothing, both are told."""
    edges = "kind,source,target,since\nPART_OF,municipality:7,district=Far,2000\n"
    found = refused(tmp_path, NODES, edges)
    assert found == [
        "b.csv:2: no municipality has the code 7 on 2000-01-01",
        "b.csv:2: no district has the name Far on 2000-01-01",
    ]


@pytest.mark.parametrize(
    ("end", "what"),
    [("person=Jane", "name that stands here"), ("person:77", "code 77")],
)
def test_ids_are_not_told_beside_names_of_people(
    tmp_path: Path, end: str, what: str
) -> None:
    """Of two people whom a name may mean only their number is told."""
    people = "id,kind,name,code,since\nx,person,Jane,77,2000\ny,person,Jane,77,2000\n"
    edges = f"kind,source,target,since\nHOLDS,{end},p,2000-01-01\n"
    nodes = NODES.replace("x,person,Jane,2000-01-01\n", "")
    ids = ": x, y" if ":" in end else ""
    several = f"2 of kind person have the {what} on 2000-01-01{ids}; give the id"
    assert refused(tmp_path, nodes, people, edges) == [f"c.csv:2: {several}"]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("d,district,North,2000-01-01", "d,district,North,2000-02-30", 3),
        ("m,municipality", "m,municipalty", 5),
        ("x,person", "x,persn", 10),
    ],
)
def test_a_wrong_row_is_not_said_to_be_missing(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    """A node whose own row is wrong is not called unknown by the edges that name it."""
    edges = EDGES + "UNDER,c,b,2000-01-01,\nHOLDS,x,p,2000-01-01,\n"
    (sentence,) = refused(tmp_path, NODES.replace(old, new), edges)
    assert sentence.startswith(f"a.csv:{line}: ")


def test_structure_waits_for_a_table(tmp_path: Path) -> None:
    """While a table can't be read, edges aren't said to lead nowhere."""
    paths = written(tmp_path, NODES.replace("name,", "name;", 1), EDGES)
    with pytest.raises(InputError) as caught:
        load_tables(empty(), paths)
    assert caught.value.problems[-1] == LATER
    assert all(str(paths[0]) in problem for problem in caught.value.problems[:-1])


def test_edges_may_come_first(tmp_path: Path) -> None:
    """The tables may be given in any order."""
    store, _ = load(tmp_path, EDGES, NODES)
    assert store.head() == 1


def test_a_second_import(tmp_path: Path) -> None:
    """A second import is a revision like any other, and can be taken back."""
    store, _ = load(tmp_path, NODES, EDGES)
    more = "id,kind,name,since\nn,municipality,Birch,2010\n"
    _, loaded = load(tmp_path, more, HEAD + "PART_OF,n,d,2010,\n", store=store)
    assert (loaded.revision.number, loaded.revision.effective) == (2, "2010-01-01")
    plan = store.plan(undo_proposal(store))
    assert not plan.refused
    assert store.commit(plan).number == 3
    assert "n" not in set(store.all_ids())
    assert store.edges(["n"], ["PART_OF"], "out", Span.always()) == []


def test_the_first_import_can_be_taken_back(tmp_path: Path) -> None:
    """Taken back, the first import leaves an empty store that can be filled again."""
    store, _ = load(tmp_path, NODES, EDGES)
    store.commit(store.plan(undo_proposal(store)))
    assert list(store.all_ids()) == []
    _, loaded = load(tmp_path, NODES, EDGES, store=store)
    assert loaded.revision.number == 3


def test_known_rows_are_left_out(tmp_path: Path) -> None:
    """Rows that the store has already are counted, and not written again."""
    store, _ = load(tmp_path, NODES, EDGES)
    more = NODES + "n,municipality,Birch,2000-01-01\n"
    _, loaded = load(tmp_path, more, store=store)
    assert (loaded.known, loaded.counts) == (9, {"municipality": 1})


def test_nothing_new(tmp_path: Path) -> None:
    """Of tables that hold nothing new no revision is made, and the last is told."""
    store, first = load(tmp_path, NODES, EDGES)
    _, again = load(tmp_path, NODES, EDGES, store=store)
    assert (again.known, again.counts) == (10, {})
    assert again.revision == first.revision
    assert store.head() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (
            "m,municipality,Other,2000-01-01",
            ("the id m is taken by a municipality since revision 1", ONLY_NEW),
        ),
        (
            "m,municipality,Ash,2001-01-01",
            ("the id m is taken by a municipality since revision 1", ONLY_NEW),
        ),
        (
            "m,district,Ash,2000-01-01",
            ("the id m is taken by a municipality since revision 1", ONLY_NEW),
        ),
        (
            "m,municipality,Ash,1999-01-01",
            ("the id m is taken by a municipality since revision 1", ONLY_NEW),
        ),
    ],
)
def test_an_id_that_is_taken(tmp_path: Path, row: str, words: tuple[str, ...]) -> None:
    """A row that says something else of a known id is refused with what to do instead.

    So is a later version of a known node: what changes is a proposal.
    """
    store, _ = load(tmp_path, NODES)
    found = refused(tmp_path, f"id,kind,name,since\n{row}\n", store=store)
    said(found, "a.csv:2", *words)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("PART_OF,m,d,2000-01-01,2005-01-01", ("revision 1", ONLY_NEW)),
        ("PART_OF,m,e,2005-01-01,", ("North (d)", "South (e)")),
        ("PART_OF,m,d,2005-01-01,", ("North (d)",)),
    ],
)
def test_an_edge_against_the_store(
    tmp_path: Path, row: str, words: tuple[str, ...]
) -> None:
    """An edge that contradicts one of the store is refused at its line."""
    store, _ = load(tmp_path, NODES, EDGES)
    said(refused(tmp_path, f"{HEAD}{row}\n", store=store), "a.csv:2", *words)


@pytest.mark.parametrize(
    ("had", "given"), [("2000", "2000-01-01"), ("2000-01", "2000")]
)
def test_a_day_known_more_or_less_exactly(tmp_path: Path, had: str, given: str) -> None:
    """A row that differs in how exactly its first day is known is told just that."""
    node = "id,kind,name,since,until\nm,municipality,Ash,{},2009\n"
    edge = f"{HEAD}PART_OF,m,d,{{}},2009\n"
    land = "id,kind,name,since\nd,district,North,2000\n"
    store, _ = load(tmp_path, land, node.format(had), edge.format(had))
    for table in (node, edge):
        found = refused(tmp_path, table.format(given), store=store)
        said(found, "a.csv:2", f"since is {given} here and {had} in the store")
        said(found, "a.csv:2", f"(revision 1); write it as {had}")
        other = table.format(given).replace("2009", "2010")
        said(refused(tmp_path, other, store=store), "a.csv:2", ONLY_NEW)


def test_edges_to_what_the_store_has(tmp_path: Path) -> None:
    """The ends of an edge may be in the store already."""
    store, _ = load(tmp_path, NODES)
    _, loaded = load(tmp_path, EDGES, store=store)
    assert loaded.counts == {"PART_OF": 1}


def test_two_loops_are_two_faults(tmp_path: Path) -> None:
    """Several faults of structure are all listed, each at its line."""
    rows = "PART_OF,m,x,2000-01-01,\nPART_OF,d,s,2000-01-01,\nUNDER,b,s,2000-01-01,\n"
    found = refused(tmp_path, NODES, HEAD + rows)
    assert [line.partition(": ")[0] for line in found] == ["b.csv:2", "b.csv:4"]


def test_an_empty_store_stays_empty(tmp_path: Path) -> None:
    """After a refusal the store takes the mended tables as its first revision."""
    store = empty()
    refused(tmp_path, NODES.replace("state", "stat"), EDGES, store=store)
    _, loaded = load(tmp_path, NODES, EDGES, store=store)
    assert loaded.revision.number == 1
