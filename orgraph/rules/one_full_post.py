"""A person has no more full posts a day than the pack allows, unless combined."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..draft import View
from ..draft.holding import Joins, combining, full, may_combine, surely
from ..draft.spells import filled_since
from ..findings import Code, Finding
from ..language import both, say
from ..model import OUT, EdgeRow
from ..pack import Limit
from ..pack.limits import is_so
from .base import Reach, Rule
from .census import Census
from .joining import holders_near, posts_joined
from .limiting import limits_of, of_limit

TWO_POSTS = Code(
    code="HOLD02",
    meaning="A person fully holds two posts that no combination joins.",
    hint="Relieve the person of one of them, or hold it in another form.",
    structural=False,
)
NOT_KNOWN = Code(
    code="HOLD04",
    meaning="Whether a person fully holds two posts that nothing joins can't be told.",
    hint="Say in which form each of them is held.",
    severity="info",
    structural=False,
)


class OneFullPost(Rule):
    """A person has one full post a day, unless the pack lets two be combined."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at people whose posts, or what joins them, change from the day on."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        holds = view.pack.chain.holds
        people = self._people(view, reach, limits)
        held = {person: full(view, view.edges(person, holds, OUT)) for person in people}
        several = {person: rows for person, rows in held.items() if len(rows) > 1}
        posts = {row.target for rows in several.values() for row in rows}
        view.need_nodes(posts.union(several))
        # A seat in a committee beside a post is common, and is none that counts.
        posts = {post for post in posts if _counts(view, post, limits)}
        several = {
            person: counted
            for person, rows in several.items()
            if len(counted := [row for row in rows if row.target in posts]) > 1
        }
        if not several:
            return
        joins = may_combine(view, {r.target for rows in several.values() for r in rows})
        apart = [
            (limit, *pair)
            for person, rows in several.items()
            for limit in limits
            if limit.kind == view.kind(person)
            for pair in _told(limit, rows, surely(view, rows), joins)
        ]
        since = filled_since(view, (row for _, _, *pair in apart for row in pair))
        for limit, code, *pair in apart:
            day = max(since[row.key] for row in pair)
            yield _of(view, limit, code, pair, day)

    def _people(
        self, view: View, reach: Reach, limits: Sequence[Limit]
    ) -> Sequence[str]:
        """Return the people on whose posts a plan bears, or on what joins these."""
        revised = reach.bearing.revised if reach.bearing else ()
        posts = [
            post
            for post in posts_joined(view, reach, combining(view))
            if post in revised or _counts(view, post, limits)
        ]
        return holders_near(view, reach, {limit.kind for limit in limits}, posts)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the people who hold several posts."""
        return census.crowded([census.pack.chain.holds], OUT)


def _of(
    view: View, limit: Limit, code: Code, pair: Sequence[EdgeRow], day: date
) -> Finding:
    """Say that a person holds two posts that nothing joins, or perhaps does."""
    person, posts = pair[0].source, [row.target for row in pair]
    words = {
        "source": view.shown(person),
        "shown": both(map(view.shown, posts)),
        "since": day,
        "limit": limit.title,
        "bounds": limit.bounds,
    }
    message = (
        say(
            "{source} fully holds {shown} from {since}; {limit} wants {bounds}.",
            **words,
        )
        if code is TWO_POSTS
        else say(
            "{source} holds {shown} from {since}, and it isn't known whether both "
            "fully; {limit} wants {bounds}.",
            **words,
        )
    )
    found = of_limit(code, limit, person, message)
    return found.model_copy(update={"about": " ".join([limit.id, *posts])})


def _counts(view: View, post: str, limits: Sequence[Limit]) -> bool:
    """Tell whether a post counts for any of the limits, on some day."""
    for row in view.versions(post):
        for limit in limits:
            if is_so(limit.of, row.facts):
                return True
    return False


def _told(
    limit: Limit, rows: Sequence[EdgeRow], sure: Sequence[EdgeRow], joins: Joins
) -> Iterator[tuple[Code, EdgeRow, EdgeRow]]:
    """Yield the pairs that are apart, and those that may be; `sure` are surely full.

    A holding of which that isn't known may be one too many, or join two others.
    """
    others = [row for row in rows if row not in sure]
    least = list(_apart(limit, sure, joins))
    most = list(_apart(limit, [*sure, *others], joins)) if others else least
    for pair in [*least, *(pair for pair in most if pair not in least)]:
        yield (TWO_POSTS if pair in least and pair in most else NOT_KNOWN, *pair)


def _apart(
    limit: Limit, rows: Sequence[EdgeRow], joins: Joins
) -> Iterator[tuple[EdgeRow, EdgeRow]]:
    """Yield holdings of each two posts that are held on one day and nothing joins.

    Posts are joined through others, too: of three the middle may join the outer ones,
    but never two of units of one kind, such as two cells by their committee. A pair of
    rows that come first is said rather than one with a later row.
    """
    counted = [
        row
        for row in rows
        if (post := joins.posts.get(row.target)) and is_so(limit.of, post.row.facts)
    ]
    if len(counted) <= (limit.at_most or 1):
        return
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
    pairs = ((one, two) for n, two in enumerate(counted) for one in counted[:n])
    for one, other in pairs:
        here, there = place[one.target], place[other.target]
        pair: frozenset[object] = frozenset({here, there})
        if here == there:
            sides = among[one.target], among[other.target]
            pair = frozenset({(here, *side) for side in sides})
            if sides[0][0] != sides[1][0] or len(pair) == 1:
                continue
        together = max(one.since, other.since) < min(one.until, other.until)
        if together and pair not in said:
            said.add(pair)
            yield one, other
