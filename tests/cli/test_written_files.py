"""What a command writes goes where the user said, and over nothing that matters."""

import json
import os
import stat
from pathlib import Path

import pytest
from land import MERGE, kept, put
from running import Orgraph


@pytest.fixture
def proposal(land: Path, folder: Path) -> Path:
    """Return a proposal beside the store."""
    assert land.is_file()
    return put(folder, "p.json", MERGE)


@pytest.mark.parametrize("option", ["--plan", "--report"])
@pytest.mark.parametrize("where", ["plain", "dotted", "absolute", "linked", "above"])
def test_the_proposal_is_not_written_over(
    land: Path, proposal: Path, orgraph: Orgraph, option: str, where: str
) -> None:
    """A report or plan doesn't go over the proposal, however its path is written."""
    named: dict[str, str | Path] = {
        "plain": "p.json",
        "dotted": "./p.json",
        "absolute": proposal,
        "linked": "link.json",
        "above": f"../{proposal.parent.name}/p.json",
    }
    (proposal.parent / "link.json").symlink_to(proposal)
    before = kept(land)
    outcome = orgraph("simulate", "p.json", option, named[where])
    assert (outcome.code, outcome.out) == (2, "")
    assert "proposal" in outcome.err
    assert proposal.read_text(encoding="utf-8") == MERGE
    assert kept(land) == before


@pytest.mark.parametrize("tail", ["", "-wal", "-shm"])
@pytest.mark.parametrize("name", ["kho.json", "orgraph.db"])
def test_the_store_is_not_written_over(
    land: Path, proposal: Path, orgraph: Orgraph, tail: str, name: str
) -> None:
    """A report or plan doesn't go over the store, nor over the files beside it."""
    store = land.rename(land.with_name(name))
    before = kept(store)
    commands = [["--plan", f"{name}{tail}"], ["--plan", str(store.absolute()) + tail]]
    if f"{name}{tail}".endswith(".json"):
        commands.append(["--report", f"{name}{tail}"])
    for options in commands:
        outcome = orgraph("simulate", proposal, "--store", name, *options)
        assert (outcome.code, outcome.out) == (2, ""), options
        assert "store" in outcome.err
    assert kept(store) == before


def test_two_outputs_of_one_name(land: Path, proposal: Path, orgraph: Orgraph) -> None:
    """A plan and a report that would go to one file are refused, not lost."""
    before = kept(land)
    outcome = orgraph("simulate", proposal, "--plan", "o.json", "--report", "./o.json")
    assert outcome.code == 2, outcome.said
    assert kept(land) == before


def test_an_existing_report_is_replaced(
    proposal: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A report that was written before is written anew, whole."""
    put(folder, "r.json", "x" * 1_000_000)
    assert orgraph("simulate", proposal, "--report", "r.json").code == 0
    assert json.loads((folder / "r.json").read_text(encoding="utf-8"))["ok"]
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_report_can_be_read_by_others(
    proposal: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A written file has the permissions that the user's umask gives a new file."""
    before = os.umask(0o022)
    try:
        arguments = ["--report", "r.json", "--plan", "plan.json"]
        assert orgraph("simulate", proposal, *arguments).code == 0
    finally:
        os.umask(before)
    for name in ("r.json", "plan.json"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o644, name


def test_a_link_is_followed(proposal: Path, folder: Path, orgraph: Orgraph) -> None:
    """A report written to a link goes where it leads; the link stays one."""
    (folder / "shared").mkdir()
    target = put(folder / "shared", "r.json", "")
    (folder / "r.json").symlink_to(target)
    assert orgraph("simulate", proposal, "--report", "r.json").code == 0
    assert (folder / "r.json").is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["ok"]


def test_a_pipe_is_written_to(proposal: Path, folder: Path, orgraph: Orgraph) -> None:
    """A plan written to a named pipe goes through it; the pipe isn't replaced."""
    os.mkfifo(folder / "pipe")
    reader = os.open(folder / "pipe", os.O_RDWR | os.O_NONBLOCK)
    try:
        assert orgraph("simulate", proposal, "--plan", "pipe").code == 0
        assert stat.S_ISFIFO((folder / "pipe").stat().st_mode)
        assert b"orgraph.plan/1" in os.read(reader, 1_000_000)
    finally:
        os.close(reader)


def test_a_long_name(proposal: Path, folder: Path, orgraph: Orgraph) -> None:
    """A file name as long as the system allows is written."""
    name = "r" * 250 + ".json"
    assert orgraph("simulate", proposal, "--report", name).code == 0
    assert (folder / name).is_file()


@pytest.mark.parametrize(
    ("target", "word"),
    [
        ("none/r.json", "no such file"),
        ("folder.json", "directory"),
        ("p.json/r.json", "not a directory"),
        (f"{'r' * 300}.json", "name too long"),
    ],
)
def test_where_nothing_can_be_written(
    land: Path, proposal: Path, orgraph: Orgraph, target: str, word: str
) -> None:
    """A place where nothing can be written is named in one sentence, exit 2."""
    (proposal.parent / "folder.json").mkdir()
    before = kept(land)
    for option in ("--plan", "--report"):
        outcome = orgraph("simulate", proposal, option, target)
        assert outcome.code == 2
        assert outcome.err.startswith(f"{target}: ")
        assert word in outcome.err
        assert outcome.err.count("\n") == 1
    assert kept(land) == before
