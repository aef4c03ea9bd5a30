"""A store that can't be used is said in one sentence, exit 4, and stays as it is."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from land import kept, put
from running import Orgraph

pytestmark = pytest.mark.usefixtures("proposal_and_table")
COMMANDS = [
    ["show", "m1"],
    ["find", "ash"],
    ["tally", "s"],
    ["chain", "x"],
    ["check"],
    ["diff", "0", "1"],
    ["history"],
    ["validate", "p.yaml"],
    ["simulate", "p.yaml"],
    ["apply", "p.yaml", "--yes"],
    ["undo", "--yes"],
    ["import", "n.csv"],
    ["rules"],
]


def unavailable(orgraph: Orgraph, store: str, *words: str) -> None:
    """Check that every command says in one sentence why there is no store."""
    for command in COMMANDS:
        outcome = orgraph(*command, "--store", store)
        assert (outcome.code, outcome.out) == (4, ""), command
        assert outcome.err.startswith(f"{store}: "), outcome.err
        assert outcome.err.count("\n") == 1
        for word in words:
            assert word in outcome.err, outcome.err


def changed(path: Path, offset: int, data: bytes) -> None:
    """Write some bytes into a file."""
    with path.open("r+b") as file:
        file.seek(offset)
        file.write(data)


def test_missing(folder: Path, orgraph: Orgraph) -> None:
    """A store that isn't there is not made by asking for it."""
    before = sorted(folder.iterdir())
    unavailable(orgraph, "no.db", "does not exist")
    assert sorted(folder.iterdir()) == before


def test_a_folder(folder: Path, orgraph: Orgraph) -> None:
    """A folder is no store."""
    (folder / "here.db").mkdir()
    unavailable(orgraph, "here.db", "folder")


def test_a_name_too_long(orgraph: Orgraph) -> None:
    """A name longer than the system allows is said to be so."""
    unavailable(orgraph, "n" * 300, "name too long")


@pytest.mark.parametrize(
    "data",
    [b"", b"a,b\n1,2\n", b"SQLite format 3\x00", b"SQLite format 3\x00" + bytes(4080)],
    ids=["empty", "text", "head", "other"],
)
def test_not_a_store(folder: Path, orgraph: Orgraph, data: bytes) -> None:
    """A file of another kind is not touched."""
    path = put(folder, "other.db", data)
    unavailable(orgraph, "other.db", "not an orgraph store")
    assert path.read_bytes() == data


def test_another_database(folder: Path, orgraph: Orgraph) -> None:
    """A database of another program is not touched."""
    db = sqlite3.connect(folder / "other.db")
    db.execute("CREATE TABLE t (a)")
    db.close()
    before = (folder / "other.db").read_bytes()
    unavailable(orgraph, "other.db", "not an orgraph store")
    assert (folder / "other.db").read_bytes() == before


def test_another_version(land: Path, orgraph: Orgraph) -> None:
    """A store of another format names both versions."""
    changed(land, 60, (99).to_bytes(4, "big"))
    before = kept(land)
    unavailable(orgraph, "orgraph.db", "format 99", "made it")
    assert kept(land) == before


def test_a_cut_store(land: Path, orgraph: Orgraph) -> None:
    """A store that was cut short is said to be damaged."""
    data = land.read_bytes()
    land.write_bytes(data[: len(data) // 2])
    outcome = orgraph("check")
    assert (outcome.code, outcome.out) == (4, "")
    assert "damaged" in outcome.err


def test_a_store_with_strange_rows(land: Path, orgraph: Orgraph) -> None:
    """Rows that orgraph never wrote are said to be damage, never a traceback."""
    for statement in (
        "UPDATE node SET until = 'soon' WHERE id = 'm1'",
        "UPDATE node SET facts = '{' WHERE id = 'm1'",
        "UPDATE meta SET value = '{}' WHERE key = 'pack'",
        "DELETE FROM meta",
    ):
        copy = Path(shutil.copy(land, "strange.db"))
        db = sqlite3.connect(copy)
        db.execute(statement)
        db.commit()
        db.close()
        outcome = orgraph("show", "m1", "--store", copy)
        assert outcome.code == 4, statement
        assert outcome.err.startswith("strange.db: "), outcome.err
