"""How long people were without a post, where days are known to a month or a year."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import permutations
from typing import NamedTuple

from ..model import EdgeRow, last_day
from ..model.facts import PRECISION, UNTIL_PRECISION

_NO_TIME = timedelta()


class Breaks(NamedTuple):
    """Tells which holdings go on in later ones: a gap of at most `gap` is no break.

    Where a day isn't known, each gap is as short as it may be, or, without `short`, as
    long.
    """

    gap: timedelta = _NO_TIME
    short: bool = True

    def since(self, row: EdgeRow) -> date:
        """Return the day on which a holding began."""
        return row.since if self.short else latest_since(row)

    def until(self, row: EdgeRow) -> date:
        """Return the day on which a holding ended."""
        return latest_until(row) if self.short else row.until

    def bridge(self, one: EdgeRow, later: EdgeRow) -> bool:
        """Tell whether the gap between two holdings, if there is any, is no break."""
        return self.since(later) - self.until(one) <= self.gap

    def follows(
        self, one: EdgeRow, later: EdgeRow, came: EdgeRow | None = None
    ) -> bool:
        """Tell whether a holding begins as another ends, or after no more than a gap.

        Who acted first `came` so, with a holding of its own.
        """
        return one.until <= latest_since(later) and self.bridge(one, came or later)

    def unsure(self, rows: Iterable[EdgeRow], day: date) -> list[str]:
        """Return posts of holdings with unknown days on which it depends what is so.

        They may go on in others or not, or up to the day of the question.
        """
        rows = list(rows)
        coarse = [
            row
            for row in rows
            if PRECISION in row.facts or UNTIL_PRECISION in row.facts
        ]
        if not coarse:
            return []
        long = self._replace(short=False)
        found = {one.target for one in coarse if one.until <= day < latest_until(one)}
        for one, later in permutations(rows, 2):
            if self.follows(one, later) and not long.follows(one, later):
                found |= {row.target for row in (one, later) if row in coarse}
        return sorted(found)


def latest_since(row: EdgeRow) -> date:
    """Return the last day on which a row may have begun."""
    known = PRECISION not in row.facts
    return row.since if known else last_day(row.since, row.facts[PRECISION])


def latest_until(row: EdgeRow) -> date:
    """Return the last day on which a row may have ended."""
    known = UNTIL_PRECISION not in row.facts
    return row.until if known else last_day(row.until, row.facts[UNTIL_PRECISION])
