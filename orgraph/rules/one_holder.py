"""A post has no more full holders a day than the pack allows."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..draft.holding import full
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
            if limit.kind == view.kind(post) and (here := _too_many(view, limit, rows))
        ]
        since = filled_since(view, (row for *_, here in crowds for row in here))
        for limit, post, here in crowds:
            people = sorted({row.source for row in here})
            message = say(
                "{post} is fully held by {number} from "
                "{day}: {named}; {limit} wants {bounds}.",
                post=view.shown(post),
                number=len(people),
                day=max(since[row.key] for row in here),
                named=", ".join(people),
                limit=limit.title,
                bounds=limit.bounds,
            )
            yield of_limit(TWO_HOLDERS, limit, post, message, Size(len(people), 0))

    def where(self, census: Census) -> Iterator[str]:
        """Look at the posts that several hold."""
        return census.crowded([census.pack.chain.holds], IN)


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
