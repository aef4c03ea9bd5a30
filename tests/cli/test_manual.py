"""docs/cli.md says what the commands say of themselves."""

from pathlib import Path

import pytest
import typer

from orgraph.cli import manual
from orgraph.cli.app import app


def test_the_manual_is_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what the commands give today, however wide the terminal is."""
    for width in ("40", "300"):
        monkeypatch.setenv("COLUMNS", width)
        assert manual.FILE.read_text(encoding="utf-8") == manual.manual()
    assert manual.main(["--check"]) == 0


def test_the_manual_has_every_command_and_option() -> None:
    """Every command that isn't hidden has a section, with each of its options."""
    text = manual.manual()
    sections = {part.partition("\n")[0]: part for part in text.split("\n## ")[1:]}
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        assert (f"orgraph {name}" in sections) is not command.hidden
        if not command.hidden:
            section = sections[f"orgraph {name}"]
            for option in (p for p in command.params if p.opts[0].startswith("-")):
                assert option.opts[-1] in section
                assert option.help.split()[0] in section


def test_a_stale_manual_is_told_and_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """--check names the stale file and exits 1; without it the file is written."""
    monkeypatch.setattr(manual, "FILE", tmp_path / "cli.md")
    assert manual.main(["--check"]) == 1
    assert "cli.md is stale" in capsys.readouterr().err
    assert not manual.FILE.exists()
    assert manual.main([]) == 0
    assert manual.main(["--check"]) == 0
