"""The notebook in docs/ runs, and shows what its cells give today."""

import notebook
import pytest


@pytest.mark.filterwarnings("default")  # of Jupyter's own libraries
def test_the_notebook_shows_what_its_cells_give() -> None:
    """Run from its first cell, each cell prints and shows what is stored beside it."""
    stored, run = notebook.read(), notebook.executed()
    assert sum(cell.cell_type == "code" for cell in run.cells) > 5
    for old, new in zip(stored.cells, run.cells, strict=True):
        outputs = old.get("outputs", [])
        assert new.get("outputs", []) == outputs, old.source
        assert not any(output.output_type == "error" for output in outputs)
    shown = str(run.cells)
    assert "<td>Sales South</td>" in shown
    assert "nothing blocks it" in shown
