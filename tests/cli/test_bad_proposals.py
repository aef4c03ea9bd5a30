"""A proposal that can't be read or done is refused, and the store stays as it is."""

import re
from pathlib import Path

import pytest
from land import MERGE, kept, put
from running import Orgraph

HEAD = "title: A\neffective: 2025-01-01\nsteps:\n"
UNREADABLE: dict[str, bytes] = {
    "broken": b"steps: [",
    "operation": MERGE.replace("merge_units", "merge_unit").encode(),
    "field": MERGE.replace("sources", "source").encode(),
    "code": MERGE.replace("code: M9", "code: 06652").encode(),
    "date": MERGE.replace("2025-01-01", "1.1.2025").encode(),
    "id": MERGE.replace("{kind", '{id: "a\\u0007b", kind').encode(),
    "capitals": MERGE.replace("{kind", "{id: Elm, kind").encode(),
    "deep flow": b"[" * 100_000,
    "deep block": b"- " * 100_000,
    "bomb": b"a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
    "digits": f"{HEAD}  - undo: {'9' * 1_000_000}\n".encode(),
    "empty": b"",
    "list": b"- a\n",
    "nul": b"title: A\x00\n",
    "utf-16": MERGE.encode("utf-16"),
    "latin-1": MERGE.replace("Elm", "Ül").encode("latin-1"),
    "twice": MERGE.replace("effective:", "title: B\neffective:").encode(),
    "documents": (MERGE + "---\n" + MERGE).encode(),
    "tag": MERGE.replace("title: ", "title: !!python/name:os.system ").encode(),
    "markup": b"title: '[/b]'\nsteps: [[/b]]\n",
}
REFUSED = {
    "nobody": ("  - {op: close_unit, unit: nobody}\n", "nobody"),
    "a code twice": ("  - {op: close_unit, unit: 'code:J1'}\n", "J1"),
    "a name twice": ("  - {op: close_unit, unit: Cedar}\n", "Cedar"),
    "still has parts": ("  - {op: close_unit, unit: d}\n", "North"),
    "nothing": ("  - {op: rename_unit, unit: m1, name: Ash}\n", ""),
    "kind": ("  - {op: found_unit, new: {kind: twon, name: A}}\n", "twon"),
    "taken": ("  - {op: found_unit, new: {id: m1, kind: state, name: A}}\n", "m1"),
    "undo": ("  - {undo: 7}\n", "7"),
    "undo on another day": ("  - {undo: 1}\n", "2000-01-01"),
    "markup": ("  - {op: close_unit, unit: '[/b][red]'}\n", "[/b][red]"),
    "escape": (
        "  - {op: rename_unit, unit: m1, name: '%n {0} \\\\'}\n  - {undo: 9}\n",
        "9",
    ),
}


@pytest.mark.parametrize("command", ["validate", "simulate", "apply"])
@pytest.mark.parametrize("name", UNREADABLE)
def test_a_proposal_that_cannot_be_read(
    land: Path, folder: Path, orgraph: Orgraph, name: str, command: str
) -> None:
    """Exit 2, a sentence with a place and nothing else; the store is untouched."""
    put(folder, "p.yaml", UNREADABLE[name])
    before = kept(land)
    options = ["--yes"] if command == "apply" else []
    outcome = orgraph(command, "p.yaml", *options)
    assert (outcome.code, outcome.out) == (2, "")
    for line in outcome.err.splitlines():
        assert line.startswith("p.yaml:")
        assert line.removeprefix("p.yaml:")[0].isdigit()
        assert len(line) < 300
        assert line.isprintable()
    assert kept(land) == before


def test_the_same_problems_in_json(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Asked for JSON, validate gives the problems as data as well."""
    assert land.is_file()
    put(folder, "p.yaml", UNREADABLE["operation"])
    document = orgraph("validate", "p.yaml", "--format", "json").json
    assert document["ok"] is False
    assert document["findings"] == []
    (problem,) = document["problems"]
    assert problem.startswith("p.yaml:5:9: ")


@pytest.mark.parametrize("name", REFUSED)
def test_a_proposal_that_is_refused(
    land: Path, folder: Path, orgraph: Orgraph, name: str
) -> None:
    """Exit 1, a finding with its code that names what is wrong; nothing is written."""
    step, word = REFUSED[name]
    put(folder, "p.yaml", HEAD + step)
    before = kept(land)
    for command in (["validate"], ["simulate"], ["apply", "--yes"]):
        outcome = orgraph(*command, "p.yaml")
        assert outcome.code == 1, outcome.said
        assert outcome.err == ""
        assert "error " in outcome.out
        assert word in outcome.out
        assert re.search(r"step \d+, line \d+:", outcome.out), "by its line in the file"
    assert kept(land) == before


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("no.yaml", "no such file"),
        (".", "directory"),
        ("n" * 300, "name too long"),
        ("[/b].yaml", "no such file"),
        ("no\nfile.yaml", "no such file"),
        ("", "directory"),
    ],
)
def test_a_file_that_cannot_be_opened(
    land: Path, orgraph: Orgraph, name: str, word: str
) -> None:
    """A file that isn't there, or isn't one, is named in a sentence."""
    before = kept(land)
    for command in (["validate"], ["simulate"], ["apply", "--yes"]):
        outcome = orgraph(*command, name)
        assert (outcome.code, outcome.out) == (2, "")
        assert word in outcome.err
        assert "Traceback" not in outcome.err
    assert kept(land) == before


def test_a_left_out_step_is_counted(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """What only follows from a refused step is counted, one or many, not listed."""
    assert land.is_file()
    found = "  - {op: found_unit, new: {kind: twon, name: A}, as: new}\n"
    follow = "  - {op: rename_unit, unit: new, name: B}\n"
    for number, word in ((1, "1 step"), (2, "2 steps")):
        put(folder, "p.yaml", HEAD + found + follow * number)
        for command in ("validate", "simulate"):
            outcome = orgraph(command, "p.yaml")
            assert outcome.code == 1
            assert left_out(outcome.out) == word


def left_out(text: str) -> str:
    """Return how many steps were left out, as it is said."""
    (line,) = [
        line for line in text.splitlines() if line.lower().startswith("left out")
    ]
    return line.rpartition(": ")[2].rstrip(".")
