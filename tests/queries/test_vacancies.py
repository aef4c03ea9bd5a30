"""Vacancies now and projected, against holdings tried day by day."""

from datetime import date, timedelta
from typing import Any

import pytest
from harness import NewStore
from provinces import DAY, LATER, Oracle, province
from test_regions import SEEDS, TOPS, loaded
from towns import edge, filled, node

from orgraph.errors import InputError
from orgraph.model import FOREVER, EdgeRow, Row
from orgraph.queries import vacancies
from orgraph.queries.vacancies import Vacancies
from orgraph.stores import MemoryStore

PROVISIONAL = {"acting", "reinforcement"}


def service_end(oracle: Oracle, person: str) -> date:
    """Return when somebody's service ends, never where that isn't known."""
    said = oracle.nodes[person].facts.get("service_end")
    return date.fromisoformat(f"{said}-01-01"[:10]) if said else FOREVER


def state(oracle: Oracle, post: str, until: date | None) -> tuple[Any, ...] | None:
    """Return (state, first day without a holder) of a post, looking at each day."""
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
            return ("vacant" if day == DAY else "ending", day)
        day += timedelta(days=1)
    if all(row.facts.get("form") in PROVISIONAL for row in holds(DAY)):
        return ("provisional", None)
    return None


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
        unknown = {m for m, _ in now if service_end(oracle, m) == FOREVER}
        assert found.unknown == (None if until is None else len(unknown))
        for item in found.items:
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
        ("vacant", date(2026, 2, 1), date(2026, 3, 1), [])
    ]


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
        "why": "recorded",
    }
    (found,) = vacancies(store, "c", DAY, names=True).items
    assert found.holders[0].name == "M"
    with pytest.raises(InputError, match="--until 2025-05-01 comes before 2025-06-01"):
        vacancies(store, "c", DAY, date(2025, 5, 1))
