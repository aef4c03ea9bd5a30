"""The façade: what `import orgraph` offers, and what it costs to start."""

import doctest
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import orgraph

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "company"
PROPOSAL = str(EXAMPLE / "proposal.yaml")
HEAVY = {"networkx", "pydantic", "rich", "sqlite3", "typer", "yaml"}


def loaded_by(code: str) -> set[str]:
    """Return the modules that a new process has loaded after some code."""
    script = f"{code}\nimport sys\nprint(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    return set(done.stderr.split())


def test_public_names_are_sorted_and_once() -> None:
    """`__all__` is sorted and names nothing twice."""
    assert list(orgraph.__all__) == sorted(set(orgraph.__all__))


def test_every_public_name_can_be_imported() -> None:
    """Every name of `__all__` is there, and is no module."""
    for name in orgraph.__all__:
        assert callable(getattr(orgraph, name)), name


def test_loader_and_list_agree() -> None:
    """What is loaded where it is first used is what `__all__` names."""
    assert set(orgraph._PLACES) == set(orgraph.__all__)


def test_unknown_name_is_an_attribute_error() -> None:
    """A name that isn't there is refused as Python does it."""
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = orgraph.nothing


def test_import_loads_nothing_heavy() -> None:
    """`import orgraph` loads neither a library nor a driver."""
    assert not loaded_by("import orgraph") & HEAVY


def test_help_loads_nothing_heavy() -> None:
    """`orgraph --help` loads what parses a command line, and nothing else."""
    code = "from orgraph.cli.run import run\nrun(['--help'])"
    assert not loaded_by(code) & (HEAVY - {"typer"})


def test_validate_loads_no_question() -> None:
    """`orgraph validate` loads what plans, and none of the questions."""
    code = f"from orgraph.cli.run import run\nrun(['validate', {PROPOSAL!r}])"
    loaded = loaded_by(code)
    assert "orgraph.engine.planning" in loaded
    assert "orgraph.queries" not in loaded


def test_a_command_is_seldom_looked_through_for_cycles(tmp_path: Path) -> None:
    """The collector seldom looks at what modules make, and not at all at the end."""
    code = (
        "import atexit, gc, sys\n"
        "def told():\n"
        "    looked = sum(one['collections'] for one in gc.get_stats())\n"
        "    print(looked < 50, gc.get_freeze_count() > len(gc.get_objects()))\n"
        "atexit.register(told)\n"
        "from orgraph.cli import main\n"
        f"sys.argv = ['orgraph', 'validate', {PROPOSAL!r}]\n"
        "main()\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, check=False, text=True
    )
    assert "only the form was checked" in done.stdout, done.stderr
    assert done.stdout.splitlines()[-1] == "True True", done.stderr


@pytest.mark.parametrize("name", ["", *orgraph.__all__])
def test_examples_of_docstrings_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each public name has an example that does what it says, as does the whole."""
    place = shutil.copytree(EXAMPLE, tmp_path / "company")
    monkeypatch.chdir(place)
    store = orgraph.MemoryStore(orgraph.load_pack("."))
    orgraph.load_tables(store, ["nodes.csv", "edges.csv"])
    known = {"date": date, "day": date(2025, 12, 31), "store": store}
    said = (getattr(orgraph, name) if name else orgraph).__doc__
    given = {} if not name else {"orgraph": orgraph, **known}
    test = doctest.DocTestParser().get_doctest(said, given, name, None, 0)
    assert test.examples
    printed: list[str] = []
    runner = doctest.DocTestRunner(verbose=False)
    runner.run(test, out=printed.append)
    assert runner.failures == 0, "".join(printed)


def test_errors_are_one_family() -> None:
    """Whoever catches OrgraphError catches all that orgraph raises for bad input."""
    for name in ("InputError", "RefusedError", "StaleError", "StoreError"):
        assert issubclass(getattr(orgraph, name), orgraph.OrgraphError)
