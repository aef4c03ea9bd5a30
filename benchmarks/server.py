"""A store on a Neo4j server beside bare Cypher: scripts/bench --neo4j URL.

The bare graph is what somebody would write for the same rows without history: nodes
with their label and `id`, and a relationship for each edge with its days, loaded
by UNWIND in batches. Its types are its own, so that no index of the store's serves or
burdens it. Both are in one graph, and asked and changed in turns, so that what else the
machine does falls on both. The graph must be empty at first, and is empty at last. Both
sides use the same driver.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from typing import Any, TypeVar

from orgraph.change import Change
from orgraph.errors import InputError
from orgraph.model import EdgeRow, NodeRow
from orgraph.pack import load_pack
from orgraph.queries import chain
from orgraph.stores import SqliteStore, Store, create_store
from orgraph.stores.neo4j_open import address, connected
from orgraph.stores.neo4j_schema import words
from orgraph.stores.neo4j_session import Session

from . import graph, merger
from .ground import note
from .measure import timed
from .table import Result, at_most, said, size_name

T = TypeVar("T")
BATCH = 10_000
ROUNDS = 200
WARMING = 20
MERGERS = 15
_BARE = "BARE_"
_CONTAINS = "|".join(
    _BARE + kind for kind in ("MEMBER_OF", "UNDER", "PART_OF", "LIVES_IN", "SEAT_IN")
)
BARE_CHAIN = (
    "MATCH (m:Bare {id: $id}) "
    f"MATCH path = (m)-[:{_CONTAINS}*0..8]->(u) "
    "WHERE all(e IN relationships(path) WHERE e.since <= $on AND $on < e.until) "
    f"OPTIONAL MATCH (u)<-[s:{_BARE}SEAT_IN]-(p)<-[h:{_BARE}HOLDS]-(w) "
    f"OPTIONAL MATCH (u)<-[c:{_BARE}IN_CHARGE_OF]-(x) "
    "RETURN u.id, length(path), collect(DISTINCT [p.id, w.id]), "
    "collect(DISTINCT x.id) ORDER BY length(path)"
)
BARE_NODES = "UNWIND $rows AS row CREATE (n:Bare:$(row.label)) SET n = row.said"
BARE_EDGES = (
    "UNWIND $rows AS row MATCH (s:Bare {id: row.source}) "
    "MATCH (t:Bare {id: row.target}) "
    "CREATE (s)-[e:$(row.type)]->(t) SET e = row.said"
)
BARE_CHANGE = (
    "UNWIND $rows AS row MATCH (s:Bare {id: row.source})-[e]->(t) "
    "WHERE t.id = row.target AND type(e) = row.type SET e.until = $on"
)
BARE_END = "UNWIND $ids AS id MATCH (n:Bare {id: id}) SET n.until = $on"
_INDEX = "CREATE CONSTRAINT bare_id IF NOT EXISTS FOR (n:Bare) REQUIRE n.id IS UNIQUE"
_CLEAR = "MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


def server(url: str, folder: Path, size: int) -> Iterator[Result]:
    """Load, ask and change the same graph on a server: bare, and as a store."""
    session = connected(address(url))
    try:
        if session.rows("MATCH (n) RETURN count(n)", {}, int) != [0]:
            message = f"{url}: the graph isn't empty; benchmarks need one of their own"
            raise InputError(message)
        session.alone(_INDEX, {})
        session.alone("CALL db.awaitIndexes(600)", {})
        bare = Bare(session, size)
        with closing(create_store(url, "vietnam", into_existing=True)) as store:
            found = _measured(store, size, bare)
    finally:
        session.alone(_CLEAR, {})
        session.alone("DROP CONSTRAINT bare_id IF EXISTS", {})
        session.server.driver.close()
    with closing(
        SqliteStore(folder / "beside.db", create=load_pack("vietnam"))
    ) as file:
        beside = _measured(file, size)
    name = f"{size_name(size)} nodes"
    for what, limit in (("load", 1.5), ("chain", 1.5), ("commit", 2.0)):
        ours, plain = found[what], found[f"bare {what}"]
        shown = f"{_shown(ours)}; bare {_shown(plain)}"
        shown += f"; SQLite {_shown(beside[what])}"
        yield at_most("neo4j", f"{what}, {name}", ours / plain, limit, note=shown)
    shown = f"{_shown(found['plan'])}; SQLite {_shown(beside['plan'])}"
    yield said("neo4j", f"plan of a merger, {name}", found["plan"], shown)
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1e3
    yield at_most("neo4j", "peak of memory, all sides", peak, 300, unit="MB")


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


class Bare:
    """The same work in bare Cypher."""

    def __init__(self, session: Session, size: int) -> None:
        """Write to a graph that is empty."""
        self._session = session
        self._size = size
        self._changes = _changes(size)

    def load(self) -> None:
        """Load the graph."""
        named = words(load_pack("vietnam"))
        _load(self._session, self._size, named.labels)

    def chain(self, member: str) -> object:
        """Ask for a chain."""
        asked = {"id": member, "on": graph.EFFECTIVE}
        return self._session.rows(BARE_CHAIN, asked, _tuple)

    def commit(self) -> float:
        """Write what a merger changes, and take it back; return the first's seconds."""
        return _change(self._session, self._changes)


def _load(session: Session, size: int, labels: Mapping[str, str]) -> None:
    nodes = (
        {
            "label": labels[row.kind],
            "said": {"id": row.id, "name": row.name, **_said(row)},
        }
        for row in graph.nodes(size)
    )
    for rows in _batches(nodes):
        session.batch(lambda rows=rows: session.write(BARE_NODES, rows=rows))  # type: ignore[misc]
    edges = (
        {
            "source": row.source,
            "target": row.target,
            "type": _BARE + row.kind,
            "said": _said(row),
        }
        for row in graph.edges(size)
    )
    for rows in _batches(edges):
        session.batch(lambda rows=rows: session.write(BARE_EDGES, rows=rows))  # type: ignore[misc]


def _said(row: NodeRow | EdgeRow) -> dict[str, Any]:
    return {"since": row.since, "until": row.until, **row.facts}


def _changes(size: int) -> list[Change]:
    """Return what the merger changes, planned on a file that has the beginning."""
    from orgraph.stores import MemoryStore

    with MemoryStore(load_pack("vietnam")) as store:
        store.bulk_load(graph.nodes(min(size, 20_000)), graph.edges(min(size, 20_000)))
        return list(merger.checked_plan(store).changes)


def _change(session: Session, changes: list[Change]) -> float:
    """Write what a merger changes as somebody would by hand, and take it back.

    Returns the seconds that the writing took.
    """
    ended = [c for c in changes if c.before is not None]
    new = [c.after for c in changes if c.before is None and c.after is not None]
    asked = {"on": graph.EFFECTIVE}

    def work() -> None:
        ids = [c.key[0] for c in ended if isinstance(c.row, NodeRow)]
        session.write(BARE_END, ids=ids, **asked)
        rows = [
            {"source": c.row.source, "target": c.row.target, "type": _BARE + c.row.kind}
            for c in ended
            if isinstance(c.row, EdgeRow)
        ]
        session.write(BARE_CHANGE, rows=rows, **asked)
        made = [
            {"label": row.kind, "said": {"id": row.id, **_said(row)}}
            for row in new
            if isinstance(row, NodeRow)
        ]
        session.write(BARE_NODES, rows=made)
        joined = [
            {
                "source": row.source,
                "target": row.target,
                "type": _BARE + row.kind,
                "said": _said(row),
            }
            for row in new
            if isinstance(row, EdgeRow)
        ]
        session.write(BARE_EDGES, rows=joined)

    seconds, _ = timed(lambda: session.batch(work))
    gone = [row.id for row in new if isinstance(row, NodeRow)]
    keys = [[row.source, row.target] for row in new if isinstance(row, EdgeRow)]
    session.alone(
        "UNWIND $ids AS id MATCH (n:Bare {id: id}) DETACH DELETE n", {"ids": gone}
    )
    session.alone(
        "UNWIND $keys AS key MATCH (:Bare {id: key[0]})-[e {since: $on}]->"
        "(:Bare {id: key[1]}) DELETE e",
        {"keys": keys, **asked},
    )
    return seconds


def _measured(store: Store, size: int, bare: Bare | None = None) -> dict[str, float]:
    """Return the seconds that a store takes, and those of bare Cypher where asked."""
    found: dict[str, list[float]] = defaultdict(list)
    if bare is not None:
        loading, _ = timed(bare.load)
        found["bare load"] = [loading]
        note(f"loaded a bare graph of {size_name(size)} nodes, {loading:.1f} s")
    nodes, edges = graph.nodes(size), graph.edges(size)
    found["load"] = [timed(lambda: store.bulk_load(nodes, edges))[0]]
    note(f"filled a store of {size_name(size)} nodes, {found['load'][0]:.1f} s")
    members = _members(size)
    for place, member in enumerate([*members[:WARMING], *members]):
        ours, _ = timed(lambda one=member: chain(store, one, graph.EFFECTIVE))  # type: ignore[misc]
        plain = timed(lambda one=member: bare.chain(one))[0] if bare else 0.0  # type: ignore[misc]
        if place >= WARMING:
            found["chain"].append(ours)
            found["bare chain"].append(plain)
    for place in range(MERGERS + 1):
        planning, plan = timed(lambda: merger.checked_plan(store))
        writing, _ = timed(lambda plan=plan: merger.commit(store, plan))  # type: ignore[misc]
        merger.undo(store)
        plain = bare.commit() if bare else 0.0
        if place:
            found["plan"].append(planning)
            found["commit"].append(writing)
            found["bare commit"].append(plain)
    return {what: median(seconds) for what, seconds in found.items()}


def _members(size: int) -> list[str]:
    found = (row.id for row in graph.nodes(min(size, 100_000)) if row.kind == "member")
    return list(islice(found, 0, None, 11))[:ROUNDS]


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _tuple(*found: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as the server says
    return found
