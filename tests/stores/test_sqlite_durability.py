"""A SQLite store survives what happens to it: kills, a second writer, a full disk."""

import signal
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from files import MERGE, new_file, town
from harness import errors, rows
from towns import STAMP, blocking, done, planned

from orgraph.errors import InDoubtInterrupt, StoreError
from orgraph.model import OUT, Span
from orgraph.stores import SqliteStore, create_store, open_store, sqlite_open

DAY = "2022-01-01"
ON = Span.day(date(2022, 1, 1))
TODAY = date(2023, 1, 1)
WRITER = Path(__file__).with_name("writer.py")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Return the file of a store that is filled and closed."""
    new_file(tmp_path / "town.db", *town(5)).close()
    return tmp_path / "town.db"


def killed(path: Path, statement: int, seconds: float = 60) -> int:
    """Let a process commit until it is killed; return the last revision it told of."""
    writer = subprocess.Popen(
        [sys.executable, str(WRITER), str(path), str(statement)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    if statement < 0:
        assert writer.stdout is not None
        first = writer.stdout.readline()
        time.sleep(seconds)
        writer.kill()
    out, err = writer.communicate(timeout=60)
    assert writer.returncode == -signal.SIGKILL, err
    said = [int(line) for line in out.split() or [first]]
    return said[-1]


def check_whole(path: Path) -> int:
    """Each revision is there as a whole or not at all, and the store can be used."""
    with open_store(path) as store:
        head = store.head()
        name = store.nodes(["m1"], ON)[0].name
        parent = store.edges(["m2"], ["PART_OF"], OUT, ON)[0].target
        assert (name, parent) == (str(head), "d2" if head % 2 == 0 else "d1")
        last = store.revision(head)
        assert last is not None
        assert len(store.journal(head)) == last.rows
        assert store.journal(head + 1) == []
        assert errors(store, TODAY) == set()
        done(store, DAY, {"op": "rename_unit", "unit": "l1", "name": "After"})
    return head


@pytest.mark.parametrize("statement", [1, 3, 5, 8, 10, 12, 13])
def test_killed_before_a_statement(path: Path, statement: int) -> None:
    """Killed inside a commit, a process leaves what it had told of, and no more."""
    assert killed(path, statement) == 3
    assert check_whole(path) == 3


def test_killed_after_the_commit(path: Path) -> None:
    """Killed before it could tell, a process leaves the revision in flight, whole."""
    assert killed(path, 0) == 3
    assert check_whole(path) == 4


@pytest.mark.parametrize("seconds", [0.01, 0.05, 0.13])
def test_killed_at_any_time(path: Path, seconds: float) -> None:
    """Killed from outside, a process leaves all it told of and at most one more."""
    told = killed(path, -1, seconds)
    assert check_whole(path) in {told, told + 1}


def test_second_writer_waits(path: Path) -> None:
    """A second writer waits for the first, and then commits on top of it."""
    with open_store(path) as one, open_store(path) as other:
        plan = planned(other, DAY, {"op": "rename_unit", "unit": "l2", "name": "Two"})
        waiting = threading.Thread(target=other.commit, args=(plan, "second", STAMP))
        rename = planned(one, DAY, {"op": "rename_unit", "unit": "l1", "name": "One"})
        with one.locked():
            waiting.start()
            time.sleep(0.2)
            assert waiting.is_alive()
            assert one.head() == 1
        waiting.join(10)
        assert one.head() == 2
        assert one.commit(rename, stamp=STAMP).number == 3
        assert errors(other, TODAY) == set()


def test_second_writer_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A writer that waited in vain is told so in a sentence, and may try again."""
    monkeypatch.setattr(sqlite_open, "WAIT_SECONDS", 0.2)
    with open_store(path) as one, open_store(path) as other:
        plan = planned(other, DAY, {"op": "rename_unit", "unit": "l2", "name": "Two"})
        with one.locked():
            began = time.monotonic()
            with pytest.raises(StoreError, match="locked by another writer"):
                other.commit(plan, stamp=STAMP)
            assert time.monotonic() - began >= 0.2
            assert blocking(planned(other, DAY, MERGE)) == []
        assert other.commit(plan, stamp=STAMP).number == 2


def test_snapshot_doesnt_see_what_is_committed_meanwhile(path: Path) -> None:
    """A reader sees one revision, whatever a writer does in the meantime."""
    with open_store(path) as reader, open_store(path) as writer:
        with reader.snapshot():
            before = rows(reader)
            done(writer, DAY, MERGE)
            assert (reader.head(), writer.head()) == (1, 2)
            assert rows(reader) == before
        assert reader.head() == 2
        assert rows(reader) == rows(writer) != before


def test_full_disk(tmp_path: Path) -> None:
    """Where there is no space left, nothing is written, and the store can be used."""
    path = tmp_path / "full.db"
    with new_file(path, *town(60)) as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count={pages}")
        before = rows(store)
        name = "Long " * 99
        many = [{"op": "rename_unit", "unit": f"l{n}", "name": name} for n in range(5)]
        plan = planned(store, DAY, MERGE, *many)
        with pytest.raises(StoreError, match="no space left") as told:
            store.commit(plan, stamp=STAMP)
        assert str(told.value).startswith(f"{path}: ")
        assert (store.head(), rows(store)) == (1, before)
        assert errors(store, TODAY) == set()
        store._db.execute(f"PRAGMA max_page_count={pages * 100}")
        assert store.commit(plan, stamp=STAMP).number == 2
        assert errors(store, TODAY) == set()


def test_disk_too_full_for_a_load(tmp_path: Path) -> None:
    """A load for which there is no space leaves the store empty."""
    with new_file(tmp_path / "town.db") as store:
        pages = store._db.execute("PRAGMA page_count").fetchone()[0]
        store._db.execute(f"PRAGMA max_page_count={pages + 2}")
        nodes = [row for row in town(100) if len(row) == 8]
        with pytest.raises(StoreError, match="no space left"):
            store.bulk_load(nodes, [])  # type: ignore[arg-type]
        assert (store.head(), list(store.all_ids())) == (0, [])


FOUND = {"op": "found_unit", "new": {"id": "s1", "kind": "state", "name": "S"}}


def test_a_new_store_that_others_filled_is_not_discarded(tmp_path: Path) -> None:
    """Who made a file fails to fill it; what others wrote into it meanwhile stays."""
    path = tmp_path / "new.db"
    with create_store(path, "territory") as made:
        with open_store(path) as other:
            assert done(other, DAY, FOUND) == 1
        made.discard()
    with open_store(path) as there:
        assert there.head() == 1
        there.discard()
    assert path.exists()


def test_nobody_writes_into_a_store_that_is_discarded(tmp_path: Path) -> None:
    """Who opened an empty store before it is discarded is refused, and told nothing."""
    path = tmp_path / "new.db"
    with create_store(path, "territory") as made, open_store(path) as other:
        plan = planned(other, DAY, FOUND)
        made.discard()
        with pytest.raises(StoreError):
            other.commit(plan, stamp=STAMP)
    assert not list(tmp_path.iterdir())


class Stopped:
    """A connection at whose commit Ctrl-C comes, when SQLite has done its work."""

    def __init__(self, db: sqlite3.Connection) -> None:
        """Take the connection."""
        self._db = db

    def __getattr__(self, name: str) -> object:
        """Do what the connection does."""
        return getattr(self._db, name)

    def execute(self, statement: str, *asked: object) -> object:
        """Run a statement."""
        found = self._db.execute(statement, *asked)
        if statement == "COMMIT":
            raise KeyboardInterrupt
        return found


def test_ctrl_c_at_a_commit_leaves_it_to_the_history(path: Path) -> None:
    """Python tells of Ctrl-C once SQLite is done: then a revision may be there."""
    with SqliteStore(path) as store:
        plan = planned(store, DAY, {"op": "rename_unit", "unit": "l2", "name": "Two"})
        store._db = Stopped(store._db)  # type: ignore[assignment]
        with pytest.raises(InDoubtInterrupt):
            store.commit(plan, stamp=STAMP)
    with open_store(path) as store:
        assert store.head() == 2
