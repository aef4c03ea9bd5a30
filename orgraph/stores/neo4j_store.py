"""The store on a Neo4j server: a graph that Cypher reads without orgraph."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, timedelta
from typing import Any, TypeVar

from ..change import Change
from ..draft import Revision, TallyRow
from ..engine import Stamp
from ..model import FOREVER, Direction, EdgeRow, NodeRow, Row, Span
from ..pack import Pack
from . import neo4j_statements as cypher
from .base import BULK_TITLE
from .neo4j_bulk import fill
from .neo4j_errors import Plainly
from .neo4j_hold import Hold
from .neo4j_near import Near
from .neo4j_open import address, connected, make_store, read_pack
from .neo4j_rows import edge_row, node_row, revision_row, tally_row
from .neo4j_sweeps import SweptGraph
from .neo4j_wipe import wipe
from .neo4j_write import write_revision
from .rows import joined, named
from .sqlite import SqliteStore

T = TypeVar("T")


class Neo4jStore(SweptGraph):
    """A store on a server; open it with open_store or create_store."""

    def __init__(
        self, url: str, *, create: Pack | None = None, into_existing: bool = False
    ) -> None:
        """Open a store, or create one with a schema pack.

        Raises StoreError when the server is down, too old or doesn't know the user,
        and when there is no store, or, to create one, when there is anything else.
        """
        self._session = connected(address(url))
        try:
            self._made: str | None = None
            if create is not None:
                self._made = make_store(
                    self._session, create, into_existing=into_existing
                )
            self._learn(read_pack(self._session))
            self._near = Near(self._session, self.pack)
        except BaseException:
            self.close()
            raise

    @property
    def statements(self) -> list[str] | None:
        """What ran, where somebody asked for it."""
        return self._session.statements

    @statements.setter
    def statements(self, noted: list[str] | None) -> None:
        self._session.statements = noted

    # Reading

    def _versions(self, statement: str, **asked: Any) -> list[NodeRow]:  # noqa: ANN401 - values of any type
        return self._session.rows(statement, asked, node_row)

    def head(self) -> int:
        """See Reader."""
        return self._session.head().number

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        if self._session.is_open:
            return self._near.nodes(ids, on)
        return self._versions(cypher.VERSIONS, **_asked(ids, on)) if ids else []

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        known = self._near.edges(ids, kinds, direction, on)
        if known is not None:
            return known
        return self._at(
            self._stated(cypher.edges_at, direction, kinds), ids, on, self._edge
        )

    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """See Reader."""
        known = self._near.edges(ids, kinds, direction, on)
        if known is not None:
            return dict(Counter(row.kind for row in known))
        found = self._at(
            self._stated(cypher.count_edges_at, direction, kinds), ids, on, _pair
        )
        return {self._words.kinds[type_]: number for type_, number in found}

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""
        if self._near.leads(kinds, direction):
            return self._near.walk(ids, kinds, on)
        found = self._at(
            self._stated(cypher.walk_from, direction, kinds), ids, on, self._edge
        )
        return list({row.key: row for row in found}.values())

    def _stated(
        self,
        statement: Callable[[str, tuple[str, ...]], str],
        direction: Direction,
        kinds: Sequence[str],
    ) -> str | None:
        types = self._known_types(kinds)
        return statement(direction, types) if types else None

    def _at(
        self,
        statement: str | None,
        ids: Collection[str],
        on: Span,
        row: Callable[..., T],
    ) -> list[T]:
        if statement is None or not ids:
            return []
        return self._session.rows(statement, _asked(ids, on), row)

    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""
        return self._versions(cypher.WITH_CODES, **_asked(codes, on)) if codes else []

    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """See Reader."""
        return self._versions(cypher.OF_KIND, kind=kind, **on._asdict())

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """See Reader."""
        if self._session.is_open:
            return self._near.tallies(units, since)
        if not units:
            return []
        asked = {"ids": list(dict.fromkeys(units)), "since": since}
        return self._session.rows(cypher.TALLIES, asked, _tally)

    def find(self, words: Sequence[str], on: Span, limit: int) -> list[NodeRow]:
        """See Reader."""
        if not words:
            return []
        rarest = words[0]
        if len(words) > 1:
            # Every ward's name begins with "phuong": what is rare leads to few rows.
            asked = {"words": list(words)}
            counts = dict(self._session.rows(cypher.COUNT_WORDS, asked, _pair))
            rarest = min(words, key=lambda word: counts[word])
        rows = self._versions(cypher.FIND, word=rarest, **on._asdict())
        return named(rows, words, limit)

    def revision(self, number: int) -> Revision | None:
        """See Reader."""
        known = self._session.known
        if known is not None and known.number == number:
            return known.last
        asked = {"number": number}
        found = self._session.rows(cypher.REVISION_N, asked, revision_row)
        return found[0] if found else None

    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """See Store."""
        last = self.head() + 1 if before is None else before
        asked = {"before": last, "limit": limit}
        return self._session.rows(cypher.REVISIONS, asked, revision_row)

    def journal(self, number: int) -> list[Change]:
        """See Reader."""
        at = {"number": number}
        read = self._session.rows
        after: list[Row] = [*self._versions(cypher.WRITTEN_VERSIONS, **at)]
        types = self._known_types(self.pack.edges)
        if types:
            after += read(cypher.written_edges(types), at, self._edge)
        after += read(cypher.PAST_WRITTEN, at, _past)
        before = read(cypher.PAST_GONE, at, _past)
        return joined({row.key: row for row in before}, {r.key: r for r in after})

    def revisions_of(self, node: str) -> list[int]:
        """See Store."""
        statement = cypher.revisions_of(tuple(sorted(self._words.types.values())))
        return sorted(self._session.rows(statement, {"id": node}, int))

    def rows_turning(self, after: date, until: date) -> list[Row]:
        """See Store."""
        last = min(until, FOREVER - timedelta(days=1))
        days = {"after": after, "until": until, "last": last}
        rows: list[Row] = [*self._versions(cypher.TURNING_VERSIONS, **days)]
        types = self._known_types(self.pack.edges)
        if types:
            statement = cypher.turning_edges(types)
            rows += self._session.rows(statement, days, self._edge)
        return rows

    def count_without(
        self, ids: Collection[str], kind: str, missing: str, on: Span
    ) -> dict[str, int]:
        """See Store."""
        return self._counted(cypher.count_without, ids, on, kind, missing)

    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """See Reader."""
        if not ids:
            return {}
        statement = cypher.led(self._named(tuple(way)))
        return dict(self._session.rows(statement, _asked(ids, on), _listed))

    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """See Store."""
        return self._counted(cypher.count_led, ids, on, tuple(way), leaving)

    def count_astray(
        self, ids: Collection[str], kind: str, way: Sequence[str], on: Span
    ) -> dict[str, int]:
        """See Store."""
        return self._counted(cypher.count_astray, ids, on, kind, tuple(way))

    def _counted(
        self,
        statement: Callable[..., str],
        ids: Collection[str],
        on: Span,
        *kinds: str | tuple[str, ...] | None,
    ) -> dict[str, int]:
        if not ids:
            return {}
        types = (self._named(kind) for kind in kinds)
        asked = _asked(ids, on)
        return dict(self._session.rows(statement(*types), asked, _pair))

    def _named(self, kind: str | tuple[str, ...] | None) -> Any:  # noqa: ANN401 - as it came
        """Return what kinds of edges are called, singly or several."""
        if isinstance(kind, tuple):
            return tuple(self._words.types.get(one, one) for one in kind)
        return None if kind is None else self._words.types.get(kind, kind)

    # Writing

    def snapshot(self) -> AbstractContextManager[None]:
        """See Store."""
        return self._session.snapshot()

    def transaction(self, work: Callable[[], T]) -> T:
        """See Store."""
        return self._session.transaction(work)

    def write(
        self, revision: Revision, changes: Sequence[Change], tally: Iterable[TallyRow]
    ) -> None:
        """See Store."""
        write_revision(self._session, self.pack, revision, changes, tally)

    def bulk_load(
        self,
        nodes: Iterable[NodeRow],
        edges: Iterable[EdgeRow],
        stamp: Stamp | None = None,
        title: str = BULK_TITLE,
        revision: Revision | None = None,
    ) -> None:
        """See Store."""

        def load(file: SqliteStore) -> None:
            file.bulk_load(nodes, edges, stamp, title, revision)

        fill(self._session, self.pack, load)

    def discard(self) -> None:
        """See Store."""
        hold = Hold(self._session)
        if self._made is not None and hold.begin(self._made):
            wipe(self._session, hold)

    def close(self) -> None:
        """See Store."""
        with Plainly(self._session.server.name):
            self._session.server.driver.close()


def _asked(ids: Collection[str], on: Span) -> dict[str, Any]:
    return {"ids": list(dict.fromkeys(ids)), "since": on.since, "until": on.until}


def _pair(first: T, second: int) -> tuple[T, int]:
    return first, second


def _listed(node: str, sources: Sequence[str]) -> tuple[str, list[str]]:
    return node, sorted(sources)


def _tally(*found: Any) -> TallyRow:  # noqa: ANN401 - what the server sends
    return tally_row(found)


def _past(found: Mapping[str, Any]) -> Row:
    return edge_row(found["kind"], found) if "source" in found else node_row(found)
