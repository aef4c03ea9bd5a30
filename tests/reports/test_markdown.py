"""The report in Markdown: its tables hold, and what is filled in is only text."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from harness import SCENARIOS, filled, pack_named, proposed
from markdown_it import MarkdownIt
from page_reader import Reader
from shown_reports import merger, reported, town
from test_html import CASES

from orgraph.language import language
from orgraph.reports import build_report, render
from orgraph.reports.markdown import LONGEST
from orgraph.stores.memory import MemoryStore

CELL = re.compile(r"(?<!\\)\|")


def read(text: str) -> Reader:
    """Return a text in Markdown as a renderer understands it, tables with it."""
    page = MarkdownIt("commonmark", {"html": True}).enable("table").render(text)
    return Reader(f"<body>{page}</body>")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_tables_are_whole(path: Path) -> None:
    """A row of a table has as many cells as its heading; findings are all said."""
    report = reported(path)
    text = render(report, "markdown")
    wide = 0
    for line in text.splitlines():
        if line.startswith("|"):
            cells = len(CELL.findall(line))
            assert cells == (wide or cells), line
            wide = cells
        else:
            wide = 0
    assert "\n\n\n\n" not in text
    for finding in report.findings[:60]:
        assert finding.code in text
    for one in report.surplus[:60]:
        assert f"| {one['person']} | {one['post']} |" in text


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_a_place_in_whose_own_group_nobody_is_recorded(form: str) -> None:
    """It is a state that a place can have like the others."""
    folder = SCENARIOS / "operations" / "reclassify_organisation"
    report = reported(folder / "committee_becomes_a_cell.yaml")
    assert "unrecorded" in {place.before for place in report.places}
    assert "own cell, nobody recorded in it" in render(report, form)


@pytest.mark.parametrize("form", ["markdown", "html"])
def test_what_groups_become_is_said_in_the_language(form: str) -> None:
    """The word that the pack has for it is translated like any other."""
    report = reported(SCENARIOS / "cases" / "commune_with_its_committee.yaml")
    text = render(report, form, language("vi"))
    assert "chi bộ cơ sở: 2 chi bộ" in text
    assert "grassroots cell" not in text


def test_a_table_without_rows_is_left_out() -> None:
    """Units whose figures are nothing on both sides have no sizes to show."""
    report = merger()
    nothing = tuple(
        one._replace(before={}, after={}, wanted=()) for one in report.sizes
    )
    assert nothing
    text = render(replace(report, sizes=nothing), "markdown")
    assert "How large units are" not in text


def test_a_revised_person_is_a_row() -> None:
    """People are no units of the report: their row names them by id."""
    store = MemoryStore(pack_named("territory"))
    person = "nodes: [{id: s, kind: state}, {id: x, kind: person, name: Jane Doe}]"
    filled(store, person)
    plan = store.plan(proposed("- {op: rename_unit, unit: x, name: Jane Roe}"))
    text = render(build_report(plan, store), "markdown")
    assert "| person | x |" in text
    assert "Jane" not in text


def test_a_merger() -> None:
    """A merger's report begins with its title and says who became what."""
    lines = render(merger(), "markdown").splitlines()
    assert lines[0] == "# A test"
    assert (
        "**3 municipalities end; 1 municipality begins: nothing blocks it.**" in lines
    )
    assert "| municipality | 3 | 1 | \u22122 |" in lines
    assert "| municipality | A | Elm | |" in lines
    assert "| Elm | people | | 137 | | |" in [" ".join(one.split()) for one in lines]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("a|b", r"a\|b"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"),
        ("[x](javascript:y)", r"\[x\](javascript:y)"),
        ("*x* _y_ `z`", r"\*x\* \_y\_ \`z\`"),
        ("![x](http://y)", r"!\[x\](http://y)"),
        ("{{ 7 * 7 }}", r"{{ 7 \* 7 }}"),
    ],
)
def test_a_name_is_only_text(name: str, written: str) -> None:
    """What means something in Markdown is escaped."""
    text = render(merger(name), "markdown")
    assert f"| municipality | A | {written} | |" in text


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_it_is_read_as_meant(path: Path) -> None:
    """A renderer makes whole tables and folds of it, and leaves no mark of theirs."""
    page = read(render(reported(path), "markdown"))
    assert page.problems == []
    assert len(page.all("table")) > 0
    assert len(page.all("details")) == len(page.all("summary"))
    for text in (one.text for tag in ("p", "li") for one in page.all(tag)):
        assert not re.search(r"\||---|</?details", text)


def test_what_is_long_is_folded() -> None:
    """First stands what is to be known: the verdict, totals, and what is found."""
    text = render(town(), "markdown")
    page = read(text)
    folded = {one.text.split(":")[0].strip() for one in page.all("summary")}
    assert "Who became what" in folded
    assert not {"Moves", "Revised"} & folded  # one row each
    rows = [one for one in page.all("tr") if "details" in one.above]
    assert len(rows) > 60
    assert text.index("nothing blocks it") < text.index("## Findings")
    assert text.index("## Findings") < text.index("Who became what")


def test_a_comment_on_a_code_host_takes_it() -> None:
    """Of more than fits fewer rows are shown, and how many more there are."""
    report = town()
    post = {"post": "p" * 100, "role": None, "unit": "m1"}
    lost = tuple({**post, "person": f"{n:04d}" * 40} for n in range(1000))
    row = report.lineage[0]
    long = tuple(replace(row, source_name=f"{n:04d}" * 300) for n in range(1000))
    text = render(replace(report, surplus=lost, lineage=long), "markdown")
    assert 20_000 < len(text) <= LONGEST
    assert "… and 970 more" in text
    assert text.count("<details>") == text.count("</details>")


def test_what_is_refused() -> None:
    """A refused plan says so in its first sentence, with its findings below."""
    report = reported(SCENARIOS / "cases" / "six_faults_at_once.yaml")
    text = render(report, "markdown")
    assert ": refused by 5 findings.**" in text
    assert text.count("- **error ") == 5
