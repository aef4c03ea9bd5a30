"""A code twice: what is named where very many share one, and what it costs."""

from datetime import date
from pathlib import Path

from harness import filled, pack_named, proposed

from orgraph.draft import Snapshot
from orgraph.rules import Reach
from orgraph.rules.code_twice import CodeTwice
from orgraph.stores.memory import MemoryStore
from orgraph.stores.sqlite import SqliteStore


def _given(number: int, code: str = "7") -> str:
    """Return a state with so many regions of one code."""
    rows = ["{id: s, kind: state}"]
    rows += [
        f"{{id: r{n:02}, kind: region, code: '{code}', parent: s}}"
        for n in range(number)
    ]
    return f"nodes: [{', '.join(rows)}]"


def test_of_many_the_first_are_named() -> None:
    """Where many have one code, three are named and the others counted."""
    store = filled(MemoryStore(pack_named("territory")), _given(9))
    view = Snapshot(store, date(2025, 1, 1))
    (finding,) = CodeTwice().check(view, Reach.within(view, ["r05"], []))
    assert finding.message == "r05 has the code 7, as has r00, r01, r02, … 5 more."
    assert finding.severity == "warning"


def test_a_unit_without_a_code_is_like_no_other() -> None:
    """Units without a code don't share one."""
    given = "nodes: [{id: s, kind: state}, {id: t, kind: state}]"
    store = filled(MemoryStore(pack_named("territory")), given)
    view = Snapshot(store, date(2025, 1, 1))
    assert list(CodeTwice().check(view, Reach.within(view, ["s", "t"], []))) == []


def test_codes_are_looked_up_at_once(tmp_path: Path) -> None:
    """The number of statements doesn't grow with the units that a plan touches."""
    counts = []
    for number in (2, 40):
        path = tmp_path / f"{number}.db"
        with SqliteStore(path, create=pack_named("territory")) as store:
            filled(store, _given(number))
            steps = [
                f"- {{op: rename_unit, unit: r{n:02}, code: 'c{n // 2}'}}\n"
                for n in range(number)
            ]
            store.statements = []
            plan = store.plan(proposed("".join(steps)))
            assert len([f for f in plan.findings if f.code == "CODE01"]) == number
            counts.append(len(store.statements))
    assert counts[0] == counts[1]
