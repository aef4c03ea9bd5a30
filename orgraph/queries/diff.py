"""What is different between two days, or between two revisions."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from ..change import Change, sort_key
from ..errors import InputError
from ..model import EdgeRow, NodeRow, Row, Span, same_content
from ..pack import Pack
from .library import Library, plain_days, plain_facts, shown_code, shown_name

DAYS = ("since", "until")
"""Fields in which two versions of a row differ anyhow."""


def diff_days(
    store: Library, first: date, second: date, *, names: bool = False
) -> dict[str, Any]:
    """Return what is in force on one day and not, or otherwise, on another.

    People's names and codes are masked unless `names` is set.
    """
    forward = first <= second
    early, late = (first, second) if forward else (second, first)
    turning = store.rows_turning(early, late)
    nodes = sorted({row.id for row in turning if isinstance(row, NodeRow)})
    edges = [row for row in turning if isinstance(row, EdgeRow)]
    sides: list[dict[Any, Row]] = []
    for day in (early, late):
        side: dict[Any, Row] = {
            row.id: row for row in store.nodes(nodes, Span.day(day))
        }
        side.update({row[:3]: row for row in edges if row.since <= day < row.until})
        sides.append(side)
    before, after = sides if forward else sides[::-1]
    changes = [
        (before.get(name), after.get(name))
        for name in sorted(before.keys() | after.keys(), key=str)
    ]
    shown = _Shown(store.pack, names=names)
    items = [item for sides in changes if (item := shown.item(*sides))]
    return {
        "format": "orgraph.diff/1",
        "from": first.isoformat(),
        "to": second.isoformat(),
        "items": items,
    }


def diff_revisions(
    store: Library, first: int, second: int, *, names: bool = False
) -> dict[str, Any]:
    """Return how the rows differ between two revisions; 0 is the empty store.

    People's names and codes are masked unless `names` is set.
    """
    head = store.head()
    for number in (first, second):
        if not 0 <= number <= head:
            message = f"there is no revision {number}; the head is {head}"
            raise InputError(message)
    low, high = sorted((first, second))
    net = _net(c for n in range(low + 1, high + 1) for c in store.journal(n))
    if first > second:
        net = [change.inverse() for change in net]
    shown = _Shown(store.pack, names=names)
    items = [i for c in net if (i := shown.item(c.before, c.after, rows=True))]
    return {"format": "orgraph.diff/1", "from": first, "to": second, "items": items}


def _net(changes: Iterable[Change]) -> list[Change]:
    """Return, for each row, what it was first and what it is last."""
    net: dict[Any, Change] = {}
    for change in changes:
        known = net.get(change.key)
        before = known.before if known else change.before
        net[change.key] = Change(change.key, before, change.after)
    return [
        change
        for _, change in sorted(net.items(), key=lambda item: sort_key(item[0]))
        if not same_content(change.before, change.after)
    ]


class _Shown:
    """Shows differences, with people's names or without."""

    def __init__(self, pack: Pack, *, names: bool) -> None:
        self.pack = pack
        self.names = names

    def item(
        self, before: Row | None, after: Row | None, *, rows: bool = False
    ) -> dict[str, Any] | None:
        """Return one difference; None where only days outside the question differ."""
        row = after or before
        if row is None:
            return None
        if before is None or after is None:
            what = "began" if before is None else "ended"
        elif rows or _said(before) != _said(after):
            what = "revised"
        else:
            return None
        if rows:
            what = {"began": "written", "ended": "taken away"}.get(what, "changed")
        named = (
            {"node": row.id, "kind": row.kind, "name": self.name(row)}
            if isinstance(row, NodeRow)
            else {"kind": row.kind, "source": row.source, "target": row.target}
        )
        old, new = self.side(before), self.side(after)
        changed = _changed(old, new, days=rows) if old and new else []
        if isinstance(before, NodeRow) and isinstance(after, NodeRow):
            masked = [
                what
                for what in ("name", "code")
                if getattr(before, what) != getattr(after, what)
                if what not in changed
            ]
            changed = [*masked, *changed]
        return {"what": what, **named, "before": old, "after": new, "changed": changed}

    def side(self, row: Row | None) -> dict[str, Any] | None:
        """Return what a row says, as JSON data."""
        if row is None:
            return None
        said: dict[str, Any] = {}
        if isinstance(row, NodeRow):
            code = shown_code(self.pack, row, names=self.names)
            said = {"name": self.name(row), "code": code}
        return {**plain_days(row), **said, "facts": plain_facts(row.facts)}

    def name(self, row: NodeRow) -> str:
        """Return the name of a version, masked where it is a person's."""
        return shown_name(self.pack, row, names=self.names)


def _said(row: Row) -> tuple[Any, ...]:
    """Return what a row says besides its days."""
    return row[4:7] if isinstance(row, NodeRow) else row[5:6]


def _changed(
    old: Mapping[str, Any], new: Mapping[str, Any], *, days: bool
) -> list[str]:
    """Name the fields that differ, and each fact as `facts.NAME`."""
    fields = [
        name
        for name in old
        if name != "facts" and old[name] != new[name] and (days or name not in DAYS)
    ]
    sides = old["facts"], new["facts"]
    facts = sorted(sides[0].keys() | sides[1].keys())
    return fields + [
        f"facts.{name}"
        for name in facts
        if sides[0].get(name, ...) != sides[1].get(name, ...)
    ]
