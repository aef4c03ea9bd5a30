"""Span, uncovered, joint cells and white villages against rows read one by one."""

import pytest
from harness import NewStore
from provinces import CHARGED, DAY, Oracle, province
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.pack import pack_from_data
from orgraph.queries import joint_cells, span, uncovered, white_villages
from orgraph.stores import MemoryStore, Store

TOPS = (None, "pr", "pc", "co0", "gc1", "v00", "ce0")
SEEDS = range(25)


def loaded(new_store: NewStore, rows: list[Row]) -> Store:
    """Return a store that holds the rows of a province."""
    store = new_store("vietnam")
    store.bulk_load(
        [row for row in rows if isinstance(row, NodeRow)],
        [row for row in rows if isinstance(row, EdgeRow)],
    )
    return store


@pytest.fixture(params=SEEDS)
def drawn(request: pytest.FixtureRequest, new_store: NewStore) -> tuple[Store, Oracle]:
    """Return a store with a province, and its oracle."""
    rows = province(request.param)
    return loaded(new_store, rows), Oracle(rows)


def test_span_is_what_is_directly_under(drawn: tuple[Store, Oracle]) -> None:
    """Of each unit below a node, units and people directly under it are counted."""
    store, oracle = drawn
    for top in TOPS:
        found = span(store, top, DAY)
        units = {
            unit
            for unit in (oracle.nodes if top is None else oracle.below(top))
            if store.pack.nodes[oracle.nodes[unit].kind].role == "unit"
        }
        assert {item.id: item.under for item in found.items} == {
            unit: oracle.directly_under(unit) for unit in units
        }
        for item in found.items:
            aside = [item.under.get(kind, 0) for kind in ("post", "household")]
            assert item.span == sum(item.under.values()) - sum(aside)
        spans = [item.span for item in found.items]
        assert spans == sorted(spans, reverse=True)
        for kind, most in found.largest.items():
            of_kind = [item.span for item in found.items if item.kind == kind]
            assert most.span == max(of_kind)
            assert found.to_plain()["kinds"][kind]["under"] == sum(of_kind)


def test_uncovered_is_what_nobody_is_in_charge_of(
    drawn: tuple[Store, Oracle],
) -> None:
    """Units are named, households counted by village, and all of each kind counted."""
    store, oracle = drawn
    for top in TOPS:
        found = uncovered(store, top, DAY)
        expected, heads = [], {}
        for kind in CHARGED:
            nodes = oracle.of_kind(kind, top)
            without = [n for n in nodes if not oracle.into("IN_CHARGE_OF", n)]
            if kind != "household":
                expected += [(kind, n) for n in without]
            assert found.asked.get(kind, 0) == len(nodes), (top, kind)
            assert found.counts.get(kind, 0) == len(without), (top, kind)
        for village in oracle.of_kind("village", top):
            homes = oracle.into("LIVES_IN", village)
            without = [h for h in homes if not oracle.into("IN_CHARGE_OF", h)]
            if without:
                heads[village] = (len(without), len(homes))
        assert [(item.kind, item.id) for item in found.items] == sorted(expected)
        assert {h.unit: (h.uncovered, h.all) for h in found.heads} == heads
        for group in found.heads:
            said = "household" if group.all == 1 else "households"
            assert group.called == said


def test_joint_cells_serve_several_villages(drawn: tuple[Store, Oracle]) -> None:
    """A joint cell is listed with all its villages, its members, and what it says."""
    store, oracle = drawn
    for top in TOPS:
        villages = set(oracle.of_kind("village", top))
        expected = {
            cell: (
                sorted(oracle.out("COVERS", cell)),
                len(oracle.into("MEMBER_OF", cell)),
                row.facts.get("joint"),
            )
            for cell, row in oracle.nodes.items()
            if row.kind == "cell"
            and oracle.joint(cell)
            and villages & oracle.out("COVERS", cell)
        }
        found = joint_cells(store, top, DAY)
        assert {
            item.id: ([p.id for p in item.places], item.members, item.stated)
            for item in found.items
        } == expected
        covering = {c for v in villages for c in oracle.into("COVERS", v)}
        cells = {c for c in covering if oracle.nodes[c].kind == "cell"}
        assert found.to_plain()["groups"] == len(cells)


def test_white_villages_are_in_one_state(drawn: tuple[Store, Oracle]) -> None:
    """Each village is white in one of three states, or it has members of its own."""
    store, oracle = drawn
    for top in TOPS:
        villages = oracle.of_kind("village", top)
        states = {village: oracle.state(village) for village in villages}
        found = white_villages(store, top, DAY)
        white = {v: state for v, state in states.items() if state != "own"}
        assert {item.id: item.state for item in found.items} == white
        assert found.own == len(states) - len(white)
        assert sum(found.counts.values()) == len(villages)
        assert found.to_plain()["places"] == len(villages)
        for item in found.items:
            known = oracle.into("LIVES_IN", item.id)
            residents = len(oracle.residents(item.id))
            assert item.members == (residents if known else None)
            assert {item.parent} == oracle.out("PART_OF", item.id)


def test_every_state_is_drawn() -> None:
    """The provinces drawn hold villages of every state, as the tests above need."""
    states = {
        oracle.state(village)
        for oracle in map(Oracle, map(province, SEEDS))
        for village in oracle.of_kind("village", None)
    }
    assert states == {
        *("own", "without_members", "without_cell", "joint", "unrecorded"),
    }


def test_states_by_hand() -> None:
    """Villages worked out by hand, one of each state, and one of which it is open.

    Of `open` nobody recorded who lives there, so it isn't said to have no members; nor
    is it said of `void`, in whose own cell nobody is recorded: that covers nothing, be
    it that a member of another cell lives there, as in `lent`, or that nobody knows.
    """
    villages = ["own", "white", "bare", "shared", "lent", "open", "void"]
    store = filled(
        node("co", "commune"),
        *(node(v, "village") for v in villages),
        *(edge("PART_OF", v, "co") for v in villages),
        *(node(f"h-{v}", "household") for v in villages[:5]),
        *(edge("LIVES_IN", f"h-{v}", v) for v in villages[:5]),
        *(node(c, "cell") for c in ("one", "both", "empty", "hollow")),
        edge("COVERS", "empty", "lent"),
        edge("COVERS", "hollow", "void"),
        edge("COVERS", "one", "own"),
        edge("COVERS", "both", "white"),
        edge("COVERS", "both", "shared"),
        *(node(m, "member") for m in "abcd"),
        edge("MEMBER_OF", "d", "one"),
        edge("OF_HOUSEHOLD", "d", "h-lent"),
        edge("MEMBER_OF", "a", "one"),
        edge("MEMBER_OF", "b", "both"),
        edge("MEMBER_OF", "c", "one"),
        edge("OF_HOUSEHOLD", "a", "h-own"),
        edge("OF_HOUSEHOLD", "b", "h-shared"),
        edge("OF_HOUSEHOLD", "c", "h-bare"),
        pack="vietnam",
    )
    found = white_villages(store, "co", DAY)
    assert [(item.id, item.state, item.members) for item in found.items] == [
        ("white", "without_members", 0),
        ("bare", "without_cell", 1),
        ("open", "without_cell", None),
        ("shared", "joint", 1),
        ("lent", "unrecorded", 1),
        ("void", "unrecorded", None),
    ]
    assert found.counts == {
        "own": 1,
        "without_members": 1,
        "without_cell": 2,
        "joint": 1,
        "unrecorded": 2,
    }


def test_a_region_does_not_spread() -> None:
    """A body that also leads ground elsewhere isn't part of a village's region."""
    store = filled(
        node("co", "commune"),
        *(node(v, "village") for v in ("v", "w")),
        *(edge("PART_OF", v, "co") for v in ("v", "w")),
        node("gc", "grassroots_committee"),
        *(node(c, "cell") for c in ("cv", "cw")),
        *(edge("UNDER", c, "gc") for c in ("cv", "cw")),
        edge("COVERS", "gc", "co"),
        edge("COVERS", "cv", "v"),
        edge("COVERS", "cw", "w"),
        pack="vietnam",
    )
    assert {item.id for item in uncovered(store, "v", DAY).items} == {"v", "cv"}
    everything = {"co", "v", "w", "gc", "cv", "cw"}
    for top in ("co", "gc", None):
        assert {item.id for item in uncovered(store, top, DAY).items} == everything


def test_questions_in_a_neutral_pack() -> None:
    """Localities and bodies are asked about by the words of another pack."""
    store = filled(
        node("d", "district"),
        *(node(v, "locality") for v in ("l", "m", "n")),
        *(edge("PART_OF", v, "d") for v in ("l", "m", "n")),
        *(node(b, "body") for b in ("b", "c")),
        edge("COVERS", "b", "l"),
        edge("COVERS", "c", "l"),
        edge("COVERS", "c", "m"),
        node("x", "person"),
        edge("MEMBER_OF", "x", "b"),
        edge("IN_CHARGE_OF", "x", "l"),
    )
    assert [
        (item.id, [p.id for p in item.places])
        for item in joint_cells(store, "d", DAY).items
    ] == [("c", ["l", "m"])]
    found = white_villages(store, "d", DAY)
    assert [(item.id, item.state) for item in found.items] == [
        ("n", "without_cell"),
        ("m", "joint"),
    ]
    assert uncovered(store, None, DAY).counts == {
        "district": 1,
        "locality": 2,
        "body": 2,
    }


def test_a_pack_that_says_nothing_of_questions() -> None:
    """A store of an older pack says which words of the pack are missing."""
    data = dict(filled().pack.data)
    del data["questions"]
    store = MemoryStore(pack_from_data(data))
    with pytest.raises(InputError, match=r"questions\.places"):
        white_villages(store, None, DAY)
    with pytest.raises(InputError, match=r"questions\.places"):
        joint_cells(store, None, DAY)
    with pytest.raises(InputError, match=r"questions\.charged"):
        uncovered(store, None, DAY)
    assert span(store, None, DAY).items == ()


def test_a_node_that_does_not_live() -> None:
    """Asked of a node that doesn't live on the day, each question says so."""
    store = filled(node("d", "district", until=DAY))
    for question in (span, uncovered, joint_cells, white_villages):
        with pytest.raises(InputError, match="d doesn't live on 2025-06-01"):
            question(store, "d", DAY)
