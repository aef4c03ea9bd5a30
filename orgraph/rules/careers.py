"""What people ever held: their spells, and where the posts were then.

A post is judged as it was when it was held: its unit may have merged since, and so may
the place that this covered.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain, pairwise
from types import MappingProxyType
from typing import NamedTuple, Self, TypeVar

from ..draft import View
from ..draft.holding import Post
from ..draft.spells import edges_ever, spells_of
from ..language import say
from ..model import EdgeRow, FactValue, NodeRow
from .breaks import Breaks
from .heirs import is_divided, near, passages, sure_heirs

_DAY = timedelta(days=1)
_Row = TypeVar("_Row", NodeRow, EdgeRow)
Runs = list[list[EdgeRow]]
Edges = Mapping[str, Sequence[EdgeRow]]


class Careers(NamedTuple):
    """The runs of people, in which one post is held or those that succeeded it.

    `breaks` tells what breaks a run. `seats` are the edges of the posts ever, `above`
    those of the bodies that lead a unit, `covers` those of the units; `posts` keeps
    posts as they were on a day, which several rules ask about. `doubtful` are those who
    led what was divided, with that: where it goes on nobody recorded, so with `parts`
    each part is taken for it, and without them none. `undated` are those with runs that
    are one or several by days that aren't known, with the posts.
    """

    view: View
    by: Mapping[str, Runs]
    breaks: Breaks
    seats: Edges
    above: Edges
    covers: Edges
    posts: dict[tuple[str, date], Post | None]
    doubtful: Mapping[str, Sequence[str]] = MappingProxyType({})
    undated: Mapping[str, Sequence[str]] = MappingProxyType({})
    parts: bool = True

    @classmethod
    def of(cls, view: View, people: Collection[str]) -> Self:
        """Read what these people ever held and where, a batch for each kind of edge."""
        breaks = Breaks(timedelta(days=view.pack.questions.posts.gap_days))
        if not people:
            return cls(view, {}, breaks, {}, {}, {}, {})
        by = spells_of(view, people, breaks.follows)
        posts = {row.target for runs in by.values() for run in runs for row in run}
        seats = edges_ever(view, posts, view.pack.chain.seat)
        units = {row.target for rows in seats.values() for row in rows}
        view.need_nodes({*posts, *units})
        lead = view.pack.people.lead if view.pack.people else None
        led = [unit for unit in units if view.kind_or_none(unit) == lead]
        edge = view.pack.parent_edge(lead) if lead else None
        above = edges_ever(view, led, edge) if edge else {}
        units.update(row.target for rows in above.values() for row in rows)
        covers = view.pack.questions.covers
        covered = edges_ever(view, units, covers) if covers else {}
        places = {row.target for rows in covered.values() for row in rows}
        # All at once, so that of each no more is read.
        went = passages(view, units | places, view.day)
        undated = {
            person: unsure
            for person, runs in by.items()
            if (unsure := breaks.unsure(chain.from_iterable(runs), view.day))
        }
        found = cls(view, by, breaks, seats, above, covered, {}, undated=undated)
        divided = {unit for unit, rows in went.items() if is_divided(rows)}
        if not divided:
            return found
        return found._replace(doubtful=found._led(divided, near(divided, went)))

    def only(self, person: str) -> Self:
        """Return the career of one person."""
        return self._replace(
            by={person: self.by[person]},
            doubtful={p: led for p, led in self.doubtful.items() if p == person},
            undated={p: held for p, held in self.undated.items() if p == person},
        )

    def counted(self, run: Sequence[EdgeRow]) -> list[EdgeRow]:
        """Return the holdings of a run that count: who only acts serves no term."""
        counts = self.view.pack.questions.posts.is_counted
        return [row for row in run if counts(row.facts)]

    def first(self, run: Sequence[EdgeRow]) -> Post | None:
        """Return the post that a run begins with, as it was then."""
        return self.post(run[0].target, run[0].since)

    def last(self, run: Sequence[EdgeRow]) -> Post | None:
        """Return the post that a run ends with, as it was last, at most on the day."""
        return self.post(run[-1].target, min(self.view.day, run[-1].until - _DAY))

    def post(self, post: str, day: date) -> Post | None:
        """Return a post as it was on a day, None where that isn't known."""
        if (post, day) not in self.posts:
            self.posts[post, day] = self._post(post, day)
        return self.posts[post, day]

    def _post(self, post: str, day: date) -> Post | None:
        row = _on(self.view.versions(post), day)
        seat = _on(self.seats.get(post, ()), day)
        if row is None or seat is None:
            return None
        body = _on(self.above.get(seat.target, ()), day)
        unit = body.target if body else seat.target
        kind = self.view.kind_or_none(unit)
        return Post(row, unit, kind) if kind else None

    def tenure(
        self, person: str, row: EdgeRow, is_head: Callable[[Post], bool]
    ) -> list[EdgeRow]:
        """Return the holdings by which somebody leads a place without a break.

        They end with a row of the view's day; before it come those of heads' posts of
        the same rank in the same unit or place, or in what these took the place of.
        """
        here = self.post(row.target, self.view.day)
        if here is None:
            return [row]
        places, rank = self._places(here.unit, self.view.day), self._rank(here)
        known, first = [row], row
        runs = map(self.counted, self.by[person])
        held = [one for run in runs for one in run if one.since <= row.since]
        last = self.breaks.until
        for one in sorted(held, key=lambda one: (last(one), one.since), reverse=True):
            if one.key == row.key or not self.breaks.bridge(one, first):
                continue
            day = min(self.view.day, one.until - _DAY)
            post = self.post(one.target, day)
            if post is None:
                continue
            alike = None in (rank, self._rank(post)) or rank == self._rank(post)
            led = self._became(self._places(post.unit, day), self.view.day)
            if alike and is_head(post) and places & led:
                known.append(one)
                first = min(first, one, key=self.breaks.since)
        return sorted(known, key=lambda one: (one.since, one.until, one.target))

    def _became(self, nodes: Collection[str], day: date) -> set[str]:
        """Return nodes with what took their place by a day."""
        went = passages(self.view, nodes, day)
        return set(went) if self.parts else sure_heirs(nodes, went)

    def _led(
        self, divided: Collection[str], near: Collection[str]
    ) -> dict[str, list[str]]:
        """Return who held several posts, and one of what was divided, with that.

        Of one post alone it isn't asked whether another is in the same place. `near`
        are those that were divided, or became such as were.
        """
        units = {*near, *_leading(self.covers, near)}
        units |= _leading(self.above, units)
        posts, found = _leading(self.seats, units), {}
        for person, runs in self.by.items():
            rows = [row for run in runs for row in run]
            if len(rows) == 1 or posts.isdisjoint([row.target for row in rows]):
                continue
            led = set[str]()
            for row in rows:
                last = min(self.view.day, row.until - _DAY)
                if post := self.post(row.target, last):
                    led |= self._places(post.unit, last)
            went = passages(self.view, led, self.view.day)
            if some := sorted(went.keys() & divided):
                found[person] = some
        return found

    def _places(self, unit: str, day: date) -> set[str]:
        """Return a unit and what it covered on a day."""
        rows = self.covers.get(unit, ())
        return {unit, *(row.target for row in rows if row.since <= day < row.until)}

    def _rank(self, post: Post) -> FactValue:
        fact = self.view.pack.questions.posts.rank
        return post.row.facts.get(fact) if fact else None

    def is_elsewhere(self, run: Sequence[EdgeRow], new: Post, day: date) -> bool:
        """Tell whether a run was in another place than a post of a day.

        A body and the place that it covers are one, and so is what takes their place.
        """
        old = self.last(run)
        if old is None:
            return False
        then = min(self.view.day, run[-1].until - _DAY)
        led = self._became(self._places(old.unit, then), day)
        return led.isdisjoint(self._places(new.unit, day))

    def whole(self, run: Sequence[EdgeRow], others: Runs) -> list[EdgeRow]:
        """Return the counted holdings of a run and of those that it goes on from."""
        return [row for one in self._stay(run, others) for row in self.counted(one)]

    def _stay(self, run: Sequence[EdgeRow], others: Runs) -> list[Sequence[EdgeRow]]:
        """Return the runs in which a person was in a place with one role, up to a run.

        Where units merge, a post may end and the person get another in its place: no
        lineage joins the two, but nobody left.
        """
        found = [run]
        while before := next(
            (one for one in others if self._goes_on(one, found[0])), None
        ):
            found.insert(0, before)
        return found

    def _goes_on(self, run: Sequence[EdgeRow], later: Sequence[EdgeRow]) -> bool:
        """Tell whether a later run is in the place and the role that a run ended in."""
        held, own = self.counted(run), self.counted(later)
        if not held or not own or held[0].since >= own[0].since:
            return False
        if not self.breaks.follows(held[-1], own[0], later[0]):
            return False
        old, new = self.last(held), self.first(later)
        role = self._role(new) if new else None
        return (
            old is not None
            and new is not None
            and role is not None
            and self._role(old) == role
            and not self.is_elsewhere(held, new, later[0].since)
        )

    def _role(self, post: Post) -> FactValue:
        fact = self.view.pack.edges[self.view.pack.chain.seat].unique_by
        return post.row.facts.get(fact) if fact else None

    def is_rotation(self, run: Sequence[EdgeRow], others: Runs) -> bool:
        """Tell whether a person came to the place of a run from another place.

        Who acted first came then, and left the other post by the day that counts.
        """
        begun = self._stay(run, others)[0]
        first, came, own = self.first(begun), begun[0], self.counted(begun)
        if first is None or not own:
            return False
        left = [
            held
            for other in others
            if other is not begun and (held := self.counted(other))
        ]
        return any(
            held[0].since < own[0].since
            and self.breaks.follows(held[-1], own[0], came)
            and self.is_elsewhere(held, first, came.since)
            for held in left
        )

    def stays(self, person: str, run: Sequence[EdgeRow]) -> bool:
        """Tell whether somebody whose run ended has another post in its place."""
        day = self.view.day
        here = [one for held in self.by[person] for one in self.counted(held)]
        return any(
            one.since <= day < self.breaks.until(one)
            and (post := self.post(one.target, day)) is not None
            and not self.is_elsewhere(run, post, day)
            for one in here
        )

    def bridged(self, rows: Sequence[EdgeRow]) -> str:
        """Say that gaps between rows were counted in, and on whose word."""
        last = rows[0].until
        for _, row in pairwise(rows):
            if row.since > last:
                days = self.breaks.gap.days
                return say(
                    " (gaps of up to {days} days counted in, as the pack assumes)",
                    days=days,
                )
            last = max(last, row.until)
        return ""


def _on(rows: Iterable[_Row], day: date) -> _Row | None:
    """Return the first of rows that are in force on a day."""
    return next((row for row in rows if row.since <= day < row.until), None)


def _leading(edges: Edges, units: Collection[str]) -> set[str]:
    """Return from what edges ever led to any of the units."""
    return {
        row.source for rows in edges.values() for row in rows if row.target in units
    }
