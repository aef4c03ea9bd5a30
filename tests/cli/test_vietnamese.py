"""Every command that speaks says nothing in English where Vietnamese is asked for."""

import io
import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path

import pytest
import typer
from babel.messages.pofile import read_po
from openpyxl import load_workbook
from reform import BEFORE, DAY, PROPOSAL
from running import SCENARIO, Orgraph

from orgraph.cli.app import app
from orgraph.language import FOLDER
from orgraph.operations import operations
from orgraph.pack import load_pack
from orgraph.rules import laws, rules

ASKED = (
    ("chain", "m-01", "--on", DAY),
    ("chain", "m-01", "--by", "charge", "--on", DAY),
    ("check", "--on", BEFORE),
    ("compare", PROPOSAL, "small.yaml"),
    ("concurrency", "--on", BEFORE),
    ("coverage", "--on", BEFORE),
    ("coverage", "--from", BEFORE, "--to", DAY),
    ("crosswalk", "--from", BEFORE, "--to", DAY, "--kind", "commune"),
    ("diff", BEFORE, DAY),
    ("draft", SCENARIO / "table.csv", "--effective", DAY, "-o", "drafted.yaml"),
    ("eligible", "post-02", "--on", BEFORE, "--all"),
    ("find", "mường", "--on", BEFORE),
    ("find", "mường nhé xyz"),
    ("history",),
    ("joint-cells", "--on", BEFORE),
    ("lineage", "commune:03160", "--on", BEFORE),
    ("operations",),
    ("operations", "merge_units"),
    ("path", "m-01", "m-12", "--on", BEFORE),
    ("rules", "--pack", "vietnam"),
    ("show", "m-01", "--on", DAY),
    ("show", "commune:03160", "--on", BEFORE),
    ("simulate", "small.yaml"),
    ("span", "--on", BEFORE),
    ("tally", "province:11", "--on", BEFORE),
    ("uncovered", "--on", BEFORE),
    ("vacancies", "--on", BEFORE, "--until", "2031-01-01"),
    ("validate", "small.yaml"),
    ("white-villages", "--on", BEFORE),
    ("why", "CELL01"),
    ("why", "MIRROR02"),
    ("why", "STANDARD01"),
)
WRITES = {"apply", "replay", "undo"}
SMALL = """\
title: Sắp xếp nhỏ
effective: 2025-07-01
basis: {issuer: UBTVQH15, number: "1/NQ", date: 2025-06-16}
steps:
  - {op: relieve, person: m-12, post: post-08}
  - {op: move_unit, unit: cell-01, to: dc-01}
  - {op: merge_units, sources: [commune:03160, commune:99999],
     into: {kind: commune, name: Xã Mới, facts: {type: huyện}}}
"""
_FIELDS = [
    field for step in operations().values() for field in step.model_fields.items()
]
TYPED = {
    *("PROPOSAL", "UNIT", "PERSON", "POST", "OR", "ends_with", "True", "False"),
    *(field.alias or name for name, field in _FIELDS),
    *(*operations(), *rules(), *laws()),
}
"""What a user types, names of rules, a sheet's truth: no language changes these."""
TITLES = (
    "Điện Biên goes from 129 communes to 45, without districts",
    *("Import of ", "Undo of revision 2: "),
)
"""What is stored as it was written."""
_WORD = re.compile(r"(?<![\w:/.•-])[A-Za-z][A-Za-z_]+(?![\w•(/-]|[.:]\w)")
_UNSEEN = re.compile(
    r"(?s)<(style|script).*?</\1>|<!--.*?-->|\bdata-(id|marks|form|numbers)=\"[^\"]*\""
)
_PLACES = re.compile(r"\{[^}]*\}|%\([^)]*\)s|`[^`]*`|[a-z_]+:|\w*_\w*|[A-Z]{3,}")


def spoken() -> dict[str, typer.core.TyperCommand]:
    """Return the commands that have --lang."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return {
        name: command
        for name, command in commands.items()
        if not command.hidden and any("--lang" in p.opts for p in command.params)
    }


@pytest.fixture(scope="module")
def english() -> frozenset[str]:
    """Return the words of English sentences that stand in no Vietnamese one."""
    path = FOLDER / "vi" / "LC_MESSAGES" / "orgraph.po"
    sides: tuple[set[str], set[str]] = set(), set()
    for message in read_po(io.BytesIO(path.read_bytes())):
        for side, text in zip(sides, (message.id, message.string), strict=True):
            for one in text if isinstance(text, tuple) else (text,):
                side |= set(re.findall(r"\w+", _PLACES.sub(" ", one).lower()))
    words = {word for word in sides[0] - sides[1] if len(word) > 1 and word.isascii()}
    assert {"the", "of", "is", "has", "unit", "posts", "secretary"} <= words
    return frozenset(words | {"and", "from", "to"} - sides[1])


@cache
def kept() -> list[str]:
    """Return what stays as it was written, the longest first."""
    pack = load_pack("vietnam")
    cited = {str(one.source) for one in (*pack.every_asked, *pack.mirrors)}
    cited |= {one.partition(",")[0] for one in cited}
    examples = {step.example for step in operations().values()}
    return sorted({*cited, *examples, *TITLES}, key=len, reverse=True)


def left(text: str, english: frozenset[str]) -> Iterator[str]:
    """Yield the English words of a text with their lines.

    Documents are cited as they are called; a word with an underscore, such as a kind's
    name, is English wherever it stands, unless somebody types it.
    """
    for one in kept():
        text = text.replace(one, "")
    for line in text.splitlines():
        for word in _WORD.findall(line):
            if word not in TYPED and (word.lower() in english or "_" in word):
                yield f"{word}: {line.strip()}"


@pytest.fixture
def small(everything: Path, folder: Path) -> None:
    """Put a small proposal with faults, and a conversion table, beside the store."""
    assert everything.is_file()
    (folder / "small.yaml").write_text(SMALL, encoding="utf-8")


def test_every_command_that_speaks_is_asked() -> None:
    """A command with --lang that nobody asks could keep its English."""
    assert spoken().keys() == {one[0] for one in ASKED} | WRITES


@pytest.mark.usefixtures("small")
def test_no_answer_has_a_word_of_english(
    orgraph: Orgraph, english: frozenset[str]
) -> None:
    """Whatever is asked in Vietnamese is answered in Vietnamese."""
    found = {}
    for asked in ASKED:
        outcome = orgraph("--lang", "vi", *asked)
        assert outcome.code in {0, 1}, outcome.said
        assert outcome.out, asked
        if words := sorted(set(left(outcome.out, english))):
            found[asked] = words
    assert found == {}


def test_what_is_written_has_no_word_of_english(
    everything: Path, orgraph: Orgraph, english: frozenset[str]
) -> None:
    """Nor has what a command says that writes to the store."""
    assert everything.is_file()
    Path("one.jsonl").write_text(json.dumps({"proposal": str(PROPOSAL)}) + "\n")
    for asked in (("apply", PROPOSAL, "--yes"), ("undo", "--yes"), ("replay",)):
        more = ("one.jsonl",) if asked == ("replay",) else ()
        outcome = orgraph(*asked, *more, "--lang", "vi")
        assert (outcome.code, outcome.err) == (0, ""), outcome.said
        assert list(left(outcome.out, english)) == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(
    ("command", "file"),
    [
        (("simulate", PROPOSAL), "report.xlsx"),
        (("simulate", "small.yaml"), "report.xlsx"),
        (("simulate", PROPOSAL), "report.html"),
        (("simulate", PROPOSAL), "report.md"),
        (("compare", PROPOSAL, "small.yaml"), "compared.html"),
        (("compare", PROPOSAL, "small.yaml"), "compared.txt"),
    ],
)
def test_no_file_has_a_word_of_english(
    orgraph: Orgraph, english: frozenset[str], command: tuple[str, ...], file: str
) -> None:
    """Nor has a page, a workbook or a text that is sent to somebody."""
    outcome = orgraph(*command, "--report", file, "--lang", "vi")
    assert outcome.code in {0, 1}, outcome.said
    assert sorted(set(left(read(Path(file)), english))) == []


def read(file: Path) -> str:
    """Return what a reader sees of a file."""
    if file.suffix == ".xlsx":
        sheets = load_workbook(file)
        rows = (row for sheet in sheets for row in sheet.iter_rows(values_only=True))
        said = "\n".join(str(cell) for row in rows for cell in row if cell is not None)
        return "\n".join([said, *sheets.sheetnames])
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".html":
        return re.sub(r"</?(?:details|summary|b)>", "", text).replace("\\", "")
    shown = _UNSEEN.sub(" ", text)
    spoken_of = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', shown)
    return unescape("\n".join([re.sub(r"<[^>]*>", "\n", shown), *spoken_of]))
