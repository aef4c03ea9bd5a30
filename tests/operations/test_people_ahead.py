"""What many steps about cells and members read: as much as a few."""

from pathlib import Path

import pytest
from communes import planned

FOUND = """\
- op: found_cell
  cell: {id: nN, kind: cell, name: Cell}
  under: gc
  serves: [vNb]
  members: [mNx0, mNy0]
"""
JOIN = "- {op: join_cells, places: [vNa, vNb], host: cNy}\n"
JOIN_NEW = """\
- op: join_cells
  places: [vNa, vNb]
  cell: {id: nN, kind: cell, name: Cell}
  under: gc
  members: [mNy0]
"""
SEPARATE = """\
- op: separate_cell
  place: vNc
  cell: {id: nN, kind: cell, name: Cell}
  members: [mNz0, mNz1, mNz2]
  last: {id: lN, kind: cell, name: Last}
"""
REINFORCE = """\
- {op: reinforce_cell, cell: cNx, transferred: [mNy0], attending: [mNy1]}
"""
ATTEND = "- {op: attend_cell, person: mNy0, cell: cNx}\n"
RECLASSIFY = """\
- op: reclassify_organisation
  unit: cNg
  into: {id: nN, kind: grassroots_committee, name: Cell}
  cells:
    - {cell: {id: oN, kind: cell, name: One}, members: [mNg0, mNg1]}
    - {cell: {id: tN, kind: cell, name: Two}, members: [mNg2]}
"""
CELLS = {"x": (4, "gc"), "y": (4, "gc"), "z": (6, "gc"), "g": (3, "pc")}
"""How many members each cell has, and what it is under."""
COVERS = ("xa", "zc", "zd")


def _given(sites: int) -> str:
    """Return sites with villages a to d: cell x serves a, joint cell z serves c, d."""
    lines = [
        "nodes:",
        "  - {id: pc, kind: provincial_committee}",
        "  - {id: gc, kind: grassroots_committee, parent: pc}",
        "  - {id: xa, kind: commune, type: xã, border: true, island: false}",
    ]
    edges = ["edges:"]
    for n in range(sites):
        lines += [
            f"  - {{id: v{n}{v}, kind: village, type: bản, parent: xa}}" for v in "abcd"
        ]
        for cell, (members, under) in CELLS.items():
            lines.append(f"  - {{id: c{n}{cell}, kind: cell, parent: {under}}}")
            lines += [
                f"  - {{id: m{n}{cell}{m}, kind: member, official: true, "
                f"parent: c{n}{cell}}}"
                for m in range(members)
            ]
        edges += [
            f"  - {{kind: COVERS, source: c{n}{cell}, target: v{n}{v}}}"
            for cell, v in COVERS
        ]
    return "\n".join(lines + edges)


@pytest.mark.parametrize(
    "step", [FOUND, JOIN, JOIN_NEW, SEPARATE, REINFORCE, ATTEND, RECLASSIFY]
)
def test_many_steps_read_as_much_as_two(step: str, tmp_path: Path) -> None:
    """A plan of eight steps takes as many statements as a plan of two."""
    found = []
    for number in (2, 8):
        steps = "".join(step.replace("N", str(n)) for n in range(number))
        plan, statements = planned(tmp_path / f"{number}.db", _given(8), steps)
        assert [finding.message for finding in plan.findings if finding.blocks] == []
        found.append(statements)
    assert found[0] == found[1]
