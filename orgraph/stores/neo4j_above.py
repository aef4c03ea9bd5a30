"""What a way up meets on a Neo4j server: all that a chain says, in one question.

Who asks what a node is below asks next who sits there, who holds those seats and who is
in charge. All of that comes with the way, and neither lineage nor tallies do, which no
chain asks for.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from ..model import EdgeRow, NodeRow
from ..pack import Pack
from .neo4j_rows import edge_row, node_row
from .neo4j_schema import Words, quoted, words
from .neo4j_session import Session

_EDGE = "e{.*, since: null, until: toString(e.until)}"
_HOLDING = "h{.*, since: null, until: toString(h.until)}"


@cache
def above(
    contains: tuple[str, ...],
    seat: str,
    charge: str,
    holds: str,
    types: tuple[str, ...],
) -> str:
    """Return the statement that reads nodes and all above them, with who is there."""
    upwards = f"-[:{'|'.join(map(quoted, contains))}*0..]->" if contains else ""
    way = f"MATCH (n){upwards}(m) WITH DISTINCT m " if contains else "WITH n AS m "
    return (
        "UNWIND $ids AS id MATCH (n:Entity {id: id}) USING INDEX SEEK n:Entity(id) "
        f"WITH n {way}"
        "RETURN m.id, "
        "[(m)-[:VERSION]->(v) | "
        "v{.*, since: toString(v.since), until: toString(v.until)}], "
        f"[(m)-[e:{'|'.join(map(quoted, types))}]->() | [type(e), {_EDGE}]], "
        f"[(m)<-[e:{quoted(charge)}]-() | {_EDGE}], "
        f"[(m)<-[e:{quoted(seat)}]-(p) | "
        f"[p.id, {_EDGE}, [(p)<-[h:{quoted(holds)}]-() | {_HOLDING}]]]"
    )


class Met(NamedTuple):
    """A node on the way: its versions, the edges that leave it, and who is there."""

    versions: Sequence[NodeRow]
    out: Mapping[str, Sequence[EdgeRow]]
    within: Mapping[str, Sequence[EdgeRow]]


class Above:
    """What ways up met, while a reading lasts."""

    def __init__(self, session: Session, pack: Pack) -> None:
        """Know nothing yet."""
        self._session = session
        self._words: Words = words(pack)
        chain = pack.chain
        self._seat, self._charge, self._holds = chain.seat, chain.charge, chain.holds
        types = self._words.types
        self._statement = above(
            tuple(types[kind] for kind in sorted(pack.contains_kinds)),
            *(types[kind] for kind in (chain.seat, chain.charge, chain.holds)),
            tuple(sorted(types.values())),
        )
        self.nodes: dict[str, Met] = {}
        self._holders: dict[str, Sequence[EdgeRow]] = {}

    def forget(self) -> None:
        """Know nothing any more."""
        self.nodes.clear()
        self._holders.clear()

    def read(self, ids: Sequence[str]) -> None:
        """Read nodes and all above them."""
        nobody = Met((), {}, {})
        self.nodes.update(dict.fromkeys(ids, nobody))
        self.nodes.update(
            self._session.rows(self._statement, {"ids": list(ids)}, self._met)
        )

    def _met(
        self,
        name: str,
        versions: list[Mapping[str, Any]],
        out: list[tuple[str, Mapping[str, Any]]],
        charges: list[Mapping[str, Any]],
        seats: list[tuple[str, Mapping[str, Any], list[Mapping[str, Any]]]],
    ) -> tuple[str, Met]:
        within = {
            self._charge: [edge_row(self._charge, found) for found in charges],
            self._seat: [edge_row(self._seat, found) for _, found, _ in seats],
        }
        for post, _, held in seats:
            self._holders[post] = [edge_row(self._holds, found) for found in held]
        leaving = leaving_by_kind(self._words, out)
        return name, Met(list(map(node_row, versions)), leaving, within)

    def edges(self, ids: Collection[str], kinds: Iterable[str]) -> list[EdgeRow] | None:
        """Return the edges that reach these nodes, of any day; None where unknown."""
        wanted = set(kinds)
        if wanted == {self._holds} and self._holders.keys() >= set(ids):
            return [row for post in dict.fromkeys(ids) for row in self._holders[post]]
        is_known = wanted <= {self._seat, self._charge}
        if not is_known or not self.nodes.keys() >= set(ids):
            return None
        return [
            row
            for node in dict.fromkeys(ids)
            for kind in sorted(wanted)
            for row in self.nodes[node].within.get(kind, ())
        ]


def leaving_by_kind(
    named: Words, out: Iterable[tuple[str, Mapping[str, Any]]]
) -> dict[str, list[EdgeRow]]:
    """Return the edges that leave a node, by their kinds."""
    leaving: dict[str, list[EdgeRow]] = {}
    for type_, found in out:
        kind = named.kinds[type_]
        leaving.setdefault(kind, []).append(edge_row(kind, found))
    return leaving
