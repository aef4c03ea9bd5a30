"""The real country of July 2025: its table, its store before the reform, and after.

Everything is made as a user makes it, by commands: the scenario's script writes the
tables and the 34 proposals, an import fills a store, and a replay applies them.
"""

import csv
import json
import sqlite3
import sys
from contextlib import closing
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from .commands import ORGRAPH, run
from .peak import Usage, measured

SCENARIO = Path(__file__).resolve().parent.parent / "scenarios" / "vietnam_2025"
EFFECTIVE = date(2025, 7, 1)
BEFORE = EFFECTIVE - timedelta(days=1)
OLD, NEW, EVENTS = 10_036, 3_321, 10_571
"""The communes before and after, and the rows of the table."""
PROPOSALS = 34

_LIVING = """SELECT count(DISTINCT id) FROM node
WHERE kind = 'commune' AND since <= :day AND until > :day"""


class Country:
    """The files of the country in a folder, each made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        """Build nothing yet."""
        self.folder = folder
        self._replayed: Path | None = None

    @cached_property
    def files(self) -> Path:
        """The folder with the import tables, the proposals and the timeline."""
        folder = self.folder / "country"
        script = str(SCENARIO / "build.py")
        run("build", [sys.executable, script, "-o", str(folder)])
        return folder

    @cached_property
    def fresh(self) -> Path:
        """A store of the country before the reform; copy it, and leave it as it is."""
        path = self.folder / "country-before.db"
        tables = [str(self.files / name) for name in ("nodes.csv", "edges.csv")]
        store = ["--pack", "vietnam", "--store", str(path)]
        run("import", [ORGRAPH, "import", *tables, *store])
        assert living(path, BEFORE) == OLD
        return path

    @property
    def replayed(self) -> Path:
        """A store of the country before and after the reform."""
        if self._replayed is None:
            self.replay()
        assert self._replayed
        return self._replayed

    def copy(self, name: str) -> Path:
        """Copy the fresh store to a new file."""
        path = self.folder / name
        path.unlink(missing_ok=True)
        source, target = sqlite3.connect(self.fresh), sqlite3.connect(path)
        with closing(source), closing(target):
            source.backup(target)
        return path

    def replay(self) -> Usage:
        """Replay the proposals on a copy of the fresh store, as one command."""
        path = self.copy("country.db")
        timeline = str(self.files / "timeline.jsonl")
        store = ["--format", "json", "--store", str(path)]
        usage = measured([ORGRAPH, "replay", timeline, *store])
        said = json.loads(usage.printed)
        assert (said["applied"], said["refused"]) == (PROPOSALS, []), said
        assert living(path, EFFECTIVE) == NEW
        self._replayed = path
        return usage


def table() -> set[tuple[str, str]]:
    """Return the codes of the official table: of an old unit, and of its new one.

    A district that becomes a commune has a D before its code there.
    """
    with (SCENARIO / "table.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {(row["old_code"].removeprefix("D"), row["new_code"]) for row in rows}


def living(path: Path, on: date) -> int:
    """Count the communes of a day, in bare SQL."""
    with closing(sqlite3.connect(path)) as db:
        (count,) = db.execute(_LIVING, {"day": on.isoformat()}).fetchone()
    return int(count)
