"""Names and values of any kind stay names and values in a graph on a server."""

from datetime import date

import pytest
from graphs_on_server import cypher, new_graph, on_server
from harness import errors, pack_named
from towns import STAMP, edge, node

from orgraph.change import Change
from orgraph.engine import append
from orgraph.model import FOREVER, OUT, EdgeRow, NodeRow, Span
from orgraph.pack import Pack
from orgraph.stores.neo4j_open import make_schema
from orgraph.stores.neo4j_rows import (
    OURS,
    Days,
    edge_row,
    fact_of,
    new_edge,
    node_properties,
    node_row,
    property_of,
)
from orgraph.stores.neo4j_schema import (
    LABELS,
    SHOW_SCHEMA,
    quoted,
    schema,
    schema_text,
    words,
)

ALWAYS = Span.always()
ODD = (
    "a`b",
    "``",
    "a\\u0060b",
    "\\u0060}) DETACH DELETE n //",
    "back\\slash",
    "quote'\"",
    "Đảng bộ",
    "單位",
    "with space",
    "new\nline",
    "null\0byte",
    "🏘",
)


@on_server
@pytest.mark.parametrize("name", [name for name in ODD if "\0" not in name])
def test_a_quoted_name_is_that_name(name: str) -> None:
    """A label, a type and an index may be called anything: nothing of it is run."""
    cypher("MATCH (n) DETACH DELETE n")
    spoken = quoted(name)
    cypher(f"CREATE (:{spoken})-[:{spoken} {{{spoken}: 1}}]->(:Other)")
    found = cypher("MATCH (n)-[r]->() RETURN labels(n), type(r), keys(r)")
    assert found == [([name], name, [name])]
    cypher(f"CREATE INDEX {spoken} FOR (n:{spoken}) ON (n.{spoken})")
    assert cypher("SHOW INDEXES YIELD name WHERE name = $n RETURN name", n=name)
    cypher(f"DROP INDEX {spoken}")


def spelled(*kinds: str) -> Pack:
    """Return a pack whose node kinds and edge kinds have these names, unchecked."""
    pack = pack_named("territory")
    nodes = dict.fromkeys(kinds, pack.nodes["municipality"])
    edges = dict.fromkeys(kinds, pack.edges["COVERS"])
    return pack.model_copy(
        update={
            "nodes": {**pack.nodes, **nodes},
            "edges": {**pack.edges, **edges},
        }
    )


def test_kinds_have_labels_of_their_own() -> None:
    """A kind's label is written as Neo4j's users do, and is nobody else's."""
    kinds = ("a_b", "aB", "AB", "a__b", "entity", "past_row", "VERSION", "IN_NAME_OF")
    named = words(spelled(*kinds))
    assert named.labels["municipality"] == "Municipality"
    assert len(set(named.labels.values())) == len(named.labels)
    assert not set(named.labels.values()) & set(LABELS)
    assert named.types["PART_OF"] == "PART_OF"
    assert len(set(named.types.values())) == len(named.types)
    assert not set(named.types.values()) & {"VERSION", "IN_NAME_OF"}
    assert all(named.kinds[named.types[kind]] == kind for kind in named.types)
    assert words(pack_named("vietnam")).labels["direct_committee"] == "DirectCommittee"


def test_indexes_have_names_of_their_own() -> None:
    """Edges may be called as our labels: no index has the name of another."""
    odd = ("Version", "Version_", "PastRow", "Version_id", "Version_kind", "A", "A_key")
    pack = spelled(*LABELS, *odd)
    named = [made.name for made in schema(pack)]
    assert len(named) == len(set(named))
    assert not set(words(pack).types.values()) & set(LABELS)
    assert words(pack).types["A_key"] == "A_key"


def test_schema_of_odd_kinds_is_quoted() -> None:
    """Whatever kinds are called, each statement is one statement."""
    text = schema_text(spelled("a`b"))
    assert "`a``b`" in text
    assert text.count(";\n") == len(list(schema(spelled("a`b"))))


@on_server
def test_kinds_whose_names_need_quoting_survive() -> None:
    """A store of a pack with odd kinds keeps its rows and finds them again."""
    odd = "x`]-() DETACH DELETE n //\\u0060"
    pack = spelled(odd, "VERSION", "entity", "Version")
    with new_graph(pack_named("territory")) as store:
        store._learn(pack)
        make_schema(store._session, pack)
        rows = [
            NodeRow("o1", odd, date(2020, 1, 1), FOREVER, "Odd", None, {}, 1),
            NodeRow("e1", "entity", date(2020, 1, 1), FOREVER, "E", None, {}, 1),
        ]
        joins = [
            EdgeRow(kind, "o1", "e1", date(2020, 1, 1), FOREVER, {}, 1)
            for kind in (odd, "VERSION", "Version")
        ]
        changes = [Change(r.key, None, r) for r in (*rows, *joins)]
        proposal = {"title": "Odd", "effective": "2020-01-01", "steps": []}
        store.transaction(lambda: append(store, changes, proposal, STAMP, []))
        assert sorted(store.nodes(["o1", "e1"], ALWAYS)) == sorted(rows)
        assert store.of_kind(odd, ALWAYS) == rows[:1]
        found = store.edges(["o1"], [odd, "VERSION", "Version"], OUT, ALWAYS)
        assert sorted(found) == sorted(joins)
        there = {name for (name,) in cypher(SHOW_SCHEMA)}
        assert {made.name for made in schema(pack)} <= there
        assert len(store.walk(["o1"], [odd], OUT, ALWAYS)) == 1
        assert len(store.journal(1)) == len(changes)
        assert store.count_edges(["o1"], [odd], OUT, ALWAYS) == {odd: 1}
    usual = {made.name for made in schema(pack_named("territory"))}
    for made in schema(pack):
        if made.name not in usual:
            cypher(made.drop)


@on_server
def test_values_of_any_kind_survive() -> None:
    """Text of any sort comes back as it went in, in names, codes and facts."""
    rows = [
        node(f"m{place}", "municipality", type=text, border=place % 2 == 0)._replace(
            name=text, code=text
        )
        for place, text in enumerate(ODD)
    ]
    covers = [edge("COVERS", "b1", row.id, form=row.name) for row in rows]
    with new_graph(pack_named("territory")) as store:
        store.bulk_load([*rows, node("b1", "body")], covers)
        found = sorted(store.of_kind("municipality", ALWAYS))
        assert [row._replace(rev=0) for row in found] == sorted(rows)
        joined = store.edges(["b1"], ["COVERS"], OUT, ALWAYS)
        assert sorted(row._replace(rev=0) for row in joined) == sorted(covers)
        for row in rows:
            assert [r.id for r in store.with_codes([str(row.code)], ALWAYS)] == [row.id]
        assert not {e for e in errors(store, date(2025, 1, 1)) if "HASH" in e}


def test_facts_called_like_our_own_properties() -> None:
    """A fact may be called as a property of a version or an edge; neither is lost."""
    names = [*sorted(OURS), "id_", "since__", "_", "unknown_", "people"]
    facts = {name: place for place, name in enumerate(names)}
    assert [fact_of(property_of(name)) for name in names] == names
    assert len({property_of(name) for name in names} | OURS) == len(names) + len(OURS)
    facts["rev"] = facts["unknown"] = None  # type: ignore[assignment]
    day = date(2020, 1, 1)
    made = NodeRow("m1", "municipality", day, FOREVER, "M", None, facts, 3)
    kept = node_properties(made, 3)
    kept |= {"since": "2020-01-01", "until": "9999-12-31"}
    assert node_row(kept) == made
    joined = EdgeRow("COVERS", "b1", "m1", day, FOREVER, facts, 3)
    *_, held = new_edge(joined, "COVERS", Days())
    held |= {"key": "b1 m1 2020-01-01", "until": "9999-12-31", "rev": 3}
    assert edge_row("COVERS", held) == joined
