"""A post has no more holders a day than the pack allows."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ..draft import View
from ..draft.holding import full, surely
from ..draft.spells import begun_from, filled_since
from ..findings import Code, Finding
from ..language import laid, say
from ..model import IN, EdgeKey, EdgeRow
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
HELD_BESIDE = Code(
    code="HOLD05",
    meaning="A post has several holders on one day, and not all of them fully.",
    hint="Relieve who is there for a time, or who no longer holds the post.",
    structural=False,
)


class OneHolder(Rule):
    """A post has one holder a day, who holds it fully, acts or reinforces."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the posts whose holders change, from the day on."""
        limits = limits_of(view.pack, view.day, self.name())
        if not limits:
            return
        holds = view.pack.chain.holds
        posts = reach.borne({limit.kind for limit in limits}, into=[holds])
        view.need_edges(posts, [holds], IN)
        crowds = [
            (limit, post, crowd)
            for post in posts
            if len(held := view.edges(post, holds, IN)) > 1
            for limit in limits
            if limit.kind == view.kind(post)
            for crowd in _crowds(view, limit, held)
        ]
        since = filled_since(view, (row for *_, (_, rows) in crowds for row in rows))
        for limit, post, (code, rows) in crowds:
            day = max(since[row.key] for row in rows)
            yield _of(view, limit, post, code, rows, day)

    def where(self, census: Census) -> Iterator[str]:
        """Look at the posts that several hold."""
        return census.crowded([census.pack.chain.holds], IN)


def _of(  # noqa: PLR0913, PLR0917 - what a message says
    view: View, limit: Limit, post: str, code: Code, rows: Sequence[EdgeRow], day: date
) -> Finding:
    """Say who hold a post from a day on, and in which form as far as that is known."""
    people = sorted({row.source for row in rows})
    words = {
        "post": view.shown(post),
        "number": len(people),
        "day": day,
        "named": ", ".join(people),
        "limit": limit.title,
        "bounds": limit.bounds,
    }
    if code is NOT_KNOWN:
        known = {row.source for row in surely(view, rows)}
        message = say(
            "{post} is held by {number} from {day}: {named}; whether fully isn't known "
            "of {unknown}, and {limit} wants {bounds}.",
            **words,
            unknown=", ".join(one for one in people if one not in known),
        )
        return of_limit(code, limit, post, message)
    if code is TWO_HOLDERS:
        message = say(
            "{post} is fully held by {number} from {day}: {named}; "
            "{limit} wants {bounds}.",
            **words,
        )
    else:
        words["named"] = [_in_form(view, row) for row in rows]
        message = say(
            "{post} is held by {number} from {day}: {named}; {limit} wants {bounds}.",
            **words,
        )
    return of_limit(code, limit, post, message, Size(len(people), 0))


def _crowds(
    view: View, limit: Limit, held: Sequence[EdgeRow]
) -> Iterator[tuple[Code, Sequence[EdgeRow]]]:
    """Yield holdings of a post that are too many on a day, and what is wrong there.

    Those are full ones for certain, or else such as may be; and those of the first day
    on which one of them isn't full.
    """
    some = full(view, held)
    sure = surely(view, some)
    if here := _too_many(view, limit, sure):
        yield TWO_HOLDERS, here
    elif len(sure) < len(some) and (here := _too_many(view, limit, some)):
        yield NOT_KNOWN, here
    rest = {row.key for row in held}.difference(row.key for row in some)
    lasting = sorted(row for row in held if row.until > max(view.day, row.since))
    if here := _too_many(view, limit, lasting, rest):
        yield HELD_BESIDE, here


def _too_many(
    view: View,
    limit: Limit,
    rows: Sequence[EdgeRow],
    some: Collection[EdgeKey] | None = None,
) -> list[EdgeRow]:
    """Return the holdings of the first day on which they are too many, if any.

    `some` are those of which one must be among them.
    """
    most = limit.at_most
    if most is None or len(rows) <= most:
        return []
    for _, here in begun_from(rows, view.day):
        meant = some is None or any(row.key in some for row in here)
        if meant and len({row.source for row in here}) > most:
            return here
    return []


def _in_form(view: View, row: EdgeRow) -> str:
    """Name a holder, with the form of what isn't held fully."""
    posts = view.pack.questions.posts
    if posts.form is None or posts.is_full(row.facts):
        return row.source
    return laid("{who} ({form})", who=row.source, form=say(str(row.facts[posts.form])))
