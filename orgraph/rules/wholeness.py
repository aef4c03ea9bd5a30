"""Whether all below a unit who carry a fact have said how much."""

from collections.abc import Collection, Mapping

from ..draft import View
from ..draft.steps import bearer_key, is_borne
from ..model import IN
from ..pack import Pack


def finer_kinds(pack: Pack, kind: str, fact: str) -> tuple[str, ...]:
    """Return the kinds that carry a fact below a unit of a kind, from the finest up."""
    kinds = pack.facts[fact].carried_by
    return kinds[: kinds.index(kind)] if kind in kinds else kinds


def has_all(below: Mapping[str, int], fact: str, finer: tuple[str, ...]) -> bool | None:
    """Tell from what is below a unit whether all there have said a fact.

    While any of a finer kind has it, a coarser one is what those below it come to, so
    its own word is neither needed nor enough: which ones have it can't be told from
    how many do, unless all do.
    """
    *others, last = (
        below.get(f"count:{kind}", 0) <= below.get(bearer_key(fact, kind), 0)
        for kind in finer
    )
    if last and all(others):
        return True
    if others and is_borne(below, fact, finer[:-1]):
        return None
    return last


def complete(view: View, units: Collection[str], fact: str) -> set[str]:
    """Return the units of which all below have said a fact, looking at each.

    A level is read at a time, and only as far down as how many have it doesn't tell.
    """
    pack = view.pack
    carriers = pack.facts[fact].carried_by
    contains = pack.contains_kinds
    lacking: set[str] = set()
    waiting = {unit: unit for unit in sorted(units)}
    while waiting:
        view.need_edges(waiting, contains, IN)
        unit_of = {
            row.source: unit
            for node, unit in waiting.items()
            for kind in contains
            for row in view.live_edges(node, kind, IN)
        }
        view.need_nodes(unit_of)
        counts = view.below([n for n in unit_of if view.kind(n) in pack.containers])
        waiting = {}
        for child, unit in unit_of.items():
            row = view.node(child)
            if row is None:
                continue
            below = counts.get(child, {})
            finer = finer_kinds(pack, row.kind, fact)
            if row.kind in carriers and not is_borne(below, fact, finer):
                told: bool | None = isinstance(row.facts.get(fact), int)
            else:
                told = has_all(below, fact, finer)
            if told is None:
                waiting[child] = unit
            elif not told:
                lacking.add(unit)
    return set(units) - lacking
