"""Forming a section: that it is a level which can be taken out again."""

from pathlib import Path

from communes import commune, planned
from harness import NewStore, applied, filled, rows

FORM = """\
- op: form_section
  section: {id: sc, kind: sectional_committee, name: Section}
  under: gc
  cells: [CELLS]
"""


def test_dissolved_again_the_cells_are_where_they_were(new_store: NewStore) -> None:
    """Formed and dissolved in one plan, a section leaves nothing but its own row."""
    store = filled(new_store("vietnam"), commune(2))
    before = rows(store)
    step = FORM.replace("CELLS", "c0, c1")
    applied(store, step + "- {op: dissolve_section, section: sc}")
    after = rows(store)
    assert {key for key in after if before.get(key) != after[key]} == {
        key for key in after if "sc" in key[:3]
    }
    assert before.keys() <= after.keys()


def test_reads_don_t_grow_with_cells(tmp_path: Path) -> None:
    """A plan takes as many statements for four cells as for one."""
    found = [
        planned(tmp_path / f"{n}.db", commune(2), FORM.replace("CELLS", cells))
        for n, cells in enumerate(("c0", "c0, c1, c2, c3"))
    ]
    assert [plan.refused for plan, _ in found] == [False, False]
    assert [len(plan.changes) for plan, _ in found] == [4, 10]
    assert found[0][1] == found[1][1]
