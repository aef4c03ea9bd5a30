"""A store that may not be read or written, or that has no space, says so."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from land import put
from running import Orgraph

from orgraph.stores import sqlite_open

pytestmark = pytest.mark.usefixtures("proposal_and_table")


def test_read_only(land: Path, folder: Path, process: Orgraph) -> None:
    """A store that may only be read answers questions, and isn't written."""
    before = land.read_bytes()
    land.chmod(0o444)
    folder.chmod(0o555)
    try:
        for command in (["tally", "s"], ["simulate", "p.yaml"], ["check"]):
            asked = process(*command, before=unprivileged())
            assert asked.code == 0, asked.err
        for command in (["apply", "p.yaml", "--yes"], ["import", "n.csv"]):
            outcome = process(*command, before=unprivileged())
            assert outcome.code == 4
            assert "not written" in outcome.err
            assert outcome.err.count("\n") == 1
    finally:
        folder.chmod(0o755)
    assert land.read_bytes() == before


def test_no_permission(land: Path, folder: Path, process: Orgraph) -> None:
    """A store, a table or a proposal that may not be read is said to be so."""
    for name, command, code in (
        ("orgraph.db", ["tally", "s"], 4),
        ("p.yaml", ["validate", "p.yaml"], 2),
        ("p.yaml", ["apply", "p.yaml", "--yes"], 2),
        ("n.csv", ["import", "n.csv"], 2),
    ):
        (folder / name).chmod(0)
        outcome = process(*command, before=unprivileged())
        (folder / name).chmod(0o644)
        assert outcome.code == code, outcome.said
        assert outcome.err == f"{name}: permission denied\n"
    assert land.is_file()


def test_a_folder_without_permission(folder: Path, process: Orgraph) -> None:
    """What lies in a folder that may not be entered is said in a sentence."""
    (folder / "shut").mkdir()
    shutil.copy(folder / "p.yaml", folder / "shut" / "p.yaml")
    (folder / "shut").chmod(0)
    try:
        for command, code in (
            (["tally", "s", "--store", "shut/orgraph.db"], 4),
            (["init", "--pack", "territory", "--store", "shut/new.db"], 4),
            (["import", "n.csv", "--pack", "territory", "--store", "shut/new.db"], 4),
            (["validate", "shut/p.yaml"], 2),
            (["rules", "--pack", "shut"], 2),
        ):
            outcome = process(*command, before=unprivileged())
            assert outcome.code == code, outcome.said
            assert "permission" in outcome.err, outcome.err
            assert outcome.err.count("\n") == 1
    finally:
        (folder / "shut").chmod(0o755)


def test_a_folder_that_may_not_be_written(folder: Path, process: Orgraph) -> None:
    """A store that can't be made says why, and what to do; nothing is left behind."""
    (folder / "shut").mkdir()
    (folder / "shut").chmod(0o555)
    for command in (["init"], ["import", "n.csv"]):
        outcome = process(
            *command,
            *("--pack", "territory", "--store", "shut/new.db"),
            before=unprivileged(),
        )
        assert (outcome.code, outcome.out) == (4, "")
        assert outcome.err == (
            "shut/new.db: the store can't be made here: permission denied; name a file "
            "in a folder where you may write (--store FILE)\n"
        )
    assert list((folder / "shut").iterdir()) == []


def unprivileged() -> tuple[str, ...]:
    """Return what runs a command without the right to pass over permissions."""
    if os.geteuid() != 0:
        return ()
    drop = ("setpriv", "--bounding-set=-dac_override,-dac_read_search")
    if (
        shutil.which("setpriv") is None
        or subprocess.run([*drop, "true"], check=False, capture_output=True).returncode
    ):
        pytest.skip("root passes over permissions here")
    return drop


@pytest.mark.parametrize(
    "command",
    [["apply", "p.yaml", "--yes"], ["undo", "--yes"], ["import", "n.csv"]],
    ids=lambda command: command[0],
)
def test_locked_by_another_writer(
    land: Path,
    orgraph: Orgraph,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """While another writes, writing waits and then says so; questions go on."""
    monkeypatch.setattr(sqlite_open, "WAIT_SECONDS", 0.05)
    other = sqlite3.connect(land, isolation_level=None)
    try:
        other.execute("BEGIN IMMEDIATE")
        outcome = orgraph(*command)
        assert outcome.code == 4
        assert "locked by another writer" in outcome.err
        assert orgraph("tally", "s").code == 0
        assert orgraph("simulate", "p.yaml").code == 0
        other.execute("ROLLBACK")
    finally:
        other.close()
    assert orgraph(*command).code == 0


def _full(pages: int) -> Callable[..., sqlite3.Connection]:
    opened = sqlite_open._open

    def limited(*arguments: str) -> sqlite3.Connection:
        db = opened(*arguments)
        db.execute(f"PRAGMA max_page_count={pages}")
        return db

    return limited


@pytest.mark.parametrize("command", [["apply", "p.yaml", "--yes"], ["import", "n.csv"]])
def test_a_full_disk(
    land: Path,
    folder: Path,
    orgraph: Orgraph,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """Where there is no space, nothing is written, and that is said."""
    rows = "".join(f"z{n},state,{'Zed ' * 100}{n},2000\n" for n in range(200))
    put(folder, "n.csv", f"id,kind,name,since\n{rows}")
    step = "  - op: found_unit\n    new: {{kind: state, name: '{} {}'}}\n"
    steps = "".join(step.format("Zed " * 100, n) for n in range(200))
    put(folder, "p.yaml", f"title: A\neffective: 2025-01-01\nsteps:\n{steps}")
    before = land.read_bytes()
    monkeypatch.setattr(sqlite_open, "_open", _full(1))
    outcome = orgraph(*command)
    assert outcome.code == 4, outcome.said
    assert "no space left" in outcome.err
    assert "Traceback" not in outcome.err
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    assert land.read_bytes() == before
    assert orgraph("history", "--format", "json").json["head"] == 1
