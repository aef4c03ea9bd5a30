"""A store on a Neo4j server beside bare Cypher: scripts/bench --neo4j URL.

The bare graph is what somebody would write for the same rows without history: nodes
with their label and `id`, and a relationship for each edge with its days, loaded
by UNWIND in batches. It is loaded, measured and removed before the store is made: the
graph must be empty at first, and is empty at last. Both sides use the same driver.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter
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
from orgraph.stores.open import remove_store

from . import graph, merger
from .ground import note
from .measure import timed
from .table import Result, at_most, said, size_name

T = TypeVar("T")
BATCH = 10_000
ROUNDS = 200
MERGERS = 15
_CONTAINS = "MEMBER_OF|UNDER|PART_OF|LIVES_IN|SEAT_IN"
BARE_CHAIN = (
    "MATCH (m:Bare {id: $id}) "
    f"MATCH path = (m)-[:{_CONTAINS}*0..8]->(u) "
    "WHERE all(e IN relationships(path) WHERE e.since <= $on AND $on < e.until) "
    "OPTIONAL MATCH (u)<-[s:SEAT_IN]-(p)<-[h:HOLDS]-(w) "
    "OPTIONAL MATCH (u)<-[c:IN_CHARGE_OF]-(x) "
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
_CLEAR = "MATCH (n:Bare) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS"


def server(url: str, folder: Path, size: int) -> Iterator[Result]:
    """Load, ask and change the same graph on a server: bare, and as a store."""
    session = connected(address(url))
    try:
        if session.rows("MATCH (n) RETURN count(n)", {}, int) != [0]:
            message = f"{url}: the graph isn't empty; benchmarks need one of their own"
            raise InputError(message)
        plain = _bare(session, size)
    finally:
        session.alone(_CLEAR, {})
        session.alone("DROP CONSTRAINT bare_id IF EXISTS", {})
        session.server.driver.close()
    name = f"{size_name(size)} nodes"
    with closing(create_store(url, "vietnam")) as store:
        ours = _measured(store, size)
    remove_store(url)
    with closing(
        SqliteStore(folder / "beside.db", create=load_pack("vietnam"))
    ) as file:
        beside = _measured(file, size)
    for what, limit in (("load", 1.5), ("chain", 1.5), ("commit", 2.0)):
        shown = f"{_shown(ours[what])}; bare {_shown(plain[what])}"
        shown += f"; SQLite {_shown(beside[what])}"
        ratio = ours[what] / plain[what]
        yield at_most("neo4j", f"{what}, {name}", ratio, limit, note=shown)
    shown = f"{_shown(ours['plan'])}; SQLite {_shown(beside['plan'])}"
    yield said("neo4j", f"plan of a merger, {name}", ours["plan"], shown)
    peak = getrusage(RUSAGE_SELF).ru_maxrss / 1e3
    yield at_most("neo4j", "peak of memory, all sides", peak, 300, unit="MB")


def _shown(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{seconds * 1000:.1f} ms"


def _bare(session: Session, size: int) -> dict[str, float]:
    """Return what bare Cypher takes."""
    session.alone(_INDEX, {})
    session.alone("CALL db.awaitIndexes(600)", {})
    named = words(load_pack("vietnam"))
    loaded, _ = timed(lambda: _load(session, size, named.labels, named.types))
    note(f"loaded a bare graph of {size_name(size)} nodes, {loaded:.1f} s")
    members = _members(size)
    on = graph.EFFECTIVE

    def asked(member: str) -> object:
        return session.rows(BARE_CHAIN, {"id": member, "on": on}, _tuple)

    chains = _median(asked, members)
    changes = _changes(size)
    commits = _median(lambda _: _change(session, changes), range(MERGERS))
    return {"load": loaded, "chain": chains, "commit": commits}


def _load(
    session: Session, size: int, labels: Mapping[str, str], types: Mapping[str, str]
) -> None:
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
            "type": types[row.kind],
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


def _change(session: Session, changes: list[Change]) -> None:
    """Write what a merger changes as somebody would by hand, and take it back."""
    ended = [c for c in changes if c.before is not None]
    new = [c.after for c in changes if c.before is None and c.after is not None]
    asked = {"on": graph.EFFECTIVE}

    def work() -> None:
        ids = [c.key[0] for c in ended if isinstance(c.row, NodeRow)]
        session.write(BARE_END, ids=ids, **asked)
        rows = [
            {"source": c.row.source, "target": c.row.target, "type": c.row.kind}
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
                "type": row.kind,
                "said": _said(row),
            }
            for row in new
            if isinstance(row, EdgeRow)
        ]
        session.write(BARE_EDGES, rows=joined)

    session.batch(work)
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


def _measured(store: Store, size: int) -> dict[str, float]:
    """Return what a store takes."""
    load, _ = timed(lambda: store.bulk_load(graph.nodes(size), graph.edges(size)))
    note(f"filled a store of {size_name(size)} nodes, {load:.1f} s")
    on = graph.EFFECTIVE
    chains = _median(lambda member: chain(store, member, on), _members(size))
    plans, commits = [], []
    for _ in range(MERGERS):
        seconds, plan = timed(lambda: merger.checked_plan(store))
        plans.append(seconds)
        seconds, _ = timed(lambda plan=plan: merger.commit(store, plan))  # type: ignore[misc]
        commits.append(seconds)
        merger.undo(store)
    found = {"load": load, "chain": chains}
    return {**found, "plan": median(plans), "commit": median(commits)}


def _members(size: int) -> list[str]:
    found = (row.id for row in graph.nodes(min(size, 100_000)) if row.kind == "member")
    return list(islice(found, 0, None, 11))[:ROUNDS]


def _median(work: Callable[[T], object], asked: Iterable[T]) -> float:
    seconds = []
    for one in asked:
        start = perf_counter()
        work(one)
        seconds.append(perf_counter() - start)
    return median(seconds[len(seconds) // 10 :])


def _batches(rows: Iterable[T]) -> Iterator[list[T]]:
    stream = iter(rows)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _tuple(*found: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as the server says
    return found
