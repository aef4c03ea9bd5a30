"""A post has no more full holders a day than the pack allows."""

from collections.abc import Iterator, Sequence
from datetime import date

from ..draft import View
from ..draft.holding import full, surely
from ..draft.spells import filled_since
from ..findings import Code, Finding
from ..language import say
from ..model import IN, EdgeRow
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .limiting import Size, limits_of, of_limit

TWO_HOLDERS = Code(
    code="HOLD01",
    meaning="A post has more full holders on one day than it may have.",
    hint="Relieve one of them, or let one hold the post in another form.",
    structural=False,
)
NOT_KNOWN = Code(
    code="HOLD03",
    meaning="Whether a post has more full holders than it may have can't be told.",
    hint="Say in which form each of them holds it.",
    severity="info",
    structural=False,
)


class OneHolder(Rule):
    """A post has one full holder a day; who acts or reinforces doesn't count."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the posts whose holders change, from the day on."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        holds = view.pack.chain.holds
        posts = reach.borne({limit.kind for limit in limits}, into=[holds])
        view.need_edges(posts, [holds], IN)
        crowds = [
            (limit, post, here)
            for post in posts
            for rows in [full(view, view.edges(post, holds, IN))]
            for limit in limits
            if limit.kind == view.kind(post) and (here := _crowd(view, limit, rows))
        ]
        since = filled_since(view, (row for *_, here in crowds for row in here))
        for limit, post, here in crowds:
            day = max(since[row.key] for row in here)
            yield _of(view, limit, post, here, day)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the posts that several hold."""
        return census.crowded([census.pack.chain.holds], IN)


def _of(
    view: View, limit: Limit, post: str, here: Sequence[EdgeRow], day: date
) -> Finding:
    """Say who hold a post from a day on, and of whom it isn't known in which form."""
    people = sorted({row.source for row in here})
    known = {row.source for row in surely(view, here)}
    words = {
        "post": view.shown(post),
        "number": len(people),
        "day": day,
        "named": ", ".join(people),
        "limit": limit.title,
        "bounds": limit.bounds,
    }
    if known.issuperset(people):
        message = say(
            "{post} is fully held by {number} from {day}: {named}; "
            "{limit} wants {bounds}.",
            **words,
        )
        return of_limit(TWO_HOLDERS, limit, post, message, Size(len(people), 0))
    message = say(
        "{post} is held by {number} from {day}: {named}; whether fully isn't known of "
        "{unknown}, and {limit} wants {bounds}.",
        **words,
        unknown=", ".join(one for one in people if one not in known),
    )
    return of_limit(NOT_KNOWN, limit, post, message)


def _crowd(view: View, limit: Limit, rows: Sequence[EdgeRow]) -> list[EdgeRow]:
    """Return those that are too many for certain, or else those that may be."""
    sure = surely(view, rows)
    here = _too_many(view, limit, sure)
    return here or (_too_many(view, limit, rows) if len(sure) < len(rows) else [])


def _too_many(view: View, limit: Limit, rows: Sequence[EdgeRow]) -> list[EdgeRow]:
    """Return those of the holdings that are too many on the first such day, if any."""
    most = limit.at_most
    if most is None or len(rows) <= most:
        return []
    for day in sorted({max(row.since, view.day) for row in rows}):
        here = [row for row in rows if row.since <= day < row.until]
        if len({row.source for row in here}) > most:
            return here
    return []
