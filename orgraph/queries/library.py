"""What questions read from: a reader that can also be searched and listed."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Any, Protocol

from ..draft import Reader, Revision
from ..model import FOREVER, Facts, NodeRow, Row, Span, shown_day
from ..model.facts import PRECISION, UNTIL_PRECISION, without
from ..pack import Pack

MASK = "•••"


class Library(Reader, Protocol):
    """A store, as far as questions need it."""

    def snapshot(self) -> AbstractContextManager[None]:
        """Let all reads inside see one revision."""
        ...

    def revisions(self, before: int | None = None, limit: int = 100) -> list[Revision]:
        """Return revisions, the last first."""
        ...

    def count_without(
        self, ids: Collection[str], kind: str, missing: str, on: Span
    ) -> dict[str, int]:
        """Return how many edges of a kind reach ids from no end of a `missing` edge."""
        ...

    def count_astray(
        self, ids: Collection[str], kind: str, way: Sequence[str], on: Span
    ) -> dict[str, int]:
        """Return how many edges of a kind reach ids from where a way leads nowhere."""
        ...

    def rows_turning(self, after: date, until: date) -> list[Row]:
        """Return the rows that begin or end on a day in (after, until]."""
        ...


def last_rows(rows: Sequence[NodeRow]) -> dict[str, NodeRow]:
    """Return the last version of each node among these."""
    return {row.id: row for row in sorted(rows)}


def shown_name(pack: Pack, row: NodeRow, *, names: bool) -> str:
    """Return a name as it may be shown: those of people and households are masked."""
    masked = pack.nodes[row.kind].is_private and not names
    return MASK if masked and row.name else row.name


def shown_code(pack: Pack, row: NodeRow, *, names: bool) -> str | None:
    """Return a code as it may be shown: by theirs people are known, as by a name."""
    masked = pack.nodes[row.kind].is_private and not names
    return MASK if masked and row.code else row.code


def called(store: Reader, ids: Iterable[str], on: date = FOREVER) -> dict[str, str]:
    """Return how units and posts are named for a reader: by their name and id.

    The name is that of the day, or of the nearest day on which they live.
    """
    wanted = sorted(set(ids))
    known: dict[str, str] = {}
    for row in sorted(store.nodes(wanted, Span.always())):
        if row.since <= on or row.id not in known:
            known[row.id] = shown_name(store.pack, row, names=False)
    return {
        node: f"{known[node]} ({node})" if known.get(node) else node for node in wanted
    }


def plain_facts(facts: Facts) -> dict[str, Any]:
    """Return facts as JSON data, less what says how well a date was known."""
    return dict(without(facts, PRECISION, UNTIL_PRECISION))


def plain_days(row: Row) -> dict[str, Any]:
    """Return since and until as they are shown: with the precision that was known."""
    since = shown_day(row.since, row.facts.get(PRECISION))
    until = shown_day(row.until, row.facts.get(UNTIL_PRECISION))
    return {"since": since, "until": until or None}
