"""Who fills or removes a store on a server: one at a time, known by a token of its own.

Every part of such work first makes sure, in its own transaction, that it is still the
one: whoever stood still for long, as a computer asleep does, may find that others have
made the store anew meanwhile, and must neither write into it nor take it away.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event, Thread
from uuid import uuid4

from ..errors import StoreError
from . import neo4j_statements as cypher
from .neo4j_session import Session

STALE_SECONDS = 60
"""Work of which nothing was heard for so long may be taken over."""
_BEAT_SECONDS = 15


class Hold:
    """One piece of work on a whole store; `begin` or `take_over` comes first."""

    def __init__(self, session: Session) -> None:
        """Take nothing yet."""
        self._session = session
        self._token = {"holder": uuid4().hex}

    def begin(self, made: str | None = None) -> bool:
        """Take an empty store that nobody holds; tells whether that could be done.

        `made` says which one: in its place there may be another of the same name.
        """
        asked = {**self._token, "made": made}
        return self._is_done(cypher.HOLD, asked)

    def take_over(self) -> bool:
        """Take the store of somebody of whom nothing was heard for long."""
        asked = {**self._token, "stale": STALE_SECONDS}
        return self._is_done(cypher.TAKE_OVER, asked)

    def _is_done(self, statement: str, asked: Mapping[str, object]) -> bool:
        return bool(self._session.batch(lambda: self._rows(statement, asked)))

    def _rows(self, statement: str, asked: Mapping[str, object]) -> list[int]:
        return self._session.rows(statement, asked, int)

    def check(self) -> None:
        """Say, inside a transaction, that work goes on; StoreError if others came."""
        if not self._rows(cypher.HOLD_ON, self._token):
            message = (
                f"{self._session.server.name}: this stood still so long that others "
                "have begun the store anew; what was written of this is gone"
            )
            raise StoreError(message)

    def is_ours(self) -> bool:
        """Tell whether nobody else has taken the store."""
        return self._is_done(cypher.HOLD_ON, self._token)

    def let_go(self) -> None:
        """Leave the store to anybody, as it is."""
        self._session.alone(cypher.LET_GO, self._token)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Say again and again that the work goes on, while one statement takes long."""
        done = Event()

        def beat() -> None:
            # Where the server is gone, the statement itself says so.
            with suppress(StoreError):
                while not done.wait(_BEAT_SECONDS):
                    self._session.alone(cypher.HOLD_ON, self._token)

        beating = Thread(target=beat, daemon=True)
        beating.start()
        try:
            yield
        finally:
            done.set()
            beating.join()
