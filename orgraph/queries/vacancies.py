"""Posts without a holder: on a day, and those that will be without one by another.

A holding fills its post from its first day up to the day on which it is recorded to
end, or on which the holder's service ends, whichever comes first. Where it isn't known
when somebody's service ends, nothing is projected, and the holder is counted. A day of
which only the month or the year is known gives two bounds. Where the law lets nobody
hold a post for longer, or a rotation has lasted as long as is wanted, the post is due:
it isn't recorded that it will be vacant.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..collector import uncollected
from ..draft import Snapshot, View
from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import FOREVER, IN, OUT, EdgeRow, Span
from .candidates import planned_for
from .due import Due, dues
from .filling import Judge, State, service_ends
from .library import Library, shown_name
from .region import region_of

STATES = ("vacant", "provisional", "ending", "due")


class Held(NamedTuple):
    """Who holds a post in which form, up to which day, and why up to that one.

    `why` is `recorded` (the holding ends), `service_end`, or None without a known end,
    which is on a day from `ends` to `latest`. `due` are the limits that it reaches by
    the day up to which is asked, and before it ends.
    """

    person: str
    name: str
    form: str | None
    ends: date | None
    latest: date | None
    why: str | None
    due: tuple[Due, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the holding as JSON data."""
        days = _plain(ends=self.ends, latest=self.latest)
        return {**self._asdict(), **days, "due": [due.to_plain() for due in self.due]}


class Planned(NamedTuple):
    """Somebody who is planned for a post."""

    person: str
    name: str


class Vacancy(NamedTuple):
    """A post that nobody fills: not at all, not for good, or not for long.

    `since` is the first day without a holder, from the day asked about on, or, where
    days aren't known, the first that it may be; `latest` is the last that it may be,
    None where it may not come. `until` is the next day on which there is a holder, as
    recorded. All are None of a provisional one.
    """

    post: str
    name: str
    unit: str
    state: str
    since: date | None
    latest: date | None
    until: date | None
    holders: tuple[Held, ...]
    planned: tuple[Planned, ...]

    @property
    def is_due(self) -> bool:
        """Whether a limit is reached: that may be before the post falls vacant."""
        return any(held.due for held in self.holders)

    def to_plain(self) -> dict[str, Any]:
        """Return the vacancy as JSON data."""
        days = _plain(since=self.since, latest=self.latest, until=self.until)
        holders = [held.to_plain() for held in self.holders]
        planned = [one._asdict() for one in self.planned]
        plain = {**self._asdict(), **days, "is_due": self.is_due}
        return {**plain, "holders": holders, "planned": planned}


def _plain(**days: date | None) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True)
class Vacancies:
    """The vacancies of a region, and how its posts are held on the day.

    `forms` counts holdings by form, None where it isn't said. `unknown` counts holders
    of whom it isn't known when their service ends; None where that wasn't asked.
    """

    node: str | None
    on: date
    until: date | None
    posts: int
    forms: Mapping[str | None, int]
    unknown: int | None
    items: tuple[Vacancy, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many posts are in each state; one that ends may be due before, too."""
        found = Counter(item.state for item in self.items)
        found["due"] = sum(item.is_due for item in self.items)
        return {state: found[state] for state in STATES}

    @property
    def both(self) -> int:
        """How many of the posts that are due are counted among others, too."""
        return sum(item.is_due and item.state != "due" for item in self.items)

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data; the form that isn't said is ''."""
        return {
            "format": "orgraph.vacancies/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "posts": self.posts,
            "counts": self.counts,
            "due_and_ending": self.both,
            "forms": {form or "": n for form, n in self.forms.items()},
            "service_end_unknown": self.unknown,
            "items": [item.to_plain() for item in self.items],
        }


@in_one_revision
@uncollected
def vacancies(
    store: Library,
    node: str | None,
    on: date,
    until: date | None = None,
    *,
    names: bool = False,
) -> Vacancies:
    """Return the vacant posts of a region, and those that will be vacant by `until`.

    A post that a unit doesn't have any more isn't vacant. InputError when the node
    doesn't live on the day, or `until` comes before it.

    >>> found = orgraph.vacancies(store, "acme", day)
    >>> [item.post for item in found.items]
    ['fitter', 'lead-repair']
    """
    if until is not None and until < on:
        message = f"--until {until} comes before {on}, the day asked about"
        raise InputError(message)
    posts = _Posts(store, node, on)
    now = [r for rows in posts.holdings.values() for r in rows if r.since <= on]
    now = [row for row in now if on < row.until]
    full = [row for row in now if store.pack.questions.posts.is_full(row.facts)]
    days = Span(on, Span.day(until).until) if until else None
    due = dues(store, posts.by_unit, full, days) if days else {}
    ends = service_ends(store, posts.holdings, on)
    judge = Judge(store.pack, on, until, ends, due)
    found = {
        post: said
        for post, seats in posts.seats.items()
        if (said := judge.post(seats, posts.holdings.get(post, [])))
    }
    telling = _Telling(store, on, judge, names=names)
    items = telling.items(found, posts)
    unknown = sum(judge.ends(person) is None for person in {row.source for row in now})
    asked = until is not None and store.pack.questions.posts.service_end is not None
    forms = Counter(judge.form(row) for row in now)
    return Vacancies(
        node=node,
        on=on,
        until=until,
        posts=len(posts.seats),
        forms=dict(sorted(forms.items(), key=lambda item: item[0] or "")),
        unknown=unknown if asked else None,
        items=tuple(sorted(items, key=_order)),
    )


class _Posts:
    """The posts of a region that live on the day: their seats and holdings from it on.

    They are read from their units down, so that of the posts themselves none is read.
    """

    def __init__(self, store: Library, node: str | None, on: date) -> None:
        pack, days = store.pack, Span(on, FOREVER)
        seat = pack.chain.seat
        ends = pack.edges[seat].ends
        kinds = {kind for targets in ends.values() for kind in targets}
        units = region_of(store, node, kinds, on)
        rows = store.edges(sorted(units), [seat], IN, days)
        if node is not None:
            rows += store.edges([node], [seat], OUT, days)
        posts = {row.source for row in rows if row.since <= on < row.until}
        # A post whose seat ends may go on elsewhere.
        going = {row.source for row in rows if row.until < FOREVER} & posts
        rows += store.edges(sorted(going), [seat], OUT, days)
        known = {row.key: row for row in rows if row.source in posts}
        self.seats = _by((row.source, row) for row in known.values())
        self.by_unit: dict[str, list[str]] = {}
        for row in known.values():
            if row.since <= on < row.until:
                self.by_unit.setdefault(row.target, []).append(row.source)
        held = store.edges(sorted(posts), [pack.chain.holds], IN, days)
        self.holdings = _by((row.target, row) for row in held)


def _by(rows: Iterable[tuple[str, EdgeRow]]) -> dict[str, list[EdgeRow]]:
    found: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    for end, row in rows:
        found[end].append(row)
    return found


class _Telling:
    """Says of vacant posts what they are called, who holds them and who may come."""

    def __init__(self, store: Library, on: date, judge: Judge, *, names: bool) -> None:
        self.store, self.on, self.judge, self.names = store, on, judge, names

    def items(self, found: Mapping[str, State], posts: _Posts) -> list[Vacancy]:
        """Return the vacancies."""
        view = Snapshot(self.store, self.on)
        planned = planned_for(view, found)
        people = {row.source for post in found for row in self._now(posts, post)}
        view.need_nodes(people.union(found, *planned.values()))
        return [
            Vacancy(
                post=post,
                name=self._name(view, post),
                unit=min(posts.seats[post], key=lambda seat: seat.since).target,
                state=said.state,
                since=said.since,
                latest=said.latest,
                until=said.until,
                holders=tuple(self._held(view, row) for row in self._now(posts, post)),
                planned=tuple(Planned(p, self._name(view, p)) for p in planned[post]),
            )
            for post, said in found.items()
        ]

    def _now(self, posts: _Posts, post: str) -> list[EdgeRow]:
        rows = posts.holdings.get(post, [])
        now = [row for row in rows if row.since <= self.on < row.until]
        return sorted(now, key=lambda row: (row.source, row.since))

    def _name(self, view: View, node: str) -> str:
        row = view.node(node) or view.versions(node)[-1]
        return shown_name(self.store.pack, row, names=self.names)

    def _held(self, view: View, row: EdgeRow) -> Held:
        end = self.judge.end(row)
        due = self.judge.due.get(row.key, ())
        return Held(
            person=row.source,
            name=self._name(view, row.source),
            form=self.judge.form(row),
            ends=end.earliest if end.why else None,
            latest=end.latest if end.why else None,
            why=end.why,
            due=tuple(d for d in due if not end.why or d.earliest < end.latest),
        )


def _order(item: Vacancy) -> tuple[int, date, str]:
    return STATES.index(item.state), item.since or FOREVER, item.post
