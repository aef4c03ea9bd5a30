"""Completion in a shell: its script, and what it offers where the user stands."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from running import Orgraph

SHELLS = ["bash", "zsh", "fish"]


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_of_a_shell(
    orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    """A shell is given its own script, which asks orgraph."""
    monkeypatch.setenv("_ORGRAPH_COMPLETE", f"source_{shell}")
    outcome = orgraph()
    assert outcome.code == 0
    assert f"_ORGRAPH_COMPLETE=complete_{shell}" in outcome.out
    assert "orgraph" in outcome.out


@pytest.mark.parametrize("shell", SHELLS)
def test_what_is_offered(
    orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch, shell: str
) -> None:
    """Commands and options that begin so are offered, each shell in its own way."""
    monkeypatch.setenv("_ORGRAPH_COMPLETE", f"complete_{shell}")
    monkeypatch.setenv("_TYPER_COMPLETE_FISH_ACTION", "get-args")
    for line, offered, other in (
        ("orgraph va", ("validate", "vacancies"), "undo"),
        ("orgraph validate --st", ("--store", "--strict"), "--format"),
        ("orgraph joint", ("joint-cells",), "joint_cells"),
    ):
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(line.count(" ")))
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", line)
        outcome = orgraph()
        assert outcome.code == 0
        assert all(word in outcome.out for word in offered)
        assert other not in outcome.out


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_shows_and_installs_it(folder: Path) -> None:
    """Bash is known by itself; installed, it completes a command line."""
    program = folder / "bin" / "orgraph"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m orgraph "$@"\n')
    program.chmod(0o755)
    script = """
    set -e
    orgraph --show-completion | grep -q complete_bash
    orgraph --install-completion
    . ~/.bashrc
    COMP_WORDS=(orgraph whi) COMP_CWORD=1
    _orgraph_completion orgraph
    echo "offered: ${COMPREPLY[*]}"
    """
    path = f"{program.parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        env={**os.environ, "PATH": path, "HOME": str(folder)},
        capture_output=True,
        check=False,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "bash completion installed" in done.stdout
    assert done.stdout.endswith("offered: white-villages\n")


def test_an_instruction_that_there_is_not(
    orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no shell asks is refused in a sentence."""
    monkeypatch.setenv("_ORGRAPH_COMPLETE", "complete_tcsh")
    outcome = orgraph()
    assert (outcome.code, outcome.out) == (1, "")
    assert "tcsh not supported" in outcome.err


def test_the_version(orgraph: Orgraph) -> None:
    """`orgraph --version` is the name and the version, and nothing else."""
    outcome = orgraph("--version")
    assert outcome.code == 0
    name, number = outcome.out.split()
    assert name == "orgraph"
    assert number[0].isdigit()
