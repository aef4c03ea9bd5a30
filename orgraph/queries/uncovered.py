"""Units and places that nobody is in charge of, and households by where they live."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import IN, NodeRow, Span
from .library import Library, shown_name
from .region import directly_under, within


class Unit(NamedTuple):
    """A unit that nobody is in charge of."""

    id: str
    kind: str
    name: str


class Heads(NamedTuple):
    """How many of a kind directly under a unit nobody is in charge of, and of how many.

    People and households are counted, not listed; `called` is the pack's word for so
    many as there are.
    """

    unit: str
    name: str
    kind: str
    uncovered: int
    all: int
    called: str


@dataclass(frozen=True)
class Uncovered:
    """What nobody is in charge of in a region, on a day; `asked` counts all of it.

    Of the kinds `only_counted`, such as households, no item is listed: `heads` has how
    many there are directly under what.
    """

    node: str | None
    on: date
    asked: dict[str, int]
    items: tuple[Unit, ...]
    heads: tuple[Heads, ...]
    only_counted: tuple[str, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of each kind nobody is in charge of."""
        found = Counter(item.kind for item in self.items)
        for group in self.heads:
            found[group.kind] += group.uncovered
        return {kind: found[kind] for kind in self.asked}

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.uncovered/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "counts": {
                kind: {"uncovered": number, "all": self.asked[kind]}
                for kind, number in self.counts.items()
            },
            "items": [item._asdict() for item in self.items],
            "heads": [group._asdict() for group in self.heads],
            "only_counted": list(self.only_counted),
        }


@in_one_revision
def uncovered(store: Library, node: str | None, on: date) -> Uncovered:
    """Return what nobody is in charge of, of the kinds that the pack says should be.

    InputError when the pack names none, or the node doesn't live on the day.

    >>> found = orgraph.uncovered(store, "acme", day)
    >>> [item.id for item in found.items]
    ['graz', 'turin', 'repair']
    """
    pack = store.pack
    kinds = frozenset(pack.questions.charged)
    if not kinds:
        message = f"the pack {pack.name} doesn't say in questions.charged of what "
        raise InputError(message + "somebody should be in charge")
    parents = {
        kind: frozenset(pack.edges[edge].ends[kind])
        for kind in sorted(kinds & pack.heads)
        if (edge := pack.parent_edge(kind)) is not None
    }
    wanted = (kinds - pack.heads).union(*parents.values())
    rows = within(store, node, wanted, on)
    units = [row for row in rows.values() if row.kind in kinds]
    ids = [row.id for row in units]
    charges = store.edges(ids, [pack.chain.charge], IN, Span.day(on))
    heads = [
        group
        for kind, above in parents.items()
        for group in _heads(
            store, kind, [r for r in rows.values() if r.kind in above], on
        )
    ]
    covered = {row.target for row in charges}
    asked = Counter(row.kind for row in units)
    for group in heads:
        asked[group.kind] += group.all
    items = [
        Unit(row.id, row.kind, shown_name(pack, row, names=False))
        for row in units
        if row.id not in covered
    ]
    return Uncovered(
        node=node,
        on=on,
        asked={kind: asked[kind] for kind in pack.questions.charged if asked[kind]},
        items=tuple(sorted(items, key=lambda item: (item.kind, item.id))),
        heads=tuple(
            sorted((g for g in heads if g.uncovered), key=lambda g: (g.kind, g.unit))
        ),
        only_counted=tuple(
            kind for kind in pack.questions.charged if kind in parents and asked[kind]
        ),
    )


def _heads(store: Library, kind: str, above: list[NodeRow], on: date) -> list[Heads]:
    """Return the heads of a kind, counted by the unit that they are directly under."""
    edge = str(store.pack.parent_edge(kind))
    ids = [row.id for row in above]
    without = store.count_without(ids, edge, store.pack.chain.charge, Span.day(on))
    under = directly_under(store, ids, on)
    word = store.pack.nodes[kind]
    return [
        Heads(
            row.id,
            row.name,
            kind,
            without.get(row.id, 0),
            number,
            str(word.label if number == 1 else word.several),
        )
        for row in above
        if (number := under[row.id].get(kind))
    ]
