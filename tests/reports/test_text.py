"""The report as text: the bottom line first, nothing cut, nothing taken for markup."""

import io
from datetime import date
from unicodedata import normalize

import pytest
from rich.cells import cell_len
from rich.console import Console
from towns import Step, edge, filled, new, node, planned

from orgraph.errors import InputError
from orgraph.language import ENGLISH
from orgraph.reports import build_report, known_format, render, suffix_format
from orgraph.reports.text import text_of
from orgraph.reports.wording import MOST_LINES, Page
from orgraph.stores import MemoryStore

DAY = "2025-01-01"


def store(number: int = 3, people: int = 1_234_567_890) -> MemoryStore:
    """Return a district with some municipalities, m0 with many people."""
    return filled(
        node("s", "state"),
        node("d", "district"),
        edge("PART_OF", "d", "s"),
        *(
            node(f"m{n}", "municipality", type="rural", people=people if n == 0 else n)
            for n in range(number)
        ),
        *(edge("PART_OF", f"m{n}", "d") for n in range(number)),
        node("o", "body"),
        node("p", "post"),
        node("x", "person"),
        edge("SEAT_IN", "p", "o"),
        edge("HOLDS", "x", "p"),
    )


def text(*steps: Step, number: int = 3, width: int = 100) -> str:
    """Return the report of steps as text."""
    made = store(number)
    return text_of(build_report(planned(made, DAY, *steps), made), width)


MERGE: Step = {
    "op": "merge_units",
    "sources": ["m0", "m1"],
    "into": new("municipality", "n", type="rural"),
}


def test_a_whole_report() -> None:
    """A merger reads as it stands here, line for line."""
    assert text(MERGE).splitlines() == [
        "A test",
        "effective 2025-01-01 · on revision 1",
        "",
        "2 municipalities end; 1 municipality begins: nothing blocks it.",
        "",
        "below the roots         before          after  change",
        "district                     1              1",
        "municipality                 3              2      -1",
        "people           1,234,567,893  1,234,567,893",
        "",
        "+ municipality N ← M0, M1",
    ]


def rename(unit: str, name: str) -> Step:
    """Return the step that renames a unit."""
    return {"op": "rename_unit", "unit": unit, "name": name}


CLOSE_POST: Step = {"op": "close_unit", "unit": "p"}


@pytest.mark.parametrize(
    ("steps", "line"),
    [
        ([MERGE], "2 municipalities end; 1 municipality begins: nothing blocks it."),
        ([rename("m2", "Z")], "1 municipality is revised: nothing blocks it."),
        (
            [rename("m2", "Z"), rename("m1", "Y")],
            "2 municipalities are revised: nothing blocks it.",
        ),
        (
            [rename("m2", "Z"), rename("d", "Y")],
            "1 district and 1 municipality are revised: nothing blocks it.",
        ),
        ([CLOSE_POST], "1 post ends: nothing blocks it."),
        (
            [{"op": "close_unit", "unit": "nobody"}],
            "Nothing begins, ends or moves: refused by 1 finding.",
        ),
        (
            [
                {"op": "close_unit", "unit": "nobody"},
                {"op": "close_unit", "unit": "none"},
            ],
            "Nothing begins, ends or moves: refused by 2 findings.",
        ),
    ],
)
def test_the_bottom_line(steps: list[Step], line: str) -> None:
    """One sentence says what the plan does, in the singular and the plural."""
    assert text(*steps).splitlines()[3] == line


def test_who_is_left_without_a_post() -> None:
    """Holders whose post ends are named by their ids, one and many."""
    said = text(CLOSE_POST)
    assert "1 person loses 1 post:\n  x held p of O\n" in said


@pytest.mark.parametrize("width", [100, 60, 40, 30, 20, 10])
def test_figures_are_never_cut(width: int) -> None:
    """However narrow the page, each figure stands in full."""
    said = text(MERGE, width=width)
    assert said.count("1,234,567,893") == 2
    assert "…" not in said


@pytest.mark.parametrize(
    "names", [("河内", "Elm"), (normalize("NFD", "Phường Ẳng"), "Phường Ẳng")]
)
def test_columns_are_in_line(names: tuple[str, str]) -> None:
    """Whatever letters stand in the first column, the figures end below each other."""
    file = io.StringIO()
    page = Page(Console(file=file, width=40, no_color=True), ENGLISH)
    page.table([("unit", "before"), *((name, "7") for name in names)])
    lines = file.getvalue().splitlines()[1:]
    assert len({cell_len(line) for line in lines}) == 1


@pytest.mark.parametrize(
    "name", ["[/b]", "[red]x[/red]", "[link=a]b[/link]", "\\[b]", "%s {0}", ":smile:"]
)
def test_names_are_not_markup(name: str) -> None:
    """A name that looks like markup is printed as it is."""
    said = text(rename("m2", name))
    assert f"M2 → {name}" in said


def test_a_title_is_not_markup() -> None:
    """A title or basis that looks like markup is printed as it is."""
    from orgraph.proposal import Proposal

    made = store()
    data = {
        "title": "The [/b] of [red]",
        "effective": DAY,
        "basis": {"issuer": "[/x]", "number": "[b]"},
        "steps": [MERGE],
    }
    said = text_of(build_report(made.plan(Proposal.model_validate(data)), made))
    assert said.startswith("The [/b] of [red]\n")
    assert "basis [/x], [b]" in said


def test_very_many_units() -> None:
    """Beyond a number units are counted, and where all are is said."""
    steps = [rename(f"m{n}", f"New {n}") for n in range(MOST_LINES + 5)]
    said = text(*steps, number=MOST_LINES + 5)
    assert said.count("~ municipality") == MOST_LINES
    assert "… 5 more" in said
    assert "JSON" in said


def test_posts_that_move_are_named() -> None:
    """A post that comes under another unit is named, as is one that is revised."""
    move = {"op": "move_unit", "unit": "p", "to": "o2"}
    rename_it = {"op": "rename_unit", "unit": "q", "name": "Clerk"}
    made = filled(
        *(node(name, "body") for name in ("o", "o2")),
        *(node(name, "post") for name in ("p", "q", "r")),
        *(edge("SEAT_IN", name, "o") for name in ("p", "q", "r")),
        node("x", "person"),
        edge("MEMBER_OF", "x", "o"),
    )
    report = build_report(planned(made, DAY, move, rename_it), made)
    assert {unit.id for unit in report.units} == {"o", "o2", "p", "q"}
    lines = text_of(report).splitlines()
    assert "→ post P: O → O2" in lines
    assert "~ post Clerk: name Q → Clerk" in lines


def test_what_moves_is_named_beside_very_many_units() -> None:
    """What moved is listed by itself, so that nothing else crowds it out."""
    new_names = [rename(f"m{n}", f"New {n}") for n in range(MOST_LINES + 5)]
    founded = [
        {"op": "found_unit", "new": new("municipality", f"n{n}"), "under": "d"}
        for n in range(MOST_LINES + 1)
    ]
    move = {"op": "move_unit", "unit": "m70", "to": "s"}
    said = text(*founded, *new_names, move, number=MOST_LINES + 12)
    assert "→ municipality M70: D → S" in said
    assert said.count("~ municipality") == said.count("+ municipality") == MOST_LINES
    assert [line for line in said.splitlines() if line.startswith("…")] == [
        "… 1 more; a report in JSON has them all",
        "… 5 more; a report in JSON has them all",
    ]


def test_no_spaces_at_the_ends_of_lines() -> None:
    """Lines of a report end where their last word does."""
    assert not [
        line for line in text(MERGE, CLOSE_POST).splitlines() if line != line.rstrip()
    ]


def test_the_text_is_rendered() -> None:
    """What --report writes as text is what is printed."""
    made = store()
    report = build_report(planned(made, DAY, MERGE), made)
    assert render(report, "text") == text_of(report)
    assert date.today().isoformat() not in text_of(report)  # noqa: DTZ011


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("a.txt", "text"),
        ("a.json", "json"),
        ("a.JSON", "json"),
        ("a.b.txt", "text"),
        ("a.html", "html"),
        ("a.htm", "html"),
        ("a.md", "markdown"),
    ],
)
def test_formats_by_suffix(name: str, form: str) -> None:
    """The suffix of a file says in which format a report is written."""
    assert suffix_format(name) == form


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("a.pdf", ("there is no format pdf", ".json or .txt")),
        ("a", ("there is no format (none)",)),
        (".json", ("there is no format (none)",)),
    ],
)
def test_formats_that_there_are_not(name: str, words: tuple[str, ...]) -> None:
    """A suffix that can't be written is refused with those that can."""
    with pytest.raises(InputError) as caught:
        suffix_format(name)
    for word in words:
        assert word in str(caught.value)


def test_known_formats() -> None:
    """A command's formats are its own; another is refused with them."""
    assert known_format("json") == "json"
    with pytest.raises(InputError, match="there is no format sarif"):
        known_format("sarif")
    with pytest.raises(InputError, match="choose text or json"):
        known_format("yaml")
