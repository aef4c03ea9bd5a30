"""Replaying a timeline: line by line, stopped, and gone on with."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from land import MERGE, kept, put
from running import Orgraph
from timelines import close, line, rename, timeline

GOOD = (
    rename("2020-01-01", "Elder"),
    rename("2020-01-01", "Fir", "m3"),
    rename("2021-01-01", "Gorse"),
)
NOWHERE = close("2020-06-01", "nowhere")


def rows(store: Path) -> list[tuple[object, ...]]:
    """Return every row and past row of a store, and its revisions less their time."""
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    found: list[tuple[object, ...]] = []
    for table in ("node", "edge", "past_node", "past_edge", "tally"):
        found += sorted((table, *row) for row in db.execute(f"SELECT * FROM {table}"))  # noqa: S608 - a name from the line above
    query = "SELECT number, effective, title, proposal, rows FROM revision"
    found += list(db.execute(f"{query} ORDER BY number"))
    db.close()
    return found


def test_a_timeline_is_applied(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Every line is a revision; the table counts steps and changes by day."""
    assert land.is_file()
    two = [
        {"op": "rename_unit", "unit": "m4", "name": "Hazel"},
        {"op": "set_facts", "unit": "m4", "facts": {"people": 9}},
    ]
    timeline(folder, *GOOD[:2], line("2020-01-01", *two), GOOD[2])
    outcome = orgraph("replay", "t.jsonl")
    assert (outcome.code, outcome.err) == (0, "")
    table = [text.split() for text in outcome.out.splitlines()]
    assert table == [
        ["effective", "operation", "proposals", "steps", "changes"],
        ["2020-01-01", "3", "4", "6"],
        ["rename_unit", "3"],
        ["set_facts", "1"],
        ["2021-01-01", "1", "1", "2"],
        ["rename_unit", "1"],
        ["4", "applied"],
    ]
    titles = [
        item["title"] for item in orgraph("history", "--format", "json").json["items"]
    ]
    assert titles[:2] == ["m1 is called Gorse", "A step"]
    assert orgraph("check").code == 0


def test_replay_does_what_apply_does(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """The rows are those that the same proposals give one by one."""
    other = folder / "other.db"
    other.write_bytes(land.read_bytes())
    put(folder, "p.yaml", MERGE)
    lines = [*GOOD, '{"proposal": "p.yaml"}']
    timeline(folder, *lines)
    assert orgraph("replay", "t.jsonl").code == 0
    for number, text in enumerate(GOOD):
        put(folder, f"{number}.json", text)
        assert orgraph("apply", f"{number}.json", "--yes", "--store", other).code == 0
    assert orgraph("apply", "p.yaml", "--yes", "--store", other).code == 0
    assert rows(land) == rows(other)


def test_a_refused_line_stops(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Exit 1 with its findings; earlier lines stay, later ones are not tried."""
    assert land.is_file()
    timeline(folder, GOOD[0], NOWHERE, GOOD[2])
    outcome = orgraph("replay", "t.jsonl")
    assert outcome.code == 1
    assert "line 2: nowhere closes: refused" in outcome.out
    assert "error UNIT01" in outcome.out
    assert outcome.out.endswith("1 applied; 1 refused; 1 not tried\n")
    assert (
        orgraph("show", "m1", "--on", "2026-01-01", "--format", "json").json[
            "versions"
        ][-1]["name"]
        == "Elder"
    )


def test_keep_going(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """With --keep-going the lines after a refused one are applied, and exit is 1."""
    assert land.is_file()
    timeline(
        folder,
        GOOD[0],
        NOWHERE,
        GOOD[2],
        NOWHERE.replace("06", "07").replace("2020", "2022"),
    )
    outcome = orgraph("replay", "t.jsonl", "--keep-going", "--format", "json")
    assert outcome.code == 1
    document = outcome.json
    assert document["format"] == "orgraph.replay/1"
    counts = [document[name] for name in ("applied", "skipped", "not_tried")]
    assert counts == [2, 0, 0]
    assert [item["line"] for item in document["refused"]] == [2, 4]
    assert document["refused"][0]["findings"][0]["code"] == "UNIT01"
    assert document["revisions"] == [
        {"line": 1, "revision": 2},
        {"line": 3, "revision": 3},
    ]
    assert document["summary"] == [
        {
            "effective": day,
            "proposals": 1,
            "steps": 1,
            "changes": 2,
            "operations": {"rename_unit": 1},
        }
        for day in ("2020-01-01", "2021-01-01")
    ]


def test_a_second_run_skips(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """What the store has is skipped and counted; a longer timeline goes on."""
    timeline(folder, *GOOD[:2])
    assert orgraph("replay", "t.jsonl").code == 0
    before = kept(land)
    outcome = orgraph("replay", "t.jsonl")
    assert (outcome.code, outcome.out) == (
        0,
        "0 applied; 2 skipped, which the store has\n",
    )
    assert kept(land) == before
    timeline(folder, "", *GOOD)
    outcome = orgraph("replay", "t.jsonl")
    assert outcome.out.endswith("\n1 applied; 2 skipped, which the store has\n")


def test_the_same_line_twice(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A proposal that stands twice on purpose is applied twice, wherever it stopped."""
    there, back = rename("2020-01-01", "Elder"), rename("2020-01-01", "Ash")
    lines = [there, back, there, back, there]
    start = land.read_bytes()
    timeline(folder, *lines)
    assert orgraph("replay", "t.jsonl").code == 0
    whole = rows(land)
    for stop in range(1, 5):
        land.write_bytes(start)
        timeline(folder, *lines[:stop])
        assert orgraph("replay", "t.jsonl").code == 0
        timeline(folder, *lines)
        outcome = orgraph("replay", "t.jsonl", "--format", "json")
        assert (outcome.json["skipped"], outcome.json["applied"]) == (stop, 5 - stop)
        assert rows(land) == whole


def test_what_was_undone_is_applied_again(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """An undo by hand makes the line one that is still to be applied."""
    assert land.is_file()
    timeline(folder, *GOOD)
    assert orgraph("replay", "t.jsonl").code == 0
    assert orgraph("undo", "--yes").code == 0
    outcome = orgraph("replay", "t.jsonl", "--format", "json")
    assert (outcome.json["skipped"], outcome.json["applied"]) == (2, 1)
    assert orgraph("replay", "t.jsonl", "--format", "json").json["skipped"] == 3
    assert orgraph("undo", "--yes").code == 0
    assert orgraph("undo", "--yes").code == 0  # the undo itself
    assert orgraph("replay", "t.jsonl", "--format", "json").json["skipped"] == 3


def test_an_undo_in_the_timeline(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """An undo that is a line itself is skipped like any other, with what it undid."""
    assert land.is_file()
    undo = line("2020-01-01", {"undo": 2}, title="Back")
    timeline(folder, GOOD[0], undo, GOOD[0])
    assert orgraph("replay", "t.jsonl", "--format", "json").json["applied"] == 3
    assert orgraph("replay", "t.jsonl", "--format", "json").json["skipped"] == 3


def test_a_refused_line_is_mended(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Passed over at first and mended, a line is applied, and then skipped."""
    assert land.is_file()
    timeline(folder, GOOD[0], NOWHERE, GOOD[2])
    assert orgraph("replay", "t.jsonl", "--keep-going").code == 1
    timeline(folder, GOOD[0], rename("2020-06-01", "Fir", "m3"), GOOD[2])
    outcome = orgraph("replay", "t.jsonl", "--format", "json")
    assert (outcome.code, outcome.json["revisions"]) == (
        0,
        [{"line": 2, "revision": 4}],
    )
    assert orgraph("replay", "t.jsonl", "--format", "json").json["skipped"] == 3


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        ([GOOD[2], GOOD[0]], ["t.jsonl:2: 2020-01-01 is before 2021-01-01 in line 1"]),
        (
            [GOOD[0], GOOD[2], GOOD[0], GOOD[0]],
            ["t.jsonl:3: 2020-01-01 is before", "t.jsonl:4: 2020-01-01 is before"],
        ),
        ([GOOD[0], '{"title": '], ["t.jsonl:2:11: this is not JSON"]),
        ([GOOD[0], "title: A"], ["t.jsonl:2:1: this is not JSON"]),
        ([GOOD[0], "[]"], ["t.jsonl:2:1: a proposal is a mapping"]),
        ([GOOD[0], "7", "null"], ["t.jsonl:2:1: a proposal", "t.jsonl:3:1: "]),
        (
            ["", GOOD[0].replace("rename_unit", "rename_units")],
            ["t.jsonl:2:77: there is no operation rename_units; did you mean"],
        ),
        ([GOOD[0].replace("2020-01-01", "2020-13-01")], ["t.jsonl:1:46: effective"]),
        (
            [GOOD[0][:-1] + ', "title": "B"}'],
            ["t.jsonl:1:125: the key 'title' stands twice"],
        ),
        ([GOOD[0].replace('"Elder"', "1.5")], ["t.jsonl:1:114: name: 1.5 is read"]),
        (["[" * 100_000], ["t.jsonl:1:"]),
        (['{"proposal": "none.yaml"}'], ["t.jsonl:1: none.yaml: no such file"]),
        (['{"proposal": 7}'], ["t.jsonl:1: proposal: the path"]),
        (['{"proposal": "a\\u0000b"}'], ["t.jsonl:1: proposal: the path"]),
        (['{"proposal": "bad.yaml"}'], ["t.jsonl:1: bad.yaml:1:1: "]),
        (["", "  "], ["t.jsonl: the timeline holds no proposal"]),
        ([], ["t.jsonl: the timeline holds no proposal"]),
    ],
)
def test_nothing_is_applied_of_a_wrong_timeline(
    land: Path, folder: Path, orgraph: Orgraph, lines: list[str], problems: list[str]
) -> None:
    """All lines are read first: every problem is listed by its line, exit 2."""
    timeline(folder, *lines)
    put(folder, "bad.yaml", "title")
    before = kept(land)
    outcome = orgraph("replay", "t.jsonl")
    assert (outcome.code, outcome.out) == (2, "")
    said = [text.replace("./", "") for text in outcome.err.splitlines()]
    assert len(said) == len(problems), said
    for text, problem in zip(said, problems, strict=True):
        assert text.startswith(problem)
    assert kept(land) == before


def test_a_line_that_is_too_long(
    land: Path, folder: Path, orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line has a limit, so that no file is read into memory whole."""
    from orgraph.proposal import timeline as module

    assert land.is_file()
    monkeypatch.setattr(module, "LARGEST_LINE", 200)
    timeline(folder, GOOD[0], GOOD[2].replace("Gorse", "G" * 200))
    outcome = orgraph("replay", "t.jsonl")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err == "t.jsonl:2: the line is larger than 200 bytes\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\n" + data.replace(b"\n", b"\n  \n\n"),
        lambda data: data.rstrip(b"\n"),
    ],
    ids=["bom", "crlf", "empty lines", "no end"],
)
def test_forms_of_a_timeline(
    land: Path,
    folder: Path,
    orgraph: Orgraph,
    change: "type[bytes]",
) -> None:
    """However an editor saves it, it is the same timeline, from a file or piped."""
    path = timeline(folder, *GOOD)
    path.write_bytes(change(path.read_bytes()))
    start = land.read_bytes()
    assert orgraph("replay", "t.jsonl").out.endswith("3 applied\n")
    land.write_bytes(start)
    assert orgraph("replay", "-", stdin=path.read_bytes()).out.endswith("3 applied\n")


def test_a_pipe(land: Path, folder: Path, process: Orgraph) -> None:
    """A stream that can be read only once is a timeline, too."""
    path = timeline(folder, *GOOD)
    assert land.is_file()
    shell = ("sh", "-c", 'cat "$0" | "$@"', str(path))
    outcome = process("replay", "-", before=shell)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.endswith("3 applied\n")


def test_paths_are_from_the_timeline(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """A path on a line is read from the folder of the timeline."""
    assert land.is_file()
    place = folder / "plans"
    place.mkdir()
    put(place, "p.yaml", MERGE)
    put(place, "-", MERGE.replace("2025-01-01\nb", "2025-01-02\nb"))
    timeline(place, '{"proposal": "p.yaml"}')
    assert orgraph("replay", "plans/t.jsonl").out.endswith("1 applied\n")
    timeline(place, '{"proposal": "-"}')
    outcome = orgraph("replay", "plans/t.jsonl")
    assert outcome.code == 1  # the file called -, which merges what was merged


def test_strict(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """With --strict a warning refuses a line, as it does elsewhere."""
    start = land.read_bytes()
    found = line(
        "2020-01-01", {"op": "found_unit", "new": {"kind": "region", "name": "Coast"}}
    )
    timeline(folder, found)
    warned = orgraph("validate", "-", stdin=found.encode())
    assert "warning" in warned.out
    assert orgraph("replay", "t.jsonl").code == 0
    land.write_bytes(start)
    outcome = orgraph("replay", "t.jsonl", "--strict")
    assert outcome.code == 1
    assert "1 refused" in outcome.out


def test_reports(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """--report-dir writes what simulate would have written, for each line tried."""
    other = folder / "other.db"
    other.write_bytes(land.read_bytes())
    put(folder, "m.json", GOOD[0])
    simulated = orgraph("simulate", "m.json", "--format", "json", "--store", other)
    timeline(folder, GOOD[0], NOWHERE, GOOD[2])
    reports = folder / "out" / "reports"
    assert orgraph("replay", "t.jsonl", "--report-dir", reports).code == 1
    names = sorted(file.name for file in reports.iterdir())
    assert names == [
        "0001-2020-01-01-m1-is-called-elder.json",
        "0002-2020-06-01-nowhere-closes.json",
    ]
    first = json.loads((reports / names[0]).read_text("utf-8"))
    assert first == simulated.json
    assert json.loads((reports / names[1]).read_text("utf-8"))["ok"] is False


def test_a_report_dir_that_is_a_file(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """Where reports can't be written, nothing is applied."""
    timeline(folder, *GOOD)
    put(folder, "reports", "x")
    before = kept(land)
    outcome = orgraph("replay", "t.jsonl", "--report-dir", "reports")
    assert outcome.code == 2
    assert "reports: this is a file" in outcome.err
    assert kept(land) == before


def test_no_store(folder: Path, orgraph: Orgraph) -> None:
    """Without a store the exit code is 4, and without a timeline 2."""
    timeline(folder, *GOOD)
    assert orgraph("replay", "t.jsonl").code == 4
    assert orgraph("replay", "none.jsonl").code == 2


def test_a_locked_store(
    land: Path, folder: Path, orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the store can't be written, exit is 4 and it is said how far it came."""
    from orgraph.stores import sqlite_open

    monkeypatch.setattr(sqlite_open, "WAIT_SECONDS", 0.1)
    timeline(folder, *GOOD)
    db = sqlite3.connect(land, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    outcome = orgraph("replay", "t.jsonl")
    db.close()
    assert outcome.code == 4
    assert "0 proposals of t.jsonl applied" in outcome.err
    assert "revision 1" in outcome.err
    assert "locked" in outcome.err


LONG = [
    rename(f"20{20 + n // 100}-01-01", f"Name {n}", "m1" if n % 2 else "m3")
    for n in range(400)
]


def started(folder: Path, store: Path, revisions: int) -> "subprocess.Popen[str]":
    """Start a replay and return its process once the store has so many revisions."""
    process = subprocess.Popen(
        [sys.executable, "-m", "orgraph", "replay", "t.jsonl", "--store", str(store)],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    limit = time.monotonic() + 60
    while time.monotonic() < limit:
        db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        head = db.execute("SELECT max(number) FROM revision").fetchone()[0]
        db.close()
        if head >= revisions:
            return process
    process.kill()
    raise AssertionError("the replay didn't begin")


@pytest.mark.parametrize("revisions", [2, 60, 200])
def test_killed_and_gone_on_with(
    land: Path, folder: Path, orgraph: Orgraph, revisions: int
) -> None:
    """Killed in the middle and run again, a replay leaves what one run leaves."""
    timeline(folder, *LONG)
    other = folder / "other.db"
    other.write_bytes(land.read_bytes())
    assert orgraph("replay", "t.jsonl", "--store", other).code == 0
    process = started(folder, land, revisions)
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
    outcome = orgraph("replay", "t.jsonl", "--format", "json")
    assert outcome.code == 0
    document = outcome.json
    assert document["skipped"] >= revisions - 1
    assert document["applied"] > 0
    assert document["skipped"] + document["applied"] == len(LONG)
    assert rows(land) == rows(other)


def test_interrupted(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """Ctrl-C says how far it came, exit 130; what was applied stays."""
    timeline(folder, *LONG)
    process = started(folder, land, 20)
    os.kill(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "run it again to go on" in err
    assert "Traceback" not in err
    assert "not tried" in out
    head = len(orgraph("history", "--format", "json", "--limit", "9999").json["items"])
    assert f"the store is at revision {head};" in err
    outcome = orgraph("replay", "t.jsonl", "--format", "json")
    assert outcome.json["skipped"] == head - 1


@pytest.mark.parametrize("terminal", [False, True])
def test_a_bar_only_on_a_terminal(
    land: Path,
    folder: Path,
    orgraph: Orgraph,
    monkeypatch: pytest.MonkeyPatch,
    *,
    terminal: bool,
) -> None:
    """The bar is drawn on a terminal's standard error, and nothing elsewhere."""
    assert land.is_file()
    timeline(folder, *GOOD)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    outcome = orgraph("replay", "t.jsonl")
    assert outcome.code == 0
    assert bool(outcome.err) == terminal
    assert outcome.out.endswith("3 applied\n")
