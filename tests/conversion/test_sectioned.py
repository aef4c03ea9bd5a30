"""Cells in sectional committees go with their villages when a commune is divided."""

from pathlib import Path

import pytest
from drafting import codes, steps
from test_mirrored import GIVEN, mirrored, mirrors, planned, refusals, store

SECTION = GIVEN.replace(
    "  - {id: k1, kind: cell, name: Chi bộ 1, parent: g1}\n"
    "  - {id: k2, kind: cell, name: Chi bộ 2, parent: g1}\n",
    "  - {id: part, kind: sectional_committee, name: Bộ phận, parent: g1}\n"
    "  - {id: k1, kind: cell, name: Chi bộ 1, parent: part}\n"
    "  - {id: k2, kind: cell, name: Chi bộ 2, parent: part}\n",
)
GIVES = [
    "1,Xã Một,1,Xã Một,the rest",
    "1,Xã Một,9,Xã Mới,part",
    "2,Xã Hai,9,Xã Mới,whole",
]
BELOW_A_DISTRICT = {"abolish": None, "within": None}


def test_a_cell_leaves_its_section_with_its_village(tmp_path: Path) -> None:
    """The old commune lives on with its committee and section; one village leaves."""
    here = store(given=SECTION)
    parts = "old,new,part\n1,9,v2\n"
    done = mirrored(tmp_path, GIVES, here, parts=parts, **BELOW_A_DISTRICT)
    assert codes(done) == []
    *_, cell = steps(done)
    assert cell == {"op": "move_unit", "unit": "k2", "to": "moi_committee"}
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)
    assert mirrors(plan) == []


def test_a_section_goes_where_all_of_its_cells_go(tmp_path: Path) -> None:
    """It covers no village itself: that of its cells tells."""
    here = store(given=SECTION)
    parts = "old,new,part\n1,9,v2\n1,9,v1\n"
    done = mirrored(tmp_path, GIVES, here, parts=parts, **BELOW_A_DISTRICT)
    committees = steps(done)[-1]
    assert committees["edges"][0]["parts"] == ["part"]
    assert not planned(done, here).refused


DIVIDED = [
    "1,Xã Một,8,Xã Tây,part",
    "1,Xã Một,9,Xã Đông,part",
    "2,Xã Hai,9,Xã Đông,whole",
]
PARTS = "old,new,part\n1,8,v1\n1,9,v2\n1,8,office\n1,8,m4\n1,9,d1\n1,8,s1\n2,9,s2\n"


@pytest.mark.parametrize(
    ("row", "moved"), [("1,8,part\n", ["k2"]), ("1,9,part\n", ["k1"])]
)
def test_of_a_section_with_a_row_the_others_cells_leave(
    tmp_path: Path, row: str, moved: list[str]
) -> None:
    """The commune ends, and its section goes with one part."""
    here = store(given=SECTION)
    done = mirrored(tmp_path, DIVIDED, here, parts=PARTS + row, **BELOW_A_DISTRICT)
    leaving = [step["unit"] for step in steps(done) if step["op"] == "move_unit"]
    assert leaving == moved
    plan = planned(done, here)
    assert not plan.refused, refusals(plan)


def test_a_section_of_both_parts_is_asked_and_named(tmp_path: Path) -> None:
    """DRAFT35: nobody says where it goes, so that no cell is said to leave it."""
    here = store(given=SECTION)
    done = mirrored(tmp_path, DIVIDED, here, parts=PARTS, **BELOW_A_DISTRICT)
    assert "part: ask" in done.texts[0].text
    assert codes(done) == [("DRAFT35", "info", 2)]
    assert done.findings[0].finding.subject == "part"
    assert "move_unit" not in [step["op"] for step in steps(done)]


def test_a_row_names_the_side_of_a_cell_in_a_section(tmp_path: Path) -> None:
    """What covers villages of both sides goes where its row says."""
    more = "  - {kind: COVERS, source: k2, target: v1}\n"
    here = store(more, given=SECTION)
    rows = "1,8,part\n1,9,k2\n"
    done = mirrored(tmp_path, DIVIDED, here, parts=PARTS + rows, **BELOW_A_DISTRICT)
    leaving = [step["unit"] for step in steps(done) if step["op"] == "move_unit"]
    assert leaving == ["k2"]
    assert codes(done) == [("DRAFT35", "info", 2)]


def test_a_joint_cell_that_stays_with_the_rest_is_named(tmp_path: Path) -> None:
    """DRAFT35: it serves a village of the new commune, too."""
    more = "  - {kind: COVERS, source: office, target: v2}\n"
    more += "  - {kind: COVERS, source: office, target: v1}\n"
    parts = "old,new,part\n1,9,v2\n"
    done = mirrored(tmp_path, GIVES, store(more), parts=parts, **BELOW_A_DISTRICT)
    assert codes(done) == [("DRAFT35", "info", 2)]
