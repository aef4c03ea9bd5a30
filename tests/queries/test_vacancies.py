"""Vacancies now and projected, against holdings tried day by day."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from harness import NewStore, lenient
from provinces import DAY, LATER, Oracle, province
from test_regions import SEEDS, TOPS, loaded
from towns import START, edge, filled, node

from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, Row
from orgraph.pack import pack_from_data
from orgraph.queries import vacancies
from orgraph.queries.vacancy import Vacancies
from orgraph.stores import MemoryStore

PROVISIONAL = {"acting", "reinforcement"}


def service_end(oracle: Oracle, person: str) -> date:
    """Return when somebody's service ends, never where that isn't known."""
    said = oracle.nodes[person].facts.get("service_end")
    return date.fromisoformat(f"{said}-01-01"[:10]) if said else FOREVER


def state(oracle: Oracle, post: str, until: date | None) -> tuple[Any, ...] | None:
    """Return (state, first day without a holder) of a post, looking at each day.

    Of a post that is vacant already it is the day after the last on which it was held.
    """
    holdings = [
        row
        for row in oracle.rows
        if isinstance(row, EdgeRow) and row.kind == "HOLDS" and row.target == post
    ]

    def holds(day: date) -> list[EdgeRow]:
        return [
            row
            for row in holdings
            if row.since <= day < row.until
            and (
                until is None
                or day < service_end(oracle, row.source)
                or (day == DAY and row.since <= DAY)
            )
        ]

    day = DAY
    while day <= (until or DAY):
        if not holds(day):
            ended = max((r.until for r in holdings if r.until <= DAY), default=None)
            return ("vacant", ended) if day == DAY else ("ending", day)
        day += timedelta(days=1)
    day = DAY
    while day <= (until or DAY):
        if all(row.facts.get("form") in PROVISIONAL for row in holds(day)):
            return ("provisional", None) if day == DAY else ("ending_full", day)
        day += timedelta(days=1)
    return None


def is_for_now(oracle: Oracle, post: str) -> bool:
    """Tell whether all who hold a post on the day do so for the time being."""
    return all(
        row.facts.get("form") in PROVISIONAL
        for row in oracle.rows
        if isinstance(row, EdgeRow) and (row.kind, row.target) == ("HOLDS", post)
        if row.since <= DAY < row.until
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("until", [None, DAY, LATER], ids=str)
def test_vacancies_day_by_day(
    seed: int, until: date | None, new_store: NewStore
) -> None:
    """A post is vacant from the first day on which nobody who still serves holds it."""
    rows = province(seed)
    store, oracle = loaded(new_store, rows), Oracle(rows)
    for top in TOPS:
        found = vacancies(store, top, DAY, until)
        posts = oracle.of_kind("post", top)
        expected = {post: state(oracle, post, until) for post in posts}
        assert {item.post: (item.state, item.since) for item in found.items} == {
            post: said for post, said in expected.items() if said
        }
        assert found.posts == len(posts)
        now = [(m, p) for m, p in oracle.pairs("HOLDS") if p in posts]
        assert sum(found.forms.values()) == len(now)
        held = {m for m, _ in now}
        assert found.holders == len(held)
        unknown = {m for m in held if service_end(oracle, m) == FOREVER}
        assert found.unknown == (None if until is None else len(unknown))
        for_now = {post for _, post in now if is_for_now(oracle, post)}
        assert found.counts["provisional"] == len(for_now)
        for item in found.items:
            assert item.is_provisional == (item.post in for_now), item.post
            assert {item.unit} == oracle.out("SEAT_IN", item.post)
            assert {h.person for h in item.holders} == oracle.into("HOLDS", item.post)


def post(*rows: Row, **facts: Any) -> MemoryStore:  # noqa: ANN401 - facts of the member
    """Return a post p of a cell with members m and n, and what else there is."""
    return filled(
        node("c", "cell"),
        node("p", "post"),
        edge("SEAT_IN", "p", "c"),
        node("m", "member", **facts),
        node("n", "member"),
        *rows,
        pack="vietnam",
    )


def said(found: Vacancies) -> list[tuple[Any, ...]]:
    """Return the vacancies as they are told."""
    return [
        (i.state, i.since, i.until, [(h.person, h.form, h.why) for h in i.holders])
        for i in found.items
    ]


END = date(2026, 1, 1)


def test_a_holding_that_is_recorded_to_end() -> None:
    """It leaves the post vacant on its last day's morrow, up to the next holder."""
    store = post(
        edge("HOLDS", "m", "p", until=END, form="full"),
        edge("HOLDS", "n", "p", date(2026, 3, 1)),
    )
    assert said(vacancies(store, "c", DAY)) == []
    assert said(vacancies(store, "c", DAY, date(2025, 12, 31))) == []
    ending = ("ending", END, date(2026, 3, 1), [("m", "full", "recorded")])
    assert said(vacancies(store, "c", DAY, END)) == [ending]
    assert said(vacancies(store, "c", date(2026, 2, 1))) == [
        ("vacant", END, date(2026, 3, 1), [])
    ]


def test_a_post_is_vacant_since_its_last_holder_is_gone() -> None:
    """However long before the day asked about; where none is known, none is guessed."""
    day, later = date(2027, 1, 1), edge("HOLDS", "n", "p", date(2028, 1, 1))
    first = edge("HOLDS", "m", "p", date(2019, 1, 1), date(2020, 1, 1), form="acting")
    last = edge("HOLDS", "n", "p", date(2021, 1, 1), END, until_precision="year")
    (found,) = vacancies(post(first, last, later), "c", day).items
    assert found[3:7] == ("vacant", END, date(2026, 12, 31), later.since)
    (found,) = vacancies(post(first, last, later), "c", date(2026, 5, 1)).items
    assert found[3:7] == ("vacant", END, date(2026, 5, 1), later.since)
    (found,) = vacancies(post(later), "c", day).items
    assert found[3:7] == ("vacant", None, None, later.since)
    assert found.to_plain()["since"] is None


def test_a_successor_who_is_recorded_leaves_no_vacancy() -> None:
    """Where the next holder begins as the last one ends, nothing is vacant."""
    store = post(edge("HOLDS", "m", "p", until=END), edge("HOLDS", "n", "p", END))
    assert said(vacancies(store, "c", DAY, LATER)) == []


def test_a_holder_whose_service_ends() -> None:
    """The end of service vacates a post, and is asked about only with a day."""
    store = post(edge("HOLDS", "m", "p"), service_end="2026-01-01")
    assert said(vacancies(store, "c", DAY)) == []
    (found,) = vacancies(store, "c", DAY, END).items
    assert (found.state, found.since) == ("ending", END)
    assert [(h.ends, h.why) for h in found.holders] == [(END, "service_end")]
    over = post(edge("HOLDS", "m", "p"), service_end="2024-01-01")
    (found,) = vacancies(over, "c", DAY, END).items
    assert (found.state, found.since) == ("ending", date(2025, 6, 2))
    assert found.holders[0].ends == date(2024, 1, 1)


@pytest.mark.parametrize("end", [None, "soon", "2026-02-30"])
def test_a_service_whose_end_is_not_known(end: str | None) -> None:
    """Where a day isn't known nothing is projected, and the holder is counted."""
    found = vacancies(post(edge("HOLDS", "m", "p"), service_end=end), "c", DAY, END)
    assert (said(found), found.unknown) == ([], 1)


def test_acting_is_not_for_good() -> None:
    """A post held by nobody but an acting holder is held for the time being."""
    acting = post(edge("HOLDS", "m", "p", form="acting"))
    assert said(vacancies(acting, "c", DAY)) == [
        ("provisional", None, None, [("m", "acting", None)])
    ]
    both = edge("HOLDS", "n", "p", form="full")
    full = post(edge("HOLDS", "m", "p", form="reinforcement"), both)
    found = vacancies(full, "c", DAY)
    assert (said(found), dict(found.forms)) == ([], {"full": 1, "reinforcement": 1})
    unsaid = vacancies(post(edge("HOLDS", "m", "p")), "c", DAY)
    assert (said(unsaid), dict(unsaid.forms)) == ([], {None: 1})


@pytest.mark.parametrize("form", ["acting", "reinforcement"])
def test_who_acts_does_not_make_up_for_who_held_for_good(form: str) -> None:
    """When the full holder is gone, the post is held for the time being."""
    acts = edge("HOLDS", "n", "p", form=form)
    ended = post(edge("HOLDS", "m", "p", until=END, form="full"), acts)
    retired = post(edge("HOLDS", "m", "p"), acts, service_end="2026-01-01")
    for store in (ended, retired):
        assert vacancies(store, "c", DAY, END - timedelta(days=1)).items == ()
        found = vacancies(store, "c", DAY, END)
        (item,) = found.items
        days = (item.state, item.since, item.latest, item.until, item.interim)
        assert days == ("ending_full", END, END, None, None)
        assert (found.counts["ending_full"], found.counts["ending"]) == (1, 0)
        assert not item.is_provisional
    then = edge("HOLDS", "m", "p", date(2026, 3, 1), form="full")
    first = edge("HOLDS", "m", "p", until=END)
    (item,) = vacancies(post(first, then, acts), "c", DAY, END).items
    assert (item.state, item.until) == ("ending_full", date(2026, 3, 1))
    at_once = edge("HOLDS", "m", "p", END, form="full")
    assert vacancies(post(first, at_once, acts), "c", DAY, LATER).items == ()


def test_what_is_held_for_the_time_being_before_it_is_vacant_says_so() -> None:
    """Of what ends last it is known from when on nobody held the post for good."""
    gone = date(2026, 5, 1)
    rows = (
        edge("HOLDS", "m", "p", until=END, form="full"),
        edge("HOLDS", "n", "p", until=gone, form="acting"),
    )
    store = post(*rows)
    found = vacancies(store, "c", DAY, LATER)
    (item,) = found.items
    assert (item.state, item.since, item.interim) == ("ending", gone, (END, END, None))
    assert (found.counts["ending_full"], found.counts["ending"]) == (1, 1)
    plain = found.to_plain()
    assert plain["interim_and_ending"] == 1
    assert plain["items"][0]["interim"] == {
        "since": "2026-01-01",
        "latest": "2026-01-01",
        "until": None,
    }
    near = vacancies(store, "c", DAY, gone - timedelta(days=1))
    assert [(i.state, i.since) for i in near.items] == [("ending_full", END)]
    back = date(2026, 3, 1)
    for again, until in (
        (edge("HOLDS", "m", "p", back, date(2026, 4, 1)), back),
        (edge("HOLDS", "m", "p", LATER), None),
    ):
        (item,) = vacancies(post(*rows, again), "c", DAY, LATER).items
        assert (item.since, item.interim) == (gone, (END, END, until))


def test_what_is_held_for_the_time_being_and_will_be_vacant_is_counted_as_both() -> (
    None
):
    """That an acting holding is recorded to end doesn't hide that it is acting."""
    store = post(edge("HOLDS", "m", "p", until=END, form="acting"))
    found = vacancies(store, "c", DAY, END)
    assert [(i.state, i.is_provisional) for i in found.items] == [("ending", True)]
    assert (found.counts["provisional"], found.counts["ending"]) == (1, 1)
    assert found.to_plain()["provisional_and_ending"] == 1
    near = vacancies(store, "c", DAY, date(2025, 12, 31))
    assert [i.state for i in near.items] == ["provisional"]
    assert near.provisional_and_ending == 0
    full = vacancies(post(edge("HOLDS", "m", "p", until=END)), "c", DAY, END)
    assert [(i.state, i.is_provisional) for i in full.items] == [("ending", False)]
    assert full.counts["provisional"] == 0


def test_a_post_that_ends_is_no_vacancy() -> None:
    """Who holds a post up to the day on which it ends leaves nothing vacant."""
    store = filled(
        node("c", "cell"),
        node("p", "post", until=END),
        edge("SEAT_IN", "p", "c", until=END),
        node("m", "member"),
        edge("HOLDS", "m", "p", until=END),
        pack="vietnam",
    )
    assert said(vacancies(store, "c", DAY, LATER)) == []


def test_names_and_documents() -> None:
    """People are masked unless asked for; the document names every key."""
    store = post(edge("HOLDS", "m", "p", form="acting", until=END))
    (held,) = vacancies(store, "c", DAY).to_plain()["items"][0]["holders"]
    assert held == {
        "person": "m",
        "name": "•••",
        "form": "acting",
        "ends": "2026-01-01",
        "latest": "2026-01-01",
        "why": "recorded",
        "due": [],
    }
    (found,) = vacancies(store, "c", DAY, names=True).items
    assert found.holders[0].name == "M"
    with pytest.raises(InputError, match="--until 2025-05-01 comes before 2025-06-01"):
        vacancies(store, "c", DAY, date(2025, 5, 1))


# Days that are known to the month or the year


def bounds(found: Vacancies) -> list[tuple[Any, ...]]:
    """Return the vacancies with the first and last day on which they may begin."""
    return [(i.state, i.since, i.latest) for i in found.items]


@pytest.mark.parametrize(
    ("end", "first", "last"),
    [
        ("2026-01-01", END, END),
        ("2026-02", date(2026, 2, 1), date(2026, 2, 28)),
        ("2026", END, date(2026, 12, 31)),
    ],
)
def test_a_service_end_known_to_the_month_or_year(
    end: str, first: date, last: date
) -> None:
    """A post falls vacant between two days, and is told from the first on."""
    store = post(edge("HOLDS", "m", "p"), service_end=end)
    assert bounds(vacancies(store, "c", DAY, first - timedelta(days=1))) == []
    found = vacancies(store, "c", DAY, first)
    assert bounds(found) == [("ending", first, last)]
    (held,) = found.items[0].holders
    assert (held.ends, held.latest, held.why) == (first, last, "service_end")


def test_an_end_recorded_to_the_year_and_a_successor() -> None:
    """Where the next holder may begin in time, it may not fall vacant at all."""
    row = edge("HOLDS", "m", "p", until=END, until_precision="year")
    assert bounds(vacancies(post(row), "c", DAY, END)) == [
        ("ending", END, date(2026, 12, 31))
    ]
    then = edge("HOLDS", "n", "p", date(2026, 6, 1))
    found = vacancies(post(row, then), "c", DAY, END)
    assert bounds(found) == [("ending", END, None)]
    assert found.items[0].until == date(2026, 6, 1)


def test_what_may_be_vacant_is_told_from_what_will_be() -> None:
    """Of what ends some day in a year only the last day of it is certain."""
    row = edge("HOLDS", "m", "p", until=END, until_precision="year")
    last = date(2026, 12, 31)
    for store in (post(row), post(edge("HOLDS", "m", "p"), service_end="2026")):
        for until, perhaps in ((END, 1), (last - timedelta(days=1), 1), (last, 0)):
            found = vacancies(store, "c", DAY, until)
            assert (found.counts["ending"], found.possible["ending"]) == (1, perhaps)
            assert found.to_plain()["possible"]["ending"] == perhaps
    then = post(row, edge("HOLDS", "n", "p", date(2026, 6, 1)))
    assert vacancies(then, "c", DAY, LATER).possible["ending"] == 1


def test_what_may_be_held_for_the_time_being_is_told_from_what_will_be() -> None:
    """Whether it is vacant later or not."""
    full = edge("HOLDS", "m", "p", until=END, until_precision="year")
    for end in (FOREVER, date(2027, 6, 1)):
        store = post(full, edge("HOLDS", "n", "p", until=end, form="acting"))
        near = vacancies(store, "c", DAY, END)
        assert (near.counts["ending_full"], near.possible["ending_full"]) == (1, 1)
        far = vacancies(store, "c", DAY, date(2028, 1, 1))
        assert (far.counts["ending_full"], far.possible["ending_full"]) == (1, 0)


# What the law asks of who holds a post


def led(*rows: Row) -> MemoryStore:
    """Return two committees with a secretary each, cadres, and what there is else."""
    return filled(
        node("pc", "provincial_committee"),
        node("d", "direct_committee"),
        node("e", "direct_committee"),
        edge("UNDER", "d", "pc"),
        edge("UNDER", "e", "pc"),
        node("s", "post", role="secretary"),
        node("t", "post", role="secretary"),
        node("u", "post", role="deputy_secretary"),
        edge("SEAT_IN", "s", "d"),
        edge("SEAT_IN", "t", "e"),
        edge("SEAT_IN", "u", "d"),
        node("m", "member"),
        node("n", "member"),
        *rows,
        pack="vietnam",
    )


def due(found: Vacancies) -> list[tuple[Any, ...]]:
    """Return what is due: the post, its days, and why."""
    return [
        (i.post, i.since, i.latest, [d.why for h in i.holders for d in h.due])
        for i in found.items
        if i.state == "due"
    ]


def test_two_terms_are_over_after_ten_years() -> None:
    """The day comes out of the pack's months; a year known alone gives two days."""
    to_the_day = led(edge("HOLDS", "m", "s", date(2019, 3, 31)))
    last = date(2029, 3, 31)
    assert due(vacancies(to_the_day, "d", DAY, last - timedelta(days=1))) == []
    assert due(vacancies(to_the_day, "d", DAY, last)) == [("s", last, last, ["term"])]
    assert due(vacancies(to_the_day, "d", DAY)) == []

    row = edge("HOLDS", "m", "s", date(2019, 1, 1), since_precision="year")
    assert due(vacancies(led(row), "d", DAY, date(2029, 1, 1))) == [
        ("s", date(2029, 1, 1), date(2029, 12, 31), ["term"])
    ]
    deputy = led(edge("HOLDS", "m", "u", date(2019, 3, 31)))
    assert due(vacancies(deputy, "d", DAY, date(2040, 1, 1))) == []


def test_a_rotation_is_over_after_three_years() -> None:
    """It is told of who left a post elsewhere for this one, and of nobody else."""
    moved = date(2024, 2, 29)
    came = led(
        edge("HOLDS", "m", "t", date(2019, 6, 1), moved),
        edge("HOLDS", "m", "s", moved),
        edge("HOLDS", "n", "u", moved),
    )
    over = date(2027, 3, 1)
    assert due(vacancies(came, "d", DAY, over)) == [("s", over, over, ["rotation"])]
    assert due(vacancies(came, "d", DAY, over - timedelta(days=1))) == []
    (held,) = vacancies(came, "d", DAY, over).to_plain()["items"][0]["holders"]
    assert held["due"][0] == {
        "why": "rotation",
        "limit": "rotation-36-months",
        "asks": "months, at least 36",
        "earliest": "2027-03-01",
        "latest": "2027-03-01",
        "document": "Regulation 65-QĐ/TW (2022)",
        "article": "art. 8",
    }


def test_a_rotation_goes_on_in_the_post_that_a_merger_gave() -> None:
    """The post ended with its committee; the like one in what it became goes on."""
    moved, merged = date(2024, 2, 29), date(2025, 6, 1)
    past = (
        node("o", "direct_committee", until=merged),
        node("v", "post", role="secretary", until=merged),
        edge("SEAT_IN", "v", "o", until=merged),
        edge("SUCCEEDED_BY", "o", "d", merged, part="whole"),
        edge("HOLDS", "m", "t", date(2019, 6, 1), moved),
        edge("HOLDS", "m", "v", moved, merged),
    )
    over = date(2027, 3, 1)
    stayed = led(*past, edge("HOLDS", "m", "s", merged))
    assert due(vacancies(stayed, "d", DAY, over)) == [("s", over, over, ["rotation"])]
    other = led(*past, edge("HOLDS", "m", "u", merged))
    assert due(vacancies(other, "d", DAY, over)) == [], "another role is another post"


def test_a_rotation_in_a_part_of_what_was_divided_is_over_on_one_of_two_days() -> None:
    """Whether it goes on there, or another began, isn't known; no day is left out."""
    moved, divided = date(2024, 2, 29), date(2025, 6, 1)
    store = led(
        node("o", "direct_committee", until=divided),
        node("v", "post", role="secretary", until=divided),
        edge("SEAT_IN", "v", "o", until=divided),
        edge("SUCCEEDED_BY", "o", "d", divided, part="part"),
        edge("SUCCEEDED_BY", "o", "e", divided, part="part"),
        edge("HOLDS", "m", "t", date(2019, 6, 1), moved),
        edge("HOLDS", "m", "v", moved, divided),
        edge("HOLDS", "m", "s", divided),
    )
    first, last = date(2027, 3, 1), date(2028, 6, 1)
    for until in (first, last):
        assert due(vacancies(store, "d", DAY, until)) == [
            ("s", first, last, ["rotation"])
        ]


def test_terms_with_a_break_that_isn_t_known_are_over_on_one_of_two_days() -> None:
    """Whether they go on from before it isn't known; neither day is left out."""
    first = edge("HOLDS", "m", "s", date(2019, 3, 31), date(2024, 4, 1))
    store = led(
        first._replace(facts={"until_precision": "month"}),
        edge("HOLDS", "m", "s", date(2024, 7, 15)),
    )
    days = date(2029, 3, 31), date(2034, 7, 15)
    for until in days:
        assert due(vacancies(store, "d", DAY, until)) == [("s", *days, ["term"])]


def test_what_is_due_is_so_whoever_acts_beside() -> None:
    """An acting deputy doesn't hide that terms are over."""
    since = date(2019, 3, 31)
    store = led(
        edge("HOLDS", "m", "s", since), edge("HOLDS", "n", "s", form="reinforcement")
    )
    last = date(2029, 3, 31)
    assert due(vacancies(store, "d", DAY, last - timedelta(days=1))) == []
    assert due(vacancies(store, "d", DAY, last)) == [("s", last, last, ["term"])]


def test_an_end_that_is_recorded_goes_before_what_is_due() -> None:
    """What will be vacant by a recorded end is no case of a limit."""
    store = led(edge("HOLDS", "m", "s", date(2019, 1, 1), date(2028, 1, 1)))
    (found,) = vacancies(store, "d", DAY, date(2030, 1, 1)).items[-1:]
    assert (found.post, found.state, found.since) == ("s", "ending", date(2028, 1, 1))
    assert found.holders[0].due == (), "by then the term doesn't go on"
    (found,) = vacancies(store, "d", DAY, date(2028, 6, 1)).items[-1:]
    assert (found.state, found.holders[0].due) == ("ending", ())


def test_what_is_due_before_it_ends_is_counted_as_both() -> None:
    """However far one looks, a term that is over first isn't hidden by a retirement."""
    moved = date(2024, 7, 1)
    store = led(
        edge("HOLDS", "m", "t", date(2019, 6, 1), moved),
        edge("HOLDS", "m", "s", moved, date(2045, 1, 1)),
    )
    near = vacancies(store, "d", DAY, date(2040, 1, 1))
    far = vacancies(store, "d", DAY, date(2060, 1, 1))
    assert (near.counts["ending"], near.counts["due"], near.both) == (0, 1, 0)
    assert (far.counts["ending"], far.counts["due"], far.both) == (1, 1, 1)
    (found,) = (one for one in far.items if one.post == "s")
    assert (found.state, found.is_due, found.since) == (
        "ending",
        True,
        date(2045, 1, 1),
    )
    assert [(one.why, one.earliest) for one in found.holders[0].due] == [
        ("rotation", date(2027, 7, 1)),
        ("term", date(2034, 7, 1)),
    ]
    assert far.to_plain()["due_and_ending"] == 1


def test_what_may_be_due_is_told_from_what_will_be() -> None:
    """A term that began in some year may be over by a day, or be left before that."""
    held = edge("HOLDS", "m", "s", date(2019, 1, 1), since_precision="year")
    for until, perhaps in ((date(2029, 2, 1), 1), (date(2030, 1, 1), 0)):
        found = vacancies(led(held), "d", DAY, until)
        assert (found.counts["due"], found.possible["due"]) == (1, perhaps)
    left = held._replace(until=date(2029, 7, 1))
    found = vacancies(led(left), "d", DAY, date(2030, 1, 1))
    assert (found.both, found.possible["due"], found.possible["ending"]) == (1, 1, 0)


def test_terms_are_of_a_place_whatever_the_post() -> None:
    """Who led the commune from its other post first is due ten years after that."""
    store = led(
        node("x", "commune"),
        node("g", "post", role="chair"),
        edge("SEAT_IN", "g", "x"),
        edge("COVERS", "d", "x"),
        edge("HOLDS", "m", "g", date(2019, 3, 1), date(2024, 1, 1)),
        edge("HOLDS", "m", "s", date(2024, 2, 1)),
    )
    day = date(2029, 3, 1)
    found = vacancies(store, "d", DAY, day)
    assert due(found)[0][:3] == ("s", day, day)
    dues = found.items[-1].holders[0].due
    assert [(one.why, one.earliest) for one in dues] == [("term", day)], (
        "a move within the commune is no rotation"
    )


def test_limits_that_are_off_make_nothing_due() -> None:
    """Before the regulation, and where a limit is unconfirmed, nothing is due."""
    store = led(edge("HOLDS", "m", "s", date(2010, 1, 1)))
    early, first = date(2022, 4, 27), date(2022, 4, 28)
    assert due(vacancies(store, "d", date(2021, 1, 1), early)) == []
    (found,) = due(vacancies(store, "d", date(2021, 1, 1), first))
    assert found == ("s", first, first, ["term"]), "over when the regulation came"
    data = store.pack.data
    off = [{**one, "unconfirmed": True} for one in data["limits"]]
    none = MemoryStore(pack_from_data({**data, "limits": off}))
    assert vacancies(none, None, DAY, date(2040, 1, 1)).items == ()


@pytest.mark.parametrize("seed", range(30))
def test_the_limit_of_the_day_on_which_something_falls_due(seed: int) -> None:
    """A limit that has ended by then isn't applied; one in force by then is."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    data = lenient("vietnam").data
    (term,) = [one for one in data["limits"] if one["by"] == "terms"]
    turns = [date(2022, 1, 1), DAY, date(2026, 7, 1), date(2028, 1, 1), date.max]
    draw.shuffle(turns)
    words = [(a, b, draw.randrange(90)) for a, b in pairwise(sorted(turns[:3]))]
    limits = [
        term | {"id": str(a), "since": str(a), "until": str(b), "at_most": most}
        for a, b, most in words
    ]
    store = MemoryStore(pack_from_data({**data, "limits": limits}))
    nodes = [node("d", "direct_committee"), node("m", "member")]
    since = date(2021, 3, 31)
    held = [edge("SEAT_IN", "s", "d"), edge("HOLDS", "m", "s", since)]
    store.bulk_load([*nodes, node("s", "post", role="secretary")], held)
    # One that is over already is told with the day since which it is.
    words = [(a, b, most) for a, b, most in words if b > DAY]
    until, over = date(2029, 6, 1), since
    while over <= until and not any(
        a <= over < b and months_passed(since, over) > most for a, b, most in words
    ):
        over += timedelta(days=1)
    found = [one[:2] for one in due(vacancies(store, "d", DAY, until))]
    assert found == ([("s", over)] if over <= until else [])


def test_a_limit_that_may_end_before_it_is_reached() -> None:
    """Of a year alone the last day is open where the limit may be gone by then."""
    data = lenient("vietnam").data
    limits = [
        one | ({"until": "2029-07-01"} if one["by"] == "terms" else {})
        for one in data["limits"]
    ]
    store = MemoryStore(pack_from_data({**data, "limits": limits}))
    nodes = [node("d", "direct_committee"), node("m", "member")]
    held = edge("HOLDS", "m", "s", date(2019, 1, 1), since_precision="year")
    post = node("s", "post", role="secretary")
    store.bulk_load([*nodes, post], [edge("SEAT_IN", "s", "d"), held])
    found = vacancies(store, "d", DAY, date(2029, 2, 1))
    assert due(found) == [("s", date(2029, 1, 1), None, ["term"])]
    assert found.to_plain()["items"][0]["holders"][0]["due"][0]["latest"] is None


def test_who_is_planned_for_a_vacant_post() -> None:
    """Those who are planned for it on the day are named, masked; others aren't."""
    store = led(
        edge("PLANNED_FOR", "m", "s"),
        edge("PLANNED_FOR", "n", "u", stage="proposed"),
        edge("PLANNED_FOR", "n", "s", until=date(2025, 1, 1)),
    )
    by = {item.post: item.planned for item in vacancies(store, "d", DAY).items}
    assert by["s"] == (("m", "•••"),)
    assert by["u"] == ()
    named = vacancies(store, "d", DAY, names=True).items
    assert ("m", "M") in {one for item in named for one in item.planned}


@pytest.mark.parametrize(
    ("rows", "facts", "until"),
    [
        ([edge("HOLDS", "m", "p", until=END)], {}, END),
        ([edge("HOLDS", "m", "p")], {"service_end": "2025-12-01"}, END),
        ([edge("HOLDS", "m", "p", until=date(2025, 1, 1))], {}, None),
        ([], {"service_end": "2024"}, None),
        ([edge("HOLDS", "n", "p", until=END)], {"service_end": "2025-11"}, END),
    ],
    ids=["leaves", "retires", "left", "is retired", "is retired by then"],
)
def test_who_is_planned_and_does_not_come(
    rows: list[Row], facts: dict[str, Any], until: date | None
) -> None:
    """Nobody follows on themselves, nor comes when their service has ended."""
    store = post(edge("PLANNED_FOR", "m", "p"), *rows, **facts)
    (item,) = vacancies(store, "c", DAY, until).items
    assert item.planned == ()


@pytest.mark.parametrize(
    ("rows", "facts", "until"),
    [
        ([edge("HOLDS", "m", "p", form="acting")], {}, None),
        ([edge("HOLDS", "m", "p", date(2016, 1, 1), START)], {}, None),
        ([edge("HOLDS", "n", "p", until=END)], {"service_end": "2026"}, END),
        ([edge("HOLDS", "n", "p", until=END)], {"service_end": "2026-01-02"}, END),
    ],
    ids=["acts", "held it before", "may be retired by then", "retires after that"],
)
def test_who_is_planned_and_may_come(
    rows: list[Row], facts: dict[str, Any], until: date | None
) -> None:
    """Who acts, or left before being planned, or isn't surely retired may follow."""
    store = post(edge("PLANNED_FOR", "m", "p"), *rows, **facts)
    (item,) = vacancies(store, "c", DAY, until).items
    assert item.planned == (("m", "•••"),)


def test_who_is_to_come_to_a_vacant_post() -> None:
    """All who hold it from later days are told, with the days on which they begin."""
    begins, then = DAY + timedelta(days=60), date(2027, 1, 1)
    store = post(
        edge("HOLDS", "m", "p", until=END, form="acting"),
        edge("HOLDS", "m", "p", then, form="full", since_precision="year"),
        edge("HOLDS", "n", "p", begins, then, form="acting"),
    )
    (item,) = vacancies(store, "c", DAY).items
    assert item.coming == (
        ("n", "•••", "acting", begins, begins),
        ("m", "•••", "full", then, date(2027, 12, 31)),
    )
    (item,) = vacancies(store, "c", begins, names=True).items
    assert [(one.person, one.name) for one in item.coming] == [("m", "M")]
    assert item.to_plain()["coming"] == [
        {
            "person": "m",
            "name": "M",
            "form": "full",
            "since": "2027-01-01",
            "latest": "2027-12-31",
        }
    ]


def test_a_vacant_post_whose_next_holder_goes_will_be_vacant_again() -> None:
    """The same future is told whichever day is asked about."""
    begins, ends = DAY + timedelta(days=60), DAY + timedelta(days=180)
    store = led(edge("HOLDS", "m", "s", begins, ends))
    found = vacancies(store, "d", DAY, END)
    by = {item.post: item for item in found.items}
    assert (by["s"].state, by["s"].until) == ("vacant", begins)
    assert by["s"].again == (ends, ends, None)
    assert (found.counts["ending"], found.possible["ending"]) == (1, 0)
    assert found.to_plain()["items"][0]["again"]["since"] == ends.isoformat()
    later = vacancies(store, "d", begins, END)
    assert ("s", "ending", ends) in [(i.post, i.state, i.since) for i in later.items]
    assert {i.again for i in vacancies(store, "d", DAY, begins).items} == {None}


def months_passed(since: date, day: date) -> int:
    """Count whole months, one after the other."""
    number = 0
    while True:
        n = since.month + number
        year, month = since.year + n // 12, n % 12 + 1
        try:
            there = date(year, month, since.day) <= day
        except ValueError:
            there = date(year + month // 12, month % 12 + 1, 1) <= day
        if not there:
            return number
        number += 1


@pytest.mark.parametrize("seed", range(20))
def test_terms_day_by_day(seed: int) -> None:
    """A post is due on the first day on which so many months have passed."""
    draw = Random(seed)  # noqa: S311 - drawn from a seed, not for secrecy
    since = date(2013, 1, 1) + timedelta(days=draw.randrange(4300))
    store = led(edge("HOLDS", "m", "s", since))
    until = DAY + timedelta(days=draw.randrange(5000))
    day = date(2022, 4, 28)  # when the regulation came
    while day <= until and months_passed(since, day) < 120:
        day += timedelta(days=1)
    found = due(vacancies(store, "d", DAY, until))
    assert found == ([("s", day, day, ["term"])] if day <= until else [])


def test_days_at_the_end_of_time() -> None:
    """The last days that a date can have are no fault."""
    late = date(9999, 12, 1)
    store = led(
        edge("HOLDS", "m", "s", date(9998, 12, 1), late, until_precision="month")
    )
    (found,) = vacancies(store, "d", date(9999, 1, 1), FOREVER).items[-1:]
    assert (found.state, found.since, found.latest) == ("ending", late, None)
