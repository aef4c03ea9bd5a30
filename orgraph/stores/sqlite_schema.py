"""The SQLite store's tables, and every statement that it runs.

They stand in one place so that a test can ask SQLite for the plan of each: none of
them, but those named in STREAMING, may scan a table. Past rows are only appended, so
their tables keep no order; what has no end yet isn't indexed by its end.
"""

from functools import cache

APPLICATION_ID = 0x6F726772
FORMAT_VERSION = 1

TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE node (
  id TEXT NOT NULL, kind TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
  name TEXT NOT NULL, code TEXT, facts TEXT NOT NULL, rev INTEGER NOT NULL,
  PRIMARY KEY (id, since)
) WITHOUT ROWID;
CREATE TABLE edge (
  kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  since TEXT NOT NULL, until TEXT NOT NULL, facts TEXT NOT NULL, rev INTEGER NOT NULL,
  PRIMARY KEY (source, kind, target, since)
) WITHOUT ROWID;
CREATE TABLE past_node (
  id TEXT NOT NULL, kind TEXT NOT NULL, since TEXT NOT NULL, until TEXT NOT NULL,
  name TEXT NOT NULL, code TEXT, facts TEXT NOT NULL, rev INTEGER NOT NULL,
  gone INTEGER NOT NULL
);
CREATE TABLE past_edge (
  kind TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL,
  since TEXT NOT NULL, until TEXT NOT NULL, facts TEXT NOT NULL, rev INTEGER NOT NULL,
  gone INTEGER NOT NULL
);
CREATE TABLE revision (
  number INTEGER PRIMARY KEY, effective TEXT NOT NULL, title TEXT NOT NULL,
  basis TEXT, author TEXT NOT NULL, time TEXT NOT NULL, pack TEXT NOT NULL,
  pack_digest TEXT NOT NULL, proposal TEXT NOT NULL, hash TEXT NOT NULL,
  previous TEXT NOT NULL, rows INTEGER NOT NULL
);
CREATE TABLE tally (
  unit TEXT NOT NULL, key TEXT NOT NULL, day INTEGER NOT NULL, delta INTEGER NOT NULL,
  PRIMARY KEY (unit, key, day)
) WITHOUT ROWID;
CREATE TABLE word (word TEXT NOT NULL, id TEXT NOT NULL, PRIMARY KEY (word, id))
WITHOUT ROWID;
"""

INDEXES = """
CREATE INDEX edge_in ON edge (target, kind, until, since);
CREATE INDEX node_code ON node (code) WHERE code IS NOT NULL;
CREATE INDEX node_kind ON node (kind, until);
CREATE INDEX node_rev ON node (rev);
CREATE INDEX edge_rev ON edge (rev);
CREATE INDEX past_node_rev ON past_node (rev);
CREATE INDEX past_node_gone ON past_node (gone);
CREATE INDEX past_edge_rev ON past_edge (rev);
CREATE INDEX past_edge_gone ON past_edge (gone);
CREATE INDEX past_node_id ON past_node (id);
CREATE INDEX past_edge_out ON past_edge (source);
CREATE INDEX past_edge_in ON past_edge (target);
CREATE INDEX node_since ON node (since);
CREATE INDEX node_until ON node (until) WHERE until < '9999-12-31';
CREATE INDEX edge_since ON edge (since);
CREATE INDEX edge_until ON edge (until) WHERE until < '9999-12-31';
"""

NODE = "n.id, n.kind, n.since, n.until, n.name, n.code, n.facts, n.rev"
EDGE = "e.kind, e.source, e.target, e.since, e.until, e.facts, e.rev"
REVISION = (
    "number, effective, title, basis, author, time, pack, pack_digest, proposal, "
    "hash, previous, rows"
)
_IDS = "json_each(:ids) AS i CROSS JOIN"
_EDGE_ON = "e.until > :since AND e.since < :until"
_NODE_ON = "n.until > :since AND n.since < :until"

HEAD = "SELECT max(number) FROM revision"
NODES = f"SELECT {NODE} FROM {_IDS} node n ON n.id = i.value WHERE {_NODE_ON}"
WITH_CODES = (
    f"SELECT {NODE} FROM {_IDS} node n ON n.code = i.value "
    f"WHERE n.code IS NOT NULL AND {_NODE_ON}"
)
OF_KIND = f"SELECT {NODE} FROM node n WHERE n.kind = :kind AND {_NODE_ON}"
REVISION_N = f"SELECT {REVISION} FROM revision WHERE number = :number"
REVISIONS = (
    f"SELECT {REVISION} FROM revision WHERE number < :before "
    "ORDER BY number DESC LIMIT :limit"
)
TALLIES = (
    "SELECT t.unit, t.key, max(t.day, :since), sum(t.delta) FROM "
    f"{_IDS} tally t ON t.unit = i.value "
    "GROUP BY t.unit, t.key, max(t.day, :since) HAVING sum(t.delta) <> 0"
)
SOME_WORDS = "SELECT 1 FROM word WHERE word >= :word AND word < :beyond LIMIT 2000"
FIND = (
    f"SELECT {NODE} FROM word w CROSS JOIN node n ON n.id = w.id "
    f"WHERE w.word >= :word AND w.word < :beyond AND {_NODE_ON} ORDER BY n.id, n.since"
)
WRITTEN_NODES = f"SELECT {NODE} FROM node n WHERE n.rev = :number"
WRITTEN_EDGES = f"SELECT {EDGE} FROM edge e WHERE e.rev = :number"
PAST_WRITTEN_NODES = (
    f"SELECT {NODE} FROM past_node n INDEXED BY past_node_rev WHERE n.rev = :number"
)
PAST_WRITTEN_EDGES = (
    f"SELECT {EDGE} FROM past_edge e INDEXED BY past_edge_rev WHERE e.rev = :number"
)
GONE_NODES = (
    f"SELECT {NODE} FROM past_node n INDEXED BY past_node_gone WHERE n.gone = :number"
)
GONE_EDGES = (
    f"SELECT {EDGE} FROM past_edge e INDEXED BY past_edge_gone WHERE e.gone = :number"
)
_NODE_SAID = "n.id, n.kind, n.since, n.until, n.name, n.code, n.facts"
_EDGE_SAID = "e.kind, e.source, e.target, e.since, e.until, e.facts"
_NODE_ORDER = "ORDER BY n.id, n.since"
_EDGE_ORDER = "ORDER BY e.kind, e.source, e.target, e.since"
NODES_SAID = (
    f"SELECT {_NODE_SAID} FROM node n WHERE n.rev = :number UNION ALL "
    f"SELECT {_NODE_SAID} FROM past_node n INDEXED BY past_node_rev "
    "WHERE n.rev = :number ORDER BY id, since"
)
EDGES_SAID = (
    f"SELECT {_EDGE_SAID} FROM edge e WHERE e.rev = :number UNION ALL "
    f"SELECT {_EDGE_SAID} FROM past_edge e INDEXED BY past_edge_rev "
    "WHERE e.rev = :number ORDER BY kind, source, target, since"
)
GONE_NODES_SAID = (
    f"SELECT {_NODE_SAID} FROM past_node n INDEXED BY past_node_gone "
    f"WHERE n.gone = :number {_NODE_ORDER}"
)
GONE_EDGES_SAID = (
    f"SELECT {_EDGE_SAID} FROM past_edge e INDEXED BY past_edge_gone "
    f"WHERE e.gone = :number {_EDGE_ORDER}"
)
REVISIONS_OF = """
SELECT rev FROM node WHERE id = :id
UNION SELECT rev FROM past_node WHERE id = :id
UNION SELECT gone FROM past_node WHERE id = :id
UNION SELECT rev FROM edge WHERE source = :id
UNION SELECT rev FROM edge WHERE target = :id
UNION SELECT rev FROM past_edge WHERE source = :id
UNION SELECT gone FROM past_edge WHERE source = :id
UNION SELECT rev FROM past_edge WHERE target = :id
UNION SELECT gone FROM past_edge WHERE target = :id
"""
TURNING_NODES = (
    f"SELECT {NODE} FROM node n WHERE n.since > :after AND n.since <= :until "
    f"UNION SELECT {NODE} FROM node n WHERE n.until > :after AND n.until <= :until "
    "AND n.until < '9999-12-31'"
)
TURNING_EDGES = (
    f"SELECT {EDGE} FROM edge e WHERE e.since > :after AND e.since <= :until "
    f"UNION SELECT {EDGE} FROM edge e WHERE e.until > :after AND e.until <= :until "
    "AND e.until < '9999-12-31'"
)
COUNT_WITHOUT = (
    f"SELECT i.value, count(*) FROM {_IDS} edge e "
    f"ON e.target = i.value AND e.kind = :kind WHERE {_EDGE_ON} AND NOT EXISTS "
    "(SELECT 1 FROM edge m WHERE m.target = e.source AND m.kind = :missing "
    "AND m.until > :since AND m.since < :until) GROUP BY i.value"
)
LAST_PACK = (
    "SELECT pack_digest FROM revision WHERE number = (SELECT max(number) FROM revision)"
)
META = "SELECT value FROM meta WHERE key = :key"


@cache
def edges_at(direction: str, kinds: int) -> str:
    """Return the statement that reads edges of so many kinds at ids."""
    end = "source" if direction == "out" else "target"
    return f"SELECT {EDGE} FROM {_at(end, kinds)} WHERE {_EDGE_ON}"


@cache
def count_edges_at(direction: str, kinds: int) -> str:
    """Return the statement that counts edges of so many kinds at ids.

    Of one kind there is a row also where there are none: edges aren't sorted for it.
    """
    end = "source" if direction == "out" else "target"
    grouped = "GROUP BY e.kind" if kinds > 1 else ""
    return f"SELECT e.kind, count(*) FROM {_at(end, kinds)} WHERE {_EDGE_ON} {grouped}"


@cache
def walk_from(direction: str, kinds: int) -> str:
    """Return the statement that follows edges of so many kinds from ids onwards."""
    near, far = ("source", "target") if direction == "out" else ("target", "source")
    names = _names(kinds)
    return (
        "WITH RECURSIVE reach(id) AS (SELECT value FROM json_each(:ids) UNION "
        f"SELECT e.{far} FROM reach r CROSS JOIN edge e ON e.{near} = r.id "
        f"AND e.kind IN ({names}) WHERE {_EDGE_ON}) "
        f"SELECT {EDGE} FROM reach r CROSS JOIN edge e ON e.{near} = r.id "
        f"AND e.kind IN ({names}) WHERE {_EDGE_ON}"
    )


@cache
def led(steps: int) -> str:
    """Return the statement that reads what leads to ids in so many steps."""
    joins, near = _leading(steps)
    return f"SELECT DISTINCT i.value, {near} FROM json_each(:ids) AS i{joins}"


def _leading(steps: int) -> tuple[str, str]:
    """Return the joins that follow so many steps back, and where they lead."""
    joins, near = "", "i.value"
    for step in reversed(range(steps)):
        joins += f" CROSS JOIN edge e{step} ON e{step}.target = {near} "
        joins += f"AND e{step}.kind = :kind{step} AND {_days(f'e{step}')}"
        near = f"e{step}.source"
    return joins, near


@cache
def count_led(steps: int, *, leaving: bool) -> str:
    """Return the statement that counts what leads to ids in so many steps.

    The kinds of the steps are the first parameters, that of what leaves the next.
    """
    joins, near = _leading(steps)
    left = (
        f" WHERE EXISTS (SELECT 1 FROM edge m WHERE m.source = {near} "
        f"AND m.kind = :kind{steps} AND {_days('m')})"
    )
    return (
        f"SELECT i.value, count(DISTINCT {near}) FROM json_each(:ids) AS i{joins}"
        f"{left if leaving else ''} GROUP BY i.value"
    )


@cache
def count_astray(steps: int) -> str:
    """Return the statement that counts edges to ids from where no steps lead on."""
    tables, near, where = [], "e.source", []
    for step in range(steps):
        tables.append(f"edge e{step}")
        where.append(
            f"e{step}.source = {near} AND e{step}.kind = :kind{step} "
            f"AND {_days(f'e{step}')}"
        )
        near = f"e{step}.target"
    return (
        f"SELECT i.value, count(*) FROM {_IDS} edge e ON e.target = i.value "
        f"AND e.kind = :kind{steps} WHERE {_EDGE_ON} AND NOT EXISTS (SELECT 1 FROM "
        f"{' CROSS JOIN '.join(tables)} WHERE {' AND '.join(where)}) GROUP BY i.value"
    )


def _days(edge: str) -> str:
    return f"{edge}.until > :since AND {edge}.since < :until"


def _at(end: str, kinds: int) -> str:
    return f"{_IDS} edge e ON e.{end} = i.value AND e.kind IN ({_names(kinds)})"


def _names(kinds: int) -> str:
    return ", ".join(f":kind{place}" for place in range(kinds))


def kind_parameters(kinds: list[str]) -> dict[str, str]:
    """Return the parameters that name the kinds in such a statement."""
    return {f"kind{place}": kind for place, kind in enumerate(kinds)}


READING = (
    HEAD,
    NODES,
    WITH_CODES,
    OF_KIND,
    REVISION_N,
    REVISIONS,
    TALLIES,
    SOME_WORDS,
    FIND,
    WRITTEN_NODES,
    WRITTEN_EDGES,
    PAST_WRITTEN_NODES,
    PAST_WRITTEN_EDGES,
    GONE_NODES,
    GONE_EDGES,
    REVISIONS_OF,
    NODES_SAID,
    EDGES_SAID,
    GONE_NODES_SAID,
    GONE_EDGES_SAID,
    TURNING_NODES,
    TURNING_EDGES,
    COUNT_WITHOUT,
    META,
    LAST_PACK,
    *(
        make(direction, kinds)
        for make in (edges_at, count_edges_at, walk_from)
        for direction in ("out", "in")
        for kinds in (1, 3)
    ),
    led(2),
    *(count_led(2, leaving=leaving) for leaving in (False, True)),
    count_astray(2),
)
ALL_NODES = f"SELECT {_NODE_SAID} FROM node n {_NODE_ORDER}"
ALL_EDGES = f"SELECT {_EDGE_SAID} FROM edge e {_EDGE_ORDER}"
COUNT_ROWS = "SELECT (SELECT count(*) FROM node) + (SELECT count(*) FROM edge)"
ALL_WORDS = "SELECT word, id FROM word ORDER BY word, id"
ALL_TALLIES = "SELECT unit, key, day, delta FROM tally ORDER BY unit, key, day"
STREAMING = (ALL_NODES, ALL_EDGES, ALL_WORDS, ALL_TALLIES, COUNT_ROWS)

ALL_INDEXES = tuple(
    statement.strip()
    for statement in INDEXES.split(";")
    if statement.strip() and " past_" not in statement
)
"""The indexes that are made anew, at once, after an empty store was filled."""
NO_INDEXES = tuple(f"DROP INDEX {index.split()[2]}" for index in ALL_INDEXES)


@cache
def count_leaves(edges: int, leaves: int) -> str:
    """Return the statement that counts leaves below each unit, by kind and days."""
    return (
        "SELECT e.target, n.kind, max(n.since, e.since) AS since, "
        "min(n.until, e.until) AS until, count(*) "
        "FROM edge e CROSS JOIN node n ON n.id = e.source "
        f"WHERE e.kind IN ({_marks(edges)}) AND n.kind IN ({_marks(leaves)}) "
        "AND max(n.since, e.since) < min(n.until, e.until) GROUP BY 1, 2, 3, 4"
    )


@cache
def of_kinds(kinds: int) -> str:
    """Return the statement that reads all nodes of so many kinds."""
    return f"SELECT {NODE} FROM node n WHERE n.kind IN ({_marks(kinds)})"


@cache
def parents_of_kinds(edges: int, kinds: int) -> str:
    """Return the statement that reads the parents of all nodes of so many kinds."""
    return (
        f"SELECT {EDGE} FROM edge e WHERE e.kind IN ({_marks(edges)}) AND e.source IN "
        f"(SELECT n.id FROM node n WHERE n.kind IN ({_marks(kinds)}))"
    )


def _marks(number: int) -> str:
    return ", ".join("?" * number)


PUT_NODE = (
    "INSERT INTO node VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "kind = excluded.kind, until = excluded.until, name = excluded.name, "
    "code = excluded.code, facts = excluded.facts, rev = excluded.rev"
)
PUT_EDGE = (
    "INSERT INTO edge VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "until = excluded.until, facts = excluded.facts, rev = excluded.rev"
)
DROP_NODE = "DELETE FROM node WHERE id = ? AND since = ?"
DROP_EDGE = (
    "DELETE FROM edge WHERE kind = ? AND source = ? AND target = ? AND since = ?"
)
KEEP_NODE = "INSERT INTO past_node SELECT *, ? FROM node WHERE id = ? AND since = ?"
KEEP_EDGE = (
    "INSERT INTO past_edge SELECT *, ? FROM edge "
    "WHERE kind = ? AND source = ? AND target = ? AND since = ?"
)
ADD_REVISION = f"INSERT INTO revision ({REVISION}) VALUES ({', '.join('?' * 12)})"
ADD_TALLY = (
    "INSERT INTO tally VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO UPDATE SET delta = delta + excluded.delta"
)
ADD_WORD = "INSERT OR IGNORE INTO word VALUES (?, ?)"
UNMAKE = "DROP TABLE revision"
PUT_META = "INSERT INTO meta VALUES (?, ?)"
WRITING = (DROP_NODE, DROP_EDGE, KEEP_NODE, KEEP_EDGE)
