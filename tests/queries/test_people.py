"""Chains and spells on a small graph, against what is worked out by hand."""

from datetime import date
from typing import Any

import pytest
from towns import STAMP, blocking, done, edge, filled, new, node, planned

from orgraph.errors import InputError
from orgraph.model import FOREVER
from orgraph.queries import chain, spells
from orgraph.queries.chain import Charge, Holder, Link
from orgraph.stores import MemoryStore

DAY = date(2025, 1, 1)


def y(year: int) -> date:
    """Return the first day of a year."""
    return date(year, 1, 1)


@pytest.fixture
def store() -> MemoryStore:
    """Return three bodies, four posts and three people.

    x is under b, from 2022 under c; b is under a. x held p until 2022 and then r, which
    succeeded p; z held q; y is in charge of b until 2024.
    """
    return filled(
        *(node(name, "body") for name in "abc"),
        *(node(name, "person") for name in "xyz"),
        *(node(name, "post") for name in "qs"),
        node("p", "post", until=y(2022)),
        node("r", "post", since=y(2022)),
        edge("UNDER", "b", "a"),
        edge("UNDER", "c", "b", y(2021)),
        edge("MEMBER_OF", "x", "b", until=y(2022)),
        edge("MEMBER_OF", "x", "c", y(2022)),
        edge("SEAT_IN", "p", "b", until=y(2022)),
        edge("SEAT_IN", "r", "c", y(2022)),
        edge("SEAT_IN", "q", "a"),
        edge("SEAT_IN", "s", "a"),
        edge("SUCCEEDED_BY", "p", "r", y(2022), part="whole"),
        edge("HOLDS", "x", "p", y(2020), y(2022)),
        edge("HOLDS", "x", "r", y(2022)),
        edge("HOLDS", "z", "q", y(2020), y(2023)),
        edge("HOLDS", "y", "q", y(2023)),
        edge("HOLDS", "z", "q", y(2024)),
        edge("IN_CHARGE_OF", "y", "b", y(2020), y(2024)),
        edge("IN_CHARGE_OF", "z", "a", y(2020)),
    )


def test_chain_up_to_the_root(store: MemoryStore) -> None:
    """A chain names each unit above, by which edge, and since when and until when."""
    found = chain(store, "x", DAY)
    assert found.chain == (
        Link("x", "person", "•••", None),
        Link("c", "body", "C", "MEMBER_OF", "2022-01-01"),
        Link("b", "body", "B", "UNDER", "2021-01-01"),
        Link("a", "body", "A", "UNDER", "2019-01-01"),
    )
    held = [Holder("q", "y", "2023-01-01"), Holder("q", "z", "2024-01-01")]
    assert found.holders == {
        "c": (Holder("r", "x", "2022-01-01"),),
        "a": (*held, Holder("s", None)),
    }
    assert found.charges == (Charge("z", "a", "2020-01-01"),)
    named = chain(store, "x", DAY, names=True)
    told = {(one.person, one.name) for some in named.holders.values() for one in some}
    assert told == {("x", "X"), ("y", "Y"), ("z", "Z"), (None, None)}
    assert [charge.name for charge in named.charges] == ["Z"]


def test_chain_on_an_earlier_day(store: MemoryStore) -> None:
    """On an earlier day the chain is that of the day, and so are posts and charges."""
    found = chain(store, "x", date(2021, 12, 31))
    assert [link.id for link in found.chain] == ["x", "b", "a"]
    days = ("2020-01-01", "2022-01-01")
    assert (found.chain[1].since, found.chain[1].until) == ("2019-01-01", days[1])
    assert found.holders["b"] == (Holder("p", "x", *days),)
    watching = Charge("y", "b", "2020-01-01", "2024-01-01")
    other = Charge("z", "a", "2020-01-01")
    assert found.charges == (watching, other)
    plain = found.to_plain()
    assert plain["charges"][0] == watching._asdict()
    assert plain["chain"][1]["until"] == "2022-01-01"


def test_chain_of_a_unit_has_no_history(store: MemoryStore) -> None:
    """A unit has a chain and no spells of its own."""
    found = chain(store, "b", DAY)
    assert [link.id for link in found.chain] == ["b", "a"]
    assert found.history == ()
    assert found.to_plain()["format"] == "orgraph.chain/1"


def test_chain_of_what_does_not_live(store: MemoryStore) -> None:
    """Asked on a day without the node, the question says so."""
    with pytest.raises(InputError, match="p doesn't live on 2025-01-01"):
        chain(store, "p", DAY)
    with pytest.raises(InputError, match="nobody"):
        chain(store, "nobody", DAY)
    with pytest.raises(InputError, match="2018"):
        chain(store, "x", y(2018))


def test_names_on_demand(store: MemoryStore) -> None:
    """Only asked for are people's names given."""
    assert chain(store, "x", DAY, names=True).chain[0].name == "X"


def test_a_spell_runs_through_a_successor_post(store: MemoryStore) -> None:
    """Adjacent holdings of a post and of its successor are one spell."""
    (spell,) = spells(store, "x")
    assert (spell.post, spell.unit) == ("r", "c")
    assert (spell.since, spell.until) == (y(2020), FOREVER)
    assert spell.to_plain() == {
        "post": "r",
        "unit": "c",
        "since": "2020-01-01",
        "until": None,
    }


@pytest.mark.parametrize(
    ("on", "post", "unit"),
    [
        (y(2019), "p", "b"),
        (date(2021, 12, 31), "p", "b"),
        (y(2022), "r", "c"),
        (y(2024), "r", "d"),
        (y(2026), "r", "d"),
    ],
)
def test_a_spell_is_in_the_post_and_unit_of_the_day(
    on: date, post: str, unit: str
) -> None:
    """A chain of a day names what somebody held then: not what came of it later.

    Before the spell it is the first, and after it the last.
    """
    store = filled(
        *(node(name, "body") for name in "bcd"),
        node("x", "person"),
        node("p", "post", until=y(2022)),
        node("r", "post", since=y(2022)),
        edge("SEAT_IN", "p", "b", until=y(2022)),
        edge("SEAT_IN", "r", "c", y(2022), y(2023)),
        edge("SEAT_IN", "r", "d", y(2023)),
        edge("SUCCEEDED_BY", "p", "r", y(2022), part="whole"),
        edge("HOLDS", "x", "p", y(2020), y(2022)),
        edge("HOLDS", "x", "r", y(2022), y(2025)),
    )
    (spell,) = chain(store, "x", on).history
    assert (spell.post, spell.unit) == (post, unit)
    assert (spell.since, spell.until) == (y(2020), y(2025))


def test_a_gap_begins_a_new_spell(store: MemoryStore) -> None:
    """Who comes back to a post after a year has two spells."""
    found = [(s.post, s.since, s.until) for s in spells(store, "z")]
    assert found == [("q", y(2020), y(2023)), ("q", y(2024), FOREVER)]


def test_nobody_has_no_spells(store: MemoryStore) -> None:
    """Who never held a post has no spell."""
    assert spells(store, "c") == []


def held(*holdings: tuple[str, int, int | None]) -> list[tuple[str, int, int]]:
    """Return the spells of someone with these holdings, as (post, since, until)."""
    store = filled(
        node("a", "body"),
        node("x", "person"),
        *(node(name, "post") for name in "pqrs"),
        *(edge("SEAT_IN", name, "a") for name in "pqrs"),
        edge("SUCCEEDED_BY", "p", "r", y(2022), part="whole"),
        edge("SUCCEEDED_BY", "q", "r", y(2022), part="whole"),
        edge("SUCCEEDED_BY", "r", "s", y(2024), part="whole"),
        *(
            edge("HOLDS", "x", post, y(since), y(until) if until else FOREVER)
            for post, since, until in holdings
        ),
    )
    return [(s.post, s.since.year, s.until.year) for s in spells(store, "x")]


@pytest.mark.parametrize(
    ("holdings", "expected"),
    [
        ([("p", 2020, 2022)], [("p", 2020, 2022)]),
        ([("p", 2020, 2021), ("p", 2021, 2022)], [("p", 2020, 2022)]),
        ([("p", 2020, 2022), ("r", 2022, None)], [("r", 2020, 9999)]),
        (
            [("p", 2020, 2021), ("r", 2022, None)],
            [("p", 2020, 2021), ("r", 2022, 9999)],
        ),
        (
            [("p", 2020, 2022), ("s", 2022, None)],
            [("p", 2020, 2022), ("s", 2022, 9999)],
        ),
        (
            [("r", 2020, 2022), ("p", 2022, None)],
            [("r", 2020, 2022), ("p", 2022, 9999)],
        ),
        (
            [("p", 2020, 2022), ("r", 2022, 2024), ("s", 2024, None)],
            [("s", 2020, 9999)],
        ),
        (
            [("p", 2019, 2022), ("q", 2020, 2022), ("r", 2022, None)],
            [("r", 2019, 9999), ("q", 2020, 2022)],
        ),
        (
            [("p", 2020, None), ("q", 2021, None)],
            [("p", 2020, 9999), ("q", 2021, 9999)],
        ),
    ],
)
def test_which_holdings_are_one_spell(
    holdings: list[tuple[str, int, int | None]], expected: list[tuple[str, int, int]]
) -> None:
    """Holdings join where one ends as the next begins, of a post or its successor."""
    assert held(*holdings) == expected


@pytest.mark.parametrize(
    "op",
    [
        {"op": "merge_units", "sources": ["b", "c"], "into": new("body", "n")},
        {"op": "absorb_units", "sources": ["b"], "into": "c"},
        {"op": "close_unit", "unit": "b", "successors": ["c"]},
    ],
    ids=lambda op: op["op"],
)
def test_a_merger_resets_nobodys_months(op: dict[str, Any]) -> None:
    """Who held a post of a unit that ended has one spell, from before the merger on."""
    store = filled(
        *(node(name, "body") for name in "abc"),
        *(edge("UNDER", name, "a") for name in "bc"),
        *(node(name, "person") for name in "xy"),
        *(edge("MEMBER_OF", name, "a") for name in "xy"),
        node("p", "post", role="deputy"),
        node("q", "post", role="deputy"),
        edge("SEAT_IN", "p", "b"),
        edge("SEAT_IN", "q", "c"),
        edge("HOLDS", "x", "p", y(2023)),
        edge("HOLDS", "y", "q", y(2024)),
    )
    if op["op"] == "close_unit":
        done(store, "2025-01-01", {"op": "move_unit", "unit": "p", "to": "c"})
    plan = planned(store, "2025-01-01", op)
    assert blocking(plan) == []
    store.commit(plan, stamp=STAMP)
    found = {
        who: [(s.post, s.since, s.until) for s in spells(store, who)] for who in "xy"
    }
    assert found == {
        "x": [("p", y(2023), FOREVER)],
        "y": [("q", y(2024), FOREVER)],
    }
    (spell,) = spells(store, "x")
    assert spell.unit == ("n" if op["op"] == "merge_units" else "c")


def test_a_date_is_shown_as_it_was_known() -> None:
    """A spell whose first day was known to the year is shown with the year."""
    store = filled(
        node("a", "body"),
        node("x", "person"),
        node("p", "post"),
        edge("SEAT_IN", "p", "a"),
        edge("HOLDS", "x", "p", y(2020), y(2021), since_precision="year"),
        edge("HOLDS", "x", "p", y(2021), y(2023), until_precision="month"),
    )
    (spell,) = spells(store, "x")
    shown = spell.to_plain()
    assert (shown["since"], shown["until"]) == ("2020", "2023-01")


def test_the_unit_of_a_spell_is_the_last() -> None:
    """A post that moved to another unit is said to be in the later one."""
    store = filled(
        node("a", "body"),
        node("b", "body"),
        node("x", "person"),
        node("p", "post"),
        edge("SEAT_IN", "p", "a", until=y(2022)),
        edge("SEAT_IN", "p", "b", y(2022)),
        edge("HOLDS", "x", "p", y(2020), y(2024)),
    )
    (spell,) = spells(store, "x")
    assert (spell.post, spell.unit) == ("p", "b")
