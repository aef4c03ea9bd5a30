"""Who watches over a node, who watches over where they belong, and so on upwards."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import IN, OUT, EdgeRow, Span
from .library import Library, last_rows, plain_days, shown_name
from .other_days import other_days
from .spells import Spell, spells


class Watch(NamedTuple):
    """Who is in charge of what, one step above `of`.

    `target` is `of`, or the nearest above it of which somebody is in charge; `group` is
    what that person is a member of, from where the next step goes on. `since` and
    `until` are the days of the charge, as far as they were known. In a `circle` it
    doesn't go on: who is in charge of that group was told, and leads back to here.
    """

    step: int
    of: str
    target: str
    person: str
    name: str
    group: str | None
    since: str
    until: str | None
    circle: bool = False


@dataclass(frozen=True)
class ChargeChain:
    """The way up from a node by those who are in charge, with their spells in posts."""

    node: str
    on: date
    watches: tuple[Watch, ...]
    spells: Mapping[str, tuple[Spell, ...]]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.charge_chain/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "watches": [watch._asdict() for watch in self.watches],
            "spells": {
                person: [spell.to_plain() for spell in found]
                for person, found in self.spells.items()
            },
        }


@in_one_revision
def charge_chain(
    store: Library, node: str, on: date, *, names: bool = False
) -> ChargeChain:
    """Return who is in charge of a node, of where they belong, and so on upwards.

    Where nobody is in charge of a node, it is who is of the nearest above it. A group
    that was met before is not gone on from. InputError when the node doesn't live on
    that day.
    """
    if not store.nodes([node], Span.day(on)):
        message = f"{node} doesn't live on {on}: it {other_days(store, node, on)}"
        raise InputError(message)
    watches: list[Watch] = []
    frontier, seen, met = [node], {node}, set[Watch]()
    while frontier:
        found = _watches(store, frontier, on, len(watches) and watches[-1].step)
        watches += found
        groups = {watch.group for watch in found if watch.group is not None}
        seen |= {watch.target for watch in found}  # who watches these was just said
        met |= {watch for watch in found if watch.group in seen}
        frontier = sorted(groups - seen)
        seen |= groups
    people = sorted({watch.person for watch in watches})
    rows = last_rows(store.nodes(people, Span.day(on)))
    called = {
        person: shown_name(store.pack, row, names=names) for person, row in rows.items()
    }
    held = {person: tuple(spells(store, person, on)) for person in people}
    round_ = {watch for watch in met if _goes_round(watch, watches)}
    named = (
        watch._replace(name=called.get(watch.person, ""), circle=watch in round_)
        for watch in watches
    )
    return ChargeChain(node, on, tuple(named), held)


def _goes_round(last: Watch, watches: Sequence[Watch]) -> bool:
    """Tell whether the way up from a group leads to what its member is in charge of."""
    frontier, seen = {last.group}, set[str | None]()
    while frontier:
        seen |= frontier
        above = (w.group for w in watches if not frontier.isdisjoint((w.of, w.target)))
        frontier = set(above) - seen - {None}
    return not seen.isdisjoint((last.of, last.target))


def _watches(store: Library, nodes: Sequence[str], on: date, step: int) -> list[Watch]:
    """Return one step up from each of these nodes."""
    span, charge = Span.day(on), store.pack.chain.charge
    rows = store.walk(nodes, store.pack.contains_kinds, OUT, span)
    parents = {row.source: row.target for row in sorted(rows, reverse=True)}
    above = sorted({*nodes, *parents.values()})
    by: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    for row in sorted(store.edges(above, [charge], IN, span)):
        by[row.target].append(row)
    people = sorted({row.source for watching in by.values() for row in watching})
    kinds = store.pack.contains_kinds
    groups = {r.source: r.target for r in store.edges(people, kinds, OUT, span)}
    found = []
    for node in nodes:
        target: str | None = node
        while target is not None and target not in by:
            target = parents.get(target)
        found += [
            Watch(
                *(step + 1, node, target, row.source, ""),
                groups.get(row.source),
                **plain_days(row),
            )
            for row in (by[target] if target is not None else ())
            if target is not None
        ]
    return found
