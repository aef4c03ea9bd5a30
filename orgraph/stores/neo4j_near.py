"""What stands near the nodes that a reading met: one question for many to come.

Behind a network each question costs a way there and back. A plan that met a unit asks
for what it is below, for the edges that leave it and for its lineage, and then the same
of what it is below. So all of that comes with the unit's versions at once, and is kept
while the reading lasts. Few edges leave a node, and few nodes are above it; what comes
in from below, which may be thousands, is read only where it is asked for. Where a walk
begins, who is in charge comes too, and lineage and tallies don't (neo4j_above.py).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..draft import TallyRow
from ..model import OUT, Direction, EdgeRow, NodeRow, Span
from ..pack import Pack
from .neo4j_above import Above, Met, leaving_by_kind
from .neo4j_rows import edge_row, node_row, tally_row
from .neo4j_schema import Words, quoted, words
from .neo4j_session import Session
from .rows import meets

LARGEST = 50_000
"""So many nodes are kept at the most: a sweep of a whole store forgets as it goes."""


@cache
def near(contains: tuple[str, ...], lineage: str, types: tuple[str, ...]) -> str:
    """Return the statement that reads nodes, all above them, and what leaves them.

    Only edges of these types are ours: others may have joined a unit to their nodes.
    """
    upwards = f"-[:{'|'.join(map(quoted, contains))}*0..]->" if contains else ""
    above = f"MATCH (n){upwards}(m) WITH DISTINCT m " if contains else "WITH n AS m "
    return (
        "UNWIND $ids AS id MATCH (n:Entity {id: id}) USING INDEX SEEK n:Entity(id) "
        f"WITH n {above}"
        "RETURN m.id, "
        "[(m)-[:VERSION]->(v) | "
        "v{.*, since: toString(v.since), until: toString(v.until)}], "
        f"[(m)-[e:{'|'.join(map(quoted, types))}]->() | "
        "[type(e), e{.*, since: null, until: toString(e.until)}]], "
        f"[(m)<-[e:{quoted(lineage)}]-() | "
        "e{.*, since: null, until: toString(e.until)}], "
        "COLLECT { MATCH (t:Tally {unit: m.id}) "
        "USING INDEX SEEK t:Tally(unit, key, day) "
        "WHERE t.key IS NOT NULL AND t.day IS NOT NULL "
        "RETURN [t.unit, t.key, t.day, t.delta] }"
    )


class Node(NamedTuple):
    """A node's versions, edges that leave it by kind, lineage before it and tallies."""

    versions: Sequence[NodeRow]
    out: Mapping[str, Sequence[EdgeRow]]
    before: Sequence[EdgeRow]
    tallies: Sequence[TallyRow]


NOBODY = Node((), {}, (), ())


class Near:
    """What is known while a reading lasts."""

    def __init__(self, session: Session, pack: Pack) -> None:
        """Know nothing yet."""
        self._session = session
        self._words: Words = words(pack)
        self._contains = frozenset(pack.contains_kinds)
        self._lineage = pack.lineage
        types = self._words.types
        self._statement = near(
            tuple(types[kind] for kind in sorted(self._contains)),
            types[pack.lineage],
            tuple(sorted(types.values())),
        )
        self._nodes: dict[str, Node] = {}
        self._above = Above(session, pack)
        self._reading: object = None

    def leads(self, kinds: Iterable[str], direction: Direction) -> bool:
        """Tell whether a walk by such edges comes with the nodes it begins at."""
        upwards = direction == OUT and self._contains.issuperset(kinds)
        return upwards and self._session.is_open

    def _refresh(self) -> None:
        """Forget what was known in another reading, or before a write."""
        if self._reading is not self._session.reading:
            self._reading = self._session.reading
            self._nodes = {}
            self._above.forget()

    def _known(self, ids: Iterable[str]) -> Iterator[Node]:
        """Yield what is known of nodes, once what isn't was read."""
        self._refresh()
        wanted = list(dict.fromkeys(ids))
        missing = [node for node in wanted if node not in self._nodes]
        if missing:
            if len(self._nodes) + len(missing) > LARGEST:
                self._nodes, missing = {}, wanted
            self._nodes.update(dict.fromkeys(missing, NOBODY))
            self._nodes.update(
                self._session.rows(self._statement, {"ids": missing}, self._node)
            )
        return map(self._nodes.__getitem__, wanted)

    def _met(self, ids: Iterable[str]) -> Iterator[Node | Met]:
        """Yield the same, of nodes that a walk met only what came with it."""
        self._refresh()
        met = self._above.nodes
        wanted = list(dict.fromkeys(ids))
        nodes = self._known(node for node in wanted if node not in met)
        return (met[node] if node in met else next(nodes) for node in wanted)

    def _node(
        self,
        name: str,
        versions: list[Mapping[str, Any]],
        out: list[tuple[str, Mapping[str, Any]]],
        before: list[Mapping[str, Any]],
        tallies: list[list[Any]],
    ) -> tuple[str, Node]:
        leaving = leaving_by_kind(self._words, out)
        lineage = [edge_row(self._lineage, found) for found in before]
        counted = list(map(tally_row, tallies))
        return name, Node(list(map(node_row, versions)), leaving, lineage, counted)

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """Return versions as Reader.nodes does."""
        found = self._met(ids)
        return [row for node in found for row in node.versions if meets(row, on)]

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], on: Span
    ) -> list[EdgeRow]:
        """Return the edges upwards as Reader.walk does: all come with the ids."""
        self._refresh()
        nodes, met = self._nodes, self._above.nodes
        missing = [
            node for node in dict.fromkeys(ids) if node not in nodes and node not in met
        ]
        if missing:
            if len(met) + len(missing) > LARGEST:
                self._above.forget()
                missing = list(dict.fromkeys(ids))
            self._above.read(missing)
        found: list[EdgeRow] = []
        seen: set[str] = set()
        frontier = set(ids)
        while frontier:
            seen |= frontier
            rows = self._leaving(sorted(frontier), kinds, on)
            found += rows
            frontier = {row.target for row in rows} - seen
        return found

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow] | None:
        """Return edges as Reader.edges does; None where they don't come with nodes."""
        if not self._session.is_open:
            return None
        if direction == OUT:
            return self._leaving(ids, kinds, on)
        self._refresh()
        found = self._above.edges(ids, kinds)
        if found is None and set(kinds) == {self._lineage}:
            found = [row for node in self._known(ids) for row in node.before]
        return None if found is None else [row for row in found if meets(row, on)]

    def _leaving(
        self, ids: Collection[str], kinds: Iterable[str], on: Span
    ) -> list[EdgeRow]:
        wanted = sorted(set(kinds))
        return [
            row
            for node in self._met(ids)
            for kind in wanted
            for row in node.out.get(kind, ())
            if meets(row, on)
        ]

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """Return tallies as Reader.tallies does."""
        found: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        for node in self._known(units):
            for unit, key, day, delta in node.tallies:
                found[unit, key, max(day, since)] += delta
        return [TallyRow(*place, delta) for place, delta in found.items() if delta]
