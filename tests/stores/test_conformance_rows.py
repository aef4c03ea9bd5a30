"""Every store answers alike: rows by id, kind, code and name, and what is below."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from conftest import EDGES, NODES, TURN
from towns import edge, node

from orgraph.draft import TallyRow
from orgraph.model import BEGINNING, FOREVER, IN, OUT, Direction, Row, Span
from orgraph.stores import Store

ALWAYS = Span.always()
BEFORE = Span.day(TURN - timedelta(days=1))
ON = Span.day(TURN)
KINDS = ["COVERS", "PART_OF"]


def shown(rows: Sequence[Row]) -> list[str]:
    """Return what rows say, less the revision, in an order to compare."""
    return sorted(str(row[:-1]) for row in rows)


def test_pack_is_the_one_it_was_made_with(empty: Store) -> None:
    """A store knows its schema pack."""
    assert (empty.pack.name, len(empty.pack.digest)) == ("territory", 64)


def test_empty_store(empty: Store) -> None:
    """An empty store answers every question with nothing."""
    assert empty.head() == 0
    assert list(empty.all_ids()) == []
    assert empty.nodes(["m1"], ALWAYS) == []
    assert empty.edges(["m1"], KINDS, OUT, ALWAYS) == []
    assert empty.walk(["m1"], KINDS, IN, ALWAYS) == []
    assert empty.count_edges(["m1"], KINDS, IN, ALWAYS) == {}
    assert empty.of_kind("municipality", ALWAYS) == []
    assert empty.with_codes(["42"], ALWAYS) == []
    assert empty.tallies(["m1"], 0) == []
    assert empty.find(["town"], ALWAYS, 10) == []
    assert empty.revision(1) is None
    assert empty.revisions() == []
    assert empty.revisions_of("m1") == []
    assert empty.journal(1) == []
    assert empty.rows_turning(BEGINNING, FOREVER) == []
    assert empty.count_without(["m1"], "PART_OF", "IN_CHARGE_OF", ALWAYS) == {}


def test_all_that_was_loaded_comes_back(store: Store) -> None:
    """What was put in comes out again, each row once, written by revision 1."""
    ids = list(store.all_ids())
    nodes = store.nodes(ids, ALWAYS)
    edges = store.edges(ids, sorted(store.pack.edges), OUT, ALWAYS)
    assert shown([*nodes, *edges]) == shown([*NODES, *EDGES])
    assert {row.rev for row in [*nodes, *edges]} == {1}


def test_all_ids_are_in_order_and_each_once(store: Store) -> None:
    """A node with two versions is one id; the order is that of the text."""
    assert list(store.all_ids()) == sorted({row.id for row in NODES})


@pytest.mark.parametrize(
    ("on", "names"),
    [
        pytest.param(BEFORE, ["Hòa Bình"], id="the day before"),
        pytest.param(ON, ["Hoà Thắng"], id="the day itself"),
        pytest.param(ALWAYS, ["Hoà Thắng", "Hòa Bình"], id="all days"),
        pytest.param(Span.touching(TURN), ["Hoà Thắng", "Hòa Bình"], id="touching"),
        pytest.param(Span(BEGINNING, date(2019, 1, 1)), [], id="before all"),
        pytest.param(Span(date(2019, 1, 1), TURN), ["Hòa Bình"], id="until the day"),
        pytest.param(Span.day(FOREVER), [], id="the open end is no day"),
    ],
)
def test_span_of_versions(store: Store, on: Span, names: list[str]) -> None:
    """A version is in force from its first day up to the day before its last."""
    assert sorted(row.name for row in store.nodes(["m1"], on)) == sorted(names)


@pytest.mark.parametrize(
    ("on", "found"),
    [(BEFORE, 0), (ON, 0), (Span.touching(TURN), 1), (ALWAYS, 1)],
)
def test_unit_that_lived_for_no_day(store: Store, on: Span, found: int) -> None:
    """What was founded and ended on one day is in force on none, and still known."""
    assert len(store.nodes(["m4"], on)) == found


@pytest.mark.parametrize(
    ("on", "targets"),
    [
        pytest.param(BEFORE, ["m2"], id="the day before"),
        pytest.param(ON, ["m1"], id="the day itself"),
        pytest.param(ALWAYS, ["m1", "m2"], id="all days"),
        pytest.param(Span.touching(TURN), ["m1", "m2"], id="touching"),
    ],
)
def test_span_of_edges(store: Store, on: Span, targets: list[str]) -> None:
    """An edge is in force from its first day up to the day before its last."""
    found = store.edges(["l2"], ["PART_OF"], OUT, on)
    assert sorted(row.target for row in found) == targets


def test_duplicates_and_unknown_ids(store: Store) -> None:
    """An id named twice is answered once, and one that nobody has not at all."""
    ids = ["m1", "m1", "nobody", "m1"]
    assert len(store.nodes(ids, ON)) == 1
    assert len(store.edges(ids, KINDS, IN, ON)) == 3
    assert store.count_edges(ids, KINDS, IN, ON) == {"PART_OF": 2, "COVERS": 1}
    assert len(store.walk(ids, KINDS, OUT, ON)) == 2
    assert len(store.with_codes(["42", "42", "none"], ON)) == 1
    once = sorted(store.tallies(["m1"], 0))
    assert sorted(store.tallies(["m1", "m1", "nobody"], 0)) == once


def test_empty_batches(store: Store) -> None:
    """Nothing asked is nothing answered."""
    assert store.nodes([], ALWAYS) == []
    assert store.with_codes([], ALWAYS) == []
    assert store.tallies([], 0) == []
    assert store.find([], ALWAYS, 10) == []
    for direction in (OUT, IN):
        for ids, kinds in (([], KINDS), (["m1"], [])):
            assert store.edges(ids, kinds, direction, ALWAYS) == []
            assert store.count_edges(ids, kinds, direction, ALWAYS) == {}
            assert store.walk(ids, kinds, direction, ALWAYS) == []


@pytest.mark.parametrize("direction", [OUT, IN])
@pytest.mark.parametrize("kinds", [["PART_OF"], ["COVERS"], KINDS, ["HOLDS"]])
@pytest.mark.parametrize("on", [BEFORE, ON, ALWAYS])
def test_edges_are_those_of_the_kind_and_end(
    store: Store, direction: Direction, kinds: list[str], on: Span
) -> None:
    """Edges are found at either end, of the kinds asked; and so they are counted."""
    ids = ["m1", "b1", "l1"]
    end = 1 if direction == OUT else 2
    wanted = [
        row
        for row in EDGES
        if row.kind in kinds
        and row[end] in ids
        and row.until > on.since
        and row.since < on.until
    ]
    assert shown(store.edges(ids, kinds, direction, on)) == shown(wanted)
    counts = store.count_edges(ids, kinds, direction, on)
    assert sum(counts.values()) == len(wanted)
    assert set(counts) == {row.kind for row in wanted}


@pytest.mark.parametrize(
    ("start", "direction", "on", "met"),
    [
        pytest.param(["st"], IN, BEFORE, "d1 m1 m2 l1 l2", id="down, before"),
        pytest.param(["st"], IN, ON, "d1 m1 m3 l1 l2", id="down, after"),
        pytest.param(["l1", "l2"], OUT, ON, "l1 l2 m1 d1", id="up, each edge once"),
        pytest.param(["l1", "m1"], OUT, ON, "l1 m1 d1", id="from a unit and one above"),
        pytest.param(["nobody"], OUT, ON, "", id="from nobody"),
    ],
)
def test_walk(
    store: Store, start: list[str], direction: Direction, on: Span, met: str
) -> None:
    """A walk returns every edge on the way, once, on the days asked about."""
    found = store.walk(start, ["PART_OF"], direction, on)
    assert sorted(row.source for row in found) == sorted(met.split())


def test_walk_comes_to_an_end_in_a_circle(empty: Store) -> None:
    """Edges in a circle are met once each."""
    rows = [node("b1", "body"), node("b2", "body")]
    empty.bulk_load(rows, [edge("COVERS", "b1", "b2"), edge("COVERS", "b2", "b1")])
    assert len(empty.walk(["b1"], ["COVERS"], OUT, ALWAYS)) == 2


def test_codes_belong_to_a_day(store: Store) -> None:
    """A code that passes from one unit to another names one of them on each day."""
    assert [row.id for row in store.with_codes(["42"], BEFORE)] == ["m2"]
    assert [row.id for row in store.with_codes(["42"], ON)] == ["m3"]
    assert len(store.with_codes(["42"], ALWAYS)) == 2
    assert store.with_codes(["None", ""], ALWAYS) == []


def test_of_kind(store: Store) -> None:
    """All nodes of a kind, as they are on the days asked about."""
    assert sorted(r.id for r in store.of_kind("municipality", ON)) == ["m1", "m3"]
    assert len(store.of_kind("municipality", ALWAYS)) == 5
    assert store.of_kind("nothing", ALWAYS) == []


def test_tallies_sum_up_what_lies_before(store: Store) -> None:
    """Steps up to the day asked about come summed, on that day; later ones apart."""
    day = TURN.toordinal()
    start = date(2019, 1, 1).toordinal()
    mine = {
        row for row in store.tallies(["m1"], 0) if row.key != "with:people:locality"
    }
    assert mine == {
        TallyRow("m1", "count:locality", start, 1),
        TallyRow("m1", "count:locality", day, 1),
        TallyRow("m1", "fact:people", start, 5),
        TallyRow("m1", "unknown:people", day, 1),
    }
    later = {row for row in store.tallies(["m1", "m2"], day) if "with" not in row.key}
    assert later == {
        TallyRow("m1", "count:locality", day, 2),
        TallyRow("m1", "fact:people", day, 5),
        TallyRow("m1", "unknown:people", day, 1),
    }


@pytest.mark.parametrize(
    ("after", "until", "found"),
    [
        pytest.param(date(2019, 12, 31), TURN, 9, id="the day of the turn"),
        pytest.param(TURN, date(2021, 1, 1), 0, id="the first day is left out"),
        pytest.param(BEGINNING, date(2018, 1, 1), 0, id="before all"),
    ],
)
def test_rows_turning(store: Store, after: date, until: date, found: int) -> None:
    """Rows that begin or end on the days come once each."""
    rows = store.rows_turning(after, until)
    assert len({row.key for row in rows}) == len(rows) == found


@pytest.mark.parametrize(
    ("words", "on", "found"),
    [
        pytest.param(["town"], ON, ["m3"], id="one word"),
        pytest.param(["to", "ne"], ON, ["m3"], id="beginnings in any order"),
        pytest.param(["hoa"], ON, ["m1"], id="without accents"),
        pytest.param(["hoa", "binh"], ON, [], id="a name it no longer has"),
        pytest.param(["hoa", "binh"], BEFORE, ["m1"], id="a name of that day"),
        pytest.param(["hoa"], ALWAYS, ["m1"], id="both names, one unit"),
        pytest.param(["an"], ALWAYS, [], id="people are not found by name"),
        pytest.param(["own"], ALWAYS, [], id="not the middle of a word"),
        pytest.param(["town"], ALWAYS, ["m2", "m3"], id="by id"),
    ],
)
def test_find(store: Store, words: list[str], on: Span, found: list[str]) -> None:
    """A unit is found by how the words of its name begin, on the days asked about."""
    assert [row.id for row in store.find(words, on, 10)] == found


def test_find_stops_at_the_limit(store: Store) -> None:
    """No more units come back than were asked for, the first by id."""
    assert [row.id for row in store.find(["town"], ALWAYS, 1)] == ["m2"]
    assert store.find(["town"], ALWAYS, 0) == []


def test_text_and_facts_come_back_as_they_went_in(empty: Store) -> None:
    """Quotes, brackets, accents and the types of facts survive the store."""
    texts = [
        "Xã Đắk Ơ – Buôn Đôn",
        'O\'Neill "quoted"',
        '{"a": [1, null]}',
        "%_*?\\ ; DROP TABLE node; --",
        "名前 🏘",
        "",
    ]
    facts = {"border": True, "island": False, "people": 10**15, "area_m2": None}
    rows = [
        node(f"m{place}", "municipality", **facts, type=text)._replace(
            name=text, code=text or None
        )
        for place, text in enumerate(texts)
    ]
    body = node("b1", "body")
    covers = edge("COVERS", "b1", "m1", form='"]} \\')
    empty.bulk_load([*rows, body], [covers])
    found = sorted(empty.of_kind("municipality", ALWAYS))
    assert [row._replace(rev=0) for row in found] == rows
    assert all(row.facts["border"] is True for row in found)
    assert [row.id for row in empty.with_codes(texts[2:3], ALWAYS)] == ["m2"]
    assert empty.edges(["b1"], KINDS, OUT, ALWAYS)[0].facts == covers.facts


def test_ids_with_every_allowed_sign(empty: Store) -> None:
    """An id may hold points, colons, hyphens and underlines, and be a number."""
    ids = ["0", "a.b:c-d_e", "_x", "m" * 128]
    empty.bulk_load([node(name, "state") for name in ids], [])
    assert list(empty.all_ids()) == sorted(ids)
    assert {row.id for row in empty.nodes(ids, ALWAYS)} == set(ids)


def test_many_ids_at_once(store: Store) -> None:
    """A batch may be large."""
    ids = [f"nobody-{n}" for n in range(50_000)] + ["m1"]
    assert len(store.nodes(ids, ON)) == 1
    assert len(store.edges(ids, KINDS, OUT, ON)) == 1


def test_what_no_edge_reaches_is_counted(empty: Store) -> None:
    """Edges of a kind are counted where none of another kind reaches their source."""
    empty.bulk_load(
        [
            *(node(name, "body") for name in "abcd"),
            node("x", "person"),
            node("y", "person"),
        ],
        [
            edge("UNDER", "b", "a"),
            edge("UNDER", "c", "a", until=TURN),
            edge("UNDER", "d", "b"),
            edge("MEMBER_OF", "x", "a"),
            edge("IN_CHARGE_OF", "x", "b", until=TURN),
            edge("IN_CHARGE_OF", "y", "b", until=TURN),
            edge("IN_CHARGE_OF", "y", "a"),
        ],
    )

    def counted(on: Span, *ids: str) -> dict[str, int]:
        return empty.count_without(ids, "UNDER", "IN_CHARGE_OF", on)

    assert counted(BEFORE, "a", "b", "a", "nobody") == {"a": 1, "b": 1}
    assert counted(ON, "a", "b") == {"a": 1, "b": 1}
    assert counted(ON, "d") == {}
    assert empty.count_without(["a"], "MEMBER_OF", "IN_CHARGE_OF", ON) == {"a": 1}
