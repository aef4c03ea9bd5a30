"""Tally, find, names and show on a small graph, against what is worked out by hand."""

from datetime import date
from typing import Any

import pytest
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.model import FactValue, NodeRow, Row
from orgraph.queries import find_nodes, name_node, show, tally
from orgraph.queries.show import MOST_EDGES
from orgraph.stores import MemoryStore

DAY = date(2025, 1, 1)
LATER = date(2030, 1, 1)


def called(id_: str, name: str, code: str | None = None, kind: str = "body") -> NodeRow:
    """Return a node with a name and a code."""
    return node(id_, kind)._replace(name=name, code=code)


def place(**people: FactValue) -> list[Row]:
    """Return a state s, a district d, and municipalities in it with their people."""
    rows: list[Row] = [
        node("s", "state"),
        node("d", "district"),
        edge("PART_OF", "d", "s"),
    ]
    for name, number in people.items():
        facts = {} if number == "absent" else {"people": number}
        rows += [node(name, "municipality", **facts), edge("PART_OF", name, "d")]
    return rows


@pytest.mark.parametrize(
    ("rows", "counts", "facts"),
    [
        (place(), {"district": 1}, {}),
        (place(a=10), {"district": 1, "municipality": 1}, {"people": 10}),
        (place(a=10, b=5), {"district": 1, "municipality": 2}, {"people": 15}),
        (place(a=0), {"district": 1, "municipality": 1}, {"people": 0}),
        (place(a=10, b=None), {"district": 1, "municipality": 2}, {"people": None}),
        (place(a=10, b="absent"), {"district": 1, "municipality": 2}, {"people": 10}),
        (place(a="absent"), {"district": 1, "municipality": 1}, {}),
        (
            [*place(a=10), node("l", "locality", people=4), edge("PART_OF", "l", "a")],
            {"district": 1, "locality": 1, "municipality": 1},
            {"people": 4},
        ),
        (
            [*place(a=10), node("l", "locality"), edge("PART_OF", "l", "a")],
            {"district": 1, "locality": 1, "municipality": 1},
            {"people": 10},
        ),
        (
            [
                *place(a=10, b=7),
                node("l", "locality", people=4),
                edge("PART_OF", "l", "a"),
            ],
            {"district": 1, "locality": 1, "municipality": 2},
            {"people": 11},
        ),
        (
            [
                *place(a=10),
                node("l", "locality", people=None),
                edge("PART_OF", "l", "a"),
            ],
            {"district": 1, "locality": 1, "municipality": 1},
            {"people": None},
        ),
    ],
)
def test_tally(
    rows: list[Row], counts: dict[str, int], facts: dict[str, FactValue]
) -> None:
    """What is below is counted, and facts added up from those who carry them."""
    found = tally(filled(*rows), "s", DAY)
    assert (found.counts, found.facts) == (counts, facts)
    assert found.to_plain() == {
        "format": "orgraph.tally/1",
        "node": "s",
        "on": "2025-01-01",
        "counts": counts,
        "facts": facts,
    }


def test_tally_by_day() -> None:
    """A tally is of the day: what began later or ended before isn't counted."""
    store = filled(
        *place(a=10),
        node("b", "municipality", people=5, until=DAY),
        edge("PART_OF", "b", "d", until=DAY),
        node("c", "municipality", people=3, since=LATER),
        edge("PART_OF", "c", "d", LATER),
    )
    days = (date(2018, 12, 31), date(2024, 12, 31), DAY, LATER)
    found = [tally(store, "d", day) for day in days]
    assert [t.counts.get("municipality", 0) for t in found] == [0, 2, 1, 2]
    assert [t.facts.get("people") for t in found] == [None, 15, 10, 13]


def test_tally_of_a_unit_with_its_own_figure() -> None:
    """A unit with a figure of its own gives it where nobody below carries it."""
    rows = [*place(a=10), node("l", "locality", people=4), edge("PART_OF", "l", "a")]
    assert tally(filled(*place(a=10)), "a", DAY).facts == {"people": 10}
    assert tally(filled(*rows), "a", DAY).facts == {"people": 4}
    assert tally(filled(*rows), "l", DAY).facts == {"people": 4}
    assert tally(filled(*rows), "l", DAY).counts == {}


@pytest.fixture
def town() -> MemoryStore:
    """Return bodies whose names have accents and common words."""
    return filled(
        called("h1", "Xã Hòa Bình", "001"),
        called("h2", "Xã Hoà Lạc", "002"),
        called("h3", "Đồn Hòa Bình", "01"),
        called("h4", "Hoa"),
        called("h5", "Xã Hòa Bình Cũ")._replace(until=DAY),
        called("x", "Hoa Bình", "H", kind="person"),
        called("h6", "H"),
        called("h7", "Other", "H"),
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("hoa", ["h3", "h4", "h1", "h2"]),
        ("HÒA", ["h3", "h4", "h1", "h2"]),
        ("hoà", ["h3", "h4", "h1", "h2"]),
        ("hoa binh", ["h3", "h1"]),
        ("binh hoa", ["h3", "h1"]),
        ("don", ["h3"]),
        ("đồn", ["h3"]),
        ("dong", []),
        ("oa", []),
        ("x h b", ["h1"]),
        ("001", ["h1"]),
        (" 001 ", ["h1"]),
        ("00", []),
        ("", []),
        ("  ", []),
        ("-", []),
        ("H", ["h3", "h6", "h4", "x", "h7", "h1", "h2"]),
    ],
)
def test_find(town: MemoryStore, text: str, ids: list[str]) -> None:
    """Words are found by their beginnings, without accents; codes are found whole."""
    assert [row.id for row in find_nodes(town, text, DAY)] == ids


def test_find_on_all_days(town: MemoryStore) -> None:
    """Without a day, what has ended is found too."""
    assert "h5" in {row.id for row in find_nodes(town, "hoa", None)}
    assert "h5" not in {row.id for row in find_nodes(town, "hoa", DAY)}


def test_find_up_to_a_limit(town: MemoryStore) -> None:
    """No more than the limit are given."""
    for limit in range(1, 6):
        assert len(find_nodes(town, "hoa", DAY, limit)) == min(limit, 4)


def test_find_gives_a_node_once() -> None:
    """A node with several versions is found once, by its last name of the day."""
    store = filled(
        called("a", "Elm")._replace(until=DAY),
        called("a", "Elmwood")._replace(since=DAY),
    )
    (row,) = find_nodes(store, "elm", None)
    assert row.name == "Elmwood"
    assert [r.name for r in find_nodes(store, "elm", date(2024, 1, 1))] == ["Elm"]


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("h1", "h1"),
        ("h5", "h5"),
        ("body:001", "h1"),
        ("code:001", "h1"),
        ("code:H", None),
        ("body:H", "h7"),
        ("person:H", "x"),
        ("Xã Hòa Bình", "h1"),
        ("xa hoa binh", "h1"),
        ("hoa", "h4"),
        ("hoa binh", None),
        ("hoa lac", "h2"),
        ("body:hoa lac", "h2"),
        ("post:hoa lac", None),
        ("Other", "h7"),
        ("nobody", None),
    ],
)
def test_name_node(town: MemoryStore, text: str, id_: str | None) -> None:
    """A whole name goes before the beginning of one, an id before both."""
    if id_ is None:
        with pytest.raises(InputError):
            name_node(town, text, DAY)
    else:
        assert name_node(town, text, DAY) == id_


def test_meanings_are_listed_up_to_a_number() -> None:
    """Of very many meanings the first are listed, and the rest counted."""
    store = filled(*(called(f"a{n:02}", "Elm") for n in range(25)))
    with pytest.raises(InputError) as caught:
        name_node(store, "elm", DAY)
    first, *listed = caught.value.problems
    assert "can mean 25 nodes" in first
    assert listed[0] == "  a00  body  Elm"
    assert listed[-1] == "  … 5 more"
    assert len(listed) == 21


def test_show() -> None:
    """A node is shown with its versions, its edges of the day, and its lineage."""
    store = filled(
        *place(a=10),
        node("b", "municipality", until=DAY, type="town")._replace(code="B"),
        node("old", "municipality", until=date(2020, 1, 1)),
        node("new", "municipality", since=DAY),
        edge("PART_OF", "b", "d", until=DAY),
        node("o", "body"),
        edge("COVERS", "o", "b", until=DAY),
        edge("SUCCEEDED_BY", "old", "b", date(2020, 1, 1), part="whole"),
        edge("SUCCEEDED_BY", "b", "new", DAY, part="part"),
    )
    document = show(store, "b", date(2024, 1, 1))
    assert (document["kind"], document["lives"]) == ("municipality", True)
    (version,) = document["versions"]
    assert version == {
        "since": "2019-01-01",
        "until": "2025-01-01",
        "name": "B",
        "code": "B",
        "facts": {"type": "town"},
        "revision": 1,
    }
    assert [(row["kind"], row["id"], row["name"]) for row in document["to"]] == [
        ("PART_OF", "d", "D")
    ]
    assert [(row["kind"], row["id"]) for row in document["from"]] == [("COVERS", "o")]
    assert document["counts"] == {"to": 1, "from": 1}
    assert [row["id"] for row in document["predecessors"]] == ["old"]
    (successor,) = document["successors"]
    assert (successor["id"], successor["facts"]) == ("new", {"part": "part"})


def test_show_of_what_has_ended() -> None:
    """What has ended is still shown, with its successors and no edges of the day."""
    store = filled(*place(a=10), node("b", "body", until=DAY))
    document = show(store, "b", LATER)
    assert (document["lives"], document["to"], document["from"]) == (False, [], [])


def test_show_of_nothing() -> None:
    """What never was is said to be nothing."""
    with pytest.raises(InputError, match="there is no node b"):
        show(filled(*place()), "b", DAY)


def test_show_of_very_many_edges() -> None:
    """Beyond a number edges are counted and not listed."""
    many = MOST_EDGES + 5
    rows: list[Row] = [node("a", "body")]
    for number in range(many):
        rows += [node(f"p{number:03}", "post"), edge("SEAT_IN", f"p{number:03}", "a")]
    document: dict[str, Any] = show(filled(*rows), "a", DAY)
    assert len(document["from"]) == MOST_EDGES
    assert document["counts"]["from"] == many
