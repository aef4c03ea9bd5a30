"""Fixtures of the command line's tests: it is run in this process, or as its own."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from land import EDGES, MERGE, NODES, kept, put
from reform import Ask, Item
from running import ORGANISATION, SCENARIO, TERRITORY, Orgraph, Outcome

from orgraph.cli.run import run

_FROM_OUTSIDE = (
    "COLUMNS",
    "FORCE_COLOR",
    "NO_COLOR",
    "ORGRAPH_AUTHOR",
    "ORGRAPH_STORE",
)


class _Terminal(io.TextIOWrapper):
    """Standard input where somebody sits."""

    def isatty(self) -> bool:
        """Say that this is a terminal."""
        return True


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the empty folder in which the commands of a test run."""
    for name in _FROM_OUTSIDE:
        monkeypatch.delenv(name, raising=False)
    place = tmp_path / "here"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def orgraph(
    folder: Path,  # noqa: ARG001 - a command runs in it
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Orgraph:
    """Return what runs a command line in this process; `stdin` is what it can read.

    With `terminal` standard input is taken for one, so that the user can be asked.
    """

    def call(
        *arguments: str | Path, stdin: bytes = b"", terminal: bool = False
    ) -> Outcome:
        capsys.readouterr()
        reader = _Terminal if terminal else io.TextIOWrapper
        monkeypatch.setattr("sys.stdin", reader(io.BytesIO(stdin)))
        code = run([str(argument) for argument in arguments])
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return call


@pytest.fixture
def process(folder: Path) -> Orgraph:
    """Return what runs a command line as a process of its own, its output piped."""

    def call(
        *arguments: str | Path,
        before: tuple[str, ...] = (),
        **options: Any,  # noqa: ANN401 - as subprocess.run has them
    ) -> Outcome:
        environment = {**os.environ, **options.pop("env", {})}
        done = subprocess.run(
            [*before, sys.executable, "-m", "orgraph", *map(str, arguments)],
            cwd=folder,
            env=environment,
            capture_output=True,
            check=False,
            timeout=60,
            **({"stdin": subprocess.DEVNULL} | options),
        )
        return Outcome(done.returncode, done.stdout.decode(), done.stderr.decode())

    return call


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return what makes a store of scenario tables once, and names its file."""
    kept: dict[tuple[str, ...], Path] = {}
    place = tmp_path_factory.mktemp("made")

    def make(*tables: str) -> Path:
        if tables not in kept:
            path = place / f"{len(kept)}.db"
            files = [str(SCENARIO / table) for table in tables]
            code = run(["import", *files, "--pack", "vietnam", "--store", str(path)])
            assert code == 0
            kept[tables] = path
        return kept[tables]

    return make


@pytest.fixture
def territory(folder: Path, made: Callable[..., Path]) -> Path:
    """Return a store with the territory of Điện Biên before the reform."""
    return Path(shutil.copy(made(*TERRITORY), folder / "orgraph.db"))


@pytest.fixture
def everything(folder: Path, made: Callable[..., Path]) -> Path:
    """Return a store with the territory and the small organisation on it."""
    return Path(shutil.copy(made(*TERRITORY, *ORGANISATION), folder / "orgraph.db"))


@pytest.fixture(scope="session")
def land_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the store of the small land, made once."""
    place = tmp_path_factory.mktemp("land")
    tables = [put(place, "nodes.csv", NODES), put(place, "edges.csv", EDGES)]
    path = place / "orgraph.db"
    command = ["import", *map(str, tables), "--pack", "territory"]
    assert run([*command, "--store", str(path)]) == 0
    return path


@pytest.fixture
def land(folder: Path, land_made: Path) -> Path:
    """Return a store with a small land of four municipalities."""
    return Path(shutil.copy(land_made, folder / "orgraph.db"))


@pytest.fixture
def proposal_and_table(folder: Path) -> None:
    """Lay a proposal and a table beside the store."""
    put(folder, "p.yaml", MERGE)
    put(folder, "n.csv", "id,kind,name,since\nz,state,Zed,2000\n")


@pytest.fixture
def plan(land: Path, folder: Path, orgraph: Orgraph) -> Path:
    """Return the plan of the merger of Ash and Birch, as simulate writes it."""
    assert land.is_file()
    put(folder, "p.yaml", MERGE)
    before = kept(land)
    assert orgraph("simulate", "p.yaml", "--plan", "plan.json").code == 0
    assert kept(land)[0] == before[0]
    return folder / "plan.json"


@pytest.fixture
def ask(orgraph: Orgraph) -> Ask:
    """Return what asks a question of the store, opened anew, and reads the JSON."""

    def question(*arguments: str) -> Item:
        outcome = orgraph(*arguments, "--format", "json")
        assert outcome.code == 0, outcome.said
        return outcome.json

    return question
