"""What is drawn of the members of one cell: when they were admitted, and who they are.

The first three in five were members before the records begin; they hold the posts. The
others came evenly over twelve years, which gives the published rate of admission.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from .chance import below, stream
from .layout import Cell

BEGINS = date(2015, 1, 1)
"""The first day that is recorded of the organisation."""
DAY = date(2025, 1, 1)
"""The day of the figures."""
PROBATION = date(2024, 1, 1)
"""Who was admitted since is a probationary member on the day."""

LEAST_OFFICIAL = 3

_MONTHS = range(1, 13)
# Cells meet every month, by the charter; the meeting is taken to be on one day.
_MEETINGS = [date(year, month, 3) for year in range(1975, 2025) for month in _MONTHS]
_SENIORS = (2013 - 1975) * 12
_WOMEN = 45


class Member(NamedTuple):
    """A member: the day since which the records have them, and their facts."""

    since: date
    facts: dict[str, Any]


def admissions(seed: int, number: int, cell: Cell) -> list[date]:
    """Return the days on which the members of a cell were admitted, the first first."""
    random = stream(seed, "admissions", number)
    seniors, others = cell.seniors, len(_MEETINGS) - _SENIORS
    places = sorted(below(random, _SENIORS) for _ in range(seniors))
    places += sorted(
        _SENIORS + below(random, others) for _ in range(cell.members - seniors)
    )
    return [_MEETINGS[place] for place in places]


def officials(days: Sequence[date]) -> int:
    """Return how many of a cell are official members: the first so many, 3 at least."""
    return max(LEAST_OFFICIAL, sum(day < PROBATION for day in days))


def since(admitted: date) -> date:
    """Return the first day that is recorded of a member."""
    return max(admitted, BEGINS)


def people(seed: int, number: int, cell: Cell) -> Iterator[Member]:
    """Yield the members of a cell, in order of their admission."""
    random = stream(seed, "people", number)
    days = admissions(seed, number, cell)
    official = officials(days)
    for place, admitted in enumerate(days):
        age = 19 + below(random, 16)
        gender = "female" if below(random, 100) < _WOMEN else "male"
        facts = {
            "admission_date": admitted.isoformat(),
            "birth_year": admitted.year - age,
            "gender": gender,
            "official": place < official,
        }
        yield Member(since(admitted), facts)
