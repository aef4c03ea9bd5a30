"""A code twice: what is named where very many share one, and what it costs."""

from datetime import date
from pathlib import Path

from harness import STAMP, filled, pack_named, proposed

from orgraph.draft import Snapshot
from orgraph.engine import audit
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
    nodes = [f"r{n:02}" for n in range(9)]
    (finding,) = CodeTwice().check(view, Reach.within(view, nodes, []))
    assert finding.message == "r00 has the code 7, as have r01, r02, r03, … 5 more."
    assert finding.severity == "warning"


def test_a_pair_is_said_once_and_a_third_anew() -> None:
    """Of two that share a code one finding is enough; another who joins is new."""
    store = filled(MemoryStore(pack_named("territory")), _given(4))
    free = "- {op: rename_unit, unit: r02, code: '8'}\n"
    free += "- {op: rename_unit, unit: r03, code: '9'}\n"
    store.commit(store.plan(proposed(free)), stamp=STAMP)
    (found,) = audit(store, date(2025, 3, 1))
    assert (found.subject, found.message) == ("r00", "r00 has the code 7, as has r01.")
    both = "".join(
        f"- {{op: rename_unit, unit: {n}, name: N}}\n" for n in ("r00", "r01")
    )
    (found,) = store.plan(proposed(both, "2025-02-01")).findings
    assert (found.subject, found.state) == ("r00", "existing")
    joined = both + "- {op: rename_unit, unit: r02, code: '7'}\n"
    (found,) = store.plan(proposed(joined, "2025-02-01")).findings
    assert (found.subject, found.state) == ("r00", "new")
    assert found.message == "N (r00) has the code 7, as have N (r01), r02."


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
            assert len([f for f in plan.findings if f.code == "CODE01"]) == number / 2
            counts.append(len(store.statements))
    assert counts[0] == counts[1]
