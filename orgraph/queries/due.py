"""Until when the law lets people hold posts: terms, and rotations that are over."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from ..draft import Snapshot
from ..draft.spells import spells_of
from ..model import EdgeKey, EdgeRow, Span
from ..model.facts import PRECISION
from ..pack import Limit
from ..pack.limits import is_so
from ..rules.holding import Post, posts_on
from ..rules.rotating import Spells, elsewhere, is_for, is_rotation, last_day, reached
from ..rules.rotation_length import RotationLength
from ..rules.terms import Terms
from .library import Library


class Due(NamedTuple):
    """A limit that a holding reaches, on a day from `earliest` to `latest`.

    `why` is `term` (as long as one may lead a place without a break) or `rotation` (who
    was rotated has stayed as long as is wanted).
    """

    why: str
    limit: Limit
    earliest: date
    latest: date

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "why": self.why,
            "limit": self.limit.id,
            "asks": f"{self.limit.unit}, {self.limit.bounds}",
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
        } | self.limit.source.model_dump()


def dues(
    store: Library,
    units: Mapping[str, Collection[str]],
    rows: Collection[EdgeRow],
    days: Span,
) -> dict[EdgeKey, tuple[Due, ...]]:
    """Return the limits that holdings may reach before `days` end, the earliest first.

    `units` are those that have posts, with their posts; `rows` are the full holdings of
    the first day.
    """
    pack, on = store.pack, days.since
    limits = {
        why: pack.limits_on(rule.name(), on)
        for why, rule in (("term", Terms), ("rotation", RotationLength))
    }
    view = Snapshot(store, on)
    meant = _meant(view, [one for some in limits.values() for one in some], units)
    people = {row.source for row in rows if row.target in meant}
    runs = spells_of(view, people)
    held = {row.target for some in runs.values() for run in some for row in run}
    spells = Spells(runs, meant | posts_on(view, held - meant.keys()))
    asked = {row.key for row in rows}
    found = {}
    for some in runs.values():
        for run in some:
            key = next((row.key for row in run if row.key in asked), None)
            post = meant.get(run[-1].target)
            if post and key:
                told = sorted(_of(run, some, post, spells, limits), key=_order)
                if told and told[0].earliest < days.until:
                    found[key] = tuple(d for d in told if d.earliest < days.until)
    return found


def _order(due: Due) -> tuple[date, date, str]:
    return due.earliest, due.latest, due.limit.id


def _of(
    run: list[EdgeRow],
    others: list[list[EdgeRow]],
    post: Post,
    spells: Spells,
    limits: Mapping[str, Collection[Limit]],
) -> Iterator[Due]:
    since = run[0].since
    last = last_day(since, run[0].facts.get(PRECISION))
    for why, some in limits.items():
        for limit in some:
            number = limit.at_least
            if why == "term":
                number = None if limit.at_most is None else limit.at_most + 1
            elif not is_rotation(run, elsewhere(run, others, spells)):
                continue
            if number is not None and is_for(limit, post):
                yield Due(why, limit, reached(since, number), reached(last, number))


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
