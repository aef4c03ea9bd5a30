"""A person's spells in posts, adjacent ones joined: a merger resets nobody's term."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from ..draft.spells import join_holdings
from ..model import IN, OUT, EdgeRow, Span, shown_day
from ..model.facts import PRECISION, UNTIL_PRECISION
from .library import Library


class Spell(NamedTuple):
    """Days without a gap in one post, or in it and the posts that succeeded it."""

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


def spells(store: Library, person: str) -> list[Spell]:
    """Return a person's spells, the first first; `post` and `unit` are the last."""
    held = store.edges([person], [store.pack.chain.holds], OUT, Span.always())
    return joined_spells(store, held) if held else []


def joined_spells(store: Library, held: Sequence[EdgeRow]) -> list[Spell]:
    """Return the spells that all holdings of one person make."""
    pack = store.pack
    posts = sorted({row.target for row in held})
    seats = store.edges(posts, [pack.chain.seat], OUT, Span.always())
    before = {
        (row.source, row.target)
        for row in store.edges(posts, [pack.lineage], IN, Span.always())
    }
    runs = join_holdings(held, before)
    return [_spell(run[0], run[-1], seats) for run in runs]


def _spell(first: EdgeRow, last: EdgeRow, seats: list[EdgeRow]) -> Spell:
    units = [
        seat
        for seat in seats
        if seat.source == last.target
        and seat.since < last.until
        and seat.until > last.since
    ]
    unit = max(units, key=lambda seat: seat.since).target if units else None
    known = [first.facts.get(PRECISION), last.facts.get(UNTIL_PRECISION)]
    said = [str(precision) if precision else None for precision in known]
    return Spell(last.target, unit, first.since, last.until, *said)
