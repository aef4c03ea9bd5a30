"""What was founded and taken back is still told of by its id."""

from pathlib import Path

from land import put
from running import Orgraph

FOUND = """\
title: A commune
effective: 2025-01-01
steps:
  - op: found_unit
    new: {id: town-1, kind: commune, name: Xã, facts: {type: xã}}
    under: p
"""


def test_a_founding_that_was_taken_back(folder: Path, orgraph: Orgraph) -> None:
    """History lists the revisions that wrote it, and show says where to look."""
    put(folder, "n.csv", "id,kind,name,since\np,province,Tỉnh,2000\n")
    assert orgraph("import", "n.csv", "--pack", "vietnam").code == 0
    put(folder, "p.yaml", FOUND)
    assert orgraph("apply", "p.yaml", "--yes").code == 0
    assert "taken_back" not in orgraph("history", "town-1", "--format", "json").json
    assert orgraph("undo", "--yes").code == 0
    outcome = orgraph("history", "town-1")
    assert outcome.code == 0, outcome.err
    assert outcome.out.startswith(
        "town-1 was founded and taken back:\n    3  2025-01-01"
    )
    assert orgraph("history", "town-1", "--format", "json").json["taken_back"] is True
    outcome = orgraph("show", "town-1")
    assert outcome.code == 2
    assert (
        "town-1 was founded and taken back: see orgraph history town-1" in outcome.err
    )
    assert "nothing is called 'town-2'" in orgraph("history", "town-2").err
