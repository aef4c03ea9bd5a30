"""Abolishing a tier: which units it means, and what it reads."""

from copy import deepcopy
from pathlib import Path

import pytest
from harness import filled, pack_named, proposed

from orgraph.model import NodeRow
from orgraph.pack import pack_from_data
from orgraph.stores import MemoryStore
from orgraph.stores.sqlite import SqliteStore

STEP = "- {op: abolish_tier, kind: district, within: r0, where: {type: old}}"


def _territory(regions: int, municipalities: int) -> str:
    lines = ["nodes:", "  - {id: s, kind: state}"]
    for r in range(regions):
        lines.append(f"  - {{id: r{r}, kind: region, parent: s}}")
        for word in ("old", "new"):
            district = f"d{r}{word}"
            lines.append(
                f"  - {{id: {district}, kind: district, type: {word}, parent: r{r}}}"
            )
            lines += [
                f"  - {{id: {district}{m}, kind: municipality, type: rural, "
                f"parent: {district}}}"
                for m in range(municipalities)
            ]
    return "\n".join(lines)


def _planned(path: Path, regions: int, municipalities: int) -> tuple[set[str], int]:
    """Return which units end, and how many statements the plan took."""
    with SqliteStore(path, create=pack_named("territory")) as store:
        filled(store, _territory(regions, municipalities))
        store.statements = []
        plan = store.plan(proposed(STEP))
        assert not plan.refused
        ended = {
            str(change.key[0])
            for change in plan.changes
            if isinstance(change.row, NodeRow)
        }
        return ended, len(store.statements)


@pytest.mark.parametrize("regions", [1, 3])
def test_only_what_is_meant(tmp_path: Path, regions: int) -> None:
    """Only the units of the tier in the region that have the fact end."""
    ended, _ = _planned(tmp_path / "store.db", regions, 2)
    assert ended == {"d0old"}


def test_reads_don_t_grow_with_dependents(tmp_path: Path) -> None:
    """A plan takes as many statements for forty municipalities as for two."""
    _, few = _planned(tmp_path / "few.db", 1, 2)
    _, many = _planned(tmp_path / "many.db", 1, 40)
    assert few == many


def test_what_a_tier_itself_carries_ends_with_it() -> None:
    """A figure that the units of a tier carry ends with them, and is warned of."""
    data = deepcopy(pack_named("territory").data)
    data["facts"]["area_m2"]["carried_by"] = ["municipality", "district"]
    data["nodes"]["district"]["facts"].append("area_m2")
    store = filled(
        MemoryStore(pack_from_data(data)),
        """
nodes:
  - {id: s, kind: state}
  - {id: d, kind: district, area_m2: 7000, parent: s}
""",
    )
    plan = store.plan(proposed("- {op: abolish_tier, kind: district}"))
    assert [finding.code for finding in plan.findings] == ["CLOSE02"]
