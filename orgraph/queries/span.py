"""Span of control: how many are directly under each unit."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from .library import Library, shown_name
from .region import directly_under, within

_SUBORDINATE = frozenset({"unit", "person"})


class UnitSpan(NamedTuple):
    """A unit with what is directly under it; `span` counts its units and people.

    Posts and households are no subordinates, so they are only in `under`.
    """

    id: str
    kind: str
    name: str
    span: int
    under: dict[str, int]


@dataclass(frozen=True)
class Spans:
    """The units of a region on a day, those with the largest span first."""

    node: str | None
    on: date
    items: tuple[UnitSpan, ...]

    @property
    def largest(self) -> dict[str, UnitSpan]:
        """Of each kind, the unit with the largest span."""
        found: dict[str, UnitSpan] = {}
        for unit in self.items:
            found.setdefault(unit.kind, unit)
        return dict(sorted(found.items()))

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        units = Counter(unit.kind for unit in self.items)
        return {
            "format": "orgraph.span/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "kinds": {
                kind: {
                    "units": units[kind],
                    "under": sum(u.span for u in self.items if u.kind == kind),
                    "largest": most.id,
                    "span": most.span,
                }
                for kind, most in self.largest.items()
            },
            "items": [unit._asdict() for unit in self.items],
        }


@in_one_revision
def span(store: Library, node: str | None, on: date) -> Spans:
    """Return how many are directly under each unit of a region, itself included.

    InputError when the node doesn't live on the day.

    >>> found = orgraph.span(store, "sales", day)
    >>> [(unit.id, unit.span) for unit in found.items]
    [('north', 3), ('sales', 2), ('south', 2)]
    """
    pack = store.pack
    rows = within(store, node, pack.units, on, across=False)
    under = directly_under(store, rows, on)
    units = [
        UnitSpan(
            id=row.id,
            kind=row.kind,
            name=shown_name(pack, row, names=False),
            span=sum(
                number
                for kind, number in under[row.id].items()
                if pack.nodes[kind].role in _SUBORDINATE
            ),
            under=under[row.id],
        )
        for row in rows.values()
    ]
    return Spans(node, on, tuple(sorted(units, key=lambda unit: (-unit.span, unit.id))))
