"""Validate, simulate and apply: which files they take, and when they ask."""

from pathlib import Path

import pytest
from land import MERGE, REFUSED, RENAME, kept, put
from running import Orgraph


def test_several_files_and_standard_input(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """Validate takes several files and `-`, says each by name, and the worst code."""
    assert land.is_file()
    put(folder, "a.yaml", MERGE)
    put(folder, "b.yaml", REFUSED)
    put(folder, "c.yaml", "nothing")
    good = orgraph("validate", "a.yaml", "-", stdin=RENAME.encode())
    assert good.code == 0
    assert "a.yaml: nothing blocks it" in good.out
    assert "-: nothing blocks it" in good.out
    assert orgraph("validate", "a.yaml", "b.yaml").code == 1
    worst = orgraph("validate", "c.yaml", "b.yaml", "a.yaml", "--format", "json")
    assert worst.code == 2
    assert "c.yaml:1:1" in worst.err
    document = worst.json
    assert document["ok"] is False
    assert {finding["file"] for finding in document["findings"]} >= {"b.yaml"}
    assert "c.yaml:1:1" in document["problems"][0]


def test_standard_input_is_applied(land: Path, orgraph: Orgraph) -> None:
    """Simulate and apply read a proposal from standard input."""
    assert land.is_file()
    assert orgraph("simulate", "-", stdin=MERGE.encode()).code == 0
    outcome = orgraph("apply", "-", "--yes", stdin=MERGE.encode())
    assert outcome.code == 0
    assert "revision 2 (" in outcome.out


@pytest.mark.parametrize("stdin", [b"", b"\xff", b"- a", b"a: ["])
def test_bad_standard_input(land: Path, orgraph: Orgraph, stdin: bytes) -> None:
    """What is wrong with standard input is said of `-`."""
    before = kept(land)
    for command in (["validate", "-"], ["simulate", "-"], ["apply", "-", "--yes"]):
        outcome = orgraph(*command, stdin=stdin)
        assert outcome.code == 2
        assert outcome.err.startswith("-:")
    assert kept(land) == before


def test_form_alone_without_a_store(folder: Path, orgraph: Orgraph) -> None:
    """Without a store only the form is checked, which is said; no store is made."""
    put(folder, "p.yaml", RENAME)
    outcome = orgraph("validate", "p.yaml")
    assert outcome.code == 0
    assert "1 step," in outcome.out
    assert "no store" in outcome.out
    document = orgraph("validate", "p.yaml", "--format", "json").json
    assert (document["ok"], document["checked"]) == (True, "form")
    put(folder, "p.yaml", "title: A")
    outcome = orgraph("validate", "p.yaml")
    assert outcome.code == 2
    assert "steps is missing" in outcome.err
    assert sorted(path.name for path in folder.iterdir()) == ["p.yaml"]


def test_a_named_store_must_be_there(folder: Path, orgraph: Orgraph) -> None:
    """With --store the store is meant: where it isn't, that is said, exit 4."""
    put(folder, "p.yaml", RENAME)
    outcome = orgraph("validate", "p.yaml", "--store", "no.db")
    assert (outcome.code, outcome.out) == (4, "")
    assert "no.db" in outcome.err


@pytest.mark.parametrize("command", [["apply", "p.yaml"], ["undo"], ["undo", "1"]])
def test_nobody_can_be_asked(
    land: Path, folder: Path, orgraph: Orgraph, command: list[str]
) -> None:
    """Without a terminal and without --yes nothing is written, and --yes is named."""
    put(folder, "p.yaml", MERGE)
    before = kept(land)
    outcome = orgraph(*command)
    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert kept(land) == before


@pytest.mark.parametrize(
    ("answer", "code"), [("y", 0), ("yes", 0), ("n", 1), ("", 1), ("what\nn", 1)]
)
def test_asked_on_a_terminal(
    land: Path, folder: Path, orgraph: Orgraph, answer: str, code: int
) -> None:
    """On a terminal apply and undo ask; only a yes writes."""
    put(folder, "p.yaml", MERGE)
    for command, question in (
        (["apply", "p.yaml"], "Apply this?"),
        (["undo"], "Take this back?"),
    ):
        before = kept(land)
        outcome = orgraph(*command, stdin=f"{answer}\n".encode(), terminal=True)
        assert outcome.code == code, outcome.said
        assert question in outcome.out
        assert (kept(land) == before) == (code == 1)
        assert outcome.out.endswith("Nothing was written.\n") == (code == 1)


def test_refused_is_exit_1(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """What findings refuse is exit 1 for every command, and is not written."""
    put(folder, "p.yaml", REFUSED)
    before = kept(land)
    for command in (["validate"], ["simulate"], ["apply", "--yes"], ["apply"]):
        outcome = orgraph(*command, "p.yaml")
        assert outcome.code == 1, command
        assert "UNIT" in outcome.out
    assert kept(land) == before


def test_strict(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """--strict turns a new warning into exit 1; without it a warning is exit 0."""
    town = RENAME.replace("rename_unit", "change_type").replace(
        "name: Fir", "type: town"
    )
    put(folder, "p.yaml", town)
    assert land.is_file()
    for command in (["validate"], ["simulate"]):
        plain = orgraph(*command, "p.yaml")
        assert plain.code == 0
        assert "warning STANDARD" in plain.out
        assert orgraph(*command, "p.yaml", "--strict").code == 1
    assert orgraph("check").code == 0
    assert orgraph("check", "--strict").code == 1
    document = orgraph("validate", "p.yaml", "--strict", "--format", "json").json
    assert document["ok"] is False
