"""A post has no more full holders a day than the pack allows."""

from collections.abc import Iterator

from ..draft import View
from ..draft.holding import full
from ..findings import Code, Finding
from ..language import say
from ..model import IN
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
        for post in posts:
            rows = full(view, view.edges(post, holds, IN))
            for limit in limits:
                most = limit.at_most
                if limit.kind != view.kind(post) or most is None or len(rows) <= most:
                    continue
                for day in sorted({max(row.since, view.day) for row in rows}):
                    here = {r.source for r in rows if r.since <= day < r.until}
                    if len(here) > most:
                        named = ", ".join(sorted(here))
                        message = say(
                            "{post} is fully held by {number} from "
                            "{day}: {named}; {limit} wants {bounds}.",
                            post=view.shown(post),
                            number=len(here),
                            day=day,
                            named=named,
                            limit=limit.title,
                            bounds=limit.bounds,
                        )
                        size = Size(len(here), 0)
                        yield of_limit(TWO_HOLDERS, limit, post, message, size)
                        break

    def where(self, census: Census) -> Iterator[str]:
        """Look at the posts that several hold."""
        return census.crowded([census.pack.chain.holds], IN)
