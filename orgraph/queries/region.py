"""What is below a node, or below all roots: what questions about a region look at.

Below is what the parent edges join to it. What covers (the pack's `questions.covers`)
joins the two hierarchies: with a place comes the body whose whole ground lies in it,
with a body the ground that it and those below it cover.
"""

from collections.abc import Collection, Iterable
from datetime import date

from ..draft.steps import tally_on
from ..errors import InputError
from ..model import IN, OUT, NodeRow, Span
from .library import Library, last_rows
from .other_days import other_days


def roots(store: Library, node: str | None, on: date) -> list[str]:
    """Return the node, or each unit that has no parent on the day.

    InputError where the node doesn't live on the day.
    """
    span = Span.day(on)
    if node is not None:
        if not store.nodes([node], span):
            message = f"{node} doesn't live on {on}: it {other_days(store, node, on)}"
            raise InputError(message)
        return [node]
    pack = store.pack
    units = {row.id for kind in sorted(pack.units) for row in store.of_kind(kind, span)}
    kinds = pack.leading_to(pack.units)
    below = {row.source for row in store.edges(sorted(units), kinds, OUT, span)}
    return sorted(units - below)


def below(
    store: Library, tops: Iterable[str], kinds: Collection[str], on: date
) -> set[str]:
    """Return the tops and what is below them on the way to nodes of these kinds."""
    found = set(tops)
    edges = store.pack.leading_to(kinds)
    rows = store.walk(sorted(found), edges, IN, Span.day(on))
    return found.union(row.source for row in rows)


def within(
    store: Library,
    node: str | None,
    kinds: Collection[str],
    on: date,
    *,
    across: bool = True,
) -> dict[str, NodeRow]:
    """Return the nodes of these kinds in the region of a node, by id and in order.

    The node itself is among them. Without a node the region is all that has a root;
    not `across` what covers, it is what is below the node alone.
    """
    region = region_of(store, node, kinds, on, across=across)
    rows = last_rows(store.nodes(sorted(region), Span.day(on)))
    return {id_: rows[id_] for id_ in sorted(rows) if rows[id_].kind in kinds}


def region_of(
    store: Library,
    node: str | None,
    kinds: Collection[str],
    on: date,
    *,
    across: bool = True,
) -> set[str]:
    """Return the region of a node as far as it leads to nodes of these kinds, by id.

    InputError where the node doesn't live on the day, or is a person or household.
    """
    pack = store.pack
    for row in store.nodes([node], Span.day(on)) if node is not None else ():
        if (kind := pack.nodes[row.kind]).is_private:
            message = f"{node} is a {kind.label}: this is asked of a unit"
            raise InputError(message)
    covers = pack.questions.covers
    if node is None and pack.units.issuperset(kinds):
        # What can have something below it is a root or below one.
        span = Span.day(on)
        return {row.id for kind in sorted(kinds) for row in store.of_kind(kind, span)}
    if node is None or covers is None or not across:
        return below(store, roots(store, node, on), kinds, on)
    ends = pack.edges[covers].ends
    ground = {kind for kinds_ in ends.values() for kind in kinds_}
    own = below(store, roots(store, node, on), {*kinds, *ends, *ground}, on)
    tops = _covering(store, own, covers, on)
    return own | (below(store, tops, kinds, on) if tops else set())


def _covering(store: Library, own: set[str], covers: str, on: date) -> set[str]:
    """Return what these cover, and the bodies that cover nothing but these."""
    span = Span.day(on)
    covered = {row.target for row in store.edges(sorted(own), [covers], OUT, span)}
    bodies = {row.source for row in store.edges(sorted(own), [covers], IN, span)}
    wide = {
        row.source
        for row in store.edges(sorted(bodies), [covers], OUT, span)
        if row.target not in own
    }
    return (covered | bodies - wide) - own


def directly_under(
    store: Library, units: Collection[str], on: date
) -> dict[str, dict[str, int]]:
    """Return how many of each kind have these units for a parent.

    Nobody is counted one by one: what is directly under a unit is what is below it,
    less what is below the units under it.
    """
    edges = store.pack.leading_to(store.pack.units)
    children: dict[str, list[str]] = {unit: [] for unit in units}
    for row in store.edges(sorted(units), edges, IN, Span.day(on)):
        children[row.target].append(row.source)
    asked = {*units, *(child for under in children.values() for child in under)}
    counts = tally_on(store, asked, on)
    found = {}
    for unit in sorted(units):
        direct = dict(counts[unit])
        for child in children[unit]:
            for key, number in counts[child].items():
                direct[key] = direct.get(key, 0) - number
        found[unit] = {
            key.removeprefix("count:"): number
            for key, number in sorted(direct.items())
            if key.startswith("count:") and number
        }
    return found
