"""The page of a comparison: all that the comparison says, and nothing else."""

from html import unescape
from html.parser import HTMLParser

from towns import edge, filled, new, node

from orgraph import compare_proposals
from orgraph.proposal import Proposal
from orgraph.reports import Comparison
from orgraph.reports.compare_render import render_comparison
from orgraph.reports.compare_rows import headings, sections

HOSTILE = '<script>alert("1")</script> & <b>bold</b>'


class _Read(HTMLParser):
    """What a page shows, row by row, and which elements and addresses it has."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.is_in_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the element; begin a row or a cell."""
        self.tags.append(tag)
        self.addresses += [v or "" for k, v in attrs if k in ("href", "src", "action")]
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.is_in_cell = True

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("td", "th"):
            self.is_in_cell = False

    def handle_data(self, data: str) -> None:
        """Keep the text, and put it into the cell it stands in."""
        if self.tags and self.tags[-1] not in ("script", "style"):
            self.text.append(data)
        if self.is_in_cell:
            self.rows[-1][-1] += data


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
    page = _Read(render_comparison(comparison, "html"))
    shown = [[" ".join(cell.split()) for cell in row] for row in page.rows]
    assert shown[0] == ["", *headings(comparison)]
    for section in sections(comparison):
        for row in section.rows:
            assert [row.name, *row.cells] in shown
    (standard,) = comparison.standards
    where = [row for row in shown if row[:1] == [standard.title]]
    assert where == [[standard.title, str(standard.source), "m", "b"]]


def test_why_one_is_refused_is_in_the_page() -> None:
    """The findings that refuse a proposal stand below the table, with their code."""
    comparison = compared()
    text = " ".join(" ".join(_Read(render_comparison(comparison, "html")).text).split())
    (finding,) = comparison.alternatives[1].blocking
    assert finding.code in text
    assert finding.message in text


def test_a_title_is_never_more_than_text() -> None:
    """What a proposal is called can't become a part of the page."""
    page = render_comparison(compared(HOSTILE), "html")
    read, plain = _Read(page), _Read(render_comparison(compared(), "html"))
    assert read.tags == plain.tags
    assert HOSTILE not in page
    assert HOSTILE in "".join(cell for row in read.rows for cell in row)


def test_a_page_asks_nobody() -> None:
    """Nothing is fetched, and two pages of one comparison are the same."""
    page = render_comparison(compared(), "html")
    assert set(_Read(page).addresses) <= {"data:,", "#content"}
    assert "default-src 'none'" in unescape(page)
    assert page == render_comparison(compared(), "html")
