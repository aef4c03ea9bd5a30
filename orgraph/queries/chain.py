"""Who is above a node, who holds the posts there, and who is in charge."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from ..draft.reading import in_one_revision
from ..errors import InputError
from ..model import IN, OUT, EdgeRow, Span
from .library import Library, last_rows, plain_days, shown_name
from .other_days import other_days
from .spells import Spell, joined_spells


class Link(NamedTuple):
    """One node of a chain, and the kind of edge that leads up to it, with its days.

    `since` and `until` are as far as they were known; None of the first node, and of an
    end that is open.
    """

    id: str
    kind: str
    name: str
    by: str | None
    since: str | None = None
    until: str | None = None


class Holder(NamedTuple):
    """Who holds a post of a unit, and on which days; a vacant post has None.

    The name is read where names are asked for.
    """

    post: str
    person: str | None
    since: str | None = None
    until: str | None = None
    name: str | None = None


class Charge(NamedTuple):
    """Who is in charge of what, and on which days; with a name where that is asked."""

    person: str
    target: str
    since: str | None = None
    until: str | None = None
    name: str | None = None


@dataclass(frozen=True)
class Chain:
    """A node and what it is under, up to the root, on a day."""

    node: str
    on: date
    chain: tuple[Link, ...]
    holders: dict[str, tuple[Holder, ...]]
    charges: tuple[Charge, ...]
    history: tuple[Spell, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.chain/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "chain": [link._asdict() for link in self.chain],
            "holders": {
                unit: [holder._asdict() for holder in held]
                for unit, held in self.holders.items()
            },
            "charges": [charge._asdict() for charge in self.charges],
            "history": [spell.to_plain() for spell in self.history],
        }


@in_one_revision
def chain(store: Library, node: str, on: date, *, names: bool = False) -> Chain:
    """Return the chain of a node from itself to the root.

    People's names are masked unless `names` is set. InputError when the node doesn't
    live on that day.

    >>> found = orgraph.chain(store, "e-04", day)
    >>> [link.id for link in found.chain]
    ['e-04', 'south', 'sales', 'acme']
    """
    return _chain(store, node, on, names=names)


def _chain(store: Library, node: str, on: date, *, names: bool) -> Chain:
    pack, span = store.pack, Span.day(on)
    above = {
        row.source: row
        for row in sorted(store.walk([node], pack.contains_kinds, OUT, span))
    }
    ids: dict[str, EdgeRow | None] = {node: None}
    here = above.get(node)
    while here is not None and here.target not in ids:
        ids[here.target] = here
        here = above.get(here.target)
    rows = last_rows(store.nodes(list(ids), span))
    if node not in rows:
        message = f"{node} doesn't live on {on}: it {other_days(store, node, on)}"
        raise InputError(message)
    links = tuple(
        Link(
            unit,
            rows[unit].kind,
            shown_name(pack, rows[unit], names=names),
            by.kind if by else None,
            **plain_days(by) if by else {},
        )
        for unit, by in ids.items()
    )
    around = store.edges(list(ids), [pack.chain.seat, pack.chain.charge], IN, span)
    own: list[EdgeRow] = []
    if pack.nodes[rows[node].kind].role == "person":
        kinds = [pack.chain.holds, pack.chain.charge]
        own = store.edges([node], kinds, OUT, Span.always())
    held = [row for row in own if row.kind == pack.chain.holds]
    charges = {
        Charge(row.source, row.target, **plain_days(row))
        for row in (*around, *own)
        if row.kind == pack.chain.charge and row.since <= on < row.until
    }
    found = Chain(
        node=node,
        on=on,
        chain=links,
        holders=_holders(store, list(ids), around, span),
        charges=tuple(sorted(charges, key=lambda one: (one.person, one.target))),
        history=tuple(joined_spells(store, held, on)) if held else (),
    )
    return _named(store, found) if names else found


def _named(store: Library, found: Chain) -> Chain:
    """Return a chain with the names of who holds posts and of who is in charge."""
    held = (one.person for some in found.holders.values() for one in some)
    people = sorted({p for p in held if p} | {one.person for one in found.charges})
    names = {row.id: row.name for row in store.nodes(people, Span.day(found.on))}
    holders = {
        unit: tuple(one._replace(name=names.get(one.person or "")) for one in some)
        for unit, some in found.holders.items()
    }
    charges = (one._replace(name=names.get(one.person)) for one in found.charges)
    return replace(found, holders=holders, charges=tuple(charges))


def _holders(
    store: Library, ids: list[str], around: list[EdgeRow], span: Span
) -> dict[str, tuple[Holder, ...]]:
    """Return the posts at each level that has some, with their holders."""
    names = store.pack.chain
    seats = sorted(row for row in around if row.kind == names.seat)
    held: dict[str, list[Holder]] = {}
    posts = sorted({seat.source for seat in seats})
    for row in sorted(store.edges(posts, [names.holds], IN, span)):
        holder = Holder(row.target, row.source, **plain_days(row))
        held.setdefault(row.target, []).append(holder)
    found: dict[str, list[Holder]] = {}
    for seat in seats:
        vacant = [Holder(seat.source, None)]
        found.setdefault(seat.target, []).extend(held.get(seat.source, vacant))
    return {unit: tuple(found[unit]) for unit in ids if unit in found}
