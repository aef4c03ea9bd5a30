"""Finds the nodes that edges of tables name by a code or a name of their kind."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date

from ..draft import View
from ..model import FOREVER, EdgeRow, NodeRow, Row, Span, normalise_text
from ..pack import Pack

CODE, NAME = ":", "="
Named = tuple[str, str, str]
"""A kind, the sign that says what is given, and a code or a name."""

Refused = tuple[NodeRow, Collection[str]]
"""A node that isn't loaded, and the columns in which something is wrong."""

_BEARING = {"id", "kind", "since", "until"}


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

    def __init__(
        self,
        view: View,
        rows: Sequence[Row],
        refused: Sequence[Refused] = (),
        *,
        missed: bool = False,
    ) -> None:
        """Look up at once all that these edges name otherwise than by an id.

        What is refused bears its code and name, too: that an edge finds it is no fault
        of the edge. Where a bearer may be `missed`, or what it bears can't be read,
        nothing is said of edges that find none.
        """
        self._view = view
        self._ids = {row.id for row in rows if isinstance(row, NodeRow)}
        edges = [row for row in rows if isinstance(row, EdgeRow)]
        ends = {end for row in edges for end in (row.source, row.target)}
        asked = {end: named for end in ends if (named := _split(end, view.pack))}
        self._wanted = set(asked.values())
        self._bearers: dict[Named, set[tuple[str, date, date]]] = defaultdict(set)
        self._open: set[Named] = set()
        self._missed = missed
        self._asked = asked
        if not asked:
            return
        view.need_nodes(end for end in asked if end not in self._ids)
        for row in (*rows, *self._stored()):
            if isinstance(row, NodeRow):
                self._bear(row)
        for row, wrong in refused:
            self._bear_refused(row, wrong)

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

    def _bear_refused(self, row: NodeRow, wrong: Collection[str]) -> None:
        """Keep what a refused row bears, or which names it may bear."""
        if _BEARING.isdisjoint(wrong):
            self._bear(row)
        kind = "" if "kind" in wrong else row.kind
        for sign, column, text in ((CODE, "code", row.code), (NAME, "name", row.name)):
            if column in wrong:
                self._open.add((kind, sign, ""))
            elif text and not _BEARING.isdisjoint(wrong):
                self._open.add((kind, sign, text))

    def _may_be_refused(self, named: Named) -> bool:
        """Tell whether what no node bears may be that of one that can't be read."""
        kind, sign, text = named
        may = {(k, sign, t) for k in (kind, "") for t in (text, "")}
        return self._missed or not self._open.isdisjoint(may)

    def resolved(self, row: EdgeRow) -> EdgeRow | list[tuple[str, str]]:
        """Return an edge between ids, or say of each end why it can't be.

        Nothing is said of an end that may be what can't be read.
        """
        ends = [row.source, row.target]
        unclear, is_open = [], False
        for place, end in enumerate(ends):
            named = self._asked.get(end)
            if named is None or end in self._ids or self._view.versions(end):
                continue
            found = self._on(named, row)
            if len(found) == 1:
                ends[place] = found[0]
            elif not found and self._may_be_refused(named):
                is_open = True
            else:
                problem = _unclear(self._view.pack, named, found, row.since)
                unclear.append((("source", "target")[place], problem))
        if unclear or is_open:
            return unclear
        return row._replace(source=ends[0], target=ends[1])

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


def _unclear(pack: Pack, named: Named, found: Sequence[str], day: date) -> str:
    kind, sign, text = named
    what = "the code" if sign == CODE else "the name"
    if not found:
        return f"no {kind} has {what} {text} on {day}"
    several = f"{len(found)} of kind {kind} have {what}"
    if sign == NAME and pack.nodes[kind].is_private:
        # By a code people can be asked for, but not by a name.
        return f"{several} that stands here on {day}; give the id"
    shown = ", ".join(found[:5])
    return f"{several} {text} on {day}: {shown}; give the id"
