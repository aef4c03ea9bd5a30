"""Who is planned for posts, and who of them takes another post by a plan."""

from collections.abc import Collection, Iterable

from ..draft import View
from ..model import IN, OUT


def planned_for(view: View, posts: Collection[str]) -> dict[str, list[str]]:
    """Return who is planned for posts on the day, in order.

    Whose planning hasn't come as far as the pack wants isn't planned.
    """
    people = view.pack.people
    if people is None or people.planned is None:
        return {post: [] for post in posts}
    view.need_edges(posts, [people.planned], IN)
    return {
        post: sorted(
            {
                row.source
                for row in view.live_edges(post, people.planned, IN)
                if people.is_planned(row.facts)
            }
        )
        for post in posts
    }


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
