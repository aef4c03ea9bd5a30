"""Every statement that the Neo4j store runs to read and write rows.

They stand in one place so that a test can ask the server for the plan of each: none may
scan. The planner goes by statistics, and those of a graph that was just filled are
wrong: so hints say at which index to begin, `WITH` what comes first, and the days of an
edge are compared inside coalesce(), which no index of days can serve.
"""

from collections.abc import Iterable
from functools import cache

from .neo4j_schema import quoted

_VERSION = "v{.*, since: toString(v.since), until: toString(v.until)}"
_EDGE = "type(e), e{.*, since: null, until: toString(e.until)}"
_REVISION = "r{.*, effective: toString(r.effective)}"
_BY_ID = "USING INDEX SEEK v:Version(id, since)"
_BY_NODE = "USING INDEX SEEK n:Entity(id)"
_VERSION_ON = "v.until > $since AND v.since < $until"

_HEAD = (
    "OPTIONAL MATCH (r:Revision {number: s.head}) RETURN s.head, "
    f"CASE WHEN r IS NULL THEN null ELSE {_REVISION} END, s.loading IS NOT NULL"
)
HEAD = f"MATCH (s:OrgraphStore) {_HEAD}"
LOCK = f"MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 WITH s {_HEAD}"
HASHED = "MATCH (r:Revision {hash: $hash}) RETURN r.number"
VERSIONS = (
    f"UNWIND $ids AS id MATCH (v:Version {{id: id}}) {_BY_ID} "
    f"WHERE {_VERSION_ON} RETURN {_VERSION}"
)
WITH_CODES = (
    "UNWIND $ids AS code MATCH (v:Version {code: code}) "
    "USING INDEX SEEK v:Version(code) "
    f"WHERE {_VERSION_ON} RETURN {_VERSION}"
)
OF_KIND = (
    "MATCH (v:Version {kind: $kind}) USING INDEX SEEK v:Version(kind, until) "
    f"WHERE {_VERSION_ON} RETURN {_VERSION}"
)
TALLIES = (
    "UNWIND $ids AS unit MATCH (t:Tally {unit: unit}) "
    "USING INDEX SEEK t:Tally(unit, key, day) "
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
    "USING INDEX SEEK w:Word(word) WHERE w.word STARTS WITH beginning "
    "WITH w MATCH (w)-[:IN_NAME_OF]->() "
    "WITH w LIMIT 2000 RETURN count(*) AS number } RETURN beginning, number"
)
FIND = (
    "MATCH (w:Word) USING INDEX SEEK w:Word(word) WHERE w.word STARTS WITH $word "
    "WITH w MATCH (w)-[:IN_NAME_OF]->(n:Entity) WITH DISTINCT n "
    f"MATCH (n)-[:VERSION]->(v) WHERE {_VERSION_ON} "
    f"RETURN {_VERSION} ORDER BY v.id, v.since"
)
WRITTEN_VERSIONS = (
    "MATCH (v:Version {rev: $number}) USING INDEX SEEK v:Version(rev) "
    f"RETURN {_VERSION}"
)
PAST = (
    "MATCH (v:PastRow {{{0}: $number}}) USING INDEX SEEK v:PastRow({0}) "
    "RETURN v{{.*, since: toString(v.since), until: toString(v.until)}}"
)
PAST_WRITTEN, PAST_GONE = PAST.format("rev"), PAST.format("gone")
TURNING_VERSIONS = (
    "CALL () { MATCH (v:Version) USING INDEX SEEK v:Version(since) "
    "WHERE v.since > $after AND v.since <= $until "
    "RETURN v UNION MATCH (v:Version) USING INDEX SEEK v:Version(until) "
    "WHERE v.until > $after AND v.until <= $last "
    f"RETURN v }} RETURN {_VERSION}"
)


@cache
def edges_at(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that reads edges of these types at ids."""
    return f"{_at(direction, types)} WHERE {_days('e')} RETURN {_EDGE}"


@cache
def count_edges_at(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that counts edges of these types at ids."""
    return f"{_at(direction, types)} WHERE {_days('e')} RETURN type(e), count(*)"


@cache
def walk_from(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that follows edges of these types from ids onwards."""
    far = _arrow(direction, f"es:{_any(types)}*0..")
    last = _arrow(direction, f"e:{_any(types)}")
    return (
        f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) {_BY_NODE} "
        f"WITH n MATCH (n){far}(m) "
        f"WHERE all(e IN es WHERE {_days('e')}) "
        f"WITH DISTINCT m MATCH (m){last}() WHERE {_days('e')} RETURN {_EDGE}"
    )


@cache
def count_without(kind: str, missing: str) -> str:
    """Return the statement that counts edges that no missing one reaches."""
    return (
        f"{_at('in', (kind,))} WHERE {_days('e')} AND NOT EXISTS {{ "
        f"MATCH (m)<-[x:{quoted(missing)}]-() WHERE {_days('x')} }} "
        "RETURN id, count(*)"
    )


@cache
def led(way: tuple[str, ...]) -> str:
    """Return the statement that reads what leads to ids by these types."""
    steps, near = _leading(way)
    return f"{steps}RETURN id, collect(DISTINCT {near}.id)"


@cache
def count_led(way: tuple[str, ...], leaving: str | None) -> str:
    """Return the statement that counts what leads to ids by these types."""
    steps, near = _leading(way)
    if leaving is not None:
        steps += (
            f"WITH id, {near} WHERE EXISTS {{ "
            f"MATCH ({near})-[x:{quoted(leaving)}]->() WHERE {_days('x')} }} "
        )
    return f"{steps}RETURN id, count(DISTINCT {near})"


def _leading(way: tuple[str, ...]) -> tuple[str, str]:
    """Return what follows these types back from ids, and where that leads."""
    steps, near = f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) {_BY_NODE} ", "n"
    for place, type_ in reversed(list(enumerate(way))):
        edge, far = f"e{place}", f"m{place}"
        steps += (
            f"WITH id, {near} MATCH ({near})<-[{edge}:{quoted(type_)}]-({far}) "
            f"WHERE {_days(edge)} "
        )
        near = far
    return steps, near


@cache
def count_astray(kind: str, way: tuple[str, ...]) -> str:
    """Return the statement that counts edges to ids from where no way leads on."""
    steps, where = "(m)", []
    for place, type_ in enumerate(way):
        steps += f"-[x{place}:{quoted(type_)}]->()"
        where.append(_days(f"x{place}"))
    return (
        f"{_at('in', (kind,))} WHERE {_days('e')} AND NOT EXISTS {{ "
        f"MATCH {steps} WHERE {' AND '.join(where)} }} RETURN id, count(*)"
    )


@cache
def revisions_of(types: tuple[str, ...]) -> str:
    """Return the statement that reads the revisions that wrote a node or its edges."""
    return (
        f"CALL () {{ MATCH (v:Version {{id: $id}}) {_BY_ID} "
        "WHERE v.since IS NOT NULL RETURN v.rev AS rev "
        "UNION MATCH (v:PastVersion {id: $id}) UNWIND [v.rev, v.gone] AS rev "
        "RETURN rev "
        "UNION MATCH (e:PastEdge {source: $id}) UNWIND [e.rev, e.gone] AS rev "
        "RETURN rev "
        "UNION MATCH (e:PastEdge {target: $id}) UNWIND [e.rev, e.gone] AS rev "
        f"RETURN rev UNION MATCH (n:Entity {{id: $id}}) {_BY_NODE} "
        f"WITH n MATCH (n)-[e:{_any(types)}]-(:Entity) RETURN e.rev AS rev }} "
        "RETURN DISTINCT rev"
    )


@cache
def written_edges(types: tuple[str, ...]) -> str:
    """Return the statement that reads the edges that a revision wrote."""
    return _of_each(types, "rev", "e.rev = $number")


@cache
def turning_edges(types: tuple[str, ...]) -> str:
    """Return the statement that reads the edges that begin or end on some days."""
    begins = _of_each(types, "since", "e.since > $after AND e.since <= $until")
    ends = _of_each(
        types,
        "until",
        "e.until > $after AND e.until <= $last AND NOT "
        "(coalesce(e.since, $after) > $after AND coalesce(e.since, $after) <= $until)",
    )
    return f"{begins} UNION ALL {ends}"


def _of_each(types: Iterable[str], field: str, where: str) -> str:
    return " UNION ALL ".join(
        f"MATCH (:Entity)-[e:{type_}]->(:Entity) "
        f"USING INDEX SEEK e:{type_}({field}) WHERE {where} "
        "RETURN type(e) AS type, e{.*, since: null, until: toString(e.until)} AS edge"
        for type_ in map(quoted, types)
    )


def _at(direction: str, types: tuple[str, ...]) -> str:
    arrow = _arrow(direction, f"e:{_any(types)}")
    return (
        f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) {_BY_NODE} "
        f"WITH id, n MATCH (n){arrow}(m)"
    )


def _arrow(direction: str, inside: str) -> str:
    return f"-[{inside}]->" if direction == "out" else f"<-[{inside}]-"


def _any(types: Iterable[str]) -> str:
    return "|".join(map(quoted, types))


def _days(edge: str) -> str:
    return (
        f"coalesce({edge}.until, $since) > $since "
        f"AND coalesce({edge}.since, $until) < $until"
    )


# Writing

# No other edge of its kind has its key; ids hold no space.
_KEY = "row[0] + ' ' + row[1] + ' ' + toString($days[row[3]])"
_OR_GONE = (
    "FOREACH (_ IN CASE WHEN row.after IS NULL THEN [1] ELSE [] END | "
    "DETACH DELETE {0}) "
    "FOREACH (_ IN CASE WHEN row.after IS NULL THEN [] ELSE [1] END | "
    "SET {0} = row.after)"
)
CHANGE_VERSIONS = (
    "UNWIND $rows AS row MATCH (v:Version {id: row.id, since: row.since}) "
    f"{_BY_ID} "
    "CREATE (p:PastRow:PastVersion) SET p = properties(v), p.gone = $rev "
    "WITH v, row " + _OR_GONE.format("v")
)
ADD_VERSIONS = (
    "UNWIND $rows AS row MERGE (n:Entity {id: row.id}) SET n:$(row.label) "
    "CREATE (n)-[:VERSION]->(v:Version) SET v = row.after"
)
NAME_ENTITIES = (
    f"UNWIND $ids AS id MATCH (n:Entity {{id: id}}) {_BY_NODE} WITH n "
    "MATCH (n)-[:VERSION]->(v) WITH n, v ORDER BY v.since "
    "WITH n, collect(v) AS versions WITH n, versions[0] AS first, versions[-1] AS last "
    "SET n.kind = last.kind, n.name = last.name, n.code = last.code, "
    "n.since = first.since, n.until = last.until"
)
FREE_ENTITIES = (
    f"UNWIND $rows AS row MATCH (n:Entity {{id: row.id}}) {_BY_NODE} "
    "WHERE NOT EXISTS { (n)-[:VERSION]->() } "
    "REMOVE n:$(row.label) SET n = {id: row.id} "
    "WITH DISTINCT n FOREACH (w IN [()-[w:IN_NAME_OF]->(n) | w] | DELETE w) "
    "WITH n WHERE NOT EXISTS { (n)--() } DELETE n"
)
CHANGE_EDGES = (
    f"UNWIND $rows AS row MATCH (n:Entity {{id: row[0]}}) {_BY_NODE} WITH n, row "
    f"MATCH (n)-[e]->(m:Entity) WHERE type(e) = row[2] AND e.key = {_KEY} "
    "CREATE (p:PastRow:PastEdge) SET p = properties(e), p.kind = $kinds[row[2]], "
    "p.source = n.id, p.target = m.id, p.gone = $rev "
    "WITH e, row, p "
    "FOREACH (_ IN CASE WHEN row[4] IS NULL THEN [1] ELSE [] END | DELETE e) "
    "FOREACH (facts IN row[5] | SET e = facts, e.key = p.key, e.since = p.since) "
    "FOREACH (_ IN CASE WHEN row[4] IS NULL THEN [] ELSE [1] END | "
    "SET e.until = $days[row[4]], e.rev = $rev)"
)
_MAKE_EDGE = (
    f"CREATE (n)-[e:$(row[2])]->(m) SET e = row[5], e.key = {_KEY}, "
    "e.since = $days[row[3]], e.until = $days[row[4]], e.rev = $rev"
)
ADD_EDGES = (
    "UNWIND $rows AS row MERGE (n:Entity {id: row[0]}) MERGE (m:Entity {id: row[1]}) "
    f"{_MAKE_EDGE}"
)
ADD_WORDS = (
    "UNWIND $rows AS row MERGE (w:Word {word: row[0]}) WITH w, row "
    f"MATCH (n:Entity {{id: row[1]}}) {_BY_NODE} MERGE (w)-[:IN_NAME_OF]->(n)"
)
ADD_TALLIES = (
    "UNWIND $rows AS row MERGE (t:Tally {unit: row[0], key: row[1], day: row[2]}) "
    "ON CREATE SET t.delta = row[3] ON MATCH SET t.delta = t.delta + row[3]"
)
ADD_REVISION = (
    "CREATE (r:Revision) SET r = $revision "
    "WITH r MATCH (s:OrgraphStore) SET s.head = r.number REMOVE s.loading, s.holder"
)

# Filling an empty store, part by part; readers are told until it is whole

HOLD = (
    "MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 "
    "WITH s WHERE s.head = 0 AND s.loading IS NULL "
    "AND ($made IS NULL OR s.made = $made) "
    "SET s.loading = datetime(), s.holder = $holder RETURN 1"
)
TAKE_OVER = (
    "MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 "
    "WITH s WHERE s.loading < datetime() - duration({seconds: $stale}) "
    "SET s.loading = datetime(), s.holder = $holder RETURN 1"
)
HOLD_ON = (
    "MATCH (s:OrgraphStore) SET s.turn = s.turn + 1 "
    "WITH s WHERE s.holder = $holder SET s.loading = datetime() RETURN 1"
)
LET_GO = "MATCH (s:OrgraphStore) WHERE s.holder = $holder REMOVE s.loading, s.holder"
LOAD_NODES = (
    "UNWIND $rows AS row CREATE (n:Entity) SET n = {id: row[0], kind: row[2], "
    "name: row[3], code: row[4], since: $days[row[5]], until: $days[row[6]]}, "
    "n:$(row[1]) FOREACH (version IN row[7] | "
    "CREATE (n)-[:VERSION]->(v:Version) SET v = version[5], v.id = row[0], "
    "v.kind = version[0], v.name = version[1], v.code = version[2], "
    "v.since = $days[version[3]], v.until = $days[version[4]], v.rev = 1)"
)
LOAD_EDGES = (
    f"UNWIND $rows AS row MATCH (n:Entity {{id: row[0]}}) {_BY_NODE} "
    "WITH n, row MATCH (m:Entity {id: row[1]}) USING INDEX SEEK m:Entity(id) "
    f"{_MAKE_EDGE}"
)
LOAD_WORDS = (
    "UNWIND $rows AS row CREATE (w:Word {word: row[0]}) WITH w, row "
    f"UNWIND row[1] AS id MATCH (n:Entity {{id: id}}) {_BY_NODE} "
    "CREATE (w)-[:IN_NAME_OF]->(n)"
)
LOAD_TALLIES = (
    "UNWIND $rows AS row "
    "CREATE (:Tally {unit: row[0], key: row[1], day: row[2], delta: row[3]})"
)
