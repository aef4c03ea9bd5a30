"""What questions across a reform cost: the crosswalk of a country, and days before it.

Both are asked of the real country, replayed. The crosswalk is run as a command, cold,
and writes its table into a file. A question of the day before the reform is asked in
turn with the same question of the day of it: of an old commune, and of the new one that
it went to. A name is looked for among three times as many communes on the day before.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from itertools import cycle
from typing import NamedTuple

from orgraph.queries import chain, find_nodes, show, tally
from orgraph.queries import crosswalk as pairs_of
from orgraph.stores import SqliteStore

from . import country
from .commands import ORGRAPH, run
from .country import BEFORE, EFFECTIVE
from .ground import Ground
from .measure import alternate, timed
from .table import Result, at_most

EVERY = 67
"""Of so many pairs one is asked about."""


class Asked(NamedTuple):
    """A commune of a day, the province above it, and a name to look for."""

    commune: str
    province: str
    name: str


Question = Callable[[SqliteStore, Asked, date], object]
QUESTIONS: dict[str, Question] = {
    "chain": lambda store, asked, on: chain(store, asked.commune, on),
    "show": lambda store, asked, on: show(store, asked.commune, on),
    "tally": lambda store, asked, on: tally(store, asked.province, on),
    "find": lambda store, asked, on: find_nodes(store, asked.name, on),
}


def crosswalk(ground: Ground) -> Iterator[Result]:
    """Write the crosswalk of the country into a file, as a command."""
    table = ground.folder / "crosswalk.csv"
    days = ["--from", str(BEFORE), "--to", str(EFFECTIVE)]
    command = [ORGRAPH, "crosswalk", *days, "--kind", "commune", "-o", str(table)]
    command += ["--store", str(ground.country.replayed)]
    series = alternate(ground.runs, partial(run, "run", command))
    with table.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert len(pairs) == country.EVENTS
    assert {(p["from_code"], p["to_code"]) for p in pairs} == country.table()
    parts = Counter(pair["from_id"] for pair in pairs if pair["part"] == "part")
    assert min(parts.values()) > 1
    what = f"crosswalk, {country.OLD:,} communes to {country.NEW:,}, cold"
    yield at_most("crosswalk", what, series.seconds("run"), 2, unit="s")


def as_of(ground: Ground) -> Iterator[Result]:
    """Ask the same of the day before the reform and of the day of it, in turn."""
    with SqliteStore(ground.country.replayed) as store:
        days = {"before": BEFORE, "now": EFFECTIVE}
        asked = dict(zip(days, _asked(store), strict=True))
        for name, question in QUESTIONS.items():
            sides = [
                partial(_timed, store, question, side, cycle(asked[side]), on)
                for side, on in days.items()
            ]
            series = alternate(min(10 * ground.rounds, len(asked["now"])), *sides)
            shown = f"{series.seconds('before') * 1e6:.0f} µs"
            ratio = series.ratio(["before"], ["now"])
            what = f"{name} of the day before a reform by the day of it"
            yield at_most("as-of", what, ratio, 2, note=shown)


def _asked(store: SqliteStore) -> tuple[list[Asked], list[Asked]]:
    """Return what is asked about on either day; the names are those of the new ones."""
    old, new = [], []
    pairs = pairs_of(store, BEFORE, EFFECTIVE, "commune").pairs
    for pair in [pair for pair in pairs if pair.part != "unchanged"][::EVERY]:
        assert pair.from_
        assert pair.to
        before = [link.id for link in chain(store, pair.from_.id, BEFORE).chain]
        now = [link.id for link in chain(store, pair.to.id, EFFECTIVE).chain]
        assert (len(before), len(now)) == (3, 2), (before, now)
        assert tally(store, now[-1], EFFECTIVE).counts.keys() == {"commune"}
        assert now[0] in [row.id for row in find_nodes(store, pair.to.name, EFFECTIVE)]
        old.append(Asked(before[0], before[-1], pair.to.name))
        new.append(Asked(now[0], now[-1], pair.to.name))
    return old, new


def _timed(
    store: SqliteStore, question: Question, side: str, asked: Iterator[Asked], on: date
) -> Mapping[str, float]:
    return {side: timed(partial(question, store, next(asked), on))[0]}
