"""What is told of vacant posts: who holds one, comes or is planned, and counts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..model import FOREVER
from .due import Due
from .filling import Days

STATES = ("vacant", "provisional", "ending_full", "ending", "due")


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

    def is_due_by(self, day: date) -> bool:
        """Tell whether a limit is reached by a day for certain.

        Of one that the holding may end before, that isn't certain.
        """
        ends = self.ends or FOREVER
        days = (one.latest for one in self.due if one.latest is not None)
        return any(latest <= day and latest < ends for latest in days)

    def to_plain(self) -> dict[str, Any]:
        """Return the holding as JSON data."""
        days = _plain(ends=self.ends, latest=self.latest)
        return {**self._asdict(), **days, "due": [due.to_plain() for due in self.due]}


class Coming(NamedTuple):
    """Who is recorded to hold a post from a later day, between `since` and `latest`."""

    person: str
    name: str
    form: str | None
    since: date
    latest: date

    def to_plain(self) -> dict[str, Any]:
        """Return the holding as JSON data."""
        return {**self._asdict(), **_plain(since=self.since, latest=self.latest)}


class Planned(NamedTuple):
    """Somebody who is planned for a post, and may still come to it."""

    person: str
    name: str


class Vacancy(NamedTuple):
    """A post that nobody fills: not at all, not for good, or not for long.

    `since` is the first day without a holder, or over the limit where one is due, or,
    where days aren't known, the first that it may be; `latest` is the last that it may
    be, None where it may not come. What is vacant or due may be so before the day asked
    about; of a vacant one that nobody is recorded to have held, both are None. `until`
    is the next day on which there is a holder, as recorded. All are None of a
    provisional one. `is_provisional` says that nobody holds
    it for good on the day: one that ends may be so, too. One is `ending_full` from the
    day on which the last who holds it for good is gone, while others go on; where these
    go later, `interim` says from when to when it is so before it is vacant. `again` is
    when a vacant one, whose next holder is recorded, is vacant once more. `coming` are
    all who hold it from days after the one asked about, the first of them first.
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
    is_provisional: bool
    interim: Days | None = None
    again: Days | None = None
    coming: tuple[Coming, ...] = ()

    @property
    def is_due(self) -> bool:
        """Whether a limit is reached: that may be before the post falls vacant."""
        return any(held.due for held in self.holders)

    def to_plain(self) -> dict[str, Any]:
        """Return the vacancy as JSON data."""
        days = _plain(since=self.since, latest=self.latest, until=self.until)
        holders = [held.to_plain() for held in self.holders]
        planned = [one._asdict() for one in self.planned]
        coming = [one.to_plain() for one in self.coming]
        plain = {**self._asdict(), **days, "is_due": self.is_due}
        interim = _plain(**self.interim._asdict()) if self.interim else None
        again = _plain(**self.again._asdict()) if self.again else None
        told = {"holders": holders, "planned": planned, "coming": coming}
        return plain | told | {"interim": interim, "again": again}


def _is_by(day: date, latest: date | None) -> bool:
    """Tell whether what comes on a day up to `latest`, if at all, does so by a day."""
    return latest is not None and latest <= day


def _plain(**days: date | None) -> dict[str, str | None]:
    return {name: day.isoformat() if day else None for name, day in days.items()}


@dataclass(frozen=True)
class Vacancies:
    """The vacancies of a region, and how its posts are held on the day.

    `forms` counts holdings by form, None where it isn't said. `unknown` counts those of
    the `holders` of whom it isn't known when their service ends; None where that wasn't
    asked.
    """

    node: str | None
    on: date
    until: date | None
    posts: int
    forms: Mapping[str | None, int]
    holders: int
    unknown: int | None
    items: tuple[Vacancy, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many posts are in each state.

        One that ends may be due before, and held for the time being until then; one
        that is vacant may be held, and end, too.
        """
        found = Counter(item.state for item in self.items)
        found["due"] = sum(item.is_due for item in self.items)
        found["provisional"] = sum(item.is_provisional for item in self.items)
        found["ending_full"] += self.interim
        found["ending"] += self.vacant_and_ending
        return {state: found[state] for state in STATES}

    @property
    def possible(self) -> dict[str, int]:
        """How many of the posts in each state may also not come to be in it by `until`.

        Of those days only the month or the year is known, and it ends later; or who
        comes next, or the end of a limit, may come before. The others are certain.
        """
        found: Counter[str] = Counter()
        day = self.until or self.on
        for item in self.items:
            if item.state in {"ending", "ending_full"}:
                found[item.state] += not _is_by(day, item.latest)
            if item.interim is not None:
                found["ending_full"] += not _is_by(day, item.interim.latest)
            if item.again is not None:
                found["ending"] += not _is_by(day, item.again.latest)
            if item.is_due:
                found["due"] += not any(held.is_due_by(day) for held in item.holders)
        return {state: found[state] for state in STATES}

    @property
    def both(self) -> int:
        """How many of the posts that are due will be vacant, too."""
        return sum(item.is_due for item in self._ending)

    @property
    def provisional_and_ending(self) -> int:
        """How many posts are held for the time being, and will be vacant."""
        return sum(item.is_provisional for item in self._ending)

    @property
    def interim(self) -> int:
        """How many posts will be held for the time being, and vacant after that."""
        return sum(item.interim is not None for item in self._ending)

    @property
    def vacant_and_ending(self) -> int:
        """How many posts are vacant, then held, and will be vacant again."""
        return sum(item.again is not None for item in self.items)

    @property
    def _ending(self) -> list[Vacancy]:
        return [item for item in self.items if item.state == "ending"]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data; the form that isn't said is ''."""
        return {
            "format": "orgraph.vacancies/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "until": self.until.isoformat() if self.until else None,
            "posts": self.posts,
            "counts": self.counts,
            "possible": self.possible,
            "due_and_ending": self.both,
            "provisional_and_ending": self.provisional_and_ending,
            "interim_and_ending": self.interim,
            "vacant_and_ending": self.vacant_and_ending,
            "holdings": sum(self.forms.values()),
            "forms": {form or "": n for form, n in self.forms.items()},
            "holders": self.holders,
            "service_end_unknown": self.unknown,
            "items": [item.to_plain() for item in self.items],
        }
