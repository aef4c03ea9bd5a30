"""Makes rows of the model from the records of tables, or says what is wrong."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

from ..cells import (
    EDGE_COLUMNS,
    NODE_COLUMNS,
    CellError,
    fact_column,
    fact_name,
)
from ..draft import View
from ..errors import InputError
from ..model import (
    FOREVER,
    EdgeRow,
    Facts,
    FactValue,
    Key,
    NodeRow,
    id_problem,
    normalise_text,
    parse_since,
)
from ..model.facts import LARGEST, PRECISION, UNTIL_PRECISION
from ..model.ids import EMPTY_ID
from ..near_names import did_you_mean
from ..operations.fact_checks import fact_problem, order_problems
from .cell_text import Converted
from .fact_values import fact_value, word
from .mapping import Mapped
from .references import Refused, is_reference
from .tables import Record, Table

Found = list[tuple[str, str]]
"""What is wrong with a row: the column, and a sentence."""


class Options(NamedTuple):
    """How tables are read: the first day of rows without one, and inclusive ends.

    A `mapping` reads them in their own columns; of workbooks only the `sheets` named.
    """

    since: date | None = None
    inclusive_end: bool = False
    mapping: Mapped | None = None
    sheets: tuple[str, ...] = ()


class RowReader:
    """Reads the records of tables; problems are collected, with their places.

    `whole` says that every table could be read, `unread` holds the nodes that are
    spoken of by rows which can't be, and `broken` those rows whose keys can. `refused`
    are nodes with something wrong, with the columns in which it is; `missed` says that
    there may be nodes of which nothing could be read.
    """

    def __init__(self, view: View, options: Options) -> None:
        """Read for a store's schema pack."""
        self.view = view
        self.pack = view.pack
        self.options = options
        self.problems: list[str] = []
        self.whole = True
        self.unread: set[str] = set()
        self.broken: list[tuple[Record, Key]] = []
        self.refused: list[Refused] = []
        self.missed = False
        self._facts_known: dict[tuple[Any, ...], dict[str, FactValue]] = {}
        self._days_known: dict[str, tuple[date, str | None]] = {}

    def columns(self, table: Table) -> None:
        """Refuse columns that are neither the table's own nor a fact of the pack."""
        own = NODE_COLUMNS if table.is_nodes else EDGE_COLUMNS
        for column in table.facts:
            if problem := self._no_fact(column, own):
                self.problems.append(f"{_header_place(table, column)}: {problem}")

    def _no_fact(self, column: str, own: tuple[str, ...] = ()) -> str | None:
        """Say why there is no such fact, or column, or None."""
        name = fact_name(column)
        if name in (PRECISION, UNTIL_PRECISION):
            return f"{name} is orgraph's own; write a date as far as known"
        if name in self.pack.facts:
            return None
        hint = did_you_mean(name, [*own, *self.pack.facts])
        return f"there is no {'column or ' if own else ''}fact {name}{hint}"

    def rows(self, table: Table) -> Iterator[tuple[Record, NodeRow | EdgeRow]]:
        """Yield each record with its row, leaving out what can't be read."""
        for record in table.records:
            row = self.row(record, table)
            if row is not None:
                yield record, row

    def row(
        self, record: Record, table: Table, *, once: bool = True
    ) -> NodeRow | EdgeRow | None:
        """Return the row that a record says, or None where it can't be read.

        Unless it is to stand there `once`, it isn't looked for again.
        """
        found: Found = []
        row = (self._node if table.is_nodes else self._edge)(record, table, found)
        if row is not None and not found and not record.unread:
            return row
        said = [
            f"{record.place_of(column)}: {_named(record, column, problem)}"
            for column, problem in _in_order(record, found)
            if column not in record.unread
        ]
        wrong = {*(column for column, _ in found), *record.unread}
        if isinstance(row, NodeRow):
            self.refused.append((row, wrong))
        key = self._key(record, table) if once else None
        if key is not None and wrong.isdisjoint(_KEYS[table.is_nodes]):
            self.broken.append((record, key))
        self.refuse(*said, node=record.cells["id" if table.is_nodes else "source"])
        return None

    def _key(self, record: Record, table: Table) -> Key | None:
        """Return the key of a row, None where its first day can't be read."""
        cells = record.cells
        try:
            since, _ = self._since(cells.get("since", ""))
        except ValueError:
            return None
        if table.is_nodes:
            return cells["id"], since
        kind = cells["kind"] if table.kind is None else table.kind
        return kind, cells["source"], cells["target"], since

    def refuse(self, *problems: str, node: str | None = None) -> None:
        """Keep what is wrong with a row of a node; None if it can't be told which."""
        self.problems += problems
        if node is None:
            self.whole = False
        else:
            self.unread.add(node)

    def refuse_table(self, error: InputError) -> None:
        """Keep what is wrong with a table of which nothing more is read."""
        self.problems += error.problems
        self.whole = False
        self.missed = True

    def _node(self, record: Record, table: Table, found: Found) -> NodeRow:
        cells = record.cells
        if problem := _id_problem(cells["id"]):
            found.append(("id", problem))
        kind = cells["kind"] if table.kind is None else table.kind
        is_known = self._known(kind, [*self.pack.nodes], "kind", found)
        since, until, facts = self._days(record, table, found)
        facts = self._shared({**facts, **self._facts(record, table, found)})
        if is_known:
            known = self.pack.nodes[kind].facts
            found += self._wrong_facts(f"a {kind}", facts, known, kind)
        name = self._text("name", cells, found)
        code = self._text("code", cells, found)
        return NodeRow(cells["id"], kind, since, until, name, code or None, facts)

    def _edge(self, record: Record, table: Table, found: Found) -> EdgeRow | None:
        cells = record.cells
        kind = cells["kind"] if table.kind is None else table.kind
        for end in ("source", "target"):
            problem = _id_problem(cells[end])
            if problem and not is_reference(cells[end], self.pack):
                found.append((end, problem))
        is_known = self._known(kind, [*self.pack.edges], "kind of edge", found)
        since, until, facts = self._days(record, table, found)
        facts = self._shared({**facts, **self._facts(record, table, found)})
        if not is_known:
            return None
        if kind == self.pack.lineage and until != FOREVER:
            found.append(("until", f"{kind} is an event; it has no until"))
        known = self.pack.edges[kind].facts
        found += self._wrong_facts(kind, facts, known)
        return EdgeRow(kind, cells["source"], cells["target"], since, until, facts)

    def _shared(self, facts: dict[str, FactValue]) -> dict[str, FactValue]:
        """Return facts that are the same object where they say the same.

        Of a hundred thousand people few differ in what is said of them. What is true
        and what is 1 are equal, and not the same.
        """
        said = tuple((name, type(value), value) for name, value in facts.items())
        return self._facts_known.setdefault(said, facts)

    def _day(self, text: str) -> tuple[date, str | None]:
        """Read a date, the same object for the same date."""
        found = self._days_known.get(text)
        if found is None:
            found = self._days_known[text] = parse_since(text)
        return found

    def _wrong_facts(
        self,
        what: str,
        facts: Facts,
        known: Collection[str],
        kind: str | None = None,
    ) -> "Iterator[tuple[str, str]]":
        """Yield what is wrong with the facts of a row."""
        for name, value in facts.items():
            if name in (PRECISION, UNTIL_PRECISION):
                continue
            if name not in known:
                yield fact_column(name), f"{what} has no fact {name}"
            elif wrong := fact_problem(self.pack, kind, name, value):
                yield fact_column(name), f"{name} {wrong}"
        for name, wrong in order_problems(self.pack, facts):
            yield fact_column(name), f"{name} {wrong}"

    @staticmethod
    def _known(name: str, names: list[str], what: str, found: Found) -> bool:
        if name in names:
            return True
        hint = did_you_mean(name, names)
        found.append(("kind", f"there is no {what} {name or '(empty)'}{hint}"))
        return False

    def _days(
        self, record: Record, table: Table, found: Found
    ) -> tuple[date, date, dict[str, FactValue]]:
        cells = record.cells
        facts: dict[str, FactValue] = {}
        since, until = date.min, FOREVER
        try:
            since, precision = self._since(cells.get("since", ""))
            if precision:
                facts[PRECISION] = precision
        except ValueError as error:
            found.append(("since", f"since: {error}"))
        try:
            # In a JSON document the end is always the first day after.
            inclusive = self.options.inclusive_end and record.facts is None
            if table.inclusive_end is not None:
                inclusive = table.inclusive_end
            until, precision = self._until(cells.get("until", ""), inclusive=inclusive)
            if precision:
                facts[UNTIL_PRECISION] = precision
        except ValueError as error:
            found.append(("until", f"until: {error}"))
        if since > until or (since == until and "source" in cells):
            found.append(("until", f"until {until} is not after since {since}"))
        return since, until, facts

    def _since(self, text: str) -> tuple[date, str | None]:
        if text:
            return self._day(text)
        if self.options.since is None:
            message = "a row has no first day; fill it, or give --since for all"
            raise CellError(message)
        return self.options.since, None

    def _until(self, text: str, *, inclusive: bool) -> tuple[date, str | None]:
        if text in ("", FOREVER.isoformat()):
            return FOREVER, None
        day, precision = self._day(text)
        if not inclusive:
            return day, precision
        if day.year == FOREVER.year:
            message = f"{text} is too late for a last day; leave it empty"
            raise CellError(message)
        if precision == "year":
            return date(day.year + 1, 1, 1), precision
        if precision == "month":
            year, month = divmod(day.year * 12 + day.month, 12)
            return date(year, month + 1, 1), precision
        return day + timedelta(days=1), None

    def _facts(
        self, record: Record, table: Table, found: Found
    ) -> dict[str, FactValue]:
        if record.facts is not None:
            return self._typed(record.facts, found)
        facts: dict[str, FactValue] = {}
        for column in table.facts:
            text, name = record.cells[column], fact_name(column)
            if not text or name not in self.pack.facts:
                continue
            try:
                facts[name] = fact_value(self.pack.facts[name], text)
            except ValueError as error:
                found.append((column, f"{name}: {error}"))
        return facts

    def _typed(self, given: dict[str, object], found: Found) -> dict[str, FactValue]:
        """Return the facts of a JSON document; the pack's types are checked later."""
        facts: dict[str, FactValue] = {}
        for name, value in given.items():
            if problem := self._no_fact(name):
                found.append(("", problem))
            elif isinstance(value, str):
                try:
                    facts[name] = normalise_text(value)
                except ValueError as error:
                    found.append(("", f"{name}: {error}"))
            elif isinstance(value, int) and abs(value) > LARGEST:
                found.append(("", f"{name}: {value} is larger than {LARGEST}"))
            elif value is None or isinstance(value, bool | int):
                facts[name] = value
            else:
                what = "text, true, false, a whole number or null"
                found.append(("", f"{name}: {str(value)[:40]} is none of {what}"))
        return facts

    @staticmethod
    def _text(column: str, cells: dict[str, str], found: Found) -> str:
        try:
            return word(cells.get(column, ""))
        except ValueError as error:
            found.append((column, f"{column}: {error}"))
            return ""


_KEYS = {True: {"id", "since"}, False: {"kind", "source", "target", "since"}}
"""The columns that the key of a node, or of an edge, is made of."""


def _named(record: Record, column: str, problem: str) -> str:
    """Return what is wrong with a cell, with the name that its column has."""
    bare = problem.removeprefix(f"{column}: ")
    header = record.header(column)
    if bare != problem or header != column or problem == EMPTY_ID:
        return f"{header}: {bare}"
    return problem


def _in_order(record: Record, found: Found) -> Found:
    """Return what is wrong with a row as its cells stand, the row itself last."""
    if record.columns is not None:
        at = record.columns.at
    else:
        at = {column: place for place, column in enumerate(record.cells)}
    return sorted(found, key=lambda item: at.get(item[0], len(at)))


def _header_place(table: Table, column: str) -> str:
    """Return where the header of a column stands."""
    first = next(iter(table.records), None)
    if first is None or first.columns is None:
        return f"{table.file}:{table.line}"
    return first._replace(line=table.line).place_of(column)


def _id_problem(text: str) -> str | None:
    return text.problem if isinstance(text, Converted) else id_problem(text)
