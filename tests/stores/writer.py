"""A process that commits again and again, until it is killed or kills itself.

python writer.py STORE STATEMENTS: in its fourth commit it dies before this statement
after the lock is taken; 0 is after the last; with -1 it waits to be killed.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from files import Recording
from towns import done

from orgraph.stores import SqliteStore

DEADLY = 4


class Deadly(Recording):
    """A connection whose process dies before a statement of a transaction."""

    def __init__(self, db: Any, last: int) -> None:  # noqa: ANN401 - as in Recording
        """Stand before a connection."""
        super().__init__(db)
        self.last = last
        self.locked: int | None = None

    def execute(self, statement: str, *rest: Any) -> Any:  # noqa: ANN401 - as in Recording
        """Run a statement, if it is not the one before which to die."""
        self._count(statement)
        found = super().execute(statement, *rest)
        if statement == "COMMIT" and self.locked is not None and self.last == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return found

    def executemany(self, statement: str, rows: Any) -> Any:  # noqa: ANN401 - as in Recording
        """Run a statement, if it is not the one before which to die."""
        self._count(statement)
        return super().executemany(statement, rows)

    def _count(self, statement: str) -> None:
        if statement == "BEGIN IMMEDIATE":
            self.locked = 0
        elif self.locked is not None:
            self.locked += 1
            if self.locked == self.last:
                os.kill(os.getpid(), signal.SIGKILL)


def main(path: str, last: int) -> None:
    """Commit a new name and a move, over and over; say each revision once done."""
    with SqliteStore(path) as store:
        number = store.head()
        while True:
            number += 1
            if number == DEADLY and last >= 0:
                store._db = Deadly(store._db, last)  # type: ignore[assignment]
            rename = {"op": "rename_unit", "unit": "m1", "name": str(number)}
            to = "d2" if number % 2 == 0 else "d1"
            done(
                store, "2022-01-01", rename, {"op": "move_unit", "unit": "m2", "to": to}
            )
            sys.stdout.write(f"{number}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
