"""Gaps between holdings whose days are known to a month or a year."""

from datetime import date, timedelta

import pytest

from orgraph.model import EdgeRow
from orgraph.model.facts import PRECISION, UNTIL_PRECISION
from orgraph.rules.breaks import Breaks, latest_since, latest_until

GAP = timedelta(days=90)
DAY = date(2025, 7, 1)


def held(
    post: str, since: date, until: date, begun: str | None, ended: str | None
) -> EdgeRow:
    """Return a holding of a post."""
    said = {PRECISION: begun, UNTIL_PRECISION: ended}
    facts = {name: value for name, value in said.items() if value}
    return EdgeRow("HOLDS", "m", post, since, until, facts, 1)


@pytest.mark.parametrize("gap", [timedelta(), GAP])
@pytest.mark.parametrize("begun", [None, "month", "year"])
@pytest.mark.parametrize("ended", [None, "month", "year"])
@pytest.mark.parametrize("month", range(1, 13))
def test_a_gap_is_as_short_or_as_long_as_its_days_let_it_be(
    month: int, ended: str | None, begun: str | None, gap: timedelta
) -> None:
    """Both answers come out as they do when every day is tried."""
    one = held("a", date(2015, 1, 1), date(2025, 1, 1), None, ended)
    later = held("b", date(2025, month, 1), date(2030, 1, 1), begun, None)
    ends = (latest_until(one) - one.until).days
    begins = (latest_since(later) - later.since).days
    first = (later.since - one.until).days
    days = range(first - ends, first + begins + 1)
    tried = {number <= gap.days for number in days if number >= 0}
    short, long = Breaks(gap), Breaks(gap, short=False)
    assert {short.follows(one, later), long.follows(one, later)} == tried
    unsure = [row.target for row, said in ((one, ended), (later, begun)) if said]
    assert short.unsure([later, one], DAY) == (
        unsure if len(tried) > 1 else ["a"] if latest_until(one) > DAY else []
    )


def test_what_began_before_another_ended_follows_it_in_no_way() -> None:
    """However short a gap may be, there is none."""
    one = held("a", date(2015, 1, 1), date(2025, 4, 1), None, "month")
    later = held("b", date(2025, 2, 1), date(2030, 1, 1), "month", None)
    for short in (True, False):
        assert not Breaks(GAP, short=short).follows(one, later)
