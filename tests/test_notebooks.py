"""What values look like in a notebook."""

import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from towns import edge, filled, node

import orgraph
from orgraph.findings import Findings
from orgraph.markup import MOST_ROWS

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "docs" / "examples" / "company"
SHARP = '<script>alert("x")</script> & co'


class Cells(HTMLParser):
    """Reads the tables of some HTML, and that every tag is closed in order."""

    def __init__(self, html: str) -> None:
        """Read it at once."""
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.cells: list[str] = []
        self.feed(html)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a tag; none has attributes."""
        assert not attrs
        self.open.append(tag)
        self.tags.add(tag)
        if tag in {"td", "th"}:
            self.cells.append("")

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that was opened last."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep what stands in a cell."""
        if self.open and self.open[-1] in {"td", "th"}:
            self.cells[-1] += data


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> orgraph.MemoryStore:
    """Return a store of the example, with a name that HTML would read as its own."""
    monkeypatch.chdir(shutil.copytree(EXAMPLE, tmp_path / "company"))
    nodes = Path("nodes.csv").read_text(encoding="utf-8")
    quoted = '"' + SHARP.replace('"', '""') + '"'
    Path("nodes.csv").write_text(nodes.replace("Sales South", quoted, 1))
    store = orgraph.MemoryStore(orgraph.load_pack("."))
    orgraph.load_tables(store, ["nodes.csv", "edges.csv"])
    return store


def test_a_report_and_a_plan_are_tables(store: orgraph.MemoryStore) -> None:
    """Counts before and after, who became what, and findings; and nothing unescaped."""
    plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    report = orgraph.build_report(plan, store)
    shown = Cells(report._repr_html_())
    at = shown.cells.index("team")
    assert shown.cells[at : at + 3] == ["team", "3", "2"]
    at = shown.cells.index("budget_eur")
    assert shown.cells[at : at + 3] == ["budget_eur", "830,000", "830,000"]
    at = shown.cells.index(SHARP)
    assert shown.cells[at : at + 3] == [SHARP, "whole", "Field Sales"]
    assert "resolved" in shown.cells
    planned = Cells(plan._repr_html_())
    assert "nothing blocks it" in plan._repr_html_()
    at = planned.cells.index("WORKS_IN")
    assert "5" in planned.cells[at : at + 6]
    kept = orgraph.Plan.from_json(plan.to_json())
    assert kept._repr_html_() == plan._repr_html_()
    for value in (shown, planned):
        assert "script" not in value.tags


def test_a_plan_is_printed_without_its_rows() -> None:
    """A line says what it is: the rows that it changes name people."""
    rows = [node(one, "member") for one in ("jane", "joan")]
    cell = [edge("MEMBER_OF", row.id, "c") for row in rows]
    store = filled(node("c", "cell"), *rows, *cell, pack="vietnam")
    proposal = orgraph.Proposal.model_validate(
        {
            "title": "One leaves",
            "effective": "2026-01-01",
            "steps": [{"op": "remove_member", "member": "jane", "ground": "died"}],
        }
    )
    plan = store.plan(proposal)
    assert "JANE" in repr(plan.changes)
    counted = "2 changes on revision 1, 2 findings"
    assert str(plan) == f"<Plan 'One leaves': effective 2026-01-01, {counted}>"


def test_findings_are_a_tuple_and_a_table(store: orgraph.MemoryStore) -> None:
    """Findings compare as tuples do; very many are cut, and none is said as such."""
    proposal = orgraph.Proposal.model_validate(
        {
            "title": SHARP,
            "effective": "2026-01-01",
            "steps": [{"op": "close_unit", "unit": "nowhere"}],
        }
    )
    plan = store.plan(proposal)
    assert plan.findings == tuple(plan.findings)
    shown = Cells(plan.findings._repr_html_())
    assert shown.cells[:3] == ["severity", "code", "state"]
    assert "UNIT01" in shown.cells
    assert Cells(plan.findings[0]._repr_html_()).cells == shown.cells
    assert "refused" in plan._repr_html_()
    many = Findings(list(plan.findings) * (MOST_ROWS + 1))
    html = many._repr_html_()
    assert html.count("<tr>") == MOST_ROWS + 1
    assert f"first {MOST_ROWS}" in html
    assert Findings()._repr_html_() == "<p>No findings.</p>"
