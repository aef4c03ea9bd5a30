"""The report as a page: whole, well formed, safe, and readable by everybody."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
from harness import SCENARIOS
from page_reader import Reader
from shown_reports import merger, reported
from towns import edge, filled, node, planned

from orgraph.model import NodeRow
from orgraph.reports import Report, build_report, render
from orgraph.reports.page import MOST_ROWS, TEMPLATES

CASES = [
    *sorted((SCENARIOS / "cells_and_cadres").glob("*.yaml")),
    *(
        SCENARIOS / "cases" / f"{name}.yaml"
        for name in (
            "six_faults_at_once",
            "boundary_shifts_both_ways",
            "waived_on_a_basis",
            "re_established_years_later",
            "commune_with_its_committee",
            "old_breach_healed",
        )
    ),
]


def page_of(report: Report) -> Reader:
    """Return the page of a report, read."""
    return Reader(render(report, "html"))


def said(value: Any, key: str = "") -> Iterator[str]:  # noqa: ANN401 - JSON
    """Yield all that a report says in JSON: names, ids, sentences; not its figures.

    Of a long list the first rows are in a page.
    """
    if isinstance(value, dict):
        for name, one in value.items():
            yield from said(one, name)
    elif isinstance(value, list):
        for one in value[:MOST_ROWS]:
            yield from said(one, key)
    elif isinstance(value, str) and key in SAID:
        # A role is a word of the pack, and read as one.
        yield " ".join(value.replace("_", " " if key == "role" else "_").split())


SAID = {
    "name", "source_name", "id", "person", "post", "unit", "role", "message", "hint",
    "code", "waived", "document", "article", "title", "effective", "issuer", "number",
    "people", "acting", "planned", "target", "moved", "revised",
}  # fmt: skip
"""What of a report's JSON must be read in the page as it is."""


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_all_of_a_report_is_in_the_page(path: Path) -> None:
    """Every name, id and sentence of a report's JSON stands in its page."""
    report = reported(path)
    page = page_of(report)
    text = page.text
    plain = report.to_plain()
    for group in plain["chains"]:
        del group["unit"]  # those whose chains change alike are one row
    named = {unit["id"]: unit["name"] for unit in plain["units"]}
    for one in set(said(plain)):
        # A unit of the report is called by its name where its id isn't needed.
        assert one in text or named.get(one, one) in text, one


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_page_is_well_formed(path: Path) -> None:
    """Elements are closed in their turn, tables and regions have names, ids differ."""
    page = page_of(reported(path))
    assert page.problems == []
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    (root,) = page.all("html")
    assert (root.attributes["lang"], root.attributes["dir"]) == ("en", "ltr")
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(th.attributes.get("scope") for th in page.all("th"))
    for one in page.elements:
        if one.attributes.get("role") in {"region", "img"}:
            assert one.attributes.get("aria-label")


def test_figures_of_a_merger() -> None:
    """A merger's page says how many there are before and after, and what they had."""
    page = page_of(merger())
    figures = [" ".join(one.text.split()) for one in page.all("dd")]
    assert figures[0] == "3 → 1"
    rows = [[" ".join(c.split()) for c in r.text.split("  ")] for r in page.all("tr")]
    assert any("137" in " ".join(row) for row in rows)
    marks = {one.attributes.get("data-marks") for one in page.all("li")}
    assert {"ends united", "begins united"} <= marks
    below = {one.text for one in page.all("span") if "below" in one.text}
    assert below == {"3 changes below", "1 change below"}
    assert (
        "3 municipalities end; 1 municipality begins: nothing blocks it." in page.text
    )
    assert len(page.all("path")) == 3 + 3  # the key, and a line from each


def test_a_refused_plan_says_so_first() -> None:
    """What blocks a plan stands before its trees."""
    html = render(reported(SCENARIOS / "cases" / "six_faults_at_once.yaml"), "html")
    assert "refused by 5 findings" in html
    assert html.index('id="findings"') < html.index('id="trees"')


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        "</script><script>alert(1)</script>",
        "\"' onmouseover=alert(1) x='",
        "</canvas><img src=x onerror=alert(1)>",
        "{{ 7 * 7 }} {% raw %}",
        "&lt;b&gt;",
    ],
)
def test_a_name_is_only_text(name: str) -> None:
    """A name that looks like markup is read as it is, and makes no element."""
    plain, page = page_of(merger()), page_of(merger(name))
    assert " ".join(name.split()) in page.text
    assert [one.tag for one in page.elements] == [one.tag for one in plain.elements]
    assert page.problems == []
    assert not [
        key for one in page.elements for key in one.attributes if key.startswith("on")
    ]


def test_a_page_asks_nothing_of_a_network() -> None:
    """Nothing in a page has an address, and its policy allows its own scripts alone."""
    page = page_of(merger())
    for one in page.elements:
        for key in ("src", "href", "action", "srcset", "data", "xlink:href"):
            assert one.attributes.get(key) in {None, "#content", "data:,"}
    policy = next(
        one.attributes["content"]
        for one in page.all("meta")
        if one.attributes.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    assert rules["default-src"] == "'none'"
    for tag, key in (("script", "script-src"), ("style", "style-src")):
        digests = [
            base64.b64encode(hashlib.sha256(one.text.encode()).digest()).decode()
            for one in page.all(tag)
        ]
        assert rules[key].split() == [f"'sha256-{digest}'" for digest in digests]
    assert not any("style" in one.attributes for one in page.elements)
    style = page.all("style")[0].text
    assert "url(" not in style
    assert "@import" not in style


def test_the_library_is_there_only_with_a_chart() -> None:
    """A page without a chart doesn't carry what draws them."""
    with_chart = render(merger(), "html")
    without = render(reported(SCENARIOS / "cells_and_cadres" / "coal.yaml"), "html")
    assert "Chart.js" in with_chart
    assert "<canvas" in with_chart
    assert "Chart.js" not in without
    assert "<canvas" not in without
    assert len(without) < 60_000 < len(with_chart)


def test_a_chart_has_its_numbers() -> None:
    """The numbers of a chart are those of the report, and stand in a table, too."""
    page = page_of(merger())
    (canvas,) = page.all("canvas")
    numbers = json.loads(str(canvas.attributes["data-numbers"]))
    assert numbers["labels"] == ["Elm", "A", "C", "B"]
    assert numbers["before"] == [None, 100, 30, 7]
    assert numbers["after"] == [137, None, None, None]


def test_columns_that_say_nothing_are_left_out() -> None:
    """What the law wants has columns where it wants something; ties have labels."""
    page = page_of(merger())
    heads = [" ".join(one.text.split()) for one in page.all("thead")]
    assert "unit figure before after" in heads
    case = page_of(reported(SCENARIOS / "cases" / "commune_with_its_committee.yaml"))
    joined = [one.text.strip() for one in case.all("td")]
    assert "part of" in joined
    assert "PART_OF" not in joined
    wanted = page_of(reported(SCENARIOS / "rules" / "formed_too_small" / "plains.yaml"))
    assert any(
        "after wanted by" in " ".join(h.text.split()) for h in wanted.all("thead")
    )


def test_a_long_list_is_cut_and_says_so() -> None:
    """Of many rows the first are in the page, with how many there are and where."""
    report = merger()
    row = {"post": "p", "role": None, "unit": "a"}
    many = tuple({**row, "person": f"person-{n:06d}"} for n in range(100_000))
    html = render(replace(report, surplus=many), "html")
    assert f"person-{MOST_ROWS - 1:06d}" in html
    assert f"person-{MOST_ROWS:06d}" not in html
    text = " ".join(Reader(html).text.split())
    assert f"The first {MOST_ROWS} of 100,000 are shown. All are in the report" in text
    assert "under “surplus”" in text
    assert len(html) < 400_000


def test_people_have_no_names() -> None:
    """A name that was imported for a person is in no report."""
    rows = [
        node("k", "provincial_committee"),
        node("g", "cell"),
        edge("UNDER", "g", "k"),
        *(node(f"m{n}", "member") for n in range(3)),
        *(edge("MEMBER_OF", f"m{n}", "g") for n in range(3)),
        NodeRow("c", "candidate", *node("c", "member")[2:4], "Jane Doe", None, {}),
    ]
    store = filled(*rows, pack="vietnam")
    step = {"op": "admit_member", "candidate": "c", "to": "g", "id": "m9"}
    report = build_report(planned(store, "2025-01-01", step), store)
    assert "Jane Doe" not in render(report, "html")
    assert "Jane Doe" not in render(report, "json")


def test_the_same_report_is_the_same_page() -> None:
    """A page has no clock and no chance in it."""
    assert render(merger(), "html") == render(merger(), "html")


def _colours() -> Iterator[tuple[str, str, str]]:
    """Yield (name, light, dark) of the palette."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    yield from re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", style)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour, as WCAG 2 defines it."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast() -> None:
    """Text has the contrast of WCAG AA on its ground, lines that of graphics."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    palette = {name: sides for name, *sides in _colours()}
    inks = [name for name in palette if name.endswith("-ink")]
    assert len(inks) > 8
    for theme in (0, 1):
        page = palette["page-paper"][theme]
        for name in inks:
            paper = palette[name.replace("-ink", "-paper")][theme]
            assert contrast(palette[name][theme], paper) >= 4.5, (name, theme)
        quiet = palette["quiet-ink"][theme]
        assert contrast(quiet, page) >= 4.5
        assert (
            contrast(palette["page-ink"][theme], palette["quiet-paper"][theme]) >= 4.5
        )
        for name in (
            "edge-strong",
            "focus",
            *(n for n in palette if "line" in n or "chart" in n),
        ):
            assert contrast(palette[name][theme], page) >= 3, (name, theme)


def test_colours_come_from_the_palette() -> None:
    """No colour stands outside the palette, where no test would see it."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    rest = re.sub(r"--[\w-]+: light-dark\(.*?\);", "", style)
    assert not re.findall(r"#[0-9a-f]{3,6}\b(?![^{]*\{)|\brgba?\(|\bhsla?\(", rest)
    used = set(chain(*(re.findall(r"var\(--([\w-]+)\)", rest),)))
    assert used <= {name for name, *_ in _colours()}


def test_sides_are_logical() -> None:
    """Nothing is on the left or the right by name, so that it can be mirrored."""
    style = (TEMPLATES / "page.css").read_text(encoding="utf-8")
    assert not re.findall(r"(?<![\w-])(?:[\w-]+-)?(?:left|right)\b(?=\s*:)", style)
    assert not re.findall(r":\s*(?:left|right)\s*;", style)
