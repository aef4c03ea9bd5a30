"""Posts without a holder: on a day, and those that will be without one by another.

A holding fills its post from its first day up to the day on which it is recorded to
end, or on which the holder's service ends, whichever comes first. Where it isn't known
when somebody's service ends, nothing is projected, and the holder is counted.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import FOREVER, IN, OUT, EdgeRow, NodeRow, Span, parse_since
from ..pack import Pack
from .library import Library, last_rows, shown_name
from .region import within

STATES = ("vacant", "provisional", "ending")


class Held(NamedTuple):
    """Who holds a post in which form, up to which day, and why up to that one.

    `why` is `recorded` (the holding ends), `service_end`, or None without a known end.
    """

    person: str
    name: str
    form: str | None
    ends: date | None
    why: str | None

    def to_plain(self) -> dict[str, Any]:
        """Return the holding as JSON data."""
        ends = self.ends.isoformat() if self.ends else None
        return {**self._asdict(), "ends": ends}


class Vacancy(NamedTuple):
    """A post that nobody fills: not at all, not for good, or not for long.

    `since` is the first day without a holder, from the day asked about on, and `until`
    the next on which there is one, as recorded. Both are None of a provisional one.
    """

    post: str
    name: str
    unit: str
    state: str
    since: date | None
    until: date | None
    holders: tuple[Held, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the vacancy as JSON data."""
        days = {
            name: day.isoformat() if day else None
            for name, day in (("since", self.since), ("until", self.until))
        }
        holders = [held.to_plain() for held in self.holders]
        return {**self._asdict(), **days, "holders": holders}


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
        """How many posts are in each state."""
        found = Counter(item.state for item in self.items)
        return {state: found[state] for state in STATES}

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data; the form that isn't said is ''."""
        return {
            "format": "orgraph.vacancies/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "posts": self.posts,
            "counts": self.counts,
            "forms": {form or "": n for form, n in self.forms.items()},
            "service_end_unknown": self.unknown,
            "items": [item.to_plain() for item in self.items],
        }


@in_one_revision
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
    """
    if until is not None and until < on:
        message = f"--until {until} comes before {on}, the day asked about"
        raise InputError(message)
    pack = store.pack
    kinds = {kind for kind, node_ in pack.nodes.items() if node_.role == "post"}
    days = Span(on, FOREVER)
    posts = within(store, node, kinds, on)
    seats: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    for row in store.edges(list(posts), [pack.chain.seat], OUT, days):
        seats[row.source].append(row)
    holdings: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    for row in store.edges(list(posts), [pack.chain.holds], IN, days):
        holdings[row.target].append(row)
    people = sorted({row.source for rows in holdings.values() for row in rows})
    known = last_rows(store.nodes(people, Span.day(on)))
    known |= last_rows(store.nodes([p for p in people if p not in known], days))
    judge = _Judge(pack, known, on, until, names=names)
    items = [
        found
        for post, row in posts.items()
        if post in seats and (found := judge.post(row, seats[post], holdings[post]))
    ]
    now = [r for rows in holdings.values() for r in rows if r.since <= on < r.until]
    holders = {row.source for row in now}
    unknown = sum(judge.service_end(person) is None for person in holders)
    asked = until is not None and pack.questions.posts.service_end is not None
    forms = Counter(judge.form(row) for row in now)
    return Vacancies(
        node=node,
        on=on,
        until=until,
        posts=len(posts),
        forms=dict(sorted(forms.items(), key=lambda item: item[0] or "")),
        unknown=unknown if asked else None,
        items=tuple(sorted(items, key=_order)),
    )


def _order(item: Vacancy) -> tuple[int, date, str]:
    return STATES.index(item.state), item.since or FOREVER, item.post


class _Judge:
    """Says of a post whether and from when nobody fills it."""

    def __init__(
        self,
        pack: Pack,
        people: Mapping[str, NodeRow],
        on: date,
        until: date | None,
        *,
        names: bool,
    ) -> None:
        self.pack, self.people, self.names = pack, people, names
        self.on, self.until = on, until

    def form(self, row: EdgeRow) -> str | None:
        """Return the form of a holding, as far as it is said."""
        name = self.pack.questions.posts.form
        value = row.facts.get(name) if name else None
        return None if value is None else str(value)

    def service_end(self, person: str) -> date | None:
        """Return the day on which a person's service ends; None where unknown.

        Of a month or a year, its first day.
        """
        name = self.pack.questions.posts.service_end
        value = self.people[person].facts.get(name) if name else None
        if not isinstance(value, str):
            return None
        try:
            return parse_since(value)[0]
        except ValueError:
            return None

    def post(
        self, row: NodeRow, seats: list[EdgeRow], holdings: list[EdgeRow]
    ) -> Vacancy | None:
        """Return the vacancy of a post, if it is one."""
        now = [h for h in holdings if h.since <= self.on < h.until]
        state, since, until = "vacant", self._gap(holdings, self.on), None
        if since > self.on:
            state = "ending"
            gone = max(seat.until for seat in seats)
            if self.until is None or since > self.until or since >= gone:
                provisional = self.pack.questions.posts.provisional
                if not all(self.form(h) in provisional for h in now):
                    return None
                state, since = "provisional", FOREVER
        if state != "provisional":
            until = min((h.since for h in holdings if h.since > since), default=None)
        holders = sorted(now, key=lambda h: (h.source, h.since))
        seat = min(seats, key=lambda seat: seat.since)
        return Vacancy(
            post=row.id,
            name=shown_name(self.pack, row, names=self.names),
            unit=seat.target,
            state=state,
            since=None if state == "provisional" else since,
            until=until,
            holders=tuple(map(self._held, holders)),
        )

    def _gap(self, holdings: list[EdgeRow], day: date) -> date:
        """Return the first day, from a day on, on which nobody fills the post."""
        for row in sorted(holdings, key=lambda row: row.since):
            if row.since <= day:
                day = max(day, self._filled_until(row))
        return day

    def _filled_until(self, row: EdgeRow) -> date:
        """Return the day from which a holding doesn't fill its post any more.

        Who holds it on the day asked about fills it that day, service over or not.
        """
        ends = self.service_end(row.source) if self.until else None
        if ends is None:
            return row.until
        tomorrow = self.on + timedelta(days=1)
        return min(row.until, max(ends, tomorrow, row.since))

    def _held(self, row: EdgeRow) -> Held:
        ends, why = row.until, "recorded"
        service = self.service_end(row.source)
        if service is not None and service < ends:
            ends, why = service, "service_end"
        known = ends < FOREVER
        return Held(
            person=row.source,
            name=shown_name(self.pack, self.people[row.source], names=self.names),
            form=self.form(row),
            ends=ends if known else None,
            why=why if known else None,
        )
