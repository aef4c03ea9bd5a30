"""Makes rows of the model from the records of tables, or says what is wrong."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from typing import NamedTuple

from ..cells import EDGE_COLUMNS, NODE_COLUMNS, UNKNOWN, cell_text, fact_name
from ..draft import View
from ..model import (
    FOREVER,
    EdgeRow,
    Facts,
    FactValue,
    NodeRow,
    id_problem,
    normalise_text,
    parse_since,
)
from ..model.facts import LARGEST, LONGEST_TEXT, PRECISION, UNTIL_PRECISION
from ..operations.fact_checks import fact_problem, order_problems
from .tables import Record, Table

_BOOLEANS = {"true": True, "false": False}


class Options(NamedTuple):
    """How dates are read: the first day of rows without one, and inclusive ends."""

    since: date | None = None
    inclusive_end: bool = False


class CellError(ValueError):
    """What is wrong with one cell, in a sentence."""


class RowReader:
    """Reads the records of tables; problems are collected, with their places.

    `whole` says that every table could be read, `unread` holds the nodes that are
    spoken of by rows which can't be.
    """

    def __init__(self, view: View, options: Options) -> None:
        """Read for a store's schema pack."""
        self.view = view
        self.pack = view.pack
        self.options = options
        self.problems: list[str] = []
        self.whole = True
        self.unread: set[str] = set()

    def columns(self, table: Table) -> None:
        """Refuse columns that are neither the table's own nor a fact of the pack."""
        own = NODE_COLUMNS if table.is_nodes else EDGE_COLUMNS
        for column in table.facts:
            if problem := self._no_fact(column, own):
                self.problems.append(f"{table.file}:1: {problem}")

    def _no_fact(self, column: str, own: tuple[str, ...] = ()) -> str | None:
        """Say why there is no such fact, or column, or None."""
        name = fact_name(column)
        if name in (PRECISION, UNTIL_PRECISION):
            return f"{name} is orgraph's own; write a date as far as known"
        if name in self.pack.facts:
            return None
        near = get_close_matches(name, [*own, *self.pack.facts], 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        return f"there is no {'column or ' if own else ''}fact {name}{hint}"

    def rows(self, table: Table) -> Iterator[tuple[Record, NodeRow | EdgeRow]]:
        """Yield each record with its row, leaving out what can't be read."""
        for record in table.records:
            found: list[str] = []
            row = (self._node if table.is_nodes else self._edge)(record, table, found)
            self.problems += [f"{record.place}: {problem}" for problem in found]
            if row is not None and not found:
                yield record, row
            else:
                cells = record.cells
                self.unread.add(cells["id"] if table.is_nodes else cells["source"])

    def _node(self, record: Record, table: Table, found: list[str]) -> NodeRow | None:
        cells = record.cells
        problem = id_problem(cells["id"])
        if problem:
            found.append(problem)
        kind = cells["kind"]
        if not self._known(kind, [*self.pack.nodes], "kind", found):
            return None
        since, until, facts = self._days(record, found)
        facts |= self._facts(record, table, found)
        known = self.pack.nodes[kind].facts
        found += self._wrong_facts(f"a {kind}", facts, known, kind)
        name = self._text("name", cells, found)
        code = self._text("code", cells, found)
        return NodeRow(cells["id"], kind, since, until, name, code or None, facts)

    def _edge(self, record: Record, table: Table, found: list[str]) -> EdgeRow | None:
        cells = record.cells
        kind = cells["kind"]
        found += [p for end in ("source", "target") if (p := id_problem(cells[end]))]
        if not self._known(kind, [*self.pack.edges], "kind of edge", found):
            return None
        since, until, facts = self._days(record, found)
        facts |= self._facts(record, table, found)
        if kind == self.pack.lineage and until != FOREVER:
            found.append(f"{kind} is an event; it has no until")
        known = self.pack.edges[kind].facts
        found += self._wrong_facts(kind, facts, known)
        return EdgeRow(kind, cells["source"], cells["target"], since, until, facts)

    def _wrong_facts(
        self,
        what: str,
        facts: Facts,
        known: Collection[str],
        kind: str | None = None,
    ) -> Iterator[str]:
        """Yield what is wrong with the facts of a row."""
        for name, value in facts.items():
            if name in (PRECISION, UNTIL_PRECISION):
                continue
            if name not in known:
                yield f"{what} has no fact {name}"
            elif wrong := fact_problem(self.pack, kind, name, value):
                yield f"{name} {wrong}"
        for name, wrong in order_problems(self.pack, facts):
            yield f"{name} {wrong}"

    @staticmethod
    def _known(name: str, names: list[str], what: str, found: list[str]) -> bool:
        if name in names:
            return True
        near = get_close_matches(name, names, 1)
        hint = f"; did you mean {near[0]}?" if near else ""
        found.append(f"there is no {what} {name or '(empty)'}{hint}")
        return False

    def _days(
        self, record: Record, found: list[str]
    ) -> tuple[date, date, dict[str, FactValue]]:
        cells = record.cells
        facts: dict[str, FactValue] = {}
        since, until = date.min, FOREVER
        try:
            since, precision = self._since(cells.get("since", ""))
            if precision:
                facts[PRECISION] = precision
        except ValueError as error:
            found.append(f"since: {error}")
        try:
            # In a JSON document the end is always the first day after.
            inclusive = self.options.inclusive_end and record.facts is None
            until, precision = self._until(cells.get("until", ""), inclusive=inclusive)
            if precision:
                facts[UNTIL_PRECISION] = precision
        except ValueError as error:
            found.append(f"until: {error}")
        if since > until or (since == until and "source" in cells):
            found.append(f"until {until} is not after since {since}")
        return since, until, facts

    def _since(self, text: str) -> tuple[date, str | None]:
        if text:
            return parse_since(text)
        if self.options.since is None:
            message = "a row has no first day; fill it, or give --since for all"
            raise CellError(message)
        return self.options.since, None

    @staticmethod
    def _until(text: str, *, inclusive: bool) -> tuple[date, str | None]:
        if text in ("", FOREVER.isoformat()):
            return FOREVER, None
        day, precision = parse_since(text)
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
        self, record: Record, table: Table, found: list[str]
    ) -> dict[str, FactValue]:
        if record.facts is not None:
            return self._typed(record.facts, found)
        facts: dict[str, FactValue] = {}
        for column in table.facts:
            text, name = record.cells[column], fact_name(column)
            if not text or name not in self.pack.facts:
                continue
            try:
                facts[name] = self._value(name, text)
            except ValueError as error:
                found.append(f"{name}: {error}")
        return facts

    def _typed(
        self, given: dict[str, object], found: list[str]
    ) -> dict[str, FactValue]:
        """Return the facts of a JSON document; the pack's types are checked later."""
        facts: dict[str, FactValue] = {}
        for name, value in given.items():
            if problem := self._no_fact(name):
                found.append(problem)
            elif isinstance(value, str):
                try:
                    facts[name] = normalise_text(value)
                except ValueError as error:
                    found.append(f"{name}: {error}")
            elif isinstance(value, int) and abs(value) > LARGEST:
                found.append(f"{name}: {value} is larger than {LARGEST}")
            elif value is None or isinstance(value, bool | int):
                facts[name] = value
            else:
                what = "text, true, false, a whole number or null"
                found.append(f"{name}: {str(value)[:40]} is none of {what}")
        return facts

    def _value(self, name: str, text: str) -> FactValue:
        kind = self.pack.facts[name].type
        if text == UNKNOWN:
            return None
        if kind == "boolean":
            if text not in _BOOLEANS:
                message = f"{text!r} is neither true nor false"
                raise CellError(message)
            return _BOOLEANS[text]
        if kind == "integer":
            digits = text.removeprefix("-")
            if not (digits.isascii() and digits.isdigit()):
                message = (
                    f"{text[:40]!r} is not a whole number, written with digits only"
                )
                raise CellError(message)
            most = len(str(LARGEST))  # int() refuses thousands of digits
            if len(digits.lstrip("0")) > most or abs(int(text)) > LARGEST:
                message = f"{text[:40]} is larger than {LARGEST}"
                raise CellError(message)
            return int(text)
        return normalise_text(cell_text(text))

    @staticmethod
    def _text(column: str, cells: dict[str, str], found: list[str]) -> str:
        text = cells.get(column, "")
        if len(text) > LONGEST_TEXT:
            found.append(
                f"{column}: {text[:30]!r}… is longer than {LONGEST_TEXT} characters"
            )
        try:
            return normalise_text(text)
        except ValueError as error:
            found.append(f"{column}: {error}")
            return ""
