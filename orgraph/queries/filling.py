"""From when on nobody fills a post, by its holdings; two bounds of unknown days."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ..model import FOREVER, EdgeKey, EdgeRow, Span, last_day, parse_since
from ..model.facts import UNTIL_PRECISION
from ..pack import Pack
from .due import Due
from .library import Library, last_rows


class Bounds(NamedTuple):
    """A day that is from `earliest` to `latest`."""

    earliest: date
    latest: date


class End(NamedTuple):
    """When a holding ends, and why then; without a known end `why` is None."""

    earliest: date
    latest: date
    why: str | None


class Days(NamedTuple):
    """From when on something is so, at the earliest and latest, and until when.

    `latest` is None where it may not come to be so, `until` where no end is recorded.
    """

    since: date
    latest: date | None
    until: date | None


class State(NamedTuple):
    """How a post is vacant, and when; what it is on the day alone has no days.

    `interim` says when it is held for the time being before it is vacant, where it is
    held for good on the day; `again` when one that is vacant on the day is held and
    then vacant once more. Of one that nobody is recorded to have held it isn't known
    since when it is vacant, and it has only the day `until` which it is.
    """

    state: str
    days: Days | None = None
    interim: Days | None = None
    until: date | None = None
    again: Days | None = None

    @property
    def first(self) -> date | None:
        """The first day of those on which it is, or will or may be, so."""
        told = [days.since for days in (self.interim, self.days) if days]
        return min(told, default=None)


def service_ends(
    store: Library, holdings: Mapping[str, Iterable[EdgeRow]], on: date
) -> dict[str, Bounds]:
    """Return when the service of holders ends, of those of whom it is known.

    They are as they are on the day, or as they are first after it.
    """
    name = store.pack.questions.posts.service_end
    people = sorted({row.source for rows in holdings.values() for row in rows})
    if name is None:
        return {}
    known = last_rows(store.nodes(people, Span.day(on)))
    missing = [person for person in people if person not in known]
    known |= last_rows(store.nodes(missing, Span(on, FOREVER)) if missing else [])
    found = {}
    for person, row in known.items():
        value = row.facts.get(name)
        if isinstance(value, str) and (bounds := _bounds(value)) is not None:
            found[person] = bounds
    return found


def _bounds(text: str) -> Bounds | None:
    try:
        day, precision = parse_since(text)
    except ValueError:
        return None
    return Bounds(day, last_day(day, precision))


class Judge:
    """Says of a post whether and from when nobody fills it.

    Without `until` nothing is projected, and only what is recorded counts.
    """

    def __init__(
        self,
        pack: Pack,
        on: date,
        until: date | None,
        services: Mapping[str, Bounds],
        due: Mapping[EdgeKey, tuple[Due, ...]],
    ) -> None:
        """Take what is known of holders and their holdings."""
        self.pack, self.on, self.until = pack, on, until
        self.services, self.due = services, due

    def form(self, row: EdgeRow) -> str | None:
        """Return the form of a holding, as far as it is said."""
        name = self.pack.questions.posts.form
        value = row.facts.get(name) if name else None
        return None if value is None else str(value)

    def ends(self, person: str) -> date | None:
        """Return the first day on which a person's service may end, where known."""
        bounds = self.services.get(person)
        return bounds.earliest if bounds else None

    def end(self, row: EdgeRow) -> End:
        """Return when a holding ends: as recorded, or before as the service does."""
        latest = last_day(row.until, row.facts.get(UNTIL_PRECISION))
        found = End(row.until, latest, "recorded" if row.until < FOREVER else None)
        bounds = self.services.get(row.source)
        if bounds is None or bounds.earliest >= row.until:
            return found
        return End(bounds.earliest, min(bounds.latest, latest), "service_end")

    def post(self, seats: list[EdgeRow], holdings: list[EdgeRow]) -> State | None:
        """Return how a post is vacant, if it is."""
        now = [row for row in holdings if row.since <= self.on < row.until]
        gone = max(seat.until for seat in seats)
        if not now:
            return self._vacant(holdings, gone)
        is_provisional = self.is_provisional(now)
        lasting = [row for row in now if self._lasts(row)]
        if any(self._is_full(row) and row.key not in self.due for row in lasting):
            return None
        ending = None if lasting else self._gap(holdings, gone)
        if is_provisional:
            state = "ending" if ending else "provisional"
            return State(state, ending)
        # Who acts or is seconded doesn't make up for who held it for good.
        full = [row for row in holdings if self._is_full(row)]
        left = self._gap(full, gone)
        if ending:
            return State("ending", ending, _before(ending, left))
        if left:
            return State("ending_full", left)
        over = self._over(full, gone)
        return State("due", over) if over else None

    def _vacant(self, holdings: list[EdgeRow], seat_ends: date) -> State:
        """Return since when nobody holds a post, where somebody is recorded to have."""
        gone = [row for row in holdings if row.until <= self.on]
        until = min((r.since for r in holdings if r.since > self.on), default=None)
        again = self._gap(holdings, seat_ends, until) if until else None
        if not gone:
            return State("vacant", until=until, again=again)
        last = (last_day(row.until, row.facts.get(UNTIL_PRECISION)) for row in gone)
        since = max(row.until for row in gone)
        days = Days(since, min(max(last), self.on), until)
        return State("vacant", days, again=again)

    def _over(self, full: list[EdgeRow], gone: date) -> Days | None:
        """Return from when on all who hold a post for good are over a limit, or gone.

        That may be before the day asked about, on which one holds it all the same.
        """
        days = self._gap(full, gone, due=True)
        tomorrow = self.on + timedelta(days=1)
        if days is None or days.since != tomorrow:
            return days
        now = [row for row in full if row.since <= self.on < row.until]
        since, latest = (
            max(min(self._said(row, late=late, due=True)) for row in now)
            for late in (False, True)
        )
        return days._replace(
            since=min(since, days.since),
            latest=min(latest, tomorrow) if days.latest == tomorrow else days.latest,
        )

    def is_provisional(self, now: Iterable[EdgeRow]) -> bool:
        """Tell whether a post has holders, and none of them for good."""
        full = [self._is_full(row) for row in now]
        return bool(full) and not any(full)

    def _is_full(self, row: EdgeRow) -> bool:
        return self.pack.questions.posts.is_full(row.facts)

    def _lasts(self, row: EdgeRow) -> bool:
        """Tell whether no end of a holding is known."""
        return row.until == FOREVER and row.source not in self.services

    def _gap(
        self,
        holdings: list[EdgeRow],
        gone: date,
        since: date | None = None,
        *,
        due: bool = False,
    ) -> Days | None:
        """Return from when on none of these holdings fills the post, if by `until`.

        The first day is that on which none may; the second is the first on which none
        does if all end as late as may be. On the day `since` one does, by default that
        asked about.
        """
        if self.until is None:
            return None
        bounds = []
        for late in (False, True):
            day = since or self.on
            for row in sorted(holdings, key=lambda row: row.since):
                if row.since <= day:
                    day = max(day, self._filled_until(row, late=late, due=due))
            bounds.append(day)
        gap = Bounds(*bounds)
        if gap.earliest > self.until or gap.earliest >= gone:
            return None
        return _days(gap, holdings, gone)

    def _filled_until(self, row: EdgeRow, *, late: bool, due: bool) -> date:
        """Return the day from which a holding doesn't fill its post any more.

        Who holds it on the day asked about fills it that day, service over or not.
        """
        said = min(self._said(row, late=late, due=due))
        tomorrow = self.on + timedelta(days=1)
        return max(said, min(tomorrow, row.until), row.since)

    def _said(self, row: EdgeRow, *, late: bool, due: bool) -> list[date]:
        """Return the days on which a holding ends, or is due, as far as is said."""
        end = self.end(row)
        said = [end.latest if late else end.earliest]
        if due:
            said += [
                (one.latest or FOREVER) if late else one.earliest
                for one in self.due.get(row.key, ())
            ]
        return said


def _before(ending: Days, left: Days | None) -> Days | None:
    """Return when a post is held for the time being before it is vacant, if it is."""
    if left is None or left.since >= ending.since:
        return None
    ends_so = left.until is not None and left.until < ending.since
    return left if ends_so else left._replace(until=None)


def _days(gap: Bounds, holdings: list[EdgeRow], gone: date) -> Days:
    """Return from when on a post that is `gone` later is without these holdings."""
    since, latest = gap
    until = min((row.since for row in holdings if row.since > since), default=None)
    return Days(since, latest if latest < gone else None, until)
