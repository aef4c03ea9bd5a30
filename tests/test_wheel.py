"""The package as it is installed: built, put into an empty environment, run there."""

import ast
import re
import subprocess
import sys
import sysconfig
import tarfile
import tomllib
import venv
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "dien_bien_2025"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def built(source: Path, place: Path, kind: str) -> Path:
    """Build a wheel or sdist of a source folder, and return its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", kind]
    subprocess.run(
        [*command, "-d", str(place)], cwd=source, check=True, capture_output=True
    )
    (file,) = place.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return file


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel of this source."""
    return built(ROOT, tmp_path_factory.mktemp("wheel"), "wheel")


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of programs of an environment with the wheel in it.

    What orgraph depends on is lent by the environment of the tests, of which nothing
    else is seen: its own orgraph is an editable install, by a .pth file.
    """
    place = tmp_path_factory.mktemp("environment") / "empty"
    venv.create(place)
    into = ["--python", str(place / "bin" / "python"), "--disable-pip-version-check"]
    install = ["install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    command = [sys.executable, "-m", "pip", *into, *install]
    subprocess.run(command, check=True, capture_output=True)
    (packages,) = place.glob("lib/python*/site-packages")
    lent = packages / "lent.pth"
    lent.write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return place / "bin"


def run(program: Path, *arguments: str | Path, folder: Path) -> str:
    """Run a program in a folder, with nothing of this repository on its path."""
    done = subprocess.run(
        [str(program), *map(str, arguments)],
        cwd=folder,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_wheel_works_in_an_empty_environment(installed: Path, tmp_path: Path) -> None:
    """Installed elsewhere it imports, validates, simulates and drafts by its packs."""
    where = run(
        installed / "python",
        *("-c", "import orgraph; print(orgraph.__file__)"),
        folder=tmp_path,
    )
    assert str(installed.parent) in where

    def orgraph(*arguments: str | Path) -> str:
        return run(installed / "orgraph", *arguments, folder=tmp_path)

    assert orgraph("--version") == f"orgraph {PROJECT['project']['version']}\n"
    orgraph("init", "--pack", "vietnam")
    orgraph("import", SCENARIO / "nodes.csv", SCENARIO / "edges.csv")
    proposal = SCENARIO / "proposal.yaml"
    assert "nothing blocks it" in orgraph("validate", proposal)
    orgraph("simulate", proposal, "--report", "r.json", "--plan", "p.json")
    assert "art. 24" in orgraph("why", "CELL01", "--pack", "vietnam")
    notes = ["draft", SCENARIO / "table.csv", "--effective", "2025-07-01"]
    orgraph(*notes, "--unknown-shares", "-o", "drafted.yaml")


@pytest.mark.slow
def test_the_wheel_holds_packs_types_and_licence(wheel: Path) -> None:
    """All of schema/ is in it, py.typed and the licence, and nothing of the tests."""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        (metadata,) = (name for name in names if name.endswith("/METADATA"))
        said = archive.read(metadata).decode()
    schema = {
        f"orgraph/{path.relative_to(ROOT)}"
        for path in (ROOT / "schema").rglob("*")
        if path.is_file()
    }
    assert schema <= names
    assert "orgraph/py.typed" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"orgraph", metadata.partition("/")[0]}
    assert "License-Expression: MIT" in said
    assert f"Requires-Python: {PROJECT['project']['requires-python']}" in said


@pytest.mark.slow
def test_an_sdist_gives_the_same_wheel(wheel: Path, tmp_path: Path) -> None:
    """A wheel built from the source archive has the same files with the same bytes."""
    archive = built(ROOT, tmp_path, "sdist")
    with tarfile.open(archive) as sources:
        sources.extractall(tmp_path / "sources", filter="data")
    (folder,) = (tmp_path / "sources").iterdir()
    again = built(folder, tmp_path, "wheel")
    with zipfile.ZipFile(wheel) as first, zipfile.ZipFile(again) as second:
        names = sorted(first.namelist())
        assert sorted(second.namelist()) == names
        assert all(first.read(name) == second.read(name) for name in names)


def test_what_is_imported_is_declared() -> None:
    """Each library that orgraph imports is among its dependencies, and none is idle."""
    imported = set()
    for path in sorted((ROOT / "orgraph").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                imported.add((node.module or "").partition(".")[0])
    outside = imported - set(sys.stdlib_module_names) - {"orgraph"}
    named = packages_distributions()
    wanted = {_normal(named[module][0]) for module in outside}
    extras = PROJECT["project"]["optional-dependencies"]
    declared = PROJECT["project"]["dependencies"] + [
        one for extra, ones in extras.items() if extra != "dev" for one in ones
    ]
    assert {_normal(re.split(r"[<>=\[; ]", one)[0]) for one in declared} == wanted


def _normal(name: str) -> str:
    return name.lower().replace("_", "-")
