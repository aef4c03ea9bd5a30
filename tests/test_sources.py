"""docs/sources.md: what is said to serve a fact is there."""

import re
from pathlib import Path

import typer

from orgraph.cli.app import app
from orgraph.engine.codes import codes
from orgraph.operations import operations
from orgraph.rules import laws, rules

ROOT = Path(__file__).resolve().parent.parent
TEXT = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| ([CR]-\d\d) \| (.+) \| ([A-D, ]+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]


def is_there(name: str) -> bool:
    """Tell whether what a cell names is a scenario, command, code, step or rule."""
    if name.startswith("scenarios/"):
        return (ROOT / name).exists()
    if name.startswith("orgraph "):
        return name.split()[1] in COMMANDS
    if name[0].isupper():
        return name in codes()
    return name in {**operations(), **rules(), **laws()}


def test_what_serves_a_fact_is_there() -> None:
    """Every scenario, command, code, operation and rule that is named exists."""
    named = {name for row in ROW.findall(TEXT) for name in NAMED.findall(row[3])}
    assert len(named) > 50
    assert sorted(name for name in named if not is_there(name)) == []
    assert not is_there("scenarios/nowhere.yaml")
    assert not is_there("orgraph nothing")
    assert not is_there("NOTHING01")


def test_every_fact_is_told_and_served_or_said_to_be_served_by_nothing() -> None:
    """The facts are numbered without a gap; each names what serves it, or nothing."""
    rows = ROW.findall(TEXT)
    wanted = [f"C-{n:02}" for n in range(1, 41)] + [f"R-{n:02}" for n in range(1, 32)]
    assert [row[0] for row in rows] == wanted
    for number, fact, _, served in rows:
        assert NAMED.search(served) or "**nothing**" in served, number
        assert len(fact) > 10, number
