"""From when on nobody fills a post, by its holdings; two bounds of unknown days."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from ..model import FOREVER, EdgeKey, EdgeRow, Span, parse_since
from ..model.facts import UNTIL_PRECISION
from ..pack import Pack
from ..rules.rotating import last_day
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


class State(NamedTuple):
    """How a post is vacant, from when, and until when."""

    state: str
    since: date | None
    latest: date | None
    until: date | None


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
        if not now:
            return self._from("vacant", Bounds(self.on, self.on), holdings)
        lasting = [row for row in now if self._lasts(row)]
        if any(self._is_full(row) and row.key not in self.due for row in lasting):
            return None
        gone = max(seat.until for seat in seats)
        if self.until and not lasting:
            gap = self._gap(holdings, due=False)
            if gap.earliest <= self.until and gap.earliest < gone:
                return self._from("ending", gap, holdings, gone)
        if self.is_provisional(now):
            return State("provisional", None, None, None)
        if self.until and any(row.key in self.due for row in now):
            gap = self._gap(holdings, due=True)
            if gap.earliest <= self.until and gap.earliest < gone:
                return self._from("due", gap, holdings, gone)
        return None

    def is_provisional(self, now: Iterable[EdgeRow]) -> bool:
        """Tell whether a post has holders, and none of them for good."""
        full = [self._is_full(row) for row in now]
        return bool(full) and not any(full)

    def _is_full(self, row: EdgeRow) -> bool:
        return self.pack.questions.posts.is_full(row.facts)

    def _lasts(self, row: EdgeRow) -> bool:
        """Tell whether no end of a holding is known."""
        return row.until == FOREVER and row.source not in self.services

    def _from(
        self, state: str, gap: Bounds, holdings: list[EdgeRow], gone: date = FOREVER
    ) -> State:
        since, latest = gap
        until = min((row.since for row in holdings if row.since > since), default=None)
        return State(state, since, latest if latest < gone else None, until)

    def _gap(self, holdings: list[EdgeRow], *, due: bool) -> Bounds:
        """Return the first day from the one asked about on which nobody may hold it.

        The second is the first on which nobody holds it if all end as late as may be.
        """
        days = []
        for late in (False, True):
            day = self.on
            for row in sorted(holdings, key=lambda row: row.since):
                if row.since <= day:
                    day = max(day, self._filled_until(row, late=late, due=due))
            days.append(day)
        return Bounds(*days)

    def _filled_until(self, row: EdgeRow, *, late: bool, due: bool) -> date:
        """Return the day from which a holding doesn't fill its post any more.

        Who holds it on the day asked about fills it that day, service over or not.
        """
        end = self.end(row)
        said = [end.latest if late else end.earliest]
        if due:
            said += [
                one.latest if late else one.earliest
                for one in self.due.get(row.key, ())
            ]
        tomorrow = self.on + timedelta(days=1)
        return max(min(said), min(tomorrow, row.until), row.since)
