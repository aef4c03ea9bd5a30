"""Communes that cells lead in place of committees: what is drafted for them."""

from pathlib import Path

import pytest
from drafting import codes, steps
from test_mirrored import GIVEN, MERGED, mirrored, mirrors, planned, refusals, store

LED = (
    GIVEN.replace(
        "g2, kind: grassroots_committee, name: Đảng bộ", "g2, kind: cell, name: Chi bộ"
    )
    .replace("  - {id: k3, kind: cell, name: Chi bộ 3, parent: g2}\n", "")
    .replace("  - {kind: COVERS, source: k3, target: v3}\n", "")
    .replace("{id: m3, kind: member, parent: k3}", "{id: m3, kind: member, parent: g2}")
)
BOTH = LED.replace("source: g1, target: c1", "source: ka, target: c1").replace(
    "edges:\n", "  - {id: ka, kind: cell, name: Chi bộ A, parent: dc}\nedges:\n"
)
SECRETARY = "old,new,part\n1,9,s1\n"
DIVIDED = [
    "1,Xã Một,9,Xã Đông,whole",
    "2,Xã Hai,8,Xã Tây,part",
    "2,Xã Hai,9,Xã Đông,part",
]


def test_a_cell_that_led_a_commune_comes_below_the_new_committee(
    tmp_path: Path,
) -> None:
    """It covers the new commune from below, and keeps its members."""
    here = store(given=LED)
    done = mirrored(tmp_path, MERGED, here)
    assert codes(done) == []
    *_, committee, cell = steps(done)
    assert committee["edges"] == [
        {"from": "g1", "to": "moi_committee", "whole": "true"}
    ]
    assert cell == {"op": "move_unit", "unit": "g2", "to": "moi_committee"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_below_a_committee_that_stays_a_cell_comes_too(tmp_path: Path) -> None:
    """The commune that absorbs has its committee, which no step touches else."""
    here = store(given=LED)
    rows = ["1,Xã Một,1,Xã Một,unchanged", "2,Xã Hai,1,Xã Một,whole"]
    done = mirrored(tmp_path, rows, here, abolish=None, within=None)
    *_, cell = steps(done)
    assert cell == {"op": "move_unit", "unit": "g2", "to": "g1"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_two_cells_without_a_committee_are_named(tmp_path: Path) -> None:
    """DRAFT36: whether they become one, or a committee is founded, nobody said."""
    here = store(given=BOTH)
    done = mirrored(tmp_path, MERGED, here)
    assert codes(done) == [("DRAFT36", "warning", 2)]
    assert done.findings[0].finding.message == (
        "Xã Mới would be led by Chi bộ xã Hai (g2), Chi bộ A (ka), and no body is "
        "formed for it."
    )
    (found,) = mirrors(planned(done, here))
    assert "still covered by 2" in found


def test_a_cell_of_a_commune_that_stays_is_no_gap(tmp_path: Path) -> None:
    """It covers its commune as before, below the province."""
    here = store(given=LED)
    rows = ["1,Xã Một,1,Xã Một,unchanged", "2,Xã Hai,2,Xã Hai,unchanged"]
    done = mirrored(tmp_path, rows, here)
    assert codes(done) == []
    assert not planned(done, here).refused


@pytest.mark.parametrize(
    ("row", "moved"), [("2,9,g2\n", ["dong_committee"]), ("2,8,g2\n", []), ("", [])]
)
def test_the_cell_of_a_divided_commune_goes_by_its_row(
    tmp_path: Path, row: str, moved: list[str]
) -> None:
    """It comes below the committee of its side, if there is one; else it is asked."""
    done = mirrored(tmp_path, DIVIDED, store(given=LED), parts=SECRETARY + row)
    moves = [step["to"] for step in steps(done) if step["op"] == "move_unit"]
    assert moves == moved
    assert ("g2: ask" in done.texts[0].text) == (not row)


@pytest.mark.parametrize(
    ("row", "bare"), [("2,8,g2\n", "Xã Đông"), ("", "Xã Tây, Xã Đông")]
)
def test_parts_that_no_cell_leads_any_more_are_named(
    tmp_path: Path, row: str, bare: str
) -> None:
    """DRAFT36: the one cell goes with one part, and what leads the other isn't told."""
    rows = [row for row in DIVIDED if row.startswith("2,")]
    here = store(given=LED)
    parts = f"old,new,part\n2,8,v3\n{row}"
    done = mirrored(tmp_path, rows, here, parts=parts, abolish=None, within=None)
    assert codes(done) == [("DRAFT36", "warning", 2)]
    assert done.findings[0].finding.message == (
        f"Chi bộ xã Hai (g2) leads one part at most, and no body is formed for {bare}."
    )
    if row:
        assert refusals(planned(done, here)) == []
        (found,) = mirrors(planned(done, here))
        assert "nothing covers it" in found


def test_the_part_of_a_commune_that_lives_on_with_its_cell_is_named(
    tmp_path: Path,
) -> None:
    """DRAFT36: the cell stays with the rest."""
    rows = ["2,Xã Hai,2,Xã Hai,the rest", "2,Xã Hai,8,Xã Tây,part"]
    here = store(given=LED)
    done = mirrored(tmp_path, rows, here, abolish=None, within=None)
    assert codes(done) == [("DRAFT36", "warning", 2)]
    assert "no body is formed for Xã Tây." in done.findings[0].finding.message
    assert not planned(done, here).refused


def test_a_cell_that_would_lead_two_new_communes_is_named(tmp_path: Path) -> None:
    """DRAFT36: of one step, so that it could come below either committee."""
    more = "  - {kind: COVERS, source: g2, target: c3}\n"
    given = LED.replace(
        "edges:\n",
        '  - {id: c3, kind: commune, name: Xã Ba, code: "3", type: xã, parent: h}\n'
        "edges:\n",
    )
    rows = [
        "1,Xã Một,8,Xã Tây,part",
        "1,Xã Một,9,Xã Đông,part",
        "2,Xã Hai,8,Xã Tây,whole",
        "3,Xã Ba,9,Xã Đông,whole",
    ]
    done = mirrored(tmp_path, rows, store(more, given=given))
    assert codes(done) == [("DRAFT36", "warning", 2)]
    assert "would lead several: Xã Tây, Xã Đông" in done.findings[0].finding.message
