"""A page is laid out for either direction of writing: it knows no left and no right."""

import re

import pytest
from shown_reports import merger

from orgraph.language import Language
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
