"""What the documents show is what happens; what they name is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
import typer
import yaml
from console_blocks import FENCED, Command, Saved, blocks

from orgraph.cli.app import app
from orgraph.cli.run import run

ROOT = Path(__file__).resolve().parent.parent
DOCS = sorted((ROOT / "docs").glob("*.md"))
RUN = ["docs/packs.md", "docs/tutorial.md", "scenarios/dien_bien_2025/README.md"]
README = ROOT / "README.md"
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")


@pytest.mark.parametrize("name", RUN)
def test_commands_print_what_a_document_shows(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Followed from its first line in an empty clone, a document tells the truth."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ORGRAPH_STORE", raising=False)
    for folder in ("docs", "scenarios", "schema"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    done = 0
    for block in blocks(ROOT / name):
        if not isinstance(block, Command):
            (tmp_path / block.name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / block.name).write_text(block.text, encoding="utf-8")
            continue
        code = run(block.arguments)
        printed = capsys.readouterr()
        said = f"$ orgraph {' '.join(block.arguments)}\n{printed.out}{printed.err}"
        assert code == block.code, said
        assert block.printed(printed.out), said
        done += 1
    assert done > 3


def test_the_chain_of_the_readme_can_be_followed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After the commands that Điện Biên's README gives, it is as the README shows."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "scenarios").symlink_to(ROOT / "scenarios")
    for block in blocks(ROOT / "scenarios" / "dien_bien_2025" / "README.md"):
        assert isinstance(block, Command)
        assert run(block.arguments) == block.code
    shown = [b for b in blocks(README) if isinstance(b, Command)]
    (chain,) = (b for b in shown if b.arguments[0] == "chain")
    capsys.readouterr()
    assert run(chain.arguments) == chain.code
    printed = capsys.readouterr().out
    assert chain.printed(printed), printed


def test_the_first_commands_of_the_readme_need_no_clone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In an empty folder they print what is shown, and the workbook is read filled."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ORGRAPH_STORE", raising=False)
    first = [b for b in blocks(README) if isinstance(b, Command)][:2]
    assert [block.arguments[0] for block in first] == ["init", "import"]
    for block in first:
        assert run(block.arguments) == block.code
        assert block.printed("".join(capsys.readouterr())), block
    book = openpyxl.load_workbook("units.xlsx")
    book["state"].append(["s", "Land", "", "2000"])
    book.save("units.xlsx")
    assert run(["import", "units.xlsx"]) == 0
    assert "1 state" in capsys.readouterr().out


@pytest.mark.parametrize("path", [README, *DOCS], ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    """Every relative link of a document leads to a file or folder."""
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        assert (path.parent / target).exists(), target


@pytest.mark.slow
def test_the_operation_that_is_worked_out_works(tmp_path: Path) -> None:
    """With the files of docs/operations.md in a copy, its commands all succeed."""
    for folder in ("orgraph", "schema", "scenarios", "tests"):
        rubbish = shutil.ignore_patterns("__pycache__", "*.db")
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=rubbish)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = ROOT / "docs" / "operations.md"
    saved = [block for block in blocks(path) if isinstance(block, Saved)]
    for file in saved:
        target = tmp_path / file.name
        assert not target.exists(), file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8")
    assert len({Path(file.name).parent for file in saved}) == 3
    text = path.read_text(encoding="utf-8")
    commands = re.findall(r"^python (.+)$", text, re.MULTILINE)
    assert len(commands) == 3
    for command in commands:
        done = subprocess.run(
            [sys.executable, *shlex.split(command)],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            capture_output=True,
            check=False,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        assert "skipped" not in done.stdout


def test_the_hook_of_pre_commit_is_a_command() -> None:
    """What pre-commit is to run is a command, with options that it has."""
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    program, command = hook["entry"].split()
    assert program == "orgraph"
    assert command in typer.main.get_command(app).commands  # type: ignore[attr-defined]
    assert hook["id"] in (ROOT / "README.md").read_text(encoding="utf-8")


def test_what_is_shown_of_a_pack_stands_in_it() -> None:
    """Each line of TOML in docs/packs.md stands in the pack of the example."""
    text = (ROOT / "docs" / "packs.md").read_text(encoding="utf-8")
    pack = ROOT / "docs" / "examples" / "company" / "pack.toml"
    held = {line.strip() for line in pack.read_text(encoding="utf-8").splitlines()}
    shown = [
        line.partition("  #")[0].strip()
        for kind, block in FENCED.findall(text)
        if kind == "text"
        for line in block.splitlines()
    ]
    assert len(shown) > 30
    assert [line for line in shown if line and line not in held] == []
