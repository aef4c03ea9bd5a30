"""Readings and transactions on a Neo4j server.

A reading compares moments (`neo4j_fences.py`) instead of holding one open. A commit
first writes the one store node, which others wait for.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

from ..draft import Revision
from ..errors import AgainError, InDoubtInterrupt, StoreError
from . import neo4j_statements as cypher
from .neo4j_errors import DAMAGED, Plainly, is_drivers
from .neo4j_fences import Fence, Fences, Head, Server
from .neo4j_rows import revision_row

T = TypeVar("T")

COMMIT_SECONDS = 600.0
"""How long a commit may take, with its waiting for other writers."""
_COMMITS = 5
"""How often a commit is tried whose connection broke while the server wrote."""


class Session:
    """What runs statements: in the reading or the transaction that is open, or alone.

    `statements` lists what ran, where somebody asks for it by making it a list.
    `reading` is another object whenever what was read may be no more; `is_filling` says
    that the load which keeps others out is our own.
    """

    def __init__(self, server: Server) -> None:
        """Speak with a server."""
        self.server = server
        self.statements: list[str] | None = None
        self.known: Head | None = None
        self.reading: object = None
        self.written: list[Revision] = []
        self.is_filling = False
        self._tx: Any = None
        self._is_reading = False
        self._begun: Fence | None = None
        self._fences = Fences(server, self._read_head)

    @property
    def is_open(self) -> bool:
        """Whether there is a reading or a transaction."""
        return self._tx is not None

    # Statements

    def rows(
        self, statement: str, asked: Mapping[str, Any], row: Callable[..., T]
    ) -> list[T]:
        """Run a statement that reads, and make each record what it stands for."""
        if self._tx is None:
            with self._reading(), self._session("READ") as session:
                return list(session.execute_read(self._rows, statement, asked, row))
        if self._is_reading and self._begun is None:
            return self._first_rows(statement, asked, row)
        return self._rows(self._tx, statement, asked, row)

    def _first_rows(
        self, statement: str, asked: Mapping[str, Any], row: Callable[..., T]
    ) -> list[T]:
        """Begin a reading where the last ended, or anew if others wrote since."""
        last = self._fences.last
        if last is not None and self._fences.holds(last):
            found = self._rows(self._tx, statement, asked, row)
            if self._fences.holds(last):
                self._begin(last)
                return found
        self._begin(self._fences.ask())
        return self._rows(self._tx, statement, asked, row)

    def _rows(
        self,
        tx: Any,  # noqa: ANN401 - the driver loads late
        statement: str,
        asked: Mapping[str, Any],
        row: Callable[..., T],
    ) -> list[T]:
        self._note(statement)
        found = tx.run(statement, asked)
        with self._undamaged():
            return [row(*record) for record in found]

    def stream(
        self, statement: str, asked: Mapping[str, Any], row: Callable[..., T]
    ) -> Iterator[T]:
        """Run a statement of which records are read as they are asked for."""
        if self._tx is not None and not self._is_reading:
            yield from self._stream(self._tx, statement, asked, row)
            return
        if self._is_reading and self._begun is None:
            self._begin(self._fences.ask())
        # A session of its own: one that runs another statement meanwhile would first
        # fetch all that is left of this one.
        with self._reading(), self._session("READ") as session:
            yield from self._stream(session, statement, asked, row)

    def _stream(
        self,
        tx: Any,  # noqa: ANN401 - the driver loads late
        statement: str,
        asked: Mapping[str, Any],
        row: Callable[..., T],
    ) -> Iterator[T]:
        self._note(statement)
        with self._undamaged():
            for record in tx.run(statement, asked):
                yield row(*record)

    def write(self, statement: str, **asked: Any) -> int:  # noqa: ANN401 - values of any type
        """Run a statement that writes, inside a transaction; return the edges made."""
        self._note(statement)
        done = self._tx.run(statement, asked).consume()
        return int(done.counters.relationships_created)

    def alone(self, statement: str, asked: Mapping[str, Any]) -> None:
        """Run a statement that the server commits by itself, by parts if it says so."""
        with Plainly(self.server.name), self._session("WRITE") as session:
            session.run(statement, asked).consume()

    def alone_all(self, statements: Iterable[str]) -> None:
        """Run statements in one transaction of their own."""
        with (
            Plainly(self.server.name),
            self._session("WRITE") as session,
            session.begin_transaction() as tx,
        ):
            for statement in statements:
                tx.run(statement).consume()
            tx.commit()

    def _note(self, statement: str) -> None:
        if self.statements is not None:
            self.statements.append(statement)

    @contextmanager
    def _undamaged(self) -> Iterator[None]:
        try:
            yield
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            message = f"{self.server.name}: {DAMAGED} ({error})"
            raise StoreError(message) from error

    # Transactions

    def _reading(self) -> Plainly:
        return Plainly(self.server.name, AgainError)

    def _session(self, access: str) -> Any:  # noqa: ANN401 - the driver loads late
        return self.server.driver.session(
            database=self.server.database,
            default_access_mode=access,
            bookmark_manager=self.server.bookmarks,
        )

    def head(self) -> Head:
        """Return the head, which is known inside a transaction."""
        if self._is_reading and self._begun is None:
            self._begin(self._fences.ask())
        return self.known or self._read_head()

    def _read_head(self, statement: str = cypher.HEAD) -> Head:
        if self._tx is None:
            found = self.rows(statement, {}, _head)
        else:
            found = self._rows(self._tx, statement, {}, _head)
        if not found:
            message = f"{self.server.name}: the store is there no more"
            raise StoreError(message)
        if found[0].is_loading and not self.is_filling:
            message = f"{self.server.name}: the store is being filled; try again later"
            raise StoreError(message)
        return found[0]

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read at one revision; AgainError where another came meanwhile.

        Each statement is committed by itself, which saves the ways to the server that
        begin and end a transaction; that nothing came between is what is compared.
        """
        if self._tx is not None:
            yield
            return
        with self._reading(), self._session("READ") as session:
            self._tx, self._is_reading, self.reading = session, True, object()
            try:
                try:
                    yield
                except Exception as error:
                    if not is_drivers(error):
                        # What looked wrong may only have been read in two halves.
                        self._fences.compare(self._begun)
                    raise
                self._fences.compare(self._begun)
            finally:
                self._tx = self.known = self._begun = None
                self._is_reading = False

    def _begin(self, fence: Fence) -> None:
        self._begun, self.known = fence, fence.head

    def transaction(self, work: Callable[[], T]) -> T:
        """Run work under the write lock, all of it or nothing.

        It is run again where the server asks for that. Where the connection broke
        while the server wrote, nobody knows whether it did: then what the work wrote
        is looked for by its hash first.
        """
        if self._tx is not None:
            message = "a store isn't locked inside one of its own transactions"
            raise RuntimeError(message)
        import neo4j

        done: list[tuple[list[Revision], T]] = []
        unit = neo4j.unit_of_work(timeout=COMMIT_SECONDS)(
            lambda tx: self._attempt(tx, work, done)
        )
        lost = neo4j.exceptions.IncompleteCommit
        gone = neo4j.exceptions.ServiceUnavailable, neo4j.exceptions.SessionExpired
        with Plainly(self.server.name):
            for _ in range(_COMMITS):
                try:
                    with self._session("WRITE") as session:
                        return session.execute_write(unit)  # type: ignore[no-any-return]
                except lost:
                    continue
                except KeyboardInterrupt as stop:
                    if done:
                        raise InDoubtInterrupt from stop
                    raise
                except gone:
                    if done:
                        # The server is gone, and with it whether it wrote.
                        break
                    raise
            raise lost

    def batch(self, work: Callable[[], T]) -> T:
        """Run work in a transaction that takes no lock: a part of a load."""

        def unit(tx: Any) -> T:  # noqa: ANN401 - the driver loads late
            self._tx = tx
            try:
                return work()
            finally:
                self._tx = None

        with Plainly(self.server.name), self._session("WRITE") as session:
            return session.execute_write(unit)  # type: ignore[no-any-return]

    def _attempt(
        self,
        tx: Any,  # noqa: ANN401 - the driver loads late
        work: Callable[[], T],
        done: list[tuple[list[Revision], T]],
    ) -> T:
        self._tx, self.reading = tx, object()
        try:
            self.known = self._read_head(cypher.LOCK)
            if done:
                written, result = done.pop()
                asked = {"hash": written[-1].hash} if written else {}
                if asked and self.rows(cypher.HASHED, asked, bool):
                    done.append((written, result))
                    return result
            self.written = []
            result = work()
            done.append((self.written, result))
            return result
        finally:
            self._tx = self.known = None

    def wrote(self, revision: Revision) -> None:
        """Note a revision that was written in this transaction."""
        self.known, self.reading = Head(revision.number, revision), object()
        self.written.append(revision)


def _head(number: int, last: Mapping[str, Any] | None, is_loading: bool) -> Head:  # noqa: FBT001 - a column
    return Head(number, None if last is None else revision_row(last), is_loading)
