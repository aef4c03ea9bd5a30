"""The queries of docs/cypher.md answer what plain Python says of the same rows."""

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import EDGES, NODES
from graphs_on_server import cypher, new_graph, on_server, searches
from harness import pack_named
from neo4j_container import Neo4jServer
from towns import STAMP, done, edge, found, node, undone

sys.path.insert(0, str(Path(__file__).parent.parent / "queries"))
from provinces import DAY, Oracle, province

from orgraph.model import FOREVER, EdgeRow, NodeRow, Row
from orgraph.stores.neo4j_store import Neo4jStore

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "cypher.md"
RENAMED = date(2025, 3, 1)
PAST = (
    node("old1", "commune", until=date(2021, 1, 1)),
    node("old2", "commune", since=date(2021, 1, 1), until=date(2023, 1, 1)),
    edge("SUCCEEDED_BY", "old1", "old2", since=date(2021, 1, 1)),
    edge("SUCCEEDED_BY", "old2", "co0", since=date(2023, 1, 1)),
    edge("SUCCEEDED_BY", "old2", "co1", since=date(2023, 1, 1)),
)


def queries() -> dict[int, str]:
    """Return the queries of the document by their numbers."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = re.findall(
        r"^## (\d+)\..*?```cypher\n(.*?)```", text, re.DOTALL | re.MULTILINE
    )
    return {int(number): query for number, query in found}


@pytest.fixture(scope="module", params=[3, 8])
def asked(
    request: pytest.FixtureRequest,
    neo4j_server: Neo4jServer,  # noqa: ARG001 - it serves the graph
) -> Iterator[tuple[Neo4jStore, Oracle]]:
    """Return a province in a graph, a commune of it renamed, and what Python says."""
    rows: list[Row] = [*province(request.param), *PAST]
    with new_graph(pack_named("vietnam without limits")) as store:
        nodes = [row for row in rows if isinstance(row, NodeRow)]
        store.bulk_load(nodes, [row for row in rows if isinstance(row, EdgeRow)], STAMP)
        rename = {"op": "rename_unit", "unit": "co0", "name": "Xã Mới"}
        done(store, RENAMED.isoformat(), rename)
        yield store, Oracle(rows)


def members(oracle: Oracle) -> list[str]:
    """Return the members, in order."""
    return sorted(name for name, row in oracle.nodes.items() if row.kind == "member")


EXPECTED: dict[int, Callable[[Oracle, str], list[Any]]] = {
    1: lambda oracle, _: [
        (name, "Xã Mới" if name == "co0" else name.upper())
        for name in sorted(
            n for n, row in oracle.nodes.items() if row.kind == "commune"
        )
    ],
    2: lambda oracle, top: sorted(
        (name, oracle.nodes[name].kind) for name in oracle.above(top) - {top}
    ),
    3: lambda oracle, top: sorted(
        Counter(oracle.nodes[name].kind for name in oracle.below(top) - {top}).items()
    ),
    4: lambda oracle, _: sorted(
        (unit, post, person)
        for person, post in oracle.pairs("HOLDS")
        for unit in oracle.out("SEAT_IN", post)
    ),
    5: lambda oracle, _: [
        (name,)
        for name, row in sorted(oracle.nodes.items())
        if row.kind == "post" and not oracle.into("HOLDS", name)
    ],
    6: lambda oracle, _: [
        (name,)
        for name, row in sorted(oracle.nodes.items())
        if row.kind == "village"
        and not any(
            oracle.nodes[body].kind == "cell" for body in oracle.into("COVERS", name)
        )
    ],
    7: lambda oracle, _: sorted(
        Counter(person for person, _ in oracle.pairs("IN_CHARGE_OF")).items(),
        key=lambda pair: (-pair[1], pair[0]),
    ),
    8: lambda _, __: [
        ("old2", "OLD2", date(2021, 1, 1)),
        ("co0", "Xã Mới", date(2023, 1, 1)),
        ("co1", "CO1", date(2023, 1, 1)),
    ],
    9: lambda _, __: [
        ("co0", date(2019, 1, 1), FOREVER, RENAMED),
        ("co0", RENAMED, None, FOREVER),
    ],
    10: lambda _, __: [
        (2, RENAMED, "A test", STAMP.author),
        (1, date(2019, 1, 1), "Bulk load", STAMP.author),
    ],
}


def test_there_are_ten_queries() -> None:
    """Each query of the document has an answer to compare with."""
    assert sorted(queries()) == sorted(EXPECTED) == list(range(1, 11))


def answered(query: int, **asked: object) -> list[tuple[Any, ...]]:
    """Return what a query of the document gives, its days as Python's."""
    return [
        tuple(v.to_native() if hasattr(v, "to_native") else v for v in row)
        for row in cypher(queries()[query], **asked)
    ]


@pytest.mark.parametrize("number", sorted(EXPECTED))
def test_a_query_answers(number: int, asked: tuple[Neo4jStore, Oracle]) -> None:
    """A query of the document, run without orgraph, gives what Python counts."""
    _, oracle = asked
    tops = {2: members(oracle), 3: ["pr", "pc", "co0"], 8: ["old1"]}
    rows = 0
    for top in tops.get(number, [""]):
        wanted = EXPECTED[number](oracle, top)
        given = answered(number, on=DAY, id=top, number=2)
        assert (sorted(given) if number == 2 else given) == wanted
        rows += len(given)
    assert rows


@on_server
def test_what_any_revision_did_to_units() -> None:
    """The ninth query is the journal, also of a revision undone since and its undo."""
    with new_graph(pack_named("territory")) as store:
        store.bulk_load(NODES, EDGES)
        rename = {"op": "rename_unit", "unit": "m1", "name": "Third"}
        reform = done(store, "2021-01-01", rename, found("municipality", "m9", "d1"))
        done(store, "2022-01-01", {"op": "rename_unit", "unit": "m3", "name": "Fourth"})
        undo = undone(store, reform)
        for number in range(1, store.head() + 1):
            wanted = [
                (*change.row[:1], change.row.since, *map(ends, change[1:]))
                for change in store.journal(number)
                if isinstance(change.row, NodeRow)
            ]
            assert answered(9, number=number) == sorted(wanted)
        taken = (("m1", date(2021, 1, 1)), ("m9", date(2021, 1, 1)))
        assert [row for row in answered(9, number=undo) if row[:2] in taken] == [
            (*row, FOREVER, None) for row in taken
        ]
        assert len(answered(9, number=reform)) == len(answered(9, number=undo)) == 3


@on_server
@pytest.mark.parametrize("is_empty", [True, False])
def test_what_a_revision_did_is_sought(*, is_empty: bool) -> None:
    """The ninth query begins at indexes: it takes as long as the revision has rows."""
    with new_graph(pack_named("territory")) as store:
        if not is_empty:
            store.bulk_load(NODES, EDGES)
            undone(store, done(store, "2021-01-01", found("locality", "l9", "m1")))
        cypher("CALL db.clearQueryCaches()")
        assert not list(searches(queries()[9], {"number": 1}))


def ends(row: Row | None) -> date | None:
    """Return the day on which a row ends; None where there is none."""
    return None if row is None else row.until


def test_the_graph_is_as_the_document_says(asked: tuple[Neo4jStore, Oracle]) -> None:
    """Labels, properties and their types are those that the document names."""
    found = cypher(
        "MATCH (n:Entity {id: 'co0'}) "
        "RETURN labels(n), keys(n), valueType(n.since), n.name"
    )
    (labels, keys, type_, name) = found[0]
    assert sorted(labels) == ["Commune", "Entity"]
    assert sorted(keys) == ["id", "kind", "name", "since", "until"]
    assert (type_, name) == ("DATE NOT NULL", "Xã Mới")
    spans = cypher(
        "MATCH (:Entity {id: 'co0'})-[:VERSION]->(v) "
        "RETURN toString(v.since), toString(v.until), v.rev ORDER BY v.since"
    )
    assert spans == [
        ("2019-01-01", "2025-03-01", 2),
        ("2025-03-01", "9999-12-31", 2),
    ]
    edges = cypher(
        "MATCH (:Entity {id: 'co0'})-[e:PART_OF]->() "
        "RETURN e.key, toString(e.since), toString(e.until), e.rev"
    )
    assert edges == [("co0 pr 2019-01-01", "2019-01-01", "9999-12-31", 1)]
    unknown = cypher("MATCH (v:Version) WHERE 'service_end' IN v.unknown RETURN v.id")
    held = [name for name, row in asked[1].nodes.items() if None in row.facts.values()]
    assert sorted(unknown) == sorted((name,) for name in held)
