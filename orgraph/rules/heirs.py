"""What took the place of units that ended, whole or in parts."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from ..draft import View
from ..model import OUT, EdgeRow


def passages(view: View, nodes: Collection[str], day: date) -> dict[str, list[EdgeRow]]:
    """Return nodes and all that has their places by a day, with how these passed on.

    What lives on is left by nobody, though a part of it went to another.
    """
    lineage = view.pack.lineage
    found, frontier = dict[str, list[EdgeRow]](), set(nodes)
    while frontier:
        found.update((node, []) for node in frontier)
        view.need_nodes(frontier)
        ended = [n for n in frontier if (life := view.life(n)) and life[1] <= day]
        view.need_edges(ended, [lineage], OUT)
        for node in ended:
            rows = view.edges(node, lineage, OUT)
            found[node] = [row for row in rows if row.since <= day]
        frontier = {row.target for node in ended for row in found[node]} - found.keys()
    return found


def is_divided(rows: Iterable[EdgeRow]) -> bool:
    """Tell whether only a part passed on by any of the rows."""
    return any(row.facts.get("part") not in {"whole", "restored"} for row in rows)


def near(units: Collection[str], went: Mapping[str, Sequence[EdgeRow]]) -> set[str]:
    """Return units with all that became them, of all their passages."""
    before = defaultdict[str, list[str]](list)
    for node, rows in went.items():
        for row in rows:
            before[row.target].append(node)
    found, frontier = set[str](), set(units)
    while frontier:
        found |= frontier
        frontier = {one for node in frontier for one in before[node]} - found
    return found


def sure_heirs(nodes: Iterable[str], went: Mapping[str, Sequence[EdgeRow]]) -> set[str]:
    """Return nodes with what took their place for certain, of all their passages."""
    known: dict[str, set[str]] = {}
    return set().union(*(_sure(node, went, known) for node in nodes))


def _sure(
    node: str, went: Mapping[str, Sequence[EdgeRow]], known: dict[str, set[str]]
) -> set[str]:
    """Return a node with what took its place for certain.

    Of parts that is only what they all became; of a lone part the rest is open.
    """
    if node not in known:
        # What came round in a circle adds nothing.
        known[node] = {node}
        whole = [row.target for row in went[node] if not is_divided([row])]
        heirs = [_sure(one, went, known) for one in whole]
        if not whole and len(went[node]) > 1:
            parts = [_sure(row.target, went, known) for row in went[node]]
            heirs = [set.intersection(*parts)]
        known[node] = {node}.union(*heirs)
    return known[node]
