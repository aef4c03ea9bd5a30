"""What auditing a province costs as a command, and its totals through the API.

The machine may be busy with other work: the audit's seconds are those of its processor,
and those on the clock stand beside them.
"""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import date
from functools import partial
from itertools import cycle

from orgraph.queries import tally
from orgraph.stores import SqliteStore

from .commands import ORGRAPH
from .ground import Ground
from .measure import alternate, worked
from .peak import measured
from .table import Result, at_most

PROVINCE = "province-22"
OF_LAW = {
    *("STANDARD01", "STANDARD02", "REARRANGE01", "REARRANGE02"),
    *("CELL01", "FORM01", "HOLD02", "LEAD01", "OWN01"),
    "GONE01",
}
"""What an audit may find of a synthetic province, or of a tenth of one: what the law
finds small, secretaries of two bodies, vacant posts of deputies, villages with a joint
cell alone, and districts, which nothing has ended."""
DAYS = [date(2025, 7, 1), date(2026, 1, 1), date(2026, 11, 21), date(2031, 5, 19)]

_WALK = """
WITH RECURSIVE below(id) AS (
  SELECT :unit UNION ALL
  SELECT e.source FROM below CROSS JOIN edge e ON e.target = below.id
  AND e.kind IN ('LIVES_IN', 'MEMBER_OF', 'PART_OF', 'SEAT_IN', 'UNDER')
  WHERE e.until > :day AND e.since <= :day)
SELECT n.kind, count(*) FROM below CROSS JOIN node n ON n.id = below.id
WHERE n.until > :day AND n.since <= :day AND n.id <> :unit GROUP BY n.kind
"""


def check(ground: Ground) -> Iterator[Result]:
    """Audit the province by a command, and see how much memory that takes."""
    province = ground.province
    made = province.made
    command = [ORGRAPH, "check", "--format", "json", "--store", str(province.path)]
    usages = [
        measured(command, may_refuse=True) for _ in range(1 if ground.quick else 2)
    ]
    found = {item["code"] for item in json.loads(usages[0].printed)["items"]}
    assert found <= OF_LAW, found
    best = min(usages, key=lambda usage: usage.cpu)
    clock = f"{best.seconds:.1f} s on the clock"
    what = f"orgraph check of {province.name}"
    yield at_most("check", what, best.cpu, 20, unit="s", note=clock)
    peak = max(usage.peak for usage in usages) / 1e6
    yield at_most("check", "the same: peak of memory", peak, 500, unit="MB")
    what = f"orgraph synth of {province.name}: peak of memory"
    shown = f"{made.cpu:.0f} s"
    yield at_most("check", what, made.peak / 1e6, 300, unit="MB", note=shown)


def totals(ground: Ground) -> Iterator[Result]:
    """Ask for the totals of the province on several days; a walk counts the same."""
    province = ground.province
    assert province.made
    with SqliteStore(province.path) as store:
        with closing(sqlite3.connect(province.path)) as db:
            for day in DAYS[: 1 if ground.quick else None]:
                asked = {"unit": PROVINCE, "day": day.isoformat()}
                walked = dict(db.execute(_WALK, asked).fetchall())
                assert walked == tally(store, PROVINCE, day).counts, day
        days = cycle(DAYS)
        series = alternate(10 * ground.rounds, lambda: _tallied(store, next(days)))
    what = f"totals of {province.name} on any day"
    best = f"best {series.best('tally') * 1e3:.2f}"
    seconds = series.seconds("tally")
    yield at_most("totals", what, seconds * 1e3, 5, unit="ms", note=best)


def _tallied(store: SqliteStore, day: date) -> Mapping[str, float]:
    return {"tally": worked(partial(tally, store, PROVINCE, day))[0]}
