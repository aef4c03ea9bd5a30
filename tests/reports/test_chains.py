"""Whose chain a plan changes: groups, the list of all, and plain Python agree."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from chains import Turned, changed, grouped, turned
from harness import lenient
from synthetic_provinces import rows as synthetic_rows
from towns import Step, blocking, edge, filled, node, planned

from orgraph.model import EdgeRow, NodeRow, Row
from orgraph.plan import Plan
from orgraph.reports import Report, build_report
from orgraph.reports.affected import COLUMNS, affected_people, write_affected
from orgraph.stores import MemoryStore, SqliteStore, Store

DAY = "2025-07-01"
HEADS = ("secretary", "head", "chair")
"""The roles that only one post of a unit may have."""


@cache
def rows() -> tuple[list[NodeRow], list[EdgeRow]]:
    """Return a small synthetic province over real communes."""
    return synthetic_rows("dien-bien", 0.01)


@pytest.fixture(scope="module")
def store() -> MemoryStore:
    """Return a store that holds it; no test writes to it."""
    made = MemoryStore(lenient("vietnam"))
    made.bulk_load(*rows())
    return made


def all_rows() -> list[Row]:
    """Return its rows in one list."""
    return [*rows()[0], *rows()[1]]


def kind_of() -> dict[str, str]:
    """Return the kind of every node."""
    return {row.id: row.kind for row in rows()[0]}


def siblings(kind: str, count: int) -> list[list[str]]:
    """Return lists of so many units of a kind, each with one parent."""
    kinds, found = kind_of(), dict[str, list[str]]()
    for row in rows()[1]:
        living = row.since <= date(2025, 7, 1) < row.until
        if row.kind in {"PART_OF", "UNDER"} and living and kinds[row.source] == kind:
            found.setdefault(row.target, []).append(row.source)
    return [
        sorted(some)[:count] for _, some in sorted(found.items()) if len(some) >= count
    ]


def second_heads(units: list[str]) -> dict[str, str]:
    """Answer that of the posts only one of a unit may have, the first unit's stays."""
    roles = {row.id: row.facts.get("role") for row in rows()[0] if row.kind == "post"}
    seen: set[Any] = set()
    answers = {}
    for unit in units:
        for row in sorted(rows()[1]):
            role = roles.get(row.source)
            if row.kind == "SEAT_IN" and row.target == unit and role in HEADS:
                if role in seen:
                    answers[row.source] = "ends_with"
                seen.add(role)
    return answers


def merge(kind: str, units: list[str], name: str) -> Step:
    """Return the step that merges units."""
    into: dict[str, Any] = {"kind": kind, "name": name, "id": f"new-{kind}"}
    return {
        "op": "merge_units",
        "sources": units,
        "into": into,
        "answers": second_heads(units),
    }


def absorb(units: list[str]) -> Step:
    """Return the step by which the first of some units absorbs the others."""
    answers = second_heads(units)
    step = {"op": "absorb_units", "sources": units[1:], "into": units[0]}
    return {**step, "answers": answers}


def steps(name: str) -> list[Step]:
    """Return the steps of a reform: of a few units, or of a whole province."""
    committees = siblings("grassroots_committee", 4)
    cells, villages = siblings("cell", 3), siblings("village", 2)
    communes, directs = siblings("commune", 3), siblings("direct_committee", 2)
    moved = {"op": "move_unit", "unit": committees[0][3], "to": directs[0][1]}
    named: dict[str, list[Step]] = {
        "a merger of communes": [merge("commune", communes[0], "Xã Mới")],
        "a merger of committees": [
            merge("grassroots_committee", committees[0][:3], "Đảng bộ Mới")
        ],
        "a committee absorbs": [absorb(committees[1][:3])],
        "a merger of cells": [merge("cell", cells[0], "Chi bộ Mới")],
        "a cell absorbs": [absorb(cells[1])],
        "a merger of villages": [merge("village", villages[0], "Thôn Mới")],
        "a committee moves": [moved],
        "a tier ends": [{"op": "abolish_tier", "kind": "district"}],
    }
    named["all of it"] = [step for some in named.values() for step in some]
    return named[name]


REFORMS = (
    "a merger of communes",
    "a merger of committees",
    "a committee absorbs",
    "a merger of cells",
    "a cell absorbs",
    "a merger of villages",
    "a committee moves",
    "a tier ends",
    "all of it",
)


def reformed(store: Store, name: str) -> Plan:
    """Plan a reform, which nothing but laws of size may block."""
    plan = planned(store, DAY, *steps(name))
    assert not [said for said in blocking(plan) if not said.startswith("FORMED")], name
    assert plan.changes
    return plan


def oracle(plan: Plan) -> list[Turned]:
    """Return what plain Python says of all rows."""
    before = all_rows()
    return turned(before, changed(before, plan.changes), plan.effective)


@pytest.mark.parametrize("name", REFORMS)
def test_groups_are_what_plain_python_counts(store: MemoryStore, name: str) -> None:
    """Everyone whose chain differs is in one group or named, and nobody else is."""
    plan = reformed(store, name)
    report, everyone = build_report(plan, store), oracle(plan)
    assert everyone
    groups = {(g.unit, g.before, g.after): dict(g.counts) for g in report.chains}
    assert len(groups) == len(report.chains)
    assert groups == {place: dict(n) for place, n in grouped(everyone).items()}
    alone = [one for one in everyone if one.unit is None and one.kind == "member"]
    assert [(p.id, p.kind, p.before, p.after) for p in report.people] == [
        (one.id, one.kind, one.before, one.after) for one in alone
    ]
    total = sum(sum(g.counts.values()) for g in report.chains) + len(report.people)
    assert total == len(everyone)


@pytest.mark.parametrize("name", REFORMS)
def test_the_list_names_everyone_once(store: MemoryStore, name: str) -> None:
    """The list has each of them with the chain before and after, and nobody else."""
    plan = reformed(store, name)
    listed = [tuple(one) for one in affected_people(plan, store)]
    assert sorted(listed) == sorted(tuple(one) for one in oracle(plan))


def test_each_reform_shows_another_side(store: MemoryStore) -> None:
    """Groups are of cells, villages, communes, committees, or of who goes alone."""
    units = {
        name: _kinds(build_report(reformed(store, name), store)) for name in REFORMS
    }
    assert units["a merger of communes"] == {"village"}
    assert units["a merger of committees"] == {"cell"}
    assert units["a merger of cells"] == set()
    assert units["a merger of villages"] == {None}
    assert units["a committee moves"] == {"grassroots_committee"}
    assert units["a tier ends"] == {"commune"}
    whole = {"cell", "village", "commune", "grassroots_committee", None}
    assert units["all of it"] == whole


def _kinds(report: Report) -> set[str | None]:
    return {group.kind for group in report.chains}


def test_who_is_below_a_lower_unit_is_counted_there_alone(store: MemoryStore) -> None:
    """A cell that is moved out of a committee that moves stands for its own members."""
    committee = steps("a committee moves")[0]["unit"]
    cells = sorted(
        r.source for r in rows()[1] if r.kind == "UNDER" and r.target == committee
    )
    other = siblings("grassroots_committee", 4)[0][0]
    plan = planned(
        store,
        DAY,
        {"op": "move_unit", "unit": cells[0], "to": other},
        *steps("a committee moves"),
    )
    everyone = oracle(plan)
    assert {one.unit for one in everyone} >= {cells[0]}
    found = {g.unit: dict(g.counts) for g in build_report(plan, store).chains}
    assert found == {unit[0]: dict(n) for unit, n in grouped(everyone).items()}


def test_stores_say_the_same(store: MemoryStore, tmp_path: Path) -> None:
    """A file gives the same report and the same list as memory does."""
    with SqliteStore(tmp_path / "store.db", create=lenient("vietnam")) as file:
        file.bulk_load(*rows())
        plan, other = (reformed(s, "all of it") for s in (store, file))
        reports = [build_report(plan, store), build_report(other, file)]
        assert reports[0].to_plain()["chains"] == reports[1].to_plain()["chains"]
        lists = [_written(plan, store), _written(other, file)]
        assert lists[0] == lists[1]


def _written(plan: Plan, store: Store) -> str:
    file = io.BytesIO()
    write_affected(plan, store, file)
    return file.getvalue().decode()


def test_the_table_reads_as_it_was_written(store: MemoryStore) -> None:
    """The table has a heading and a row each, chains with > between the units."""
    plan = reformed(store, "a merger of committees")
    first, *others = csv.reader(io.StringIO(_written(plan, store)))
    assert tuple(first) == COLUMNS
    assert sorted(others) == sorted(_cells(oracle(plan)))


def _cells(everyone: list[Turned]) -> Iterator[list[str]]:
    for one in everyone:
        chains = [" > ".join(chain) for chain in (one.before, one.after)]
        yield [one.id, one.kind, one.unit or "", *chains]


def test_the_report_does_not_walk_who_is_below(tmp_path: Path) -> None:
    """A committee that moves is one statement, whether 1 cell is below it or 200.

    Nor are more rows read, and how many members there are is known all the same.
    """
    counts = {}
    for cells in (1, 200):
        some = list(_committee(cells))
        with SqliteStore(tmp_path / f"{cells}.db", create=lenient("vietnam")) as file:
            file.bulk_load(
                [row for row in some if isinstance(row, NodeRow)],
                [row for row in some if isinstance(row, EdgeRow)],
            )
            plan = planned(file, DAY, {"op": "move_unit", "unit": "gc", "to": "d2"})
            read: list[Any] = []
            _record(file, read)
            report = build_report(plan, file)
            counts[cells] = list(read)
            assert len({one.id for one in affected_people(plan, file)}) == 10 * cells
            (group,) = report.chains
            assert (group.unit, group.counts) == ("gc", {"member": 10 * cells})
    assert counts[1] == counts[200]


def _record(store: SqliteStore, read: list[Any]) -> None:
    plain = store._read

    def counting(*arguments: Any) -> list[Any]:  # noqa: ANN401 - as _read
        found = plain(*arguments)
        read.append((arguments[0], len(found)))
        return found

    store._read = counting  # type: ignore[method-assign]


def _committee(cells: int) -> Iterator[Row]:
    """Yield a committee with so many cells of ten members, and two above it."""
    yield node("pc", "provincial_committee")
    for above in ("d1", "d2"):
        yield node(above, "direct_committee")
        yield edge("UNDER", above, "pc")
    yield node("gc", "grassroots_committee")
    yield edge("UNDER", "gc", "d1")
    for cell in range(cells):
        yield node(f"c{cell}", "cell")
        yield edge("UNDER", f"c{cell}", "gc")
        for member in range(10):
            yield node(f"m{cell}-{member}", "member")
            yield edge("MEMBER_OF", f"m{cell}-{member}", f"c{cell}")


def test_dependents_by_kind_add_up(store: MemoryStore) -> None:
    """What is said by kind of dependent adds up to what is said by kind of edge."""
    plan = reformed(store, "all of it")
    report = build_report(plan, store)
    summed: dict[str, Counter[str]] = {}
    for edges in report.dependents_by_kind.values():
        for name, words in edges.items():
            summed.setdefault(name, Counter()).update(words)
    assert {name: dict(words) for name, words in summed.items()} == report.dependents
    assert report.dependents_by_kind["household"]["LIVES_IN"]["followed"] > 0
    assert report.dependents_by_kind["member"]["NATIVE_OF"]["kept"] > 0
    assert set(report.dependents_by_kind["cell"]) <= {"UNDER", "COVERS"}


def test_what_is_kept_is_told_by_kind() -> None:
    """What stays on a unit that ends is counted by kind, also where kinds are mixed."""
    some = filled(
        node("s", "state"),
        node("paper", "document"),
        *(node(f"b{n}", "body") for n in range(3)),
        edge("BASED_ON", "s", "paper"),
        *(edge("BASED_ON", f"b{n}", "paper") for n in range(3)),
    )
    plan = planned(some, DAY, {"op": "close_unit", "unit": "paper"})
    assert not plan.refused, blocking(plan)
    assert plan.dependents == {"BASED_ON": {"kept": 4}}
    by_kind = {"body": {"BASED_ON": {"kept": 3}}, "state": {"BASED_ON": {"kept": 1}}}
    assert plan.dependents_by_kind == by_kind
    again = Plan.from_json(plan.to_json())
    assert again.dependents_by_kind == by_kind


def test_a_unit_that_ends_is_the_dependent_of_its_parent(store: MemoryStore) -> None:
    """Where a tier ends, its units' own edges are told as theirs, not the parents'."""
    report = build_report(reformed(store, "a tier ends"), store)
    communes = sum(kind == "commune" for kind in kind_of().values())
    assert report.dependents_by_kind["district"]["PART_OF"]["ended"] == 10
    assert report.dependents_by_kind["commune"]["PART_OF"]["followed"] == communes
    assert "province" not in report.dependents_by_kind
