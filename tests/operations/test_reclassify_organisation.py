"""Reclassifying an organisation: what a plan of it reads, and that it goes back."""

from pathlib import Path

from communes import planned
from harness import NewStore, applied, filled, proposed

from orgraph.queries import tally

UP = """\
- op: reclassify_organisation
  unit: c
  into: {id: gc, kind: grassroots_committee, name: Committee}
  cells:
    - {cell: {id: c1, kind: cell, name: One}, members: [ONE]}
    - {cell: {id: c2, kind: cell, name: Two}, members: [TWO]}
"""
DOWN = """\
- op: reclassify_organisation
  unit: gc
  into: {id: again, kind: cell, name: Again}
"""


def _given(members: int) -> str:
    people = "".join(
        f"  - {{id: m{n}, kind: member, parent: c}}\n" for n in range(members)
    )
    return (
        "nodes:\n  - {id: pc, kind: provincial_committee}\n"
        "  - {id: c, kind: cell, parent: pc}\n" + people
    )


def _up(members: int) -> str:
    people = [f"m{n}" for n in range(members)]
    one, two = people[::2], people[1::2]
    return UP.replace("ONE", ", ".join(one)).replace("TWO", ", ".join(two))


def test_members_are_the_same_there_and_back(new_store: NewStore) -> None:
    """Thirty members become a committee's, and those of one cell again."""
    store = filled(new_store("vietnam without limits"), _given(30))
    applied(store, _up(30), "2025-01-01")
    applied(store, DOWN, "2026-01-01")
    counts = []
    for node, day in (
        ("c", "2024-01-01"),
        ("gc", "2025-06-01"),
        ("again", "2026-06-01"),
    ):
        on = proposed(DOWN, day).effective
        counts.append(tally(store, node, on).to_plain()["counts"])
    assert counts == [{"member": 30}, {"cell": 2, "member": 30}, {"member": 30}]


def test_reads_don_t_grow_with_members(tmp_path: Path) -> None:
    """A plan takes as many statements for sixty members as for four."""
    found = [planned(tmp_path / f"{n}.db", _given(n), _up(n)) for n in (4, 60)]
    assert [plan.refused for plan, _ in found] == [False, False]
    assert found[0][1] == found[1][1]
