"""Whatever is put into a proposal or a table, the answer is a sentence."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from land import EDGES, MERGE, NODES, kept, put
from running import Orgraph

ROUNDS = 60
BITS = (
    ": ",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    '"',
    "'",
    "#",
    ",",
    "&a ",
    "*a",
    "!x ",
    "? ",
    "| ",
    "~",
    "012",
    "1e9",
    "9" * 30,
    "-1",
    "2025-02-30",
    "9999-12-31",
    "0001-01-01",
    "code:M1",
    "m1",
    "nowhere",
    "PART_OF",
    "\x00",
    "\x1b[31m",
    "\u2028",
    "\ufeff",
    "\ud800",
    "Ô",
    "😀",
    "[/b]",
    "%s",
    "op: undo",
    "undo: 1",
    "answers: {post: end}",
)


def spoilt(text: str, seed: int) -> bytes:
    """Return a text in which a few pieces were dropped, doubled, moved or put in."""
    chance = random.Random(seed)  # noqa: S311 - the same texts on every run
    data = text
    for _ in range((0, 1, 1, 2, 2, 2, 3, 3, 4, 4)[seed % 10]):
        start = chance.randrange(len(data) + 1)
        end = min(len(data), start + chance.choice((1, 2, 5, 20)))
        piece = data[start:end]
        put_in = chance.choice((*BITS, "", piece * 2, piece[::-1], piece.upper()))
        data = data[:start] + put_in + data[chance.choice((start, end)) :]
    encoded = data.encode("utf-8", "surrogatepass")
    if chance.random() < 0.1:
        place = chance.randrange(len(encoded))
        encoded = encoded[:place] + bytes([chance.randrange(256)]) + encoded[place:]
    return encoded


def seeds() -> Iterator[int]:
    """Yield the seeds of one run."""
    yield from range(ROUNDS)


def sentences(text: str) -> None:
    """Check that what went to standard error is for people to read."""
    assert "Traceback" not in text
    for line in text.splitlines():
        assert len(line) < 400
        assert "<class" not in line
        assert "pydantic" not in line


@pytest.mark.parametrize(
    "text", [MERGE, MERGE.replace("[m1, m2]", "[m1, m2, m3]") + "    under: s\n"]
)
def test_spoilt_proposals(
    land: Path, folder: Path, orgraph: Orgraph, text: str
) -> None:
    """A spoilt proposal is read, refused or not understood; never more than that."""
    before = kept(land)[0]
    codes = set()
    for seed in seeds():
        put(folder, "p.yaml", spoilt(text, seed))
        for command in ("validate", "simulate"):
            outcome = orgraph(command, "p.yaml")
            assert outcome.code in {0, 1, 2}, seed
            assert bool(outcome.err) == (outcome.code == 2), seed
            sentences(outcome.err)
        codes.add(outcome.code)
        assert land.read_bytes() == before, seed
    assert codes == {0, 1, 2}


@pytest.mark.parametrize("which", [0, 1])
def test_spoilt_tables(folder: Path, orgraph: Orgraph, which: int) -> None:
    """A spoilt table is loaded whole or leaves no store behind."""
    codes = set()
    for seed in seeds():
        tables = [NODES.encode(), EDGES.encode()]
        tables[which] = spoilt(tables[which].decode(), seed)
        put(folder, "n.csv", tables[0])
        put(folder, "e.csv", tables[1])
        outcome = orgraph("import", "n.csv", "e.csv", "--pack", "territory")
        assert outcome.code in {0, 2}, seed
        sentences(outcome.err)
        store = folder / "orgraph.db"
        assert store.exists() == (outcome.code == 0), seed
        if store.exists():
            assert orgraph("check").code == 0, seed
            store.unlink()
        codes.add(outcome.code)
    assert codes == {0, 2}


def test_spoilt_plans(land: Path, folder: Path, orgraph: Orgraph) -> None:
    """A spoilt plan is never written."""
    put(folder, "p.yaml", MERGE)
    assert orgraph("simulate", "p.yaml", "--plan", "plan.json").code == 0
    text = (folder / "plan.json").read_text(encoding="utf-8")
    before = land.read_bytes()
    for seed in seeds():
        data = spoilt(text, seed)
        outcome = orgraph("apply", put(folder, "plan.json", data), "--yes")
        if outcome.code == 0:  # nothing but blanks was changed
            assert data.split() == text.encode().split(), seed
            return
        assert outcome.code == 2, seed
        sentences(outcome.err)
        assert land.read_bytes() == before, seed


def test_spoilt_arguments(land: Path, orgraph: Orgraph) -> None:
    """Whatever stands on the command line, the answer is a sentence."""
    chance = random.Random(7)  # noqa: S311 - the same arguments on every run
    words = [bit for bit in BITS if "\ud800" not in bit and "\x00" not in bit]
    words += ["--on", "--format", "json", "--limit", "--names", "--", "-", "-h", ""]
    before = kept(land)
    for _ in range(ROUNDS):
        command = chance.choice(
            [
                "show",
                "find",
                "tally",
                "chain",
                "diff",
                "history",
                "check",
                "path",
                "span",
                "vacancies",
                "eligible",
                "concurrency",
                "uncovered",
                "joint-cells",
                "white-villages",
            ]
        )
        arguments = chance.choices(words, k=chance.randint(0, 3))
        outcome = orgraph(command, *arguments)
        assert outcome.code in {0, 1, 2}, (command, arguments)
        sentences(outcome.err)
    assert kept(land) == before
