"""What every store is: a reader that can also plan, commit, list and be filled."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from types import TracebackType
from typing import Self, TypeVar

from ..change import Change, change_line
from ..draft import Revision, TallyRow
from ..draft.reading import whole
from ..draft.whole import Shape
from ..engine import Stamp, commit, make_plan
from ..model import Direction, EdgeRow, NodeRow, Row, Span
from ..pack import Pack
from ..plan import Plan
from ..proposal import Proposal

T = TypeVar("T")

BULK_TITLE = "Bulk load"
"""What the revision of rows that a program loads is called, unless it says."""


class Store(ABC):
    """One dated graph with its revisions; see orgraph.draft.Reader for the reads.

    >>> plan = store.plan(orgraph.read_proposal("proposal.yaml"))
    >>> store.commit(plan, author="an office").number
    2
    >>> store.head()
    2
    """

    pack: Pack

    # Reading

    @abstractmethod
    def head(self) -> int:
        """See Reader."""

    @abstractmethod
    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""

    @abstractmethod
    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""

    @abstractmethod
    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """See Reader."""

    @abstractmethod
    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """See Reader."""

    @abstractmethod
    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """See Reader."""

    @abstractmethod
    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """See Reader."""

    @abstractmethod
    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """See Reader."""

    @abstractmethod
    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """See Reader."""

    @abstractmethod
    def revision(self, number: int) -> Revision | None:
        """See Reader."""

    @abstractmethod
    def journal(self, number: int) -> list[Change]:
        """See Reader."""

    @abstractmethod
    def find(self, words: Sequence[str], on: Span, limit: int) -> list[NodeRow]:
        """See Reader."""

    @abstractmethod
    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """Return revisions, the last first."""

    @abstractmethod
    def revisions_of(self, node: str) -> list[int]:
        """Return the numbers of the revisions that wrote or took away its rows."""

    @abstractmethod
    def rows_turning(self, after: date, until: date) -> list[Row]:
        """Return the rows that begin or end on a day in (after, until]."""

    @abstractmethod
    def count_without(
        self, ids: Collection[str], kind: str, missing: str, on: Span
    ) -> dict[str, int]:
        """Return how many edges of a kind reach ids from no end of a `missing` edge.

        {id: edges whose source isn't the target of an edge of the kind `missing`}.
        """

    @abstractmethod
    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """See Reader."""

    @abstractmethod
    def count_astray(
        self, ids: Collection[str], kind: str, way: Sequence[str], on: Span
    ) -> dict[str, int]:
        """Return how many edges of a kind reach ids from where a way leads nowhere.

        {id: edges from whose source no edges of these kinds, one after another, lead}.
        """

    # Sweeping: what an audit asks, which may read everything

    @abstractmethod
    def faults(self) -> Iterator[str]:
        """See Whole."""

    @abstractmethod
    def touching(self) -> Iterator[tuple[Row, Row]]:
        """See Whole."""

    @abstractmethod
    def all_ids(self) -> Iterator[str]:
        """See Whole."""

    @abstractmethod
    def shapes(self, day: date) -> Mapping[Shape, int]:
        """See Whole."""

    @abstractmethod
    def shaped(
        self, shapes: Collection[Shape], day: date
    ) -> Iterator[tuple[Shape, str, str]]:
        """See Whole."""

    @abstractmethod
    def crowded(
        self, kinds: Sequence[str], direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""

    @abstractmethod
    def turning(self, kinds: Sequence[str], day: date) -> Iterator[str]:
        """See Whole."""

    @abstractmethod
    def lacking(
        self, kinds: Sequence[str], edge: str, direction: Direction, day: date
    ) -> Iterator[str]:
        """See Whole."""

    @abstractmethod
    def count_joined(
        self, edges: Sequence[str], kinds: Sequence[str], on: Span
    ) -> Mapping[tuple[str, str], int]:
        """See Whole."""

    def lines(self, number: int) -> Iterator[str]:
        """See Whole."""
        return map(change_line, self.journal(number))

    # Writing

    @abstractmethod
    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads inside see one revision.

        AgainError, when it ends, where the store can't promise that and another
        revision came: then what was read must be read again.
        """

    @abstractmethod
    def transaction(self, work: Callable[[], T]) -> T:
        """Run work under the write lock; what it writes is kept wholly or not at all.

        Work may be run again, where a server asks for that: each run begins afresh.
        """

    @abstractmethod
    def write(
        self, revision: Revision, changes: Sequence[Change], tally: Iterable[TallyRow]
    ) -> None:
        """Write changes, inside a `transaction`; used by the engine."""

    @abstractmethod
    def bulk_load(
        self,
        nodes: Iterable[NodeRow],
        edges: Iterable[EdgeRow],
        stamp: Stamp | None = None,
        title: str = BULK_TITLE,
        revision: Revision | None = None,
    ) -> None:
        """Fill an empty store with rows that are known to be good, as revision 1.

        Both are read once, nodes first, and a file holds hardly any of them in memory.
        No rule is run; `orgraph check` runs them all. Where a revision is given, of
        another store, it is written as it is, if its hash is that of the rows.
        """

    @abstractmethod
    def close(self) -> None:
        """Let go of the store."""

    @abstractmethod
    def discard(self) -> None:
        """Remove a store that this program made, if it is still empty.

        What others have written into it meanwhile stays.
        """

    def plan(self, proposal: Proposal) -> Plan:
        """Plan a proposal on the head; writes nothing."""
        return whole(self, lambda: make_plan(self, proposal))

    def commit(
        self, plan: Plan, author: str = "", stamp: Stamp | None = None
    ) -> Revision:
        """Write a plan and return its revision.

        Raises RefusedError, StaleError or StoreError, and then nothing is written.
        """
        made = stamp or Stamp.now(author)
        return self.transaction(lambda: commit(self, plan, made))

    def __enter__(self) -> Self:
        """Use the store as a context."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store."""
        self.close()
