"""The façade: what `import orgraph` offers, and what it costs to start."""

import subprocess
import sys
from pathlib import Path

import pytest

import orgraph

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "scenarios" / "dien_bien_2025"
HEAVY = {"networkx", "pydantic", "rich", "sqlite3", "typer", "yaml"}


def loaded_by(code: str) -> set[str]:
    """Return the top-level modules that a new process has loaded after some code."""
    script = f"{code}\nimport sys\nprint(*sorted(sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    return {name.partition(".")[0] for name in done.stderr.split()}


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


def test_example_of_the_docstring_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the façade's docstring shows is done as it stands."""
    monkeypatch.chdir(tmp_path)
    with orgraph.create("orgraph.db", "vietnam") as store:
        tables = [SCENARIO / "nodes.csv", SCENARIO / "edges.csv"]
        orgraph.load_tables(store, tables)
    proposal = (SCENARIO / "proposal.yaml").read_text(encoding="utf-8")
    Path("proposal.yaml").write_text(proposal, encoding="utf-8")
    lines = (orgraph.__doc__ or "").splitlines()
    example = "\n".join(line[4:] for line in lines if line.startswith("    "))
    assert "store.commit(plan)" in example
    exec(example, {"orgraph": orgraph})  # noqa: S102 - our own docstring
    with orgraph.open("orgraph.db") as store:
        assert store.head() == 2


def test_errors_are_one_family() -> None:
    """Whoever catches OrgraphError catches all that orgraph raises for bad input."""
    for name in ("InputError", "RefusedError", "StaleError", "StoreError"):
        assert issubclass(getattr(orgraph, name), orgraph.OrgraphError)
