"""The page of a comparison: all that the comparison says, and nothing else."""

from html import unescape
from pathlib import Path

import pytest
from chromium import chromium, needed
from page_reader import Reader
from rich.cells import cell_len
from towns import edge, filled, new, node

from orgraph import compare_proposals
from orgraph.proposal import Proposal
from orgraph.reports import Comparison
from orgraph.reports.compare_render import render_comparison
from orgraph.reports.compare_rows import headings, sections
from orgraph.reports.comparison import StoodTo

HOSTILE = '<script>alert("1")</script> & <b>bold</b>'


def rows(page: str) -> list[list[str]]:
    """Return the rows of all tables of a page, as texts."""
    found: list[list[str]] = []
    for one in Reader(page).elements:
        if one.tag == "tr":
            found.append([])
        elif one.tag in ("td", "th"):
            found[-1].append(" ".join(one.text.split()))
    return found


def compared(title: str = "Merged") -> Comparison:
    """Return the comparison of a merger with a proposal that is refused."""
    store = filled(
        node("s", "state"),
        node("a", "municipality", people=400, area_m2=1, type="rural"),
        node("b", "municipality", people=500, area_m2=1, type="town"),
        edge("PART_OF", "a", "s"),
        edge("PART_OF", "b", "s"),
    )
    merge = {
        "op": "merge_units",
        "sources": ["a", "b"],
        "into": new("municipality", "m", type="town"),
    }
    steps = {"merge.yaml": merge, "no.yaml": {"op": "close_unit", "unit": "nowhere"}}
    return compare_proposals(
        store,
        {
            name: Proposal.model_validate(
                {"title": title, "effective": "2025-01-01", "steps": [step]}
            )
            for name, step in steps.items()
        },
    )


def test_every_row_is_in_the_page() -> None:
    """Each row of the comparison is one of the page, with a cell for each proposal."""
    comparison = compared()
    page = render_comparison(comparison, "html")
    assert Reader(page).problems == []
    shown = rows(page)
    assert shown[0] == ["", *headings(comparison)]
    for section in sections(comparison):
        for row in section.rows:
            assert [row.name, *row.cells] in shown
    (standard,) = comparison.standards
    where = [row for row in shown if row[:1] == [standard.title]]
    assert where == [[standard.title, str(standard.source), "m", "b"]]


def test_sums_are_called_as_in_a_report() -> None:
    """A fact is told by its label and unit, not by its name in the pack."""
    named = {s.title: [row.name for row in s.rows] for s in sections(compared())}
    assert named["sums of facts"] == ["area (m²)", "people"]


def test_columns_of_text_are_in_line() -> None:
    """A column is as wide as its heading is shown, whatever its letters."""
    comparison = compared()
    alternatives = tuple(
        one._replace(name=name)
        for one, name in zip(
            comparison.alternatives, ("河内河内河内", "b"), strict=True
        )
    )
    text = render_comparison(comparison._replace(alternatives=alternatives), "text")
    heading, verdict, *_ = text.splitlines()[5:]
    ends = [cell_len(line[: line.rindex(" ")].rstrip()) for line in (heading, verdict)]
    assert heading.split() == ["河内河内河内", "b"]
    assert ends[0] == ends[1]


def test_standards_that_nobody_breaks_are_only_counted() -> None:
    """Units are named where a proposal leaves any below a standard."""
    comparison = compared()
    names = {standard.id for standard in comparison.standards}
    kept = tuple(
        one._replace(standards={name: StoodTo(("m",), (), ()) for name in names})
        for one in comparison.alternatives
    )
    page = render_comparison(comparison._replace(alternatives=kept), "html")
    assert "Units that break a standard" not in page
    assert "Units that break a standard" in render_comparison(comparison, "html")
    (standard,) = comparison.standards
    assert [f"{standard.title}: met", "1", "1"] in rows(page)


def test_kinds_stand_in_the_order_of_the_pack() -> None:
    """As in a report: what is above comes before what is below it."""
    counts = {"locality": 9, "municipality": 2, "district": 1}
    comparison = compared()
    alternatives = tuple(
        one._replace(totals={"before": counts, "after": counts})
        for one in comparison.alternatives
    )
    below = sections(comparison._replace(alternatives=alternatives))[1]
    assert [row.name for row in below.rows] == ["district", "municipality", "locality"]


def test_why_one_is_refused_is_in_the_page() -> None:
    """The findings that refuse a proposal stand below the table, with their code."""
    comparison = compared()
    page = Reader(render_comparison(comparison, "html"))
    (found,) = [one.text for one in page.elements if one.tag == "li"]
    (finding,) = comparison.alternatives[1].blocking
    assert finding.code in found
    assert finding.message in found


def test_a_title_is_never_more_than_text() -> None:
    """What a proposal is called can't become a part of the page."""
    page = render_comparison(compared(HOSTILE), "html")
    plain = render_comparison(compared(), "html")
    assert [e.tag for e in Reader(page).elements] == [
        e.tag for e in Reader(plain).elements
    ]
    assert HOSTILE not in page
    assert ["title", HOSTILE, HOSTILE] in rows(page)


def test_a_page_asks_nobody() -> None:
    """Nothing is fetched, and two pages of one comparison are the same."""
    page = render_comparison(compared(), "html")
    addresses = {
        value
        for one in Reader(page).elements
        for name, value in one.attributes.items()
        if name in ("href", "src", "action")
    }
    assert addresses <= {"data:,", "#content"}
    assert "default-src 'none'" in unescape(page)
    assert page == render_comparison(compared(), "html")


@pytest.mark.browser
def test_it_opens_on_any_screen(tmp_path: Path) -> None:
    """It runs without an error, in the dark too, and is no wider than a telephone."""
    needed()
    file = tmp_path / "compare.html"
    file.write_text(render_comparison(compared(), "html"), encoding="utf-8")
    with chromium() as page:
        for width, dark in ((1440, False), (390, True)):
            page.open(file, width, dark=dark)
            page.settle()
            assert page.problems == []
            assert page.requests == [file.as_uri()]
            assert page.run("document.documentElement.scrollWidth") <= width
            table = "document.querySelector('.compared').parentElement"
            assert page.run(f"{table}.scrollWidth <= {table}.clientWidth")
            theme = page.run("document.documentElement.dataset.theme")
            assert theme == ("dark" if dark else "light")
