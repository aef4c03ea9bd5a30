"""What the Neo4j store answers an audit: statements that may read the whole graph."""

from abc import ABC
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from ..change import Change, change_line
from ..draft.whole import Shape
from ..model import FOREVER, OUT, Direction, EdgeRow, Row, Span
from ..pack import Pack
from .base import Store
from .neo4j_rows import edge_row, node_row
from .neo4j_schema import Words, quoted, words
from .neo4j_session import Session
from .pairing import paired

ALL_IDS = (
    "MATCH (n:Entity) WHERE n.id >= '' AND n.kind IS NOT NULL RETURN n.id ORDER BY n.id"
)
_SHAPE = (
    "type(e) AS type, s.kind AS source, t.kind AS target, "
    "coalesce(e.since >= s.since AND e.since >= t.since, false) AS begins, "
    "coalesce(e.until <= s.until, false) AS source_stays, "
    "coalesce(e.until <= t.until, false) AS target_stays"
)
_FROM = "e.until >= $day AND e.since < $forever"
_VERSION = "v{.*, since: toString(v.since), until: toString(v.until)}"
_EDGE = "type(e), e{.*, since: null, until: toString(e.until)}"
_SEEKS = {
    "written_node": ("v:Version", "v.rev = $number"),
    "past_node": ("v:PastVersion", "v.rev = $number"),
    "gone_node": ("v:PastVersion", "v.gone = $number"),
}
LARGE = 20_000
"""A revision of more rows is read in the order of an index, not sorted."""


@cache
def shapes(type_: str) -> str:
    """Return the statement that counts the edges of a type by their shapes."""
    return (
        f"MATCH (s:Entity)-[e:{quoted(type_)}]->(t:Entity) WHERE {_FROM} "
        f"WITH {_SHAPE} RETURN type, source, target, begins, source_stays, "
        "target_stays, count(*)"
    )


@cache
def shaped(type_: str) -> str:
    """Return the statement that reads the ends of edges of a type, of some shapes."""
    return (
        f"MATCH (s:Entity)-[e:{quoted(type_)}]->(t:Entity) WHERE {_FROM} "
        f"WITH s.id AS from, t.id AS to, {_SHAPE} "
        "WHERE [coalesce(source, ''), coalesce(target, ''), begins, source_stays, "
        "target_stays] IN $shapes "
        "RETURN type, source, target, begins, source_stays, target_stays, from, to"
    )


@cache
def crowded(direction: str, types: tuple[str, ...]) -> str:
    """Return the statement that reads the ids with several edges of a type."""
    counts = (
        f"COUNT {{ (n){_arrow(direction, type_)}() WHERE {_FROM} }} > 1"
        for type_ in types
    )
    return (
        f"MATCH (n:Entity) WHERE n.id >= '' AND ({' OR '.join(counts)}) "
        "RETURN n.id ORDER BY n.id"
    )


@cache
def turning(types: tuple[str, ...]) -> str:
    """Return the statement that reads the ids at which an edge turns on a day."""
    return (
        f"MATCH (n:Entity)-[e:{'|'.join(map(quoted, types))}]->(:Entity) "
        "WHERE (e.since = $day OR e.until = $day) AND e.since < $forever "
        "RETURN DISTINCT n.id ORDER BY n.id"
    )


@cache
def lacking(direction: str, labels: tuple[str, ...], type_: str) -> str:
    """Return the statement that reads the nodes whose life no edge of a type spans."""
    return (
        f"MATCH (n:{'|'.join(map(quoted, labels))}) "
        "WHERE n:Entity AND n.until > $day AND NOT EXISTS { "
        f"MATCH (n){_arrow(direction, type_)}() "
        "WHERE e.until >= n.until AND e.since <= "
        "CASE WHEN n.since > $day THEN n.since ELSE $day END } "
        "RETURN n.id ORDER BY n.id"
    )


@cache
def count_joined(types: tuple[str, ...]) -> str:
    """Return the statement that counts living nodes by what they join."""
    return (
        f"MATCH (n:Entity)-[e:{'|'.join(map(quoted, types))}]->(t:Entity) "
        "WHERE e.until > $since AND e.since < $until "
        "MATCH (n)-[:VERSION]->(v) "
        "WHERE v.kind IN $kinds AND v.until > $since AND v.since < $until "
        "RETURN t.id, v.kind, count(*)"
    )


TOUCHING_NODES = (
    "MATCH (v:Version) WHERE v.until < $forever "
    "MATCH (w:Version {id: v.id, since: v.until}) WHERE w.name = v.name "
    f"RETURN {_VERSION}, w{{.*, since: toString(w.since), until: toString(w.until)}} "
    "ORDER BY v.id, v.since"
)


@cache
def touching_edges(type_: str) -> str:
    """Return the statement that reads edges that end where another of them begins."""
    arrow = _arrow(OUT, type_)
    return (
        f"MATCH (s:Entity){arrow}(t:Entity) WHERE e.until < $forever "
        f"MATCH (s){arrow.replace('e:', 'f:', 1)}(t) WHERE f.since = e.until "
        f"RETURN {_EDGE}, f{{.*, since: null, until: toString(f.until)}} "
        "ORDER BY e.key"
    )


@cache
def node_lines(what: str, *, is_large: bool) -> str:
    """Return the statement that reads the versions of a revision in order."""
    label, where = _SEEKS[what]
    inordinate = " AND v.id >= '' AND v.since IS NOT NULL" if is_large else ""
    hint = (
        f" USING INDEX {label}(id, since)" if is_large and "Past" not in label else ""
    )
    return (
        f"MATCH ({label}){hint} WHERE {where}{inordinate} "
        f"RETURN {_VERSION} ORDER BY v.id, v.since"
    )


@cache
def edge_lines(type_: str, *, is_large: bool) -> str:
    """Return the statement that reads the edges of a type in order."""
    large = " AND e.key >= ''" if is_large else ""
    return (
        f"MATCH (:Entity)-[e:{quoted(type_)}]->(:Entity) "
        f"WHERE e.rev = $number{large} RETURN {_EDGE} ORDER BY e.key"
    )


PAST_EDGES = (
    "MATCH (v:PastEdge) WHERE v.{0} = $number "
    "RETURN v.kind, v{{.*, since: null, until: toString(v.until)}} "
    "ORDER BY v.kind, v.key"
)


def _arrow(direction: str, type_: str) -> str:
    inside = f"e:{quoted(type_)}"
    return f"-[{inside}]->" if direction == OUT else f"<-[{inside}]-"


class SweptGraph(Store, ABC):
    """The part of a store on a server that an audit asks."""

    _session: Session
    _words: Words

    def _learn(self, pack: Pack) -> None:
        """Keep the pack, and what its kinds are called in the graph."""
        self.pack = pack
        self._words = words(pack)

    def _edge(self, type_: str, found: Mapping[str, Any]) -> EdgeRow:
        return edge_row(self._words.kinds[type_], found)

    def faults(self) -> Iterator[str]:
        """See Whole; the server keeps types and constraints."""
        return iter(())

    def touching(self) -> Iterator[tuple[Row, Row]]:
        """See Whole."""
        asked = {"forever": FOREVER}
        for found, later in self._session.stream(TOUCHING_NODES, asked, _tuple):
            yield node_row(found), node_row(later)
        for _, type_ in sorted(self._words.types.items()):
            statement = touching_edges(type_)
            for name, found, later in self._session.stream(statement, asked, _tuple):
                yield self._edge(name, found), self._edge(name, later)

    def all_ids(self) -> Iterator[str]:
        """See Whole."""
        return self._session.stream(ALL_IDS, {}, str)

    def shapes(self, day: date) -> Mapping[Shape, int]:
        """See Whole."""
        asked = {"day": day, "forever": FOREVER}
        found = [
            row
            for _, type_ in sorted(self._words.types.items())
            for row in self._session.rows(shapes(type_), asked, _tuple)
        ]
        return {self._shape(*row[:-1]): row[-1] for row in found}

    def _shape(self, type_: str, *said: Any) -> Shape:  # noqa: ANN401 - as the server says
        return Shape(self._words.kinds[type_], *said)

    def shaped(
        self, shapes: Collection[Shape], day: date
    ) -> Iterator[tuple[Shape, str, str]]:
        """See Whole."""
        asked: dict[str, Any] = {"day": day, "forever": FOREVER}
        for kind in sorted({shape.kind for shape in shapes}):
            asked["shapes"] = [
                [shape.source or "", shape.target or "", *shape[3:]]
                for shape in sorted(shapes, key=str)
                if shape.kind == kind
            ]
            statement = shaped(self._words.types[kind])
            for row in self._session.stream(statement, asked, _tuple):
                yield self._shape(*row[:-2]), row[-2], row[-1]

    def crowded(
        self, kinds: Sequence[str], direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        types = self._known_types(kinds)
        asked = {"day": day, "forever": FOREVER}
        if not types:
            return iter(())
        return self._session.stream(crowded(direction, types), asked, str)

    def turning(self, kinds: Sequence[str], day: date) -> Iterator[str]:
        """See Whole."""
        types = self._known_types(kinds)
        asked = {"day": day, "forever": FOREVER}
        if not types:
            return iter(())
        return self._session.stream(turning(types), asked, str)

    def lacking(
        self, kinds: Sequence[str], edge: str, direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""
        labels = tuple(
            self._words.labels[kind]
            for kind in sorted(set(kinds))
            if kind in self._words.labels
        )
        if not labels:
            return iter(())
        statement = lacking(direction, labels, self._words.types[edge])
        return self._session.stream(statement, {"day": day}, str)

    def count_joined(
        self, edges: Sequence[str], kinds: Sequence[str], on: Span
    ) -> Mapping[tuple[str, str], int]:
        """See Whole."""
        types = self._known_types(edges)
        if not types:
            return {}
        asked = {"kinds": list(kinds), **on._asdict()}
        found = self._session.rows(count_joined(types), asked, _tuple)
        return {(target, kind): number for target, kind, number in found}

    def _known_types(self, kinds: Iterable[str]) -> tuple[str, ...]:
        types = self._words.types
        return tuple(types[kind] for kind in sorted(set(kinds)) if kind in types)

    def lines(self, number: int) -> Iterator[str]:
        """See Whole."""
        revision = self.revision(number)
        is_large = revision is not None and revision.rows > LARGE
        at = {"number": number}

        def nodes(what: str) -> Iterator[Row]:
            statement = node_lines(what, is_large=is_large)
            return self._session.stream(statement, at, node_row)

        def edges() -> Iterator[Row]:
            for _, type_ in sorted(self._words.types.items()):
                statement = edge_lines(type_, is_large=is_large)
                yield from self._session.stream(statement, at, self._edge)

        def past(what: str) -> Iterator[Row]:
            return self._session.stream(PAST_EDGES.format(what), at, edge_row)

        sides: tuple[tuple[Iterator[Row], Iterator[Row], Iterator[Row]], ...] = (
            (nodes("written_node"), nodes("past_node"), nodes("gone_node")),
            (edges(), past("rev"), past("gone")),
        )
        for written, was_written, gone in sides:
            for before, after in paired(gone, written, was_written):
                row = after if after is not None else before
                if row is not None:
                    yield change_line(Change(row.key, before, after))


def _tuple(*found: Any) -> tuple[Any, ...]:  # noqa: ANN401 - as the server says
    return found
