"""What a draft reads from: the part of a store that planning needs."""

from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from ..change import Change
from ..model import Direction, EdgeRow, NodeRow, Span
from ..pack import Pack


class TallyRow(NamedTuple):
    """From `day` (an ordinal) on, what is below `unit` counts `delta` more under `key`.

    Keys are `count:KIND`, `fact:NAME` and `unknown:NAME` (how many carriers below have
    that fact unknown).
    """

    unit: str
    key: str
    day: int
    delta: int


class Revision(NamedTuple):
    """One applied plan, as it is listed; `basis` and `proposal` are JSON data."""

    number: int
    effective: str
    title: str
    basis: dict[str, object] | None
    author: str
    time: str
    pack: str
    pack_digest: str
    proposal: dict[str, object]
    hash: str
    previous: str
    rows: int


class Reader(Protocol):
    """Answers in batches; the number of calls doesn't grow with the answers.

    Rows come back in no order. `on` is the span of days that a row must overlap.
    """

    @property
    def pack(self) -> Pack:
        """The schema pack that the store was made with."""
        ...

    def head(self) -> int:
        """Return the number of the last revision, 0 in an empty store."""
        ...

    def nodes(self, ids: Collection[str], on: Span) -> list[NodeRow]:
        """Return the versions of these nodes."""
        ...

    def edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """Return the edges of these kinds that leave ("out") or reach ("in") ids."""
        ...

    def count_edges(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> dict[str, int]:
        """Return how many edges `edges` would return, by kind."""
        ...

    def walk(
        self, ids: Collection[str], kinds: Sequence[str], direction: Direction, on: Span
    ) -> list[EdgeRow]:
        """Return every edge met when following these kinds from the ids onwards."""
        ...

    def led(
        self, ids: Collection[str], way: Sequence[str], on: Span
    ) -> dict[str, list[str]]:
        """Return the nodes that lead to ids by edges of these kinds, one by one.

        {id: the ids from which the way leads there, in order}.
        """
        ...

    def count_led(
        self, ids: Collection[str], way: Sequence[str], leaving: str | None, on: Span
    ) -> dict[str, int]:
        """Return how many nodes `led` would return.

        Where `leaving` is given, those alone that an edge of this kind leaves.
        """
        ...

    def with_codes(self, codes: Collection[str], on: Span) -> list[NodeRow]:
        """Return the versions that have one of these codes."""
        ...

    def find(self, words: Sequence[str], on: Span, limit: int) -> list[NodeRow]:
        """Return versions whose folded name has a word beginning with each of these."""
        ...

    def of_kind(self, kind: str, on: Span) -> list[NodeRow]:
        """Return the versions of all nodes of a kind."""
        ...

    def tallies(self, units: Collection[str], since: int) -> list[TallyRow]:
        """Return the tally rows of these units; those up to `since` summed at it."""
        ...

    def revision(self, number: int) -> Revision | None:
        """Return one revision."""
        ...

    def revisions_of(self, node: str) -> list[int]:
        """Return the numbers of the revisions that wrote or took away its rows."""
        ...

    def journal(self, number: int) -> list[Change]:
        """Return what a revision changed; rows carry the revision that wrote them."""
        ...
