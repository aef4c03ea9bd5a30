"""The way up by who is in charge, worked out by hand."""

from datetime import date

import pytest
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.queries import charge_chain
from orgraph.queries.charges import Watch
from orgraph.stores import MemoryStore

DAY = date(2024, 1, 1)


@pytest.fixture
def store() -> MemoryStore:
    """Return a household, two cells below a committee, and who is in charge of what.

    m watches over the household, d over the committee of m's cell, and e over the cell
    of d, whose member e is: it goes round.
    """
    return filled(
        node("h", "household"),
        node("v", "village"),
        edge("LIVES_IN", "h", "v"),
        node("gc", "grassroots_committee"),
        *(node(name, "cell") for name in ("c1", "c2")),
        edge("UNDER", "c1", "gc"),
        *(node(name, "member") for name in "mden"),
        edge("MEMBER_OF", "m", "c1"),
        edge("MEMBER_OF", "d", "c2"),
        edge("MEMBER_OF", "e", "c2"),
        edge("IN_CHARGE_OF", "m", "h"),
        edge("IN_CHARGE_OF", "n", "h", until=date(2023, 1, 1)),
        edge("IN_CHARGE_OF", "d", "gc"),
        edge(
            "IN_CHARGE_OF",
            *("e", "c2", date(2021, 2, 1), date(2026, 1, 1)),
            since_precision="month",
        ),
        *(node(name, "post") for name in "pq"),
        *(edge("SEAT_IN", name, "gc") for name in "pq"),
        edge("SUCCEEDED_BY", "q", "p", date(2023, 1, 1), part="whole"),
        edge("HOLDS", "d", "q", date(2020, 1, 1), date(2023, 1, 1)),
        edge("HOLDS", "d", "p", date(2023, 1, 1)),
        pack="vietnam",
    )


def test_from_a_household_up(store: MemoryStore) -> None:
    """Where nobody is in charge of a cell, it is who is of the committee above it."""
    found = charge_chain(store, "h", DAY)

    assert [watch._replace(name="") for watch in found.watches] == [
        Watch(1, "h", "h", "m", "", "c1", "2019-01-01", None),
        Watch(2, "c1", "gc", "d", "", "c2", "2019-01-01", None),
        Watch(3, "c2", "c2", "e", "", "c2", "2021-02", "2026-01-01", circle=True),
    ]
    assert {watch.name for watch in found.watches} == {"•••"}
    assert [spell.post for spell in found.spells["d"]] == ["p"]
    assert found.spells["m"] == ()


def test_who_was_in_charge_before_is_not_shown(store: MemoryStore) -> None:
    """On an earlier day it was another, who is a member of nothing.

    Posts are those of that day, too.
    """
    found = charge_chain(store, "h", date(2022, 1, 1))

    first = [watch for watch in found.watches if watch.step == 1]
    assert [(watch.person, watch.group) for watch in first] == [
        ("m", "c1"),
        ("n", None),
    ]
    assert [spell.post for spell in found.spells["d"]] == ["q"]


def test_where_nobody_is_in_charge(store: MemoryStore) -> None:
    """Nobody is in charge of the village, nor of anything above it."""
    assert charge_chain(store, "v", DAY).watches == ()
    with pytest.raises(InputError, match="x doesn't live on"):
        charge_chain(store, "x", DAY)


def test_who_watches_the_own_cell_is_said_once() -> None:
    """Whose charge is the cell that they belong to watch over it once, not twice."""
    store = filled(
        node("c", "cell"),
        *(node(name, "member") for name in "mn"),
        *(edge("MEMBER_OF", name, "c") for name in "mn"),
        edge("IN_CHARGE_OF", "m", "c"),
        pack="vietnam",
    )
    (watch,) = charge_chain(store, "n", DAY).watches
    assert (watch.of, watch.target, watch.person) == ("n", "c", "m")


def test_a_way_that_comes_back_is_a_circle() -> None:
    """It goes round over two cells, and where two ways meet it doesn't."""
    store = filled(
        *(node(name, "cell") for name in ("c1", "c2", "c3")),
        *(node(name, "member") for name in "abkl"),
        node("h", "household"),
        *(edge("IN_CHARGE_OF", one, "h") for one in "kl"),
        edge("MEMBER_OF", "k", "c3"),
        edge("MEMBER_OF", "l", "c1"),
        edge("IN_CHARGE_OF", "l", "c3"),
        edge("MEMBER_OF", "a", "c2"),
        edge("IN_CHARGE_OF", "a", "c1"),
        edge("MEMBER_OF", "b", "c1"),
        edge("IN_CHARGE_OF", "b", "c2"),
        pack="vietnam",
    )
    watches = charge_chain(store, "h", DAY).watches
    assert [(watch.person, watch.target, watch.circle) for watch in watches] == [
        ("k", "h", False),
        ("l", "h", False),
        ("a", "c1", False),
        ("l", "c3", False),
        ("b", "c2", True),
    ]
