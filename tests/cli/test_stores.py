"""A store that can't be used is said in one sentence, exit 4, and stays as it is."""

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from land import MERGE, NODES, kept, put
from running import Orgraph

from orgraph.stores import sqlite_open

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


@pytest.fixture(autouse=True)
def _files(folder: Path) -> None:
    """Lay a proposal and a table beside the store."""
    put(folder, "p.yaml", MERGE)
    put(folder, "n.csv", "id,kind,name,since\nz,state,Zed,2000\n")


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


def test_init_over_a_file(land: Path, orgraph: Orgraph) -> None:
    """Init doesn't go over a store, nor over another file."""
    for name in ("orgraph.db", "p.yaml"):
        before = kept(land), Path(name).read_bytes()
        outcome = orgraph("init", "--pack", "territory", "--store", name)
        assert outcome.code == 4
        assert "a file already" in outcome.err
        assert (kept(land), Path(name).read_bytes()) == before


@pytest.mark.parametrize(
    ("command", "code", "word"),
    [
        (["init", "--pack", "nowhere"], 2, "territory, vietnam"),
        (["init", "--pack", "here"], 2, "pack"),
        (["init", "--pack", "territory", "--store", "no/new.db"], 4, "folder"),
        (["import", "n.csv"], 4, "--pack"),
        (["import", "n.csv", "--pack", "nowhere"], 2, "territory, vietnam"),
        (["import", "no.csv", "--pack", "territory"], 2, "no such file"),
        (["import", "p.yaml", "--pack", "territory"], 2, "CSV"),
        (["import", "bad.csv", "--pack", "territory"], 2, "bad.csv:2"),
        (["import", "n.csv", "--pack", "territory", "--since", "2000"], 2, "2000"),
    ],
)
def test_a_first_step_that_fails(
    folder: Path, orgraph: Orgraph, command: list[str], code: int, word: str
) -> None:
    """An init or a first import that fails leaves no store behind."""
    put(folder, "bad.csv", "id,kind,name,since\nz,stat,Zed,2000\n")
    (folder / "here").mkdir()
    put(folder / "here", "pack.toml", "[pack]\nname = 'a'\n")
    before = sorted(folder.iterdir())
    outcome = orgraph(*command)
    assert outcome.code == code, outcome.said
    assert word in outcome.err
    assert sorted(folder.iterdir()) == before


def test_packs_are_compared_by_what_they_say(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """--pack on a store that has one must be the same pack, wherever it lies."""
    assert land.is_file()
    source = Path(__file__).resolve().parents[2] / "schema" / "territory"
    for place in ("other name", "changed"):
        shutil.copytree(source, folder / place)
    same = orgraph("import", "n.csv", "--pack", "other name")
    assert same.code == 0, same.said
    pack = folder / "changed" / "pack.toml"
    text = pack.read_text(encoding="utf-8").replace("1_000", "2_000")
    pack.write_text(text, encoding="utf-8")
    before = kept(land)
    outcome = orgraph("import", "n.csv", "--pack", "changed")
    assert (outcome.code, outcome.out) == (4, "")
    assert "another pack" in outcome.err
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 4
    assert kept(land) == before
    made = orgraph("import", "n.csv", "--pack", "changed", "--store", "new.db")
    assert made.code == 0, made.said


def test_importing_again(folder: Path, orgraph: Orgraph) -> None:
    """After a first import that failed, the mended one is revision 1."""
    put(folder, "n.csv", NODES.replace("state", "stat"))
    command = ["import", "n.csv", "--pack", "territory"]
    assert orgraph(*command).code == 2
    put(folder, "n.csv", NODES)
    outcome = orgraph(*command)
    assert outcome.code == 0, outcome.said
    assert "orgraph.db: revision 1, 13 rows\n" in outcome.out
