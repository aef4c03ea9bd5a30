"""A page is laid out for either direction of writing: it knows no left and no right."""

import re

import pytest
from page_reader import Reader
from shown_reports import beside, mapped, merger, town

from orgraph.language import Language, many, say
from orgraph.reports import Report
from orgraph.reports.html import html_of
from orgraph.reports.page import TEMPLATES

STYLE = re.sub(r"(?s)/\*.*?\*/", "", (TEMPLATES / "page.css").read_text("utf-8"))
DECLARED = re.findall(r"(?<=[{;])\s*([a-z-]+):\s*([^;{}]+)", STYLE)
SHORTHANDS = {"margin", "padding", "inset", "border-width", "border-radius"}


class _Arabic(Language):
    """A language written from right to left, without a catalogue."""

    code = "ar"
    direction = "rtl"


def is_physical(name: str, value: str) -> bool:
    """Tell whether a declaration says left or right, by a word or by its order."""
    words = {*name.split("-"), *re.findall(r"[a-z]+", value)}
    sides = re.findall(r"[^\s(]+(?:\([^)]*\))?", value.replace("!important", ""))
    one_sided = len(sides) == 4 and sides[1] != sides[3]
    return bool(words & {"left", "right"}) or (name in SHORTHANDS and one_sided)


def test_styles_are_logical() -> None:
    """Sides are start and end, so that the other direction mirrors the page."""
    assert len(DECLARED) > 200
    assert [one for one in DECLARED if is_physical(*one)] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("margin-left", "1rem"),
        ("text-align", "right"),
        ("padding", "0 1rem 0 2rem"),
        ("border-right-color", "red"),
    ],
)
def test_a_side_would_be_seen(name: str, value: str) -> None:
    """The check above sees each way of saying a side."""
    assert is_physical(name, value)


def test_no_script_moves_anything_to_a_side() -> None:
    """Nor do styles that scripts or templates set."""
    for path in sorted(TEMPLATES.iterdir()):
        if path.suffix != ".css":
            text = path.read_text("utf-8")
            assert not re.search(r"\bstyle\.\w*(Left|Right)\b|style=", text), path.name


def test_a_page_says_its_direction() -> None:
    """A page in a language from right to left is one, and its lines are mirrored."""
    page = html_of(merger(), _Arabic())
    assert '<html lang="ar" dir="rtl"' in page
    assert re.search(r'\[dir="rtl"\][^{]*svg\s*{[^}]*scaleX\(-1\)', STYLE)


@pytest.mark.parametrize(
    "report", [merger("Phường Ẳng"), mapped(), town(), beside(6)], ids="abcd"
)
def test_names_are_isolated(report: Report) -> None:
    """A name written the other way than the page turns nothing beside it."""
    page = html_of(report, _Arabic())
    names = {unit.name for unit in report.units} | {report.title}
    isolated = {one.text.strip() for one in Reader(page).all("bdi")}
    assert names <= isolated
    told = r"(?s)<bdi>.*?</bdi>|<title>.*?</title>|\u2068.*?\u2069"
    rest = Reader(re.sub(told, "", page))
    assert not [name for name in names if len(name) > 1 and name in rest.text]


def test_names_in_a_sentence_are_isolated() -> None:
    """What is said in the other direction tells where a name begins and ends."""
    said = many(2, "{n} of {unit}", "{n} of {unit}", unit=say("a {kind}", kind="Elm"))
    assert _Arabic().say(said) == "2 of a \u2068Elm\u2069"
    assert Language().say(said) == said == "2 of a Elm"


def test_arrows_lead_on() -> None:
    """Before and after stand in the order of reading, and so does what joins them."""
    for language, sign in ((Language(), "3 → 1"), (_Arabic(), "3 ← 1")):
        figures = Reader(html_of(merger(), language)).all("dd")
        assert " ".join(figures[0].text.split()) == sign
