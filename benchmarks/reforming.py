"""What questions across a reform cost: the crosswalk of a country, and days before it.

The crosswalk is run as a command, cold, and writes its table into a file. A question of
the day before the reform is asked in turn with the same question of the day of it.
"""

import csv
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from itertools import cycle
from pathlib import Path

from orgraph.model import EdgeRow, NodeRow
from orgraph.queries import chain, find_nodes, show, tally
from orgraph.stores import SqliteStore

from . import reform
from .ground import Ground, note
from .measure import alternate, timed
from .table import Result, at_most

BEFORE = reform.EFFECTIVE - timedelta(days=1)
VILLAGES = range(0, reform.OLD, 67)
"""Villages that are asked about; a day is compared with a day by the same village."""


def crosswalk(ground: Ground) -> Iterator[Result]:
    """Write the crosswalk of a country into a file, as a command."""
    path, table = _country(ground), ground.folder / "crosswalk.csv"
    days = ["--from", str(BEFORE), "--to", str(reform.EFFECTIVE)]
    orgraph = str(Path(sys.executable).with_name("orgraph"))
    command = [orgraph, "crosswalk", *days, "--kind", "commune", "-o", str(table)]
    command += ["--store", str(path)]
    series = alternate(ground.rounds, partial(_run, command))
    with table.open(encoding="utf-8", newline="") as file:
        pairs = list(csv.DictReader(file))
    assert len(pairs) == reform.EVENTS
    assert len({pair["from_id"] for pair in pairs}) == reform.OLD
    assert len({pair["to_id"] for pair in pairs}) == reform.NEW
    assert Counter(pair["part"] for pair in pairs)["part"] == 2 * (
        reform.EVENTS - reform.OLD
    )
    assert all(pair["people"].isdecimal() for pair in pairs)
    what = f"crosswalk, {reform.OLD:,} communes to {reform.NEW:,}, cold"
    yield at_most("crosswalk", what, series.seconds("run"), 2, unit="s")


def as_of(ground: Ground) -> Iterator[Result]:
    """Ask the same of the day before the reform and of the day of it, in turn."""
    questions: dict[str, Callable[[SqliteStore, int, date], object]] = {
        "chain": lambda store, n, on: chain(store, f"village-{n}", on),
        "show": lambda store, n, on: show(store, f"village-{n}", on),
        "tally": lambda store, n, on: tally(store, f"province-{n % 34}", on),
        "find": lambda store, n, on: find_nodes(store, f"thon {n}", on),
    }
    with SqliteStore(_country(ground)) as store:
        for village in VILLAGES[:3]:
            _differ(store, village)
        for name, question in questions.items():
            sides = []
            for side, on in (("before", BEFORE), ("now", reform.EFFECTIVE)):
                villages = cycle(VILLAGES)
                sides.append(partial(_asked, store, question, side, villages, on))
            series = alternate(min(10 * ground.rounds, len(VILLAGES)), *sides)
            shown = f"{series.seconds('before') * 1e6:.0f} µs"
            ratio = series.ratio(["before"], ["now"])
            what = f"{name} of the day before a reform by the day of it"
            yield at_most("as-of", what, ratio, 2, note=shown)


def _country(ground: Ground) -> Path:
    """Return the store of the country, filled when it is first asked for."""
    path = ground.folder / "country.db"
    if not path.exists():
        rows = list(reform.rows())
        with SqliteStore(path, create=ground.pack) as store:
            store.bulk_load(
                [row for row in rows if isinstance(row, NodeRow)],
                [row for row in rows if isinstance(row, EdgeRow)],
            )
        note(f"filled a country before and after a reform, {len(rows):,} rows")
    return path


def _run(command: list[str]) -> Mapping[str, float]:
    run = partial(subprocess.run, command, check=False, capture_output=True)
    seconds, done = timed(run)
    assert done.returncode == 0, done.stdout + done.stderr
    return {"run": seconds}


def _asked(
    store: SqliteStore,
    question: Callable[[SqliteStore, int, date], object],
    side: str,
    villages: Iterator[int],
    on: date,
) -> Mapping[str, float]:
    return {side: timed(partial(question, store, next(villages), on))[0]}


def _differ(store: SqliteStore, village: int) -> None:
    """Assert that each day has its own commune above a village, with its holder."""
    node = f"village-{village}"
    for on, commune in (
        (BEFORE, f"old-{village}"),
        (reform.EFFECTIVE, f"new-{village % reform.NEW}"),
    ):
        answer = chain(store, node, on)
        assert [link.id for link in answer.chain][1] == commune
        (held,) = answer.holders[commune]
        assert held.person == f"member-{commune}"
