"""A person has no more full posts a day than the pack allows, unless combined."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from ..draft import View
from ..draft.holding import Joins, full, may_combine
from ..findings import Code, Finding
from ..language import both, say
from ..model import OUT, EdgeRow
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach, Rule
from .census import Census
from .limiting import limits_of, of_limit

TWO_POSTS = Code(
    code="HOLD02",
    meaning="A person fully holds two posts that no combination joins.",
    hint="Relieve the person of one of them, or hold it in another form.",
    structural=False,
)


class OneFullPost(Rule):
    """A person has one full post a day, unless the pack lets two be combined."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the people whose posts change, from the day on."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        holds = view.pack.chain.holds
        people = reach.borne({limit.kind for limit in limits}, out=[holds])
        view.need_edges(people, [holds], OUT)
        held = {person: full(view, view.edges(person, holds, OUT)) for person in people}
        several = {person: rows for person, rows in held.items() if len(rows) > 1}
        posts = {row.target for rows in several.values() for row in rows}
        joins = may_combine(view, posts)
        for person, rows in several.items():
            for limit in limits:
                if limit.kind == view.kind(person):
                    yield from _apart(view, limit, rows, joins)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the people who hold several posts."""
        return census.crowded([census.pack.chain.holds], OUT)


def _apart(
    view: View, limit: Limit, rows: Sequence[EdgeRow], joins: Joins
) -> Iterator[Finding]:
    """Yield each two posts that a person holds on one day and that nothing joins.

    Posts are joined through others, too: of three the middle may join the outer ones,
    but never two of units of one kind, such as two cells by their committee.
    """
    counted = [
        row
        for row in rows
        if (post := joins.posts.get(row.target)) and is_so(limit.of, post.row.facts)
    ]
    groups = joins.groups([row.target for row in counted])
    parts = [joins.alike(group) for group in groups]
    if sum(max(map(len, part.values())) for part in parts) <= (limit.at_most or 1):
        return
    place = {post: n for n, group in enumerate(groups) for post in group}
    among = {
        post: (kind, n)
        for part in parts
        for kind, some in part.items()
        for n, posts in enumerate(some)
        for post in posts
    }
    said: set[object] = set()
    for one, other in combinations(counted, 2):
        since = max(one.since, other.since, view.day)
        here, there = place[one.target], place[other.target]
        pair: frozenset[object] = frozenset({here, there})
        if here == there:
            sides = among[one.target], among[other.target]
            pair = frozenset({(here, *side) for side in sides})
            if sides[0][0] != sides[1][0] or len(pair) == 1:
                continue
        if pair in said or since >= min(one.until, other.until):
            continue
        said.add(pair)
        shown = both(view.shown(row.target) for row in (one, other))
        message = say(
            "{source} fully holds {shown} from {since}; {limit} wants {bounds}.",
            source=view.shown(one.source),
            shown=shown,
            since=since,
            limit=limit.title,
            bounds=limit.bounds,
        )
        found = of_limit(TWO_POSTS, limit, one.source, message)
        about = f"{limit.id} {one.target} {other.target}"
        yield found.model_copy(update={"about": about})
