"""A person's spells in posts, adjacent ones joined: a merger resets nobody's term."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from ..draft.spells import join_holdings
from ..model import FOREVER, IN, OUT, EdgeRow, Span, shown_day
from ..model.facts import PRECISION, UNTIL_PRECISION
from .library import Library


class Spell(NamedTuple):
    """Days without a gap in one post, or in it and the posts that succeeded it.

    `post` and `unit` are those of the day that was asked about, of a spell that is over
    by then the last, and of one to come the first.
    """

    post: str
    unit: str | None
    since: date
    until: date
    since_precision: str | None = None
    until_precision: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """Return the spell as JSON data; a date is shown as far as it was known."""
        return {
            "post": self.post,
            "unit": self.unit,
            "since": shown_day(self.since, self.since_precision),
            "until": shown_day(self.until, self.until_precision) or None,
        }


def spells(store: Library, person: str, on: date = FOREVER) -> list[Spell]:
    """Return a person's spells as they are on a day, the first first."""
    held = store.edges([person], [store.pack.chain.holds], OUT, Span.always())
    return joined_spells(store, held, on) if held else []


def joined_spells(store: Library, held: Sequence[EdgeRow], on: date) -> list[Spell]:
    """Return the spells that all holdings of one person make, as they are on a day."""
    pack = store.pack
    posts = sorted({row.target for row in held})
    seats = store.edges(posts, [pack.chain.seat], OUT, Span.always())
    before = {
        (row.source, row.target)
        for row in store.edges(posts, [pack.lineage], IN, Span.always())
    }
    return [_spell(run, seats, on) for run in join_holdings(held, before)]


def _spell(run: Sequence[EdgeRow], seats: Sequence[EdgeRow], on: date) -> Spell:
    first, last = run[0], run[-1]
    day = min(max(on, first.since), last.until - timedelta(days=1))
    post = next(row.target for row in run if day < row.until)
    unit = next(
        (
            seat.target
            for seat in seats
            if seat.source == post and seat.since <= day < seat.until
        ),
        None,
    )
    known = [first.facts.get(PRECISION), last.facts.get(UNTIL_PRECISION)]
    said = [str(precision) if precision else None for precision in known]
    return Spell(post, unit, first.since, last.until, *said)
