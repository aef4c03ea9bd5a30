"""Merging units: what can't be read, and plans that another plan overtakes."""

import pytest
from harness import STAMP, NewStore, applied, filled, proposed, rows

from orgraph.errors import InputError, StaleError
from orgraph.stores.base import Store

GIVEN = """\
nodes:
  - {id: pc, kind: provincial_committee, name: Đảng bộ tỉnh}
  - {id: g1, kind: grassroots_committee, name: Đảng bộ Một, parent: pc}
  - {id: g2, kind: grassroots_committee, name: Đảng bộ Hai, parent: pc}
  - {id: g3, kind: grassroots_committee, name: Đảng bộ Ba, parent: pc}
  - {id: c1, kind: cell, name: Chi bộ Một, parent: g1}
"""
MERGE = """\
- op: merge_units
  sources: [g1, g2]
  into: {id: g4, kind: grassroots_committee, name: Đảng bộ Bốn}
"""
FOUND = "- {op: found_unit, new: {id: c2, kind: cell, name: Chi bộ Mới}, under: UNIT}"


@pytest.fixture
def store(new_store: NewStore) -> Store:
    """Return a store with three committees."""
    return filled(new_store("vietnam"), GIVEN)


def test_one_source_is_no_merger() -> None:
    """A merger has two sources at least."""
    with pytest.raises(InputError, match=r"proposal\.yaml:4:.*sources"):
        proposed("- {op: merge_units, sources: [a], into: {kind: cell, name: A}}")


@pytest.mark.parametrize(
    ("closed", "under"), [([], "x"), (["x"], "y"), (["x", "y"], None)]
)
def test_the_suggested_parent_lives_on(
    new_store: NewStore, closed: list[str], under: str | None
) -> None:
    """No source, and no unit that a recorded plan ends, is suggested as the parent."""
    nodes = {"x": "r", "y": "r", "a": "x", "b": "a", "c": "y"}
    rows = [f"  - {{id: {n}, kind: body, parent: {p}}}" for n, p in nodes.items()]
    root = "nodes:\n  - {id: r, kind: body}\n"
    store = filled(new_store("territory"), root + "\n".join(rows))
    for unit in closed:
        applied(store, f"- {{op: close_unit, unit: {unit}}}", "2026-01-01")
    step = "- {op: merge_units, sources: [a, b, c], into: {kind: body, name: N}%s}"
    (finding,) = [f for f in store.plan(proposed(step % "")).findings if f.blocks]
    assert finding.code == "MERGE03"
    assert finding.hint.startswith(f"Add under: {under}," if under else "Say with")
    if under:
        again = store.plan(proposed(step % f", under: {under}"))
        assert "MERGE03" not in {f.code for f in again.findings}
        assert "TIME02" not in {f.code for f in again.findings}


def test_overtaken_by_a_founding(store: Store) -> None:
    """A merger doesn't orphan a cell founded since it was planned: it is stale."""
    merger = store.plan(proposed(MERGE))
    applied(store, FOUND.replace("UNIT", "g1"))
    before = rows(store)
    with pytest.raises(StaleError) as error:
        store.commit(merger, stamp=STAMP)
    assert error.value.differences == (
        "UNDER c2 g1 2025-01-01: changed now",
        "UNDER c2 g4 2025-01-01: changed now",
    )
    assert rows(store) == before


def test_closing_overtaken_by_a_founding(store: Store) -> None:
    """A committee isn't closed over a cell that was founded since."""
    closing = store.plan(proposed("- {op: close_unit, unit: g2}"))
    assert not closing.refused
    applied(store, FOUND.replace("UNIT", "g2"))
    with pytest.raises(StaleError, match="ASK01") as error:
        store.commit(closing, stamp=STAMP)
    assert "cell: 1" in str(error.value)


def test_overtaken_by_an_unrelated_plan(store: Store) -> None:
    """What another plan does elsewhere doesn't keep a merger from being committed."""
    merger = store.plan(proposed(MERGE))
    applied(store, FOUND.replace("UNIT", "g3"))
    assert store.commit(merger, stamp=STAMP).number == 3
    assert rows(store).keys() >= {change.key for change in merger.changes}


def test_overtaken_by_itself(store: Store) -> None:
    """A merger that somebody else has committed meanwhile is stale, and says so."""
    first, second = store.plan(proposed(MERGE)), store.plan(proposed(MERGE))
    store.commit(first, stamp=STAMP)
    with pytest.raises(StaleError, match="applied already, as revision 2"):
        store.commit(second, stamp=STAMP)
