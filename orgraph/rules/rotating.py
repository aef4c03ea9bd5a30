"""Who takes a post on the day, who goes to one elsewhere, and who leaves one."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple, TypeVar, cast

from ..draft import View
from ..draft.holding import Post, posts_on
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow, last_day, parse_since
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach
from .breaks import latest_since
from .careers import Careers
from .census import Census
from .either_way import either_way
from .limiting import Size, judged, limits_of, of_limit

_ASKING = frozenset(
    {
        *("before_rotation", "equivalent_post", "not_native", "planned_first"),
        *("rotation_length", "service_left", "terms"),
    }
)
"""The rules that judge who takes or leaves a post."""


class Taking(NamedTuple):
    """A person who fills a post for good from the day on, whatever step lets them.

    `run` has the holding and those that it goes on from; `held` is whether the person
    filled the post, or one that it succeeded, right up to the day.
    """

    person: str
    row: EdgeRow
    new: Post
    run: Sequence[EdgeRow]
    held: bool


class Move(NamedTuple):
    """A person who takes a post in another unit than before.

    `left` is the spell that ended no more than a short gap before, or goes on beside,
    and `old` its post.
    """

    person: str
    row: EdgeRow
    new: Post
    left: Sequence[EdgeRow]
    old: Post


Meant = tuple[Move, Sequence[Limit]]
"""A move, and the limits that are meant for its post."""

Taken = tuple[Taking, Sequence[Limit]]
"""The same of a taking."""

T = TypeVar("T", Taking, Move)


def turning(census: Census) -> Iterator[str]:
    """Yield those who take or leave a post on the day."""
    yield from census.turning([census.pack.chain.holds])


def careers_in(view: View, reach: Reach) -> Careers:
    """Return what those ever held who take or leave a post on the day.

    Of whom no limit is meant, nothing is read.
    """
    holds = view.pack.chain.holds
    if reach.bearing is not None and holds not in reach.bearing.keys:
        return Careers.of(view, ())
    people = reach.borne(sorted(view.pack.edges[holds].ends), out=[holds])
    # Several rules ask the same.
    known = view.memo.get(("careers", tuple(people)))
    if isinstance(known, Careers):
        return known
    view.need_edges(people, [holds], OUT)
    counts = view.pack.questions.posts.is_counted
    turned = {
        person: [
            row.target
            for row in view.edges(person, holds, OUT)
            if view.day in (row.since, row.until) and counts(row.facts)
        ]
        for person in people
    }
    posts = posts_on(view, {post for some in turned.values() for post in some})
    limits = [limit for rule in sorted(_ASKING) for limit in _limits(view, rule)]
    meant = {p for p, post in posts.items() if any(is_for(o, post) for o in limits)}
    meant |= _ended(view, {p for some in turned.values() for p in some} - posts.keys())
    asked = [person for person in people if not meant.isdisjoint(turned[person])]
    found = Careers.of(view, asked)
    view.memo["careers", tuple(people)] = found
    return found


def _ended(view: View, posts: Collection[str]) -> set[str]:
    """Return the posts among these that are no more, and might be a rotation's."""
    limits = _limits(view, "rotation_length")
    last = {post: rows[-1].facts for post in posts if (rows := view.versions(post))}
    return {p for p, facts in last.items() if any(is_so(o.of, facts) for o in limits)}


def _limits(view: View, rule: str) -> Sequence[Limit]:
    return limits_of(view.pack, view.day, rule)


def takings(careers: Careers) -> Iterator[Taking]:
    """Yield who fills a post for good from the day on."""
    view = careers.view
    for person, runs in careers.by.items():
        for run in runs:
            counted = careers.counted(run)
            # What ended on a day that isn't known may have ended on this one.
            held = any(
                one.until <= view.day <= careers.breaks.until(one) for one in counted
            )
            for row in counted:
                if row.since == view.day < row.until and (
                    new := careers.post(row.target, view.day)
                ):
                    yield Taking(person, row, new, run, held)


def moves(careers: Careers) -> Iterator[Move]:
    """Yield who takes a full post elsewhere than where they were, or are.

    Of several spells that ended, the longest is left, with those that it goes on from.
    Where somebody only acted or was seconded, nothing is left.
    """
    day = careers.view.day
    for person, row, new, run, _ in _once(takings, careers):
        runs = careers.by[person]
        if any(one.since < day for one in careers.whole(run, runs)):
            continue
        others = [held for one in runs if (held := careers.whole(one, runs))]
        gone = [
            (other, old)
            for other in others
            if other[0].since < day
            # Who acted first came then.
            and careers.breaks.bridge(other[-1], run[0])
            and (old := careers.last(other))
            and careers.is_elsewhere(other, new, day)
        ]
        ended = [one for one in gone if one[0][-1].until <= day] or gone
        if ended:
            left, old = min(ended, key=_longest)
            yield Move(person, row, new, left, old)


def _longest(left: tuple[Sequence[EdgeRow], Post]) -> tuple[date, str, int]:
    held, _ = left
    return held[0].since, held[0].target, -len(held)


def meant_takings(
    view: View, reach: Reach, rule: str
) -> Iterator[tuple[Taking, Sequence[Limit], Careers]]:
    """Yield who takes a post on the day, with a rule's limits for that post.

    Where the rule has none on the day, nothing is read.
    """
    if limits := _limits(view, rule):
        careers = careers_in(view, reach)
        for taking, meant in _meant(_once(takings, careers), limits):
            yield taking, meant, careers


def of_moves(
    view: View,
    reach: Reach,
    rule: str,
    judge: Callable[[View, Sequence[Meant]], Iterator[Finding]],
    unknown: Code,
) -> Iterator[Finding]:
    """Yield what is found of who takes a post elsewhere, by a rule's limits for it.

    Where the rule has none on the day, nothing is read. Where it isn't known whether
    the post is elsewhere, what would be found is `unknown`.
    """

    def judged_moves(careers: Careers) -> Iterator[Finding]:
        return judge(view, _meant(_once(moves, careers), limits))

    if limits := _limits(view, rule):
        yield from either_way(careers_in(view, reach), judged_moves, unknown)


def of_takings(
    view: View,
    reach: Reach,
    rule: str,
    judge: Callable[[View, Sequence[Taken]], Iterator[Finding]],
    unknown: Code,
) -> Iterator[Finding]:
    """Yield what is found of who comes to a post from anywhere, as `of_moves` does.

    Who held it right up to the day doesn't come.
    """

    def judged_takings(careers: Careers) -> Iterator[Finding]:
        came = [one for one in _once(takings, careers) if not one.held]
        return judge(view, _meant(came, limits))

    if limits := _limits(view, rule):
        yield from either_way(careers_in(view, reach), judged_takings, unknown)


def _meant(found: Iterable[T], limits: Sequence[Limit]) -> list[tuple[T, list[Limit]]]:
    """Return what is found with the limits that are meant for its post, if any is."""
    return [
        (one, meant)
        for one in found
        if (meant := [limit for limit in limits if is_for(limit, one.new)])
    ]


def _once(find: Callable[[Careers], Iterator[T]], careers: Careers) -> list[T]:
    """Return what is found of careers: several rules ask the same."""
    memo, way = careers.view.memo, (careers.parts, careers.breaks.short)
    place = (find, tuple(careers.by), way)
    if place not in memo:
        memo[place] = list(find(careers))
    return cast("list[T]", memo[place])


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


def lasted(run: Sequence[EdgeRow], until: date, latest: date | None = None) -> Size:
    """Return for how many months a spell lasted: two bounds where days aren't known.

    Its end is from `until` to `latest`.
    """
    begun = min(map(latest_since, run))
    least = max(months(begun, until), 0)
    return Size(least, max(months(run[0].since, latest or until), 0) - least)


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


def posts_of(view: View, held: Sequence[EdgeRow]) -> str:
    """Name the posts of holdings, in order."""
    return ", ".join(dict.fromkeys(view.shown(row.target) for row in held))


def by_months(
    codes: tuple[Code, Code], limit: Limit, person: str, size: Size, what: str
) -> Iterator[Finding]:
    """Yield what is said of months that are too few or too many, or may be."""
    verdict = judged(limit, size)
    if verdict != "well":
        code = codes[verdict == "unknown"]
        message = say(
            "{what} {months}; {limit} wants {bounds}.",
            what=what,
            months=size.months,
            limit=limit.title,
            bounds=limit.bounds,
        )
        told = None if verdict == "unknown" else size
        yield of_limit(code, limit, person, message, told)
