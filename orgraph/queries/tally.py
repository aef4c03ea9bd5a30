"""How many of each kind are below a unit, and what their facts add up to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ..draft.steps import bearer_key, tally_on
from ..model import FactValue, NodeRow, Span
from ..pack import Pack
from .library import Library


@dataclass(frozen=True)
class Tally:
    """Counts by kind of what is below a node, and its additive facts.

    A fact that is unknown for anyone below is None; one that nobody carries is absent.
    """

    node: str
    on: date
    counts: dict[str, int]
    facts: dict[str, FactValue]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.tally/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "counts": self.counts,
            "facts": self.facts,
        }


def tally(store: Library, node: str, on: date) -> Tally:
    """Return what is below a node on a day, from the stored tallies.

    >>> found = orgraph.tally(store, "sales", day)
    >>> found.counts["employee"], found.facts["budget_eur"]
    (5, 650000)
    """
    below = tally_on(store, [node], on)[node]
    row = next(iter(store.nodes([node], Span.day(on))), None)
    return Tally(node, on, *totals(store.pack, below, row))


def totals(
    pack: Pack, below: dict[str, int], row: NodeRow | None
) -> tuple[dict[str, int], dict[str, FactValue]]:
    """Return (counts below, facts with the unit's own) from the steps of a tally."""
    counts = {
        key.removeprefix("count:"): n
        for key, n in sorted(below.items())
        if key.startswith("count:")
    }
    facts: dict[str, FactValue] = {}
    own = dict(pack.carried(row.kind)) if row is not None else {}
    for name in pack.additive:
        borne = any(below.get(bearer_key(name, k)) for k in pack.facts[name].carried_by)
        known = below.get(f"fact:{name}", 0) if borne else None
        unknown = below.get(f"unknown:{name}", 0)
        if row is not None and name in own and name in row.facts:
            value = row.facts[name]
            if not any(below.get(bearer_key(name, kind)) for kind in own[name]):
                unknown += value is None
                known = (known or 0) + int(value or 0)
        if unknown:
            facts[name] = None
        elif known is not None:
            facts[name] = known
    return counts, facts
