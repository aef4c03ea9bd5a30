"""A SQLite store knows its file, and says in a sentence what is wrong with another."""

import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from files import new_file, town
from harness import rows
from towns import STAMP, planned

from orgraph.engine import audit
from orgraph.errors import StoreError
from orgraph.stores import SqliteStore, create_store, open_store, sqlite_open
from orgraph.stores import sqlite_schema as sql

NOBODY = 65534
TODAY = date(2023, 1, 1)


def nothing(path: Path) -> None:
    """Leave the file missing."""


def folder(path: Path) -> None:
    """Put a folder there."""
    path.mkdir()


def text(path: Path) -> None:
    """Put a text there that is as long as a header."""
    path.write_text("id,kind,name\n" * 50, encoding="utf-8")


def empty_file(path: Path) -> None:
    """Put an empty file there."""
    path.touch()


def other_database(path: Path) -> None:
    """Put another program's database there."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE node (id TEXT)")
    db.commit()
    db.close()


def other_version(path: Path) -> None:
    """Put a store of a later format there."""
    new_file(path, *town(1)).close()
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version={sql.FORMAT_VERSION + 1}")
    db.close()


def truncated(path: Path) -> None:
    """Put half a store there."""
    new_file(path, *town(20)).close()
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def header_alone(path: Path) -> None:
    """Put the first hundred bytes of a store there."""
    new_file(path, *town(1)).close()
    path.write_bytes(path.read_bytes()[:100])


def overwritten(path: Path) -> None:
    """Put a store there whose pages but the first hold nonsense."""
    new_file(path, *town(20)).close()
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xa5" * (len(data) - 4096))


def no_tables(path: Path) -> None:
    """Put a database there that only says that it is a store."""
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE other (id TEXT)")
    db.execute(f"PRAGMA application_id={sql.APPLICATION_ID}")
    db.execute(f"PRAGMA user_version={sql.FORMAT_VERSION}")
    db.commit()
    db.close()


def bad_pack(path: Path) -> None:
    """Put a store there whose pack can't be read."""
    new_file(path).close()
    db = sqlite3.connect(path)
    db.execute("UPDATE meta SET value = '{\"pack\": ' WHERE key = 'pack'")
    db.commit()
    db.close()


def no_pack(path: Path) -> None:
    """Put a store there that says no pack."""
    new_file(path).close()
    db = sqlite3.connect(path)
    db.execute("DELETE FROM meta")
    db.commit()
    db.close()


@pytest.mark.parametrize(
    ("put", "says"),
    [
        (nothing, "does not exist; make one with"),
        (folder, "is a folder"),
        (text, "is not an orgraph store"),
        (empty_file, "is not an orgraph store"),
        (other_database, "is not an orgraph store"),
        (other_version, "format 2 and this orgraph reads 1"),
        (truncated, "damaged"),
        (header_alone, "damaged"),
        (overwritten, "damaged"),
        (no_tables, "doesn't have the tables"),
        (bad_pack, "damaged"),
        (no_pack, "damaged"),
    ],
)
def test_what_is_no_store(
    put: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    """What can't be opened is named in a sentence, and not a byte of it is changed."""
    path = tmp_path / "store.db"
    put(path)
    before = {p: p.is_file() and p.read_bytes() for p in tmp_path.iterdir()}
    with pytest.raises(StoreError, match=says) as told:
        used(path)
    assert str(told.value).startswith(f"{path}: ")
    assert {p: p.is_file() and p.read_bytes() for p in tmp_path.iterdir()} == before


def used(path: Path) -> set[str]:
    """Open a store and read all of it; returns the codes of what an audit finds."""
    with open_store(path) as store:
        rows(store)
        return {finding.code for finding in audit(store, TODAY)}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE node SET since = 'yesterday' WHERE id = 'm1'",
        "UPDATE edge SET until = '2021-13-01' WHERE source = 'm1'",
        "UPDATE node SET facts = '{' WHERE id = 'm1'",
        "DROP TABLE edge",
    ],
)
def test_damage_that_is_met_when_reading(damage: str, tmp_path: Path) -> None:
    """What orgraph never wrote is called damage where it is met."""
    path = tmp_path / "store.db"
    new_file(path, *town(2)).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute(damage)
    db.close()
    told = ""
    try:
        codes = used(path)
    except StoreError as error:
        codes, told = set(), str(error)
    assert codes == {"STORE01"} or re.search(r"damaged|doesn't have the tables", told)


def test_changed_history_is_found(tmp_path: Path) -> None:
    """A row that was changed behind orgraph's back no longer fits its hash."""
    path = tmp_path / "store.db"
    new_file(path, *town(2)).close()
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("UPDATE node SET code = '77' WHERE id = 'm1'")
    db.close()
    with open_store(path) as store:
        codes = {f.code for f in audit(store, TODAY)}
    assert "HASH01" in codes


def test_new_store_replaces_nothing(tmp_path: Path) -> None:
    """A file that is there is not written over, be it a store or not."""
    path = tmp_path / "store.db"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(StoreError, match="there is a file already"):
        create_store(path, "territory")
    assert path.read_text(encoding="utf-8") == "mine"


def test_new_store_in_no_folder(tmp_path: Path) -> None:
    """A store isn't made where there is no folder."""
    with pytest.raises(StoreError, match="the folder does not exist"):
        create_store(tmp_path / "none" / "store.db", "territory")


def test_store_is_one_file_when_closed(tmp_path: Path) -> None:
    """A closed store is one file, which may be copied."""
    new_file(tmp_path / "store.db", *town(2)).close()
    assert [path.name for path in tmp_path.iterdir()] == ["store.db"]


def test_store_comes_back_as_it_was(tmp_path: Path) -> None:
    """A store that is closed and opened again holds the same."""
    path = tmp_path / "a store with ?#% and ờ.db"
    with new_file(path, *town(2)) as store:
        before, pack = rows(store), store.pack
    with open_store(path) as store:
        assert rows(store) == before
        assert store.pack == pack


def test_commit_to_a_store_for_reading_alone(tmp_path: Path) -> None:
    """A store that was opened for reading says that it can't be written."""
    path = tmp_path / "store.db"
    new_file(path, *town(2)).close()
    with SqliteStore(path) as store:
        store._db.close()
        store._db = sqlite_open._open(str(path), "mode=ro")
        step = {"op": "rename_unit", "unit": "m1", "name": "New"}
        plan = planned(store, "2022-01-01", step)
        with pytest.raises(StoreError, match="can be read but not written"):
            store.commit(plan, stamp=STAMP)
        assert store.head() == 1


@pytest.mark.parametrize("protected", ["file", "folder"])
def test_store_that_another_user_may_only_read(protected: str, tmp_path: Path) -> None:
    """Who may not write the file or its folder can plan, and is told on committing."""
    path = tmp_path / "store.db"
    new_file(path, *town(2)).close()
    path.chmod(0o444)
    for above in path.parents[:3]:  # pytest's own folders, and nothing above them
        above.chmod(above.stat().st_mode | 0o055)
    path.parent.chmod(0o777 if protected == "file" else 0o555)
    script = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from towns import planned\n"
        "from orgraph.errors import StoreError\n"
        "from orgraph.stores import open_store\n"
        "with open_store(sys.argv[1]) as store:\n"
        "    step = {'op': 'rename_unit', 'unit': 'm1', 'name': 'New'}\n"
        "    plan = planned(store, '2022-01-01', step)\n"
        "    try:\n"
        "        store.commit(plan)\n"
        "    except StoreError as error:\n"
        "        print(error)\n"
    )
    command = [sys.executable, "-c", script, str(path), str(Path(__file__).parents[1])]
    try:
        probe = subprocess.run(
            [sys.executable, "-c", "import orgraph, pydantic"],
            user=NOBODY,
            capture_output=True,
            check=False,
        )
    except PermissionError:
        pytest.skip("another user can't be taken on, or can't run this Python")
    if probe.returncode:
        pytest.skip("another user can't read this Python's libraries")
    told = subprocess.run(
        command, user=NOBODY, capture_output=True, text=True, check=True
    )
    assert "can be read but not written" in told.stdout
