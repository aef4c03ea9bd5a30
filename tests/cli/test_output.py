"""What is printed suits where it goes: a terminal, a pipe, a file, or nobody."""

import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from land import DAY, MERGE, NODES, REFUSED, kept, put
from running import Orgraph, Outcome
from timelines import close

ESCAPE = "\x1b"
ASKED = [
    ["show", "m1"],
    ["find", "cedar"],
    ["tally", "s"],
    ["chain", "x"],
    ["path", "x", "y"],
    ["span"],
    ["vacancies"],
    ["uncovered"],
    ["concurrency"],
    ["eligible", "p"],
    ["white-villages"],
    ["coverage"],
    ["check"],
    ["diff", "0", "1"],
    ["history"],
    ["validate", "p.yaml"],
    ["simulate", "p.yaml"],
    ["operations"],
    ["rules"],
    ["schema"],
]


@pytest.fixture(autouse=True)
def _proposal(folder: Path) -> None:
    """Lay a proposal beside the store."""
    put(folder, "p.yaml", MERGE)


def on_terminal(*arguments: str, env: dict[str, str] | None = None) -> str:
    """Run a command whose output is a terminal, and return what it wrote there."""
    here, there = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
    with subprocess.Popen(
        [sys.executable, "-m", "orgraph", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=there,
        stderr=there,
        env={**environment, **(env or {})},
    ) as running:
        os.close(there)
        data = b""
        while True:
            try:
                part = os.read(here, 65536)
            except OSError:  # the terminal is gone with its last writer
                break
            if not part:
                break
            data += part
        running.wait(30)
    os.close(here)
    return data.decode().replace("\r\n", "\n")


def test_colour_on_a_terminal_alone(land: Path, orgraph: Orgraph) -> None:
    """A terminal gets colour; NO_COLOR, a pipe and a file get the plain text."""
    assert land.is_file()
    coloured = on_terminal("simulate", "p.yaml")
    plain = on_terminal("simulate", "p.yaml", env={"NO_COLOR": "1"})
    piped = orgraph("simulate", "p.yaml").out
    assert f"{ESCAPE}[1;32m" in coloured
    assert ESCAPE not in plain
    assert plain.split() == piped.split()
    assert ESCAPE not in piped
    bare = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert bare.split() == piped.split()


@pytest.mark.parametrize("command", ASKED, ids=" ".join)
def test_no_escape_codes_when_piped(
    land: Path,
    orgraph: Orgraph,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
) -> None:
    """What is piped holds no escape code, and its lines have no end of spaces."""
    assert land.is_file()
    monkeypatch.setenv("TERM", "xterm-256color")
    outcome = orgraph(*command)
    assert outcome.code == 0
    assert ESCAPE not in outcome.out
    assert not re.search(r" \n", outcome.out)


@pytest.mark.parametrize("columns", ["40", "30", "12", "0", "many"])
def test_figures_are_never_cut(
    land: Path, orgraph: Orgraph, monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    """On a narrow terminal lines may break, but a figure is never cut."""
    assert land.is_file()
    wide = on_terminal_figures(orgraph("simulate", "p.yaml").out)
    monkeypatch.setenv("COLUMNS", columns)
    narrow = orgraph("simulate", "p.yaml").out
    assert on_terminal_figures(narrow) == wide
    assert "…" not in narrow


@pytest.mark.parametrize("columns", ["40", "30"])
def test_figures_on_a_narrow_terminal(
    land: Path, folder: Path, orgraph: Orgraph, columns: str
) -> None:
    """The same on a real terminal: every figure of a table is there in full."""
    nodes = NODES.replace(
        "m4,municipality,Cedar,M4,2000,,?", "m4,municipality,C,,2000,,9"
    )
    put(folder, "n.csv", nodes)
    put(
        folder,
        "e.csv",
        "kind,source,target,since\n"
        + "".join(f"PART_OF,m{n},s,2000\n" for n in range(1, 5)),
    )
    store = ["--store", "big.db"]
    made = orgraph("import", "n.csv", "e.csv", "--pack", "territory", *store)
    assert made.code == 0, made.said
    assert land.is_file()
    environment = {"COLUMNS": columns, "NO_COLOR": "1"}
    text = on_terminal("simulate", "p.yaml", *store, env=environment)
    assert text.count("2,501,509") == 2


def on_terminal_figures(text: str) -> list[str]:
    """Return the figures of a text, in order."""
    return re.findall(r"[-+]?\d[\d,]*", text)


def unread(folder: Path, *command: str, **streams: int) -> Outcome:
    """Run a command whose output goes to a pipe that nobody reads from.

    So do the `streams` that are said to go to its output.
    """
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "orgraph", *command],
        cwd=folder,
        stdout=writer,
        stderr=streams.get("stderr", subprocess.PIPE),
        check=False,
        timeout=60,
    )
    os.close(writer)
    return Outcome(done.returncode, "", (done.stderr or b"").decode())


@pytest.mark.parametrize("command", ASKED, ids=" ".join)
def test_a_closed_pipe(land: Path, folder: Path, command: list[str]) -> None:
    """Whoever stops reading ends a question quietly, with exit 0."""
    assert land.is_file()
    assert unread(folder, *command) == (0, "", "")


@pytest.mark.parametrize("streams", [{}, {"stderr": subprocess.STDOUT}], ids=str)
@pytest.mark.parametrize(
    "command",
    [
        ["validate", "r.yaml"],
        ["validate", "r.yaml", "p.yaml"],
        ["validate", "r.yaml", "--store", "nowhere.db"],
        ["validate", "r.yaml", "--format", "json"],
        ["validate", "r.yaml", "--format", "sarif"],
        ["validate", "nowhere.yaml"],
        ["simulate", "r.yaml"],
        ["simulate", "r.yaml", "--format", "json"],
        ["compare", "p.yaml", "r.yaml"],
        ["check", "--strict"],
        ["check", "--strict", "--format", "json"],
        ["replay", "t.jsonl"],
        ["draft", "t.csv", "--effective", DAY],
        ["draft", "t.csv", "--effective", DAY, "-o", "d.yaml", "--format", "json"],
    ],
    ids=" ".join,
)
def test_a_verdict_stands_though_nobody_reads_it(
    land: Path,
    folder: Path,
    process: Orgraph,
    command: list[str],
    streams: dict[str, int],
) -> None:
    """What is refused is refused where its reader leaves, too: `validate … | head`."""
    assert land.is_file()
    put(folder, "r.yaml", REFUSED)
    put(folder, "t.csv", "old_code,old_name,new_code,new_name,note\nM7,A,M9,E,whole\n")
    put(folder, "t.jsonl", close(DAY, "nowhere"))
    read = process(*command).code
    assert read > 0
    assert unread(folder, *command, **streams).code == read


def test_a_draft_is_written_though_nobody_reads_about_it(
    land: Path, folder: Path
) -> None:
    """Where exit 0 says that a draft was made, it lies there."""
    assert land.is_file()
    rows = "M1,Ash,M9,Elm,whole\nM2,Birch,M9,Elm,whole\n"
    put(folder, "t.csv", f"old_code,old_name,new_code,new_name,note\n{rows}")
    made = ("draft", "t.csv", "--effective", DAY, "-o", "d.yaml", "--format", "json")
    assert unread(folder, *made) == (0, "", "")
    assert (folder / "d.yaml").is_file()


@pytest.mark.parametrize("command", [["apply", "p.yaml", "--yes"], ["undo", "--yes"]])
def test_a_closed_pipe_while_writing(
    land: Path, folder: Path, orgraph: Orgraph, command: list[str]
) -> None:
    """Exit 0 of what writes says that it was written, also where nobody reads."""
    outcome = unread(folder, *command)
    assert "Traceback" not in outcome.err
    assert land.is_file()
    head = orgraph("history", "--format", "json").json["head"]
    assert (outcome.code == 0) == (head == 2)


def to_device(folder: Path, *command: str) -> Outcome:
    """Run a command whose output goes to a device that is always full."""
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        done = subprocess.run(
            [sys.executable, "-m", "orgraph", *command],
            cwd=folder,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
    return Outcome(done.returncode, "", done.stderr.decode())


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("command", [ASKED[0], ASKED[2], ASKED[8], ["--help"]])
def test_output_that_is_full(land: Path, folder: Path, command: list[str]) -> None:
    """Output that can't be written is said in one sentence, exit 2."""
    assert land.is_file()
    outcome = to_device(folder, *command)
    assert outcome.code == 2
    assert outcome.err.count("\n") == 1
    assert "no space left" in outcome.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_revision_that_could_not_be_told(
    land: Path, folder: Path, orgraph: Orgraph
) -> None:
    """Apply either writes nothing, or says that it wrote what it couldn't tell."""
    assert land.is_file()
    outcome = to_device(folder, "apply", "p.yaml", "--yes")
    assert outcome.code == 2
    head = orgraph("history", "--format", "json").json["head"]
    assert ("was written" in outcome.err) == (head == 2)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
@pytest.mark.parametrize("command", ["validate", "simulate", "apply"])
def test_endless_input(land: Path, process: Orgraph, command: str) -> None:
    """An endless file is read up to the limit, and no further."""
    assert land.is_file()
    outcome = process(
        command, "/dev/zero", before=("prlimit", "--as=700000000", "--cpu=20")
    )
    assert outcome.code == 2, outcome.err[-300:]
    assert outcome.err.count("\n") == 1
    assert "larger than" in outcome.err


def test_interrupted(land: Path, folder: Path) -> None:
    """Ctrl-C ends with 130 and says that nothing was written."""
    before = kept(land)
    script = (
        "import os, signal, sys\n"
        "import orgraph.reports.text as text\n"
        "from orgraph.cli.run import run\n"
        "def interrupt(*_):\n"
        "    os.kill(os.getpid(), signal.SIGINT)\n"
        "text.print_report = interrupt\n"
        "sys.exit(run(['apply', 'p.yaml', '--yes']))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 130, done.stderr
    assert b"nothing was written" in done.stderr
    assert b"Traceback" not in done.stderr
    assert kept(land)[0] == before[0]


@pytest.mark.parametrize(
    ("raised", "told"),
    [
        ("raise InDoubtInterrupt", "orgraph history shows whether it is there"),
        ("try: raise KeyboardInterrupt\nfinally: memoryview(b'')[1]", "nothing was"),
    ],
    ids=["while it was written", "and a library fails over it"],
)
def test_interrupted_elsewhere(
    land: Path, folder: Path, raised: str, told: str
) -> None:
    """What is said of Ctrl-C is true of what was written, and is no traceback."""
    body = raised.replace("\n", "\n    ")
    script = (
        "import sys\n"
        "from orgraph.cli.run import run\n"
        "from orgraph.errors import InDoubtInterrupt\n"
        "from orgraph.stores import SqliteStore\n"
        f"def commit(*_, **__):\n    {body}\n"
        "SqliteStore.commit = commit\n"
        "sys.exit(run(['apply', 'p.yaml', '--yes']))\n"
    )
    command = [sys.executable, "-c", script]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 130, done.stderr
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert land.exists()


@pytest.mark.parametrize(
    ("sent", "code", "told"),
    [(signal.SIGINT, 130, b"nothing was written"), (signal.SIGTERM, 143, b"")],
    ids=["Ctrl-C", "SIGTERM"],
)
def test_interrupted_while_asked(
    land: Path, folder: Path, sent: signal.Signals, code: int, told: bytes
) -> None:
    """Ctrl-C at the question writes nothing, nor does it when it is ended."""
    before = kept(land)
    here, there = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "orgraph", "apply", "p.yaml"],
        cwd=folder,
        stdin=there,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        assert running.stdout is not None
        seen = b""
        until = time.monotonic() + 30
        while b"Apply this?" not in seen and time.monotonic() < until:
            seen += os.read(running.stdout.fileno(), 65536)
        running.send_signal(sent)
        try:
            _, error = running.communicate(timeout=30)
        finally:
            running.kill()
    os.close(here)
    os.close(there)
    assert running.returncode == code
    assert told in error
    assert b"Traceback" not in error
    assert kept(land)[0] == before[0]


BAR = "━"


def test_audit_shows_how_far_it_is(land: Path, process: Orgraph) -> None:
    """A bar runs while an audit looks, on a terminal alone, and is gone at the end."""
    shown = on_terminal("check", "--store", str(land))
    assert BAR in shown
    assert shown.rstrip().endswith("1 other finding")
    assert BAR not in on_terminal("check", "--store", str(land), "--format", "json")
    piped = process("check", "--store", str(land))
    assert (piped.code, piped.err) == (0, "")
    assert BAR not in piped.out


@pytest.mark.parametrize("command", [["chain", "x"], ["simulate", "p.yaml"]])
def test_output_without_unicode(
    land: Path, process: Orgraph, command: list[str]
) -> None:
    """Where the output's encoding lacks a letter, the answer is given all the same."""
    assert land.is_file()
    outcome = process(*command, env={"PYTHONIOENCODING": "ascii"})
    assert outcome.code == 0, outcome.err
    assert outcome.err == ""
