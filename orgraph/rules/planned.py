"""Who is planned for posts, who of them may still come, or takes another by a plan."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from ..draft import View
from ..draft.spells import edges_ever
from ..model import IN, OUT, EdgeRow, last_day, parse_since
from ..model.facts import PRECISION


def planned_for(view: View, posts: Collection[str]) -> dict[str, list[str]]:
    """Return who is planned for posts on the day, in order.

    Whose planning hasn't come as far as the pack wants isn't planned.
    """
    found = _plannings(view, posts)
    return {post: sorted({row.source for row in found[post]}) for post in posts}


def coming_to(view: View, posts: Mapping[str, date]) -> dict[str, list[str]]:
    """Return who is planned for posts on the day and may still come to them, in order.

    That is on another day for each post, from which it is vacant. Nobody comes again by
    the planning during which they held the post, or whose service has ended by then.
    """
    found = _plannings(view, posts)
    people = {row.source for rows in found.values() for row in rows}
    held = defaultdict[tuple[str, str], list[EdgeRow]](list)
    for rows in edges_ever(view, people, view.pack.chain.holds).values():
        for row in rows:
            held[row.source, row.target].append(row)
    # What one step gave and another took away has left no row.
    passed = {key[1:3] for key in view.passing(view.pack.chain.holds)}
    view.need_nodes(people)
    return {
        post: sorted(
            {
                row.source
                for row in found[post]
                if row[1:3] not in passed
                and not _is_fulfilled(view, row, held[row[1:3]])
                and not _is_over(view, row.source, by)
            }
        )
        for post, by in posts.items()
    }


def _plannings(view: View, posts: Collection[str]) -> dict[str, list[EdgeRow]]:
    people = view.pack.people
    if people is None or people.planned is None:
        return {post: [] for post in posts}
    view.need_edges(posts, [people.planned], IN)
    return {
        post: [
            row
            for row in view.live_edges(post, people.planned, IN)
            if people.is_planned(row.facts)
        ]
        for post in posts
    }


def _is_fulfilled(view: View, planning: EdgeRow, held: Iterable[EdgeRow]) -> bool:
    """Tell whether the post was filled by who is planned for it, since they are so.

    Of a planning whose first day isn't known that is certain only of who was still
    there up to the view's day, on which they are planned.
    """
    forms, since = view.pack.questions.posts, planning.since
    latest = last_day(since, planning.facts.get(PRECISION))
    return any(
        row.until > (since if row.until >= view.day else latest)
        for row in held
        if row.since <= view.day
        if forms.is_full(row.facts) or forms.is_seconded(row.facts)
    )


def _is_over(view: View, person: str, by: date) -> bool:
    """Tell whether somebody's service has ended by a day, for certain."""
    fact, row = view.pack.questions.posts.service_end, view.node(person)
    said = row.facts.get(fact) if fact and row else None
    try:
        return isinstance(said, str) and last_day(*parse_since(said)) <= by
    except ValueError:
        return False


def taking(before: View, after: View, people: Iterable[str]) -> dict[str, list[str]]:
    """Return the posts that people fill for good after a plan and didn't before.

    A seat that is held beside a full post keeps nobody from taking one.
    """
    asked = sorted(set(people))
    held = [_filled(view, asked) for view in (before, after)]
    found = {one: sorted(held[1][one] - held[0][one]) for one in asked}
    after.need_nodes({post for posts in found.values() for post in posts})
    beside = after.pack.questions.posts.is_beside
    return {
        person: [
            post
            for post in posts
            if (row := after.node(post)) and not beside(row.facts)
        ]
        for person, posts in found.items()
    }


def _filled(view: View, people: Collection[str]) -> dict[str, set[str]]:
    holds, is_full = view.pack.chain.holds, view.pack.questions.posts.is_full
    view.need_edges(people, [holds], OUT)
    return {
        person: {
            row.target
            for row in view.live_edges(person, holds, OUT)
            if is_full(row.facts)
        }
        for person in people
    }
