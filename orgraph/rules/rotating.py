"""Who goes to a post elsewhere on the day, and for how many months they held what."""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from ..draft import View
from ..draft.spells import spells_of
from ..findings import Code, Finding
from ..model import OUT, EdgeRow, parse_since
from ..model.facts import PRECISION
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach
from .census import Census
from .holding import Post, full, posts_on
from .limiting import Size, judged, limits_of, of_limit


class Move(NamedTuple):
    """A person who takes a post in another unit than before.

    `left` is the spell that ended on the day or goes on beside, and `old` its post.
    """

    person: str
    row: EdgeRow
    new: Post
    left: Sequence[EdgeRow]
    old: Post


class Run(NamedTuple):
    """A person's spell in posts of a unit, and the spells in other units."""

    person: str
    run: Sequence[EdgeRow]
    elsewhere: Sequence[Sequence[EdgeRow]]


class Spells(NamedTuple):
    """What the people on whom a plan bears ever held, in spells, and those posts."""

    by: dict[str, list[list[EdgeRow]]]
    posts: dict[str, Post]


def crowded(census: Census) -> Iterator[str]:
    """Yield those who hold several posts, or leave one for another on the day."""
    yield from census.crowded([census.pack.chain.holds], OUT)


def spells_in(view: View, reach: Reach) -> Spells:
    """Return the spells of those who take a post on the day and have or had another.

    Who only loses a post, as in a merger, isn't rotated.
    """
    holds = view.pack.chain.holds
    if reach.bearing is not None and holds not in reach.bearing.keys:
        return Spells({}, {})
    people = reach.borne(sorted(view.pack.edges[holds].ends), out=[holds])
    # Several rules ask the same.
    known = view.memo.get(("spells", tuple(people)))
    if isinstance(known, Spells):
        return known
    view.need_edges(people, [holds], OUT)
    held = {person: view.edges(person, holds, OUT) for person in people}
    several = [
        person
        for person, rows in held.items()
        if len(rows) > 1 and any(row.since == view.day for row in rows)
    ]
    by = spells_of(view, several) if several else {}
    posts = {row.target for runs in by.values() for run in runs for row in run}
    found = Spells(by, posts_on(view, posts))
    view.memo["spells", tuple(people)] = found
    return found


def moves(view: View, spells: Spells) -> Iterator[Move]:
    """Yield who takes a full post on the day, elsewhere than where they were.

    Of several spells that end, the longest is left.
    """
    for person, runs in spells.by.items():
        begun = [run[0] for run in runs if run[0].since == view.day]
        before = [
            run
            for run in runs
            if run[0].since < view.day <= run[-1].until
            and run[-1].target in spells.posts
        ]
        for row in full(view, begun):
            new = spells.posts.get(row.target)
            gone = [
                run
                for run in before
                if new and spells.posts[run[-1].target].unit != new.unit
            ]
            ended = [run for run in gone if run[-1].until == view.day] or gone
            if new and ended:
                left = min(ended, key=lambda run: (run[0].since, run[0].target))
                yield Move(person, row, new, left, spells.posts[left[-1].target])


def meant_moves(
    view: View, reach: Reach, rule: str
) -> Iterator[tuple[Move, Sequence[Limit]]]:
    """Yield who takes a post elsewhere on the day, with a rule's limits for that post.

    Where the rule has none on the day, nothing is read.
    """
    limits = limits_of(view.pack, view.day, rule)
    for move in moves(view, spells_in(view, reach)) if limits else ():
        meant = [limit for limit in limits if is_for(limit, move.new)]
        if meant:
            yield move, meant


def meant_runs(
    view: View, reach: Reach, rule: str
) -> Iterator[tuple[Run, Sequence[Limit]]]:
    """Yield the spells of who takes a post, with a rule's limits for its last post."""
    limits = limits_of(view.pack, view.day, rule)
    spells = spells_in(view, reach) if limits else Spells({}, {})
    for person, runs in spells.by.items():
        for run in runs:
            post = spells.posts.get(run[-1].target)
            meant = [limit for limit in limits if post and is_for(limit, post)]
            if post and meant:
                yield Run(person, run, elsewhere(run, runs, spells)), meant


def elsewhere(
    run: Sequence[EdgeRow], runs: Sequence[Sequence[EdgeRow]], spells: Spells
) -> list[Sequence[EdgeRow]]:
    """Return the spells among these in other units than that of a spell."""
    posts = spells.posts
    here = posts[run[-1].target].unit
    known = (other for other in runs if other[-1].target in posts)
    return [other for other in known if posts[other[-1].target].unit != here]


def is_rotation(run: Sequence[EdgeRow], others: Iterable[Sequence[EdgeRow]]) -> bool:
    """Tell whether a spell began when the same person left one of others elsewhere."""
    return any(other[-1].until == run[0].since for other in others)


def is_for(limit: Limit, post: Post) -> bool:
    """Tell whether a limit is meant for a post."""
    fits = not limit.within or post.kind in limit.within
    return fits and is_so(limit.of, post.row.facts)


def months(since: date, until: date) -> int:
    """Return how many whole months there are from a day to another, or fewer than 0."""
    whole = (until.year - since.year) * 12 + until.month - since.month
    return whole - (until.day < since.day)


def reached(since: date, number: int) -> date:
    """Return the first day on which so many whole months have passed since a day."""
    year, month = divmod(since.year * 12 + since.month - 1 + number, 12)
    if year > date.max.year:
        return date.max
    try:
        return date(year, month + 1, since.day)
    except ValueError:
        # A month that has no such day is whole on the first of the next.
        return date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)


def lasted(run: Sequence[EdgeRow], until: date) -> Size:
    """Return for how many months a spell lasted: two bounds where days aren't known."""
    return between(run[0].since, run[0].facts.get(PRECISION), until)


def between(since: date, precision: object, until: date) -> Size:
    """Return the months from a day, known to `precision`, to another."""
    most = max(months(since, until), 0)
    least = max(months(last_day(since, precision), until), 0)
    return Size(least, most - least)


def left_of(text: object, day: date) -> Size | None:
    """Return the months from a day to one written as text, if that can be read."""
    if not isinstance(text, str):
        return None
    try:
        end, precision = parse_since(text)
    except ValueError:
        return None
    least = max(months(day, end), 0)
    return Size(least, max(months(day, last_day(end, precision)), 0) - least)


def last_day(day: date, precision: object) -> date:
    """Return the last day that a published date may mean."""
    if precision == "year":
        return date(day.year, 12, 31)
    if precision == "month":
        return date(day.year, day.month, monthrange(day.year, day.month)[1])
    return day


def by_months(
    codes: tuple[Code, Code], limit: Limit, person: str, size: Size, what: str
) -> Iterator[Finding]:
    """Yield what is said of months that are too few or too many, or may be."""
    verdict = judged(limit, size)
    if verdict != "well":
        code = codes[verdict == "unknown"]
        message = f"{what} {size.shown} months; {limit.title} wants {limit.bounds}."
        yield of_limit(code, limit, person, message)
