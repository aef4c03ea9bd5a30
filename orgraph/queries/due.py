"""Until when the law lets people hold posts: terms, and rotations that are over."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from ..draft import Snapshot
from ..draft.holding import Post, posts_on
from ..model import FOREVER, EdgeKey, EdgeRow, Span
from ..pack import Limit
from ..pack.limits import is_so
from ..rules.breaks import latest_since
from ..rules.careers import Careers
from ..rules.either_way import other_ways
from ..rules.rotating import is_for, reached
from ..rules.rotation_length import RotationLength
from ..rules.terms import Terms
from .library import Library


class Due(NamedTuple):
    """A limit that a holding reaches, on a day from `earliest` to `latest`.

    It is in force on that day: `latest` is None where it may end before it is reached.
    `why` is `term` (as long as one may lead a place without a break) or `rotation` (who
    was rotated has stayed as long as is wanted).
    """

    why: str
    limit: Limit
    earliest: date
    latest: date | None

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "why": self.why,
            "limit": self.limit.id,
            "asks": self.limit.asks,
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat() if self.latest else None,
        } | self.limit.source_data


def dues(
    store: Library,
    units: Mapping[str, Collection[str]],
    rows: Collection[EdgeRow],
    days: Span,
) -> dict[EdgeKey, tuple[Due, ...]]:
    """Return the limits that holdings may reach before `days` end, the earliest first.

    A limit is one of the day on which it is reached, whichever is in force on the first
    of the days; one that comes into force later is reached then at the earliest.
    `units` are those that have posts, with their posts; `rows` are the full holdings of
    the first day.
    """
    limits = {
        why: [one for one in store.pack.limits if _is_asked(one, rule.name(), days)]
        for why, rule in (("term", Terms), ("rotation", RotationLength))
    }
    view = Snapshot(store, days.since)
    meant = _meant(view, [one for some in limits.values() for one in some], units)
    people = {row.source for row in rows if row.target in meant}
    careers = Careers.of(view, people)
    asked = {row.key for row in rows}
    found = {}
    for person, runs in careers.by.items():
        for run in runs:
            row = next((row for row in run if row.key in asked), None)
            post = meant.get(run[-1].target)
            if post and row:
                told = sorted(_either(careers, person, row, limits), key=_order)
                if told and told[0].earliest < days.until:
                    found[row.key] = tuple(d for d in told if d.earliest < days.until)
    return found


def _is_asked(limit: Limit, rule: str, days: Span) -> bool:
    """Tell whether a rule asks this on any of the days."""
    asked = limit.by == rule and not limit.unconfirmed
    return asked and limit.since < days.until and days.since < limit.until


def _order(due: Due) -> tuple[date, date, str]:
    return due.earliest, due.latest or FOREVER, due.limit.id


def _either(
    careers: Careers,
    person: str,
    row: EdgeRow,
    limits: Mapping[str, Collection[Limit]],
) -> Iterator[Due]:
    """Yield the limits that a holding reaches, in whichever way a career may be read.

    Where not all of it is known, one is reached on any of several days, or may not be.
    """
    ways = [careers, *other_ways(careers.only(person))]
    found = defaultdict[tuple[str, str], list[Due]](list)
    for due in chain.from_iterable(_of(way, person, row, limits) for way in ways):
        found[due.why, due.limit.id].append(due)
    for same in found.values():
        latest = [due.latest for due in same if due.latest is not None]
        yield same[0]._replace(
            earliest=min(due.earliest for due in same),
            latest=max(latest) if len(latest) == len(ways) else None,
        )


def _of(
    careers: Careers,
    person: str,
    row: EdgeRow,
    limits: Mapping[str, Collection[Limit]],
) -> Iterator[Due]:
    run = next(run for run in careers.by[person] if row in run)
    post = careers.last(run)
    for why, some in limits.items():
        for limit in some:
            if post is None or not is_for(limit, post):
                continue
            number, first = limit.at_least, careers.counted(run)[0]
            if why == "term":
                number = None if limit.at_most is None else limit.at_most + 1
                first = careers.tenure(person, row, partial(is_for, limit))[0]
            elif careers.is_rotation(run, careers.by[person]):
                first = careers.whole(run, careers.by[person])[0]
            else:
                continue
            if number is not None:
                early, late = (
                    max(reached(day, number), limit.since)
                    for day in (first.since, latest_since(first))
                )
                if early < limit.until:
                    yield Due(why, limit, early, late if late < limit.until else None)


def _meant(
    view: Snapshot, limits: Collection[Limit], units: Mapping[str, Collection[str]]
) -> dict[str, Post]:
    """Return the posts for which limits are meant; of other units none is read."""
    if not limits:
        return {}
    kinds = {kind for limit in limits for kind in limit.within or view.pack.nodes}
    view.need_nodes(units)
    led = [unit for unit in units if view.kind(unit) == _lead(view)]
    view.need_parents(led)
    above = {body: edge.target for body in led if (edge := view.parent(body))}
    view.need_nodes(above.values())
    near = {
        post
        for unit, posts in units.items()
        if view.kind(above.get(unit, unit)) in kinds
        for post in posts
    }
    view.need_nodes(near)
    fits = {
        post
        for post in near
        if (row := view.node(post)) and any(is_so(one.of, row.facts) for one in limits)
    }
    known = posts_on(view, fits)
    return {
        post: place
        for post, place in known.items()
        if any(is_for(limit, place) for limit in limits)
    }


def _lead(view: Snapshot) -> str | None:
    """Return the kind of body that leads an organisation."""
    return view.pack.people.lead if view.pack.people else None
