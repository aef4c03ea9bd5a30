"""The shortest path between two nodes by organisational ties, on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import IN, OUT, EdgeRow, Span
from .library import Library, last_rows, shown_name
from .region import roots


class Step(NamedTuple):
    """A node of a path, and the tie from the node before it.

    `forward` tells whether the tie leads from the node before to this one.
    """

    id: str
    kind: str
    name: str
    by: str | None
    forward: bool | None


@dataclass(frozen=True)
class Path:
    """How two nodes are joined; without steps, nothing joins them."""

    first: str
    last: str
    on: date
    steps: tuple[Step, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.path/1",
            "from": self.first,
            "to": self.last,
            "on": self.on.isoformat(),
            "steps": [step._asdict() for step in self.steps],
        }


class _Side:
    """What was reached from one of the two nodes, and by which edge."""

    def __init__(self, start: str) -> None:
        self.by: dict[str, tuple[str, EdgeRow] | None] = {start: None}
        self.frontier = [start]

    def grow(self, store: Library, kinds: tuple[str, ...], span: Span) -> None:
        """Go one tie further from all of the frontier."""
        near = self.frontier
        reached = [(r.source, r) for r in store.edges(near, kinds, IN, span)]
        reached += [(r.target, r) for r in store.edges(near, kinds, OUT, span)]
        found: dict[str, tuple[str, EdgeRow]] = {}
        for far, row in reached:
            if far in self.by:
                continue
            from_ = row.target if far == row.source else row.source
            best = found.get(far)
            if best is None or _order(kinds, from_, row) < _order(kinds, *best):
                found[far] = (from_, row)
        self.by.update(found)
        self.frontier = sorted(found)

    def way(self, node: str) -> list[tuple[str, EdgeRow | None]]:
        """Return the nodes from the start to one, each with the edge that led to it."""
        found: list[tuple[str, EdgeRow | None]] = []
        while (step := self.by[node]) is not None:
            found.append((node, step[1]))
            node = step[0]
        return [(node, None), *reversed(found)]


def _order(kinds: tuple[str, ...], from_: str, row: EdgeRow) -> tuple[int, str, bool]:
    """Return which of several ties is taken: the kind that the pack names first."""
    return kinds.index(row.kind), from_, row.source == from_


@in_one_revision
def path(
    store: Library, first: str, last: str, on: date, *, names: bool = False
) -> Path:
    """Return the shortest path between two nodes, by the ties that the pack names.

    Of several the same is returned each time. It is sought from both ends, from the
    side where less lies open. People's names are masked unless `names` is set.
    InputError when one of the two doesn't live on the day.

    >>> found = orgraph.path(store, "e-04", "e-08", day)
    >>> [step.id for step in found.steps]
    ['e-04', 'south', 'turin', 'repair', 'e-08']
    """
    pack, span = store.pack, Span.day(on)
    if not pack.questions.ties:
        message = f"the pack {pack.name} names no questions.ties to go by"
        raise InputError(message)
    for node in (first, last):
        roots(store, node, on)
    sides = _Side(first), _Side(last)
    met = [first] if first == last else []
    while not met and all(side.frontier for side in sides):
        here, there = sorted(sides, key=lambda side: len(side.frontier))
        here.grow(store, pack.questions.ties, span)
        met = [node for node in here.frontier if node in there.by]
    way = _joined(sides, met[0]) if met else []
    rows = last_rows(store.nodes([node for node, _ in way], span))
    steps = [
        Step(
            id=node,
            kind=rows[node].kind,
            name=shown_name(pack, rows[node], names=names),
            by=row.kind if row else None,
            forward=row.target == node if row else None,
        )
        for node, row in way
    ]
    return Path(first, last, on, tuple(steps))


def _joined(sides: tuple[_Side, _Side], met: str) -> list[tuple[str, EdgeRow | None]]:
    """Return the way from the first node to the last, through where they met."""
    to, back = sides[0].way(met), sides[1].way(met)
    edges = [row for _, row in reversed(back)][:-1]
    nodes = [node for node, _ in reversed(back)][1:]
    return [*to, *zip(nodes, edges, strict=True)]
