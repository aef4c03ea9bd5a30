"""Moments at which a Neo4j server had applied all that it had taken in.

Neo4j reads what is committed, also by others meanwhile, and shows a commit row by row
while it applies it. Bookmarks tell: a statement that is given one waits until the
server has applied all up to it, and is answered with that of the last commit which the
server has taken in, applied or not. So a reading that ends with the bookmark it began
with met no commit, not even half of one.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from ..draft import Revision
from ..errors import AgainError

_ASKED = 10
"""How often the head is read for a moment at which nothing is being applied."""


class Server(NamedTuple):
    """A driver of a server, the database on it, and what the store is called."""

    driver: Any
    database: str | None
    name: str
    bookmarks: Any


class Head(NamedTuple):
    """The number of the last revision, and that revision; whether a load goes on."""

    number: int
    last: Revision | None
    is_loading: bool = False


class Fence(NamedTuple):
    """A moment at which the server had applied all it had taken in, and the head then.

    A server that gives no bookmarks leaves them empty: then heads alone are compared.
    """

    bookmarks: frozenset[str]
    head: Head


class Fences:
    """Finds such moments, and tells whether one still holds; `last` was found last."""

    def __init__(self, server: Server, read_head: Callable[[], Head]) -> None:
        """Ask a server; `read_head` runs where the session is."""
        self._server = server
        self._read_head = read_head
        self.last: Fence | None = None

    def ask(self) -> Fence:
        """Ask for the head at a moment at which no commit is half applied."""
        for _ in range(_ASKED):
            before = self.bookmarks()
            head = self._read_head()
            if self.bookmarks() == before:
                self.last = Fence(before, head)
                return self.last
        message = f"{self._server.name}: others write without a pause; ask again"
        raise AgainError(message)

    def bookmarks(self) -> frozenset[str]:
        """Return the bookmarks that the server gave last."""
        return frozenset(self._server.bookmarks.get_bookmarks())

    def holds(self, fence: Fence) -> bool:
        """Tell whether nothing was committed since, as far as bookmarks say."""
        return fence.bookmarks == self.bookmarks() != frozenset()

    def compare(self, begun: Fence | None) -> None:
        """Raise AgainError where a revision came since a reading began."""
        if begun is None or self.holds(begun):
            return
        # Something was committed, perhaps to nodes of others beside the store.
        after = self.ask().head
        if after.number != begun.head.number:
            message = (
                f"{self._server.name}: revision {after.number} came while the "
                "store was read; ask again"
            )
            raise AgainError(message)
