"""Every statement that the Neo4j store runs to read and write rows.

They stand in one place so that a test can ask the server for the plan of each: none may
scan. `WITH` after the first match keeps the planner from beginning at the other end,
which a graph that is still empty would let it.
"""

from collections.abc import Iterable
from functools import cache

from .neo4j_schema import quoted

_VERSION = "v{.*, since: toString(v.since), until: toString(v.until)}"
_EDGE = "type(e), e{.*, since: null, until: toString(e.until)}"
_REVISION = "r{.*, effective: toString(r.effective)}"
_EDGE_ON = "e.until > $since AND e.since < $until"
_VERSION_ON = "v.until > $since AND v.since < $until"

HEAD = (
    "MATCH (s:OrgraphStore) OPTIONAL MATCH (r:Revision {number: s.head}) "
    f"RETURN s.head, CASE WHEN r IS NULL THEN null ELSE {_REVISION} END"
)
LOCK = (
    "MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 "
    "WITH s OPTIONAL MATCH (r:Revision {number: s.head}) "
    f"RETURN s.head, CASE WHEN r IS NULL THEN null ELSE {_REVISION} END"
)
HASHED = "MATCH (r:Revision {hash: $hash}) RETURN r.number"
VERSIONS = (
    "UNWIND $ids AS id MATCH (v:Version {id: id}) "
    f"WHERE v.since < $until AND v.until > $since RETURN {_VERSION}"
)
WITH_CODES = (
    "UNWIND $ids AS code MATCH (v:Version {code: code}) "
    f"WHERE {_VERSION_ON} RETURN {_VERSION}"
)
OF_KIND = f"MATCH (v:Version {{kind: $kind}}) WHERE {_VERSION_ON} RETURN {_VERSION}"
TALLIES = (
    "UNWIND $ids AS unit MATCH (t:Tally {unit: unit}) "
    "WHERE t.key IS NOT NULL AND t.day IS NOT NULL "
    "WITH unit, t.key AS key, CASE WHEN t.day < $since THEN $since ELSE t.day END "
    "AS day, sum(t.delta) AS delta WHERE delta <> 0 RETURN unit, key, day, delta"
)
REVISION_N = f"MATCH (r:Revision {{number: $number}}) RETURN {_REVISION}"
REVISIONS = (
    "MATCH (r:Revision) WHERE r.number < $before "
    f"RETURN {_REVISION} ORDER BY r.number DESC LIMIT $limit"
)
COUNT_WORDS = (
    "UNWIND $words AS beginning CALL (beginning) { MATCH (w:Word) "
    "WHERE w.word STARTS WITH beginning WITH w MATCH (w)-[:IN_NAME_OF]->() "
    "WITH w LIMIT 2000 RETURN count(*) AS number } RETURN beginning, number"
)
FIND = (
    "MATCH (w:Word) WHERE w.word STARTS WITH $word "
    "WITH w MATCH (w)-[:IN_NAME_OF]->(n:Entity) WITH DISTINCT n "
    f"MATCH (n)-[:VERSION]->(v) WHERE {_VERSION_ON} "
    f"RETURN {_VERSION} ORDER BY v.id, v.since"
)
WRITTEN_VERSIONS = f"MATCH (v:Version {{rev: $number}}) RETURN {_VERSION}"
PAST = (
    "MATCH (v:PastRow {{{}: $number}}) "
    "RETURN v{{.*, since: toString(v.since), until: toString(v.until)}}"
)
PAST_WRITTEN, PAST_GONE = PAST.format("rev"), PAST.format("gone")
REVISIONS_OF = (
    "CALL () { MATCH (v:Version {id: $id}) RETURN v.rev AS rev "
    "UNION MATCH (v:PastVersion {id: $id}) UNWIND [v.rev, v.gone] AS rev RETURN rev "
    "UNION MATCH (e:PastEdge {source: $id}) UNWIND [e.rev, e.gone] AS rev RETURN rev "
    "UNION MATCH (e:PastEdge {target: $id}) UNWIND [e.rev, e.gone] AS rev RETURN rev "
    "UNION MATCH (n:Entity {id: $id}) WITH n MATCH (n)-[e]-(:Entity) "
    "RETURN e.rev AS rev } RETURN DISTINCT rev"
)
TURNING_VERSIONS = (
    f"CALL () {{ MATCH (v:Version) WHERE v.since > $after AND v.since <= $until "
    "RETURN v UNION MATCH (v:Version) WHERE v.until > $after AND v.until <= $last "
    f"RETURN v }} RETURN {_VERSION}"
)


@cache
def edges_at(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that reads edges of these types at ids."""
    return f"{_at(direction, types)} WHERE {_EDGE_ON} RETURN {_EDGE}"


@cache
def count_edges_at(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that counts edges of these types at ids."""
    return f"{_at(direction, types)} WHERE {_EDGE_ON} RETURN type(e), count(*)"


@cache
def walk_from(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that follows edges of these types from ids onwards."""
    far = _arrow(direction, f"es:{_any(types)}*0..")
    last = _arrow(direction, f"e:{_any(types)}")
    return (
        "UNWIND $ids AS id MATCH (n:Entity {id: id}) "
        f"WITH n MATCH (n){far}(m) "
        "WHERE all(e IN es WHERE e.until > $since AND e.since < $until) "
        f"WITH DISTINCT m MATCH (m){last}() WHERE {_EDGE_ON} RETURN {_EDGE}"
    )


@cache
def count_without(kind: str, missing: str) -> str:
    """Return the statement that counts edges that no missing one reaches."""
    return (
        f"{_at('in', (kind,))} WHERE {_EDGE_ON} AND NOT EXISTS {{ "
        f"MATCH (m)<-[x:{quoted(missing)}]-() "
        "WHERE x.until > $since AND x.since < $until } RETURN id, count(*)"
    )


@cache
def count_led(way: tuple[str, ...], leaving: str | None) -> str:
    """Return the statement that counts what leads to ids by these types."""
    steps, where = "(n)", []
    for place, type_ in reversed(list(enumerate(way))):
        near = f"m{place}"
        steps += f"<-[e{place}:{quoted(type_)}]-({near})"
        where.append(_days(f"e{place}"))
    if leaving is not None:
        where.append(
            f"EXISTS {{ MATCH (m0)-[x:{quoted(leaving)}]->() WHERE {_days('x')} }}"
        )
    return (
        "UNWIND $ids AS id MATCH (n:Entity {id: id}) "
        f"WITH id, n MATCH {steps} WHERE {' AND '.join(where)} "
        "RETURN id, count(DISTINCT m0)"
    )


@cache
def count_astray(kind: str, way: tuple[str, ...]) -> str:
    """Return the statement that counts edges to ids from where no way leads on."""
    steps, where = "(m)", []
    for place, type_ in enumerate(way):
        steps += f"-[x{place}:{quoted(type_)}]->()"
        where.append(_days(f"x{place}"))
    return (
        f"{_at('in', (kind,))} WHERE {_EDGE_ON} AND NOT EXISTS {{ "
        f"MATCH {steps} WHERE {' AND '.join(where)} }} RETURN id, count(*)"
    )


@cache
def written_edges(types: tuple[str, ...]) -> str:
    """Return the statement that reads the edges that a revision wrote."""
    return _of_each(types, "e.rev = $number")


@cache
def turning_edges(types: tuple[str, ...]) -> str:
    """Return the statement that reads the edges that begin or end on some days."""
    begins = _of_each(types, "e.since > $after AND e.since <= $until")
    ends = _of_each(
        types,
        "e.until > $after AND e.until <= $last "
        "AND NOT (e.since > $after AND e.since <= $until)",
    )
    return f"{begins} UNION ALL {ends}"


def _of_each(types: Iterable[str], where: str) -> str:
    return " UNION ALL ".join(
        f"MATCH (:Entity)-[e:{quoted(type_)}]->(:Entity) WHERE {where} "
        "RETURN type(e) AS type, e{.*, since: null, until: toString(e.until)} AS edge"
        for type_ in types
    )


def _at(direction: str, types: tuple[str, ...]) -> str:
    arrow = _arrow(direction, f"e:{_any(types)}")
    return (
        f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) WITH id, n MATCH (n){arrow}(m)"
    )


def _arrow(direction: str, inside: str) -> str:
    return f"-[{inside}]->" if direction == "out" else f"<-[{inside}]-"


def _any(types: Iterable[str]) -> str:
    return "|".join(map(quoted, types))


def _days(edge: str) -> str:
    return f"{edge}.until > $since AND {edge}.since < $until"


# Writing

_OR_GONE = (
    "FOREACH (_ IN CASE WHEN row.after IS NULL THEN [1] ELSE [] END | "
    "DETACH DELETE {0}) "
    "FOREACH (_ IN CASE WHEN row.after IS NULL THEN [] ELSE [1] END | "
    "SET {0} = row.after)"
)
CHANGE_VERSIONS = (
    "UNWIND $rows AS row MATCH (v:Version {id: row.id, since: row.since}) "
    "CREATE (p:PastRow:PastVersion) SET p = properties(v), p.gone = $rev "
    "WITH v, row " + _OR_GONE.format("v")
)
ADD_VERSIONS = (
    "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n:$(row.label) "
    "CREATE (n)-[:VERSION]->(v:Version) SET v = row.after"
)
NAME_ENTITIES = (
    "UNWIND $ids AS id MATCH (n:Entity {id: id}) WITH n "
    "MATCH (n)-[:VERSION]->(v) WITH n, v ORDER BY v.since "
    "WITH n, collect(v) AS versions WITH n, versions[0] AS first, versions[-1] AS last "
    "SET n.kind = last.kind, n.name = last.name, n.code = last.code, "
    "n.since = first.since, n.until = last.until"
)
FREE_ENTITIES = (
    "UNWIND $rows AS row MATCH (n:Entity {id: row.id}) "
    "WHERE NOT EXISTS { (n)-[:VERSION]->() } "
    "REMOVE n:$(row.label) SET n = {id: row.id} "
    "WITH n WHERE NOT EXISTS { (n)--(:Entity) } DETACH DELETE n"
)
CHANGE_EDGES = (
    "UNWIND $rows AS row MATCH (n:Entity {id: row.source}) WITH n, row "
    "MATCH (n)-[e]->(m:Entity) WHERE type(e) = row.type AND e.key = row.key "
    "CREATE (p:PastRow:PastEdge) SET p = properties(e), p.kind = row.kind, "
    "p.source = n.id, p.target = m.id, p.gone = $rev "
    "WITH e, row " + _OR_GONE.format("e").replace("DETACH ", "")
)
ADD_EDGES = (
    "UNWIND $rows AS row MERGE (n:Entity {id: row.source}) "
    "MERGE (m:Entity {id: row.target}) "
    "CREATE (n)-[e:$(row.type)]->(m) SET e = row.after"
)
ADD_WORDS = (
    "UNWIND $rows AS row MERGE (w:Word {word: row[0]}) WITH w, row "
    "MATCH (n:Entity {id: row[1]}) MERGE (w)-[:IN_NAME_OF]->(n)"
)
ADD_TALLIES = (
    "UNWIND $rows AS row MERGE (t:Tally {unit: row[0], key: row[1], day: row[2]}) "
    "ON CREATE SET t.delta = row[3] ON MATCH SET t.delta = t.delta + row[3]"
)
ADD_REVISION = (
    "CREATE (r:Revision) SET r = $revision "
    "WITH r MATCH (s:OrgraphStore) SET s.head = r.number REMOVE s.loading"
)

# Filling an empty store, part by part; readers are told until it is whole

BEGIN_LOAD = (
    "MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 "
    "WITH s WHERE s.head = 0 AND s.loading IS NULL "
    "SET s.loading = datetime() RETURN s.head"
)
GO_ON_LOADING = "MATCH (s:OrgraphStore) SET s.loading = datetime()"
END_LOAD = "MATCH (s:OrgraphStore) REMOVE s.loading"
LOAD_NODES = (
    "UNWIND $rows AS row CREATE (n:Entity) SET n = row.entity, n:$(row.label) "
    "FOREACH (version IN row.versions | "
    "CREATE (n)-[:VERSION]->(v:Version) SET v = version)"
)
LOAD_EDGES = (
    "UNWIND $rows AS row MATCH (n:Entity {id: row.source}) "
    "MATCH (m:Entity {id: row.target}) "
    "CREATE (n)-[e:$(row.type)]->(m) SET e = row.after"
)
COUNT_ENTITIES = "UNWIND $ids AS id MATCH (n:Entity {id: id}) RETURN count(n)"
LOAD_WORDS = (
    "UNWIND $rows AS row CREATE (w:Word {word: row[0]}) WITH w, row "
    "UNWIND row[1] AS id MATCH (n:Entity {id: id}) CREATE (w)-[:IN_NAME_OF]->(n)"
)
LOAD_TALLIES = (
    "UNWIND $rows AS row "
    "CREATE (:Tally {unit: row[0], key: row[1], day: row[2], delta: row[3]})"
)
