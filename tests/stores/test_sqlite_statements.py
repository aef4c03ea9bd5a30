"""What a SQLite store runs: no table is scanned, and no statement is run in a loop."""

import re
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest
from files import MERGE, PAIRED, STEPS, new_file, pairs, recorded, town
from harness import pack_named
from towns import STAMP, START, blocking, done, edge, node, planned, undone

from orgraph.draft import TallyRow
from orgraph.draft.steps import sums_on
from orgraph.engine import audit, undo_proposal
from orgraph.model import IN, OUT, Span
from orgraph.reports import build_report
from orgraph.stores import SqliteStore
from orgraph.stores import sqlite_schema as sql
from orgraph.stores.sqlite_faults import TABLES
from orgraph.stores.sqlite_sweeps import SHAPED, SHAPES, SWEEPS, TURNING

STATEMENT = re.compile(r"\s*(SELECT|WITH|INSERT|DELETE|UPDATE|REPLACE)\b")
TRANSACTION = {"BEGIN", "BEGIN IMMEDIATE", "COMMIT", "ROLLBACK"}
DAY = "2022-01-01"
GENERATED = {
    make(direction, kinds)
    for make in (sql.edges_at, sql.count_edges_at, sql.walk_from)
    for direction in ("out", "in")
    for kinds in range(1, 30)
}
GENERATED |= {
    make(steps) for make in (sql.led, sql.count_astray) for steps in range(1, 4)
}
GENERATED |= {
    sql.count_led(steps, leaving=leaving)
    for steps in range(1, 4)
    for leaving in (False, True)
}
FILLING = {
    *sql.NO_INDEXES,
    *sql.ALL_INDEXES,
    *(sql.of_kinds(kinds) for kinds in range(1, 30)),
    *(
        make(edges, kinds)
        for make in (sql.count_leaves, sql.parents_of_kinds)
        for edges in range(1, 10)
        for kinds in range(1, 30)
    ),
}
"""What an empty store is filled by: it reads all that it was just given."""
STATEMENTS = {
    value
    for value in vars(sql).values()
    if isinstance(value, str) and STATEMENT.match(value)
}


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqliteStore]:
    """Return a store with rows, past rows and statistics."""
    path = tmp_path_factory.mktemp("plans") / "full.db"
    with new_file(path, *town(20)) as store:
        done(store, DAY, MERGE)
        undone(store, 2)
        store._db.execute("ANALYZE")
        yield store


def test_every_statement_is_listed() -> None:
    """A statement that isn't listed would escape the tests below."""
    reading = {s for s in STATEMENTS if not s.startswith(("INSERT", "DELETE"))}
    assert reading <= {*sql.READING, *sql.STREAMING}
    changing = {s for s in STATEMENTS - reading if "SELECT" in s or "WHERE" in s}
    assert changing == set(sql.WRITING)


@pytest.mark.parametrize(
    "statement",
    [
        *sql.READING,
        *sorted(STATEMENTS - {*sql.STREAMING, *sql.READING}),
        *sorted(GENERATED),
    ],
)
def test_no_table_is_scanned(statement: str, full: SqliteStore, tmp_path: Path) -> None:
    """Every statement finds its rows by a key or an index, however full the store."""
    with new_file(tmp_path / "empty.db") as empty:
        for store in (full, empty):
            scanned = [line for line in plan_of(store, statement) if is_scan(line)]
            assert scanned == [], f"{statement}: {scanned}"


def test_scan_is_noticed(full: SqliteStore) -> None:
    """What streams everything is all that scans, so a scan is noticed."""
    rows = [sql.ALL_NODES, sql.ALL_EDGES]
    rest = [sql.ALL_WORDS, sql.ALL_TALLIES, sql.COUNT_ROWS]
    assert list(sql.STREAMING) == [*rows, *rest]
    for statement in (*sql.STREAMING, SHAPES):
        assert any(map(is_scan, plan_of(full, statement)))


@pytest.mark.parametrize("statement", [SHAPES, SHAPED])
def test_versions_are_not_searched_for_each_edge(
    statement: str, full: SqliteStore, tmp_path: Path
) -> None:
    """Of each end of an edge its node is looked up, and its versions by an index."""
    with new_file(tmp_path / "empty.db") as empty:
        for store in (full, empty):
            lines = plan_of(store, statement)
            assert not [line for line in lines if line.startswith(("SCAN x", "SCAN y"))]
            looked = [line for line in lines if line.startswith("SEARCH")]
            assert [line.split()[1] for line in looked] == ["m", "x", "y", "s", "t"]


def plan_of(store: SqliteStore, statement: str) -> list[str]:
    """Return the lines of SQLite's plan for a statement."""
    parameters: object = tuple("x" * statement.count("?"))
    if not parameters:
        names = re.findall(r":(\w+)", statement)
        parameters = dict.fromkeys(names, "[]")
    rows = store._db.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row[3] for row in rows]


def is_scan(line: str) -> bool:
    """Tell whether a line of a plan means that a table is read from end to end.

    What a statement is given (`i`) and what a walk has reached (`r`) are no tables.
    """
    words = line.split()
    return words[0] == "SCAN" and words[1] not in {"i", "r", "json_each"}


def test_every_statement_is_one_of_the_listed(tmp_path: Path) -> None:
    """Whatever is done with a store, it runs no statement but those of its schema."""
    with new_file(tmp_path / "store.db") as store:
        ran = recorded(store)
        rows = list(town(3))
        store.bulk_load(
            [row for row in rows if len(row) == 8],  # type: ignore[misc]
            [row for row in rows if len(row) == 7],  # type: ignore[misc]
        )
        for name in STEPS:
            plan = planned(store, DAY, STEPS[name])
            build_report(plan, store)
            undone(store, store.commit(plan, stamp=STAMP).number)
        list(audit(store, plan.effective))
        for direction in (OUT, IN):
            store.walk(["m1"], store.pack.contains_kinds, direction, Span.always())
            store.count_edges(["m1"], ["PART_OF"], direction, Span.always())
        store.count_without(["m1"], "PART_OF", "IN_CHARGE_OF", Span.always())
        store.find(["both"], Span.always(), 5)
        store.with_codes(["1"], Span.always())
        store.of_kind("region", Span.always())
        store.revisions()
        store.revisions_of("m1")
        store.rows_turning(plan.effective, plan.effective)
        swept = {*SWEEPS, *_asked_of_the_file(tmp_path)}
    unknown = set(ran) - STATEMENTS - GENERATED - FILLING - TRANSACTION - swept
    assert unknown == set()


def _asked_of_the_file(folder: Path) -> set[str]:
    """Return what an audit asks of a whole file, before it reads a row."""
    with new_file(folder / "other.db") as store:
        ran = recorded(store)
        assert list(store.faults()) == []
        return set(ran)


@pytest.mark.parametrize("name", STEPS)
def test_statements_do_not_grow(name: str, tmp_path: Path) -> None:
    """Plan, report, commit and undo run no more statements for 1,000 than for 10.

    Fewer is right: a report names no neighbours where there are so many.
    """
    sizes = {"few": (10, 1), "many": (1000, 1), "in a larger graph": (10, 20)}
    counts = {}
    for size, (dependents, others) in sizes.items():
        with new_file(tmp_path / f"{size}.db", *town(dependents, others)) as store:
            counts[size] = counted(store, name)
    assert counts["many"].keys() == counts["few"].keys()
    assert all(number <= counts["few"][part] for part, number in counts["many"].items())
    assert counts["in a larger graph"] == counts["few"]


@pytest.mark.parametrize("op", PAIRED)
def test_statements_do_not_grow_with_steps(op: str, tmp_path: Path) -> None:
    """A plan of forty steps, and its report, run as many statements as of one step."""
    counts = []
    with new_file(tmp_path / "pairs.db", *pairs(40)) as store:
        ran = recorded(store)
        for steps in (1, 40):
            ran.clear()
            plan = planned(store, DAY, *(PAIRED[op](n) for n in range(steps)))
            assert blocking(plan) == []
            build_report(plan, store)
            counts.append(len(ran))
    assert counts[0] == counts[1]


def counted(store: SqliteStore, name: str) -> dict[str, int]:
    """Return how many statements each part of a step's life runs."""
    ran = recorded(store)
    counts = {}

    def count(part: str) -> None:
        counts[part] = len(ran)
        ran.clear()

    plan = planned(store, DAY, STEPS[name])
    assert blocking(plan) == []
    count("plan")
    build_report(plan, store)
    count("report")
    revision = store.commit(plan, stamp=STAMP)
    count("commit")
    back = store.plan(undo_proposal(store, revision.number))
    assert blocking(back) == []
    count("plan of the undo")
    build_report(back, store)
    count("report of the undo")
    store.commit(back, stamp=STAMP)
    count("undo")
    return counts


def test_parts_alone_are_read(tmp_path: Path, rows_read: list[int]) -> None:
    """A transfer of two parts reads as many rows of a unit of 1,000 parts as of 400.

    So do its report and its undo.
    """
    counts = []
    for dependents in (400, 1000):
        path = tmp_path / f"{dependents}.db"
        with new_file(path, *town(dependents)) as store:
            rows_read.clear()
            plan = planned(store, DAY, STEPS["transfer"])
            build_report(plan, store)
            undone(store, store.commit(plan, stamp=STAMP).number)
            counts.append(sum(rows_read))
    assert counts[0] == counts[1] > 0


def test_audit_reads_no_household(
    tmp_path: Path, rows_read: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An audit reads as many rows of a village of 1,000 households as of one of 10.

    It sums up what is stored as counts as often, too.
    """
    summed: list[int] = []

    def noted(steps: Sequence[TallyRow], day: date) -> dict[str, int]:
        summed.append(len(steps))
        return sums_on(steps, day)

    monkeypatch.setattr("orgraph.engine.recount.sums_on", noted)
    counts = []
    for households in (10, 1000):
        homes = [f"h{number:04}" for number in range(households)]
        nodes = [node("p", "province"), node("c", "commune"), node("v", "village")]
        edges = [edge("PART_OF", "c", "p"), edge("PART_OF", "v", "c")]
        nodes += [node(home, "household") for home in homes]
        edges += [edge("LIVES_IN", home, "v") for home in homes]
        path = tmp_path / f"{households}.db"
        with SqliteStore(path, create=pack_named("vietnam")) as store:
            store.bulk_load(nodes, edges)
            rows_read.clear()
            summed.clear()
            found = {finding.code for finding in audit(store, START)}
            assert not found - {"STANDARD02", "REARRANGE02"}
            counts.append((sum(rows_read), len(summed)))
    assert counts[0] == counts[1] > (0, 0)


def test_audit_reads_the_values_of_a_table_once(tmp_path: Path) -> None:
    """Whether each value is of its kind is asked of all columns in one statement."""
    asked = _asked_of_the_file(tmp_path)
    for table in TABLES:
        typed = [s for s in asked if "typeof" in s and s.endswith(f" FROM {table}")]
        assert len(typed) == 1, table


def test_audit_asks_once_for_what_several_rules_ask(tmp_path: Path) -> None:
    """Those who take or leave a post on the day are asked for once for all rules."""
    with SqliteStore(tmp_path / "a.db", create=pack_named("vietnam")) as store:
        store.bulk_load([node("p", "province")], [])
        ran = recorded(store)
        list(audit(store, START))
        assert ran.count(TURNING) == 1


def test_reads_are_recorded_where_asked(tmp_path: Path) -> None:
    """A store lists the statements that read, once it is given a list."""
    with new_file(tmp_path / "store.db", *town(1)) as store:
        assert store.statements is None
        store.statements = []
        planned(store, DAY, MERGE)
        assert sql.NODES in store.statements
        assert set(store.statements) <= STATEMENTS | GENERATED


def test_undo_writes_its_own_rows_alone(tmp_path: Path) -> None:
    """An undo writes as many rows in a store of 20,000 nodes as in one of 2,000."""
    written = []
    for others in (20, 200):
        with new_file(tmp_path / f"{others}.db", *town(10, others)) as store:
            number = done(store, DAY, MERGE)
            before = store._db.total_changes
            undone(store, number)
            written.append(store._db.total_changes - before)
    assert written[0] == written[1]
    assert written[0] < 500


def test_sqlite_knows_the_plan_of_a_bad_statement() -> None:
    """The words of SQLite's plans are those that the tests above look for."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE node (id TEXT PRIMARY KEY)")
    lines = [row[3] for row in db.execute("EXPLAIN QUERY PLAN SELECT * FROM node")]
    db.close()
    assert [is_scan(line) for line in lines] == [True]
