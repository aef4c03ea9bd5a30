"""No statement of the Neo4j store looks through the graph for what it is asked."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import pytest
from files import PAIRED, STEPS, pairs, town
from graphs_on_server import driver, new_graph, on_server, searches
from harness import pack_named
from towns import STAMP, blocking, planned

from orgraph.model import IN, OUT, EdgeRow, NodeRow, Row
from orgraph.queries import chain
from orgraph.reports import build_report
from orgraph.stores import neo4j_statements as cypher
from orgraph.stores.neo4j_above import above
from orgraph.stores.neo4j_near import near
from orgraph.stores.neo4j_schema import words
from orgraph.stores.neo4j_store import Neo4jStore

PACK = pack_named("territory")
TYPES = tuple(sorted(words(PACK).types.values()))
ANY: dict[str, Any] = {
    "ids": [],
    "rows": [],
    "days": [],
    "kinds": {},
    "words": [],
    "since": date(2020, 1, 1),
    "until": date(2021, 1, 1),
    "after": date(2020, 1, 1),
    "last": date(2021, 1, 1),
    "number": 1,
    "before": 1,
    "limit": 1,
    "rev": 1,
    "kind": "",
    "code": "",
    "hash": "",
    "word": "",
    "id": "",
    "revision": {},
}


def statements() -> Iterator[tuple[str, str]]:
    """Yield every statement by a name."""
    for name, value in sorted(vars(cypher).items()):
        is_ours = name.isupper() and not name.startswith("_")
        if is_ours and isinstance(value, str) and "{0}" not in value:
            yield name, value
    for direction in (OUT, IN):
        for kinds in (TYPES[:1], TYPES):
            for make in (cypher.edges_at, cypher.count_edges_at, cypher.walk_from):
                name = f"{make.__name__} {direction} {len(kinds)}"
                yield name, make(direction, kinds)
    yield "count_without", cypher.count_without("UNDER", "IN_CHARGE_OF")
    yield "count_led", cypher.count_led(("MEMBER_OF", "COVERS"), None)
    yield "count_led leaving", cypher.count_led(("MEMBER_OF", "COVERS"), "PART_OF")
    yield "count_astray", cypher.count_astray("MEMBER_OF", ("UNDER", "PART_OF"))
    contains = tuple(words(PACK).types[kind] for kind in PACK.contains_kinds)
    yield "near", near(contains, PACK.lineage, TYPES)
    yield "above", above(contains, "SEAT_IN", "IN_CHARGE_OF", "HOLDS", TYPES)
    yield "revisions_of", cypher.revisions_of(TYPES)
    yield "written_edges", cypher.written_edges(TYPES)
    yield "turning_edges", cypher.turning_edges(TYPES)


@pytest.fixture(params=["empty", "a town", "a town with neighbours"])
def graph(request: pytest.FixtureRequest) -> Iterator[None]:
    """Make a graph of some size: the planner looks at what there is."""
    sizes = {"empty": (), "a town": (60, 1), "a town with neighbours": (10, 30)}
    rows = list(town(*sizes[request.param])) if sizes[request.param] else []
    with filled(rows):
        driver().execute_query("CALL db.clearQueryCaches()")
        yield


def filled(rows: Iterable[Row]) -> Neo4jStore:
    """Return a store with these rows."""
    kept = list(rows)
    store = new_graph(PACK)
    nodes = [row for row in kept if isinstance(row, NodeRow)]
    store.bulk_load(nodes, [row for row in kept if isinstance(row, EdgeRow)])
    return store


@on_server
@pytest.mark.usefixtures("graph")
def test_statements_seek() -> None:
    """Every statement begins at an index, or at the one store node."""
    found = dict(statements())
    assert len(found) > 40
    searching = [
        f"{name}: {search}"
        for name, statement in found.items()
        for search in searches(statement, ANY)
    ]
    assert not searching, "\n".join(searching)


DAY = "2022-01-01"
AROUND = 1
"""The way that ends a commit, beside those of its statements; a reading has none."""
DEPTH = 3
"""How many units are above a municipality of the town."""


def ways(store: Neo4jStore) -> int:
    """Return how many statements ran since the last time, each a way there and back."""
    assert store.statements is not None
    ran = len(store.statements)
    store.statements.clear()
    return ran


def counted(store: Neo4jStore, *steps: dict[str, Any]) -> tuple[int, int, int]:
    """Return how many ways a plan takes, its report, and its commit."""
    store.statements = []
    plan = planned(store, DAY, *steps)
    assert blocking(plan) == []
    planning = ways(store)
    build_report(plan, store)
    reporting = ways(store)
    store.commit(plan, stamp=STAMP)
    return planning, reporting, ways(store) + AROUND


@on_server
@pytest.mark.parametrize("name", STEPS)
def test_ways_to_the_server_are_few_and_do_not_grow(name: str) -> None:
    """A plan asks the server at most 8 times and once a level, whatever hangs on it.

    The same for 10 dependents as for 1,000, and so does its commit. A report asks no
    more: it names no neighbours where there are so many.
    """
    counts = []
    for dependents in (10, 1000):
        with filled(town(dependents)) as store:
            counts.append(counted(store, STEPS[name]))
    few, many = counts
    assert (few[0], few[2]) == (many[0], many[2])
    assert many[1] <= few[1]
    assert few[0] <= 8, counts


@on_server
def test_a_chain_is_one_way_to_the_server() -> None:
    """A chain is asked in one statement, once the head is known; and again after."""
    with filled(town(10)) as store:
        chain(store, "l1", date(2022, 1, 1))
        for _ in range(2):
            store.statements = []
            found = chain(store, "l1", date(2022, 1, 1))
            assert ways(store) == 1
        assert len(found.chain) == DEPTH + 2


@on_server
@pytest.mark.parametrize("op", PAIRED)
def test_ways_to_the_server_do_not_grow_with_steps(op: str) -> None:
    """A plan of forty steps asks the server as often as one of one step."""
    counts = []
    for steps in (1, 40):
        with filled(pairs(41)) as store:
            # The first pair has nobody, and so fewer sorts of rows to write.
            many = (PAIRED[op](n) for n in range(1, steps + 1))
            counts.append(counted(store, *many))
    assert counts[0] == counts[1]
    assert counts[0][0] <= 8 + DEPTH
