"""Finds the nodes that edges of tables name by a code or a name of their kind."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from ..draft import View
from ..model import FOREVER, EdgeRow, NodeRow, Row, Span, normalise_text
from ..pack import Pack

CODE, NAME = ":", "="
Named = tuple[str, str, str]
"""A kind, the sign that says what is given, and a code or a name."""


def is_reference(text: str, pack: Pack) -> bool:
    """Tell whether a text names a node by `kind:code` or `kind=name`."""
    return _split(text, pack) is not None


def _split(text: str, pack: Pack) -> Named | None:
    for sign in (CODE, NAME):
        kind, found, rest = text.partition(sign)
        if found and rest.strip() and kind in pack.nodes:
            return kind, sign, normalise_text(rest)
    return None


class References:
    """What the rows and the store have under the codes and names that edges give."""

    def __init__(self, view: View, rows: Sequence[Row]) -> None:
        """Look up at once all that these edges name otherwise than by an id."""
        self._view = view
        self._ids = {row.id for row in rows if isinstance(row, NodeRow)}
        edges = [row for row in rows if isinstance(row, EdgeRow)]
        ends = {end for row in edges for end in (row.source, row.target)}
        asked = {end: named for end in ends if (named := _split(end, view.pack))}
        self._wanted = set(asked.values())
        self._bearers: dict[Named, set[tuple[str, date, date]]] = defaultdict(set)
        self._asked = asked
        if not asked:
            return
        view.need_nodes(end for end in asked if end not in self._ids)
        for row in (*rows, *self._stored()):
            if isinstance(row, NodeRow):
                self._bear(row)

    def __bool__(self) -> bool:
        """Tell whether any edge names a node so."""
        return bool(self._asked)

    def _stored(self) -> Iterator[NodeRow]:
        """Yield what the store has under the codes, and of the kinds with names."""
        store = self._view.reader
        codes = sorted({text for _, sign, text in self._wanted if sign == CODE})
        yield from store.with_codes(codes, Span.always())
        for kind in sorted({kind for kind, sign, _ in self._wanted if sign == NAME}):
            yield from store.of_kind(kind, Span.always())

    def _bear(self, row: NodeRow) -> None:
        named = [(row.kind, NAME, row.name)]
        if row.code is not None:
            named.append((row.kind, CODE, row.code))
        for name in named:
            if name in self._wanted:
                self._bearers[name].add((row.id, row.since, row.until))

    def resolved(self, row: EdgeRow) -> EdgeRow | list[tuple[str, str]]:
        """Return an edge between ids, or say of each end why it can't be."""
        ends = [row.source, row.target]
        unclear = []
        for place, end in enumerate(ends):
            named = self._asked.get(end)
            if named is None or end in self._ids or self._view.versions(end):
                continue
            found = self._on(named, row)
            if len(found) == 1:
                ends[place] = found[0]
            else:
                problem = _unclear(named, found, row.since)
                unclear.append((("source", "target")[place], problem))
        return unclear or row._replace(source=ends[0], target=ends[1])

    def _on(self, named: Named, row: EdgeRow) -> list[str]:
        """Return who bears a name on the first day of an edge."""
        day = row.since
        return sorted(
            {
                node
                for node, since, until in self._bearers[named]
                if since <= day and (day < until or until == FOREVER)
            }
        )


def _unclear(named: Named, found: Iterable[str], day: date) -> str:
    kind, sign, text = named
    what = "the code" if sign == CODE else "the name"
    ids = list(found)
    if not ids:
        return f"no {kind} has {what} {text} on {day}"
    shown = ", ".join(ids[:5])
    return (
        f"{len(ids)} of kind {kind} have {what} {text} on {day}: {shown}; give the id"
    )
