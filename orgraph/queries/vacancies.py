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
from datetime import date

from ..collector import uncollected
from ..draft import Snapshot, View
from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import BEGINNING, FOREVER, IN, OUT, EdgeRow, Span, last_day
from ..model.facts import PRECISION
from ..rules.planned import coming_to
from .due import dues
from .filling import Judge, State, service_ends
from .library import Library, shown_name
from .region import region_of
from .vacancy import STATES, Coming, Held, Planned, Vacancies, Vacancy


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
        if (said := judge.post(seats, posts.known(post)))
    }
    telling = _Telling(store, on, judge, names=names)
    items = telling.items(found, posts)
    people = {row.source for row in now}
    unknown = sum(judge.ends(person) is None for person in people)
    asked = until is not None and store.pack.questions.posts.service_end is not None
    forms = Counter(judge.form(row) for row in now)
    return Vacancies(
        node=node,
        on=on,
        until=until,
        posts=len(posts.seats),
        forms=dict(sorted(forms.items(), key=lambda item: item[0] or "")),
        holders=len(people),
        unknown=unknown if asked else None,
        items=tuple(sorted(items, key=_order)),
    )


class _Posts:
    """The posts of a region that live on the day: their seats and holdings from it on.

    Of those that nobody holds on the day, the holdings before it are read, too.
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
        # Of posts that nobody holds it is asked since when.
        free = posts.difference(row.target for row in held if row.since <= on)
        past = Span(BEGINNING, on)
        gone = store.edges(sorted(free), [pack.chain.holds], IN, past) if free else []
        self.holdings = _by((row.target, row) for row in held)
        self.past = _by((row.target, row) for row in gone)

    def known(self, post: str) -> list[EdgeRow]:
        """Return the holdings of a post that were read."""
        return [*self.past.get(post, ()), *self.holdings.get(post, ())]


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
        vacant = {
            post: max(self.on, said.first or self.on) for post, said in found.items()
        }
        planned = coming_to(view, vacant)
        now = {post: self._now(posts, post) for post in found}
        later = {post: self._later(posts, post) for post in found}
        held = (*now.values(), *later.values())
        people = {row.source for rows in held for row in rows}
        view.need_nodes(people.union(found, *planned.values()))
        return [
            Vacancy(
                post=post,
                name=self._name(view, post),
                unit=min(posts.seats[post], key=lambda seat: seat.since).target,
                state=said.state,
                since=said.days and said.days.since,
                latest=said.days and said.days.latest,
                until=said.days.until if said.days else said.until,
                holders=tuple(self._held(view, row) for row in now[post]),
                planned=tuple(Planned(p, self._name(view, p)) for p in planned[post]),
                is_provisional=self.judge.is_provisional(now[post]),
                interim=said.interim,
                again=said.again,
                coming=tuple(self._coming(view, row) for row in later[post]),
            )
            for post, said in found.items()
        ]

    def _now(self, posts: _Posts, post: str) -> list[EdgeRow]:
        rows = posts.holdings.get(post, [])
        now = [row for row in rows if row.since <= self.on < row.until]
        return sorted(now, key=lambda row: (row.source, row.since))

    def _later(self, posts: _Posts, post: str) -> list[EdgeRow]:
        rows = (row for row in posts.holdings.get(post, []) if row.since > self.on)
        return sorted(rows, key=lambda row: (row.since, row.source))

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

    def _coming(self, view: View, row: EdgeRow) -> Coming:
        return Coming(
            person=row.source,
            name=self._name(view, row.source),
            form=self.judge.form(row),
            since=row.since,
            latest=last_day(row.since, row.facts.get(PRECISION)),
        )


def _order(item: Vacancy) -> tuple[int, date, str]:
    return STATES.index(item.state), item.since or FOREVER, item.post
