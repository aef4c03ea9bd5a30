"""What the questions about cadres cost, of a commune and of the whole province."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial

from orgraph.draft import Snapshot
from orgraph.model import Span
from orgraph.queries import Sought, concurrency, eligible, vacancies
from orgraph.rules.limiting import posts_of
from orgraph.stores import SqliteStore

from .ground import Ground
from .measure import alternate, worked
from .table import Result, at_most

DAY = date(2025, 1, 1)
LATER = date(2030, 1, 1)
COMMUNE, PROVINCE = 50, 1000
"""So many milliseconds a question may take."""


def cadres(ground: Ground) -> Iterator[Result]:
    """Ask who is eligible, what falls vacant, and who holds several posts."""
    province = ground.province
    assert province.made
    with SqliteStore(province.path) as store:
        commune = min(store.of_kind("commune", Span.day(DAY))).id
        post = _post(store, "grassroots_committee")
        cell = _post(store, "cell")
        wide = Sought(below="syn-provincial_committee")
        every = wide._replace(everybody=True)
        asked: list[tuple[str, int, Callable[[], object]]] = [
            ("eligible for a cell", COMMUNE, partial(eligible, store, cell, DAY)),
            (
                "eligible for a committee, of all",
                PROVINCE,
                partial(eligible, store, post, DAY, wide),
            ),
            (
                "eligible for a committee, of everybody",
                PROVINCE,
                partial(eligible, store, post, DAY, every),
            ),
        ]
        for node, where, most in (
            (commune, "a commune", COMMUNE),
            (None, province.name, PROVINCE),
        ):
            falling = partial(vacancies, store, node, DAY, LATER)
            several = partial(concurrency, store, node, DAY)
            asked.append((f"vacancies by 2030, {where}", most, falling))
            asked.append((f"concurrency, {where}", most, several))
        for what, most, question in asked:
            series = alternate(3 if ground.quick else 7, partial(_timed, question))
            best = series.best("ask") * 1e3
            yield at_most("cadres", f"{what}, best of all", best, most, unit="ms")


def _timed(ask: Callable[[], object]) -> Mapping[str, float]:
    return {"ask": worked(ask)[0]}


def _post(store: SqliteStore, kind: str) -> str:
    """Return the post of who leads the first unit of a kind."""
    view = Snapshot(store, DAY)
    unit = view.of_kind(kind)[0].id
    posts = posts_of(view, [unit])[unit]
    return next(
        post
        for post in posts
        if (row := view.node(post)) and row.facts.get("role") == "secretary"
    )
