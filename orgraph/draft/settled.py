"""Writes what was settled, and counts what became of every dependent."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ..model import FOREVER, IN, OUT, Direction, EdgeRow, Span
from ..pack import End, Event
from .draft import Draft
from .duplicates import Settled
from .settle import Settlement
from .view import View

_WORDS = {"follow": "followed", "keep": "kept"}


def apply_settlement(draft: Draft, settlement: Settlement) -> None:
    """Write what was settled, and account for every dependent by its kinds.

    All that leaves has left before anything is joined anew: what two units exchange
    stays with both.
    """
    joined = _leave(draft, settlement)
    parent_edges = frozenset(draft.pack.contains_kinds)
    for place, settled in enumerate(settlement.edges):
        row = settled.row
        word = _WORDS.get(settled.fate, "ended")
        if place in settlement.united:
            word = "united"
            _lengthen(draft, settled)
        elif settled.joins is not None and place not in joined:
            draft.connect(row.kind, *settled.joins, row.facts, row.until)
        if settled.again or (not row.rev and _is_new(draft, settled, word)):
            continue
        if settled.fate != "parent":
            # The dependent of an edge to a parent is what is below it, also where the
            # one that ends is below.
            is_below = row.kind in parent_edges
            dependent = row.source if is_below else settled.dependent
            kinds = (row.kind, draft.kind(dependent))
            counts = draft.accounts[kinds]
            counts[word] += 1
            if settled.answer is not None:
                counts["asked"] += 1
            if word == "followed" and settled.joins is not None:
                asked = settled.answer is not None
                draft.passed[row.kind, *settled.joins] = (*kinds, asked)
    for node in settlement.ending:
        draft.end(node)


def _is_new(draft: Draft, settled: Settled, word: str) -> bool:
    """Tell whether this plan itself made an edge, which then isn't counted anew.

    What an earlier step counted as passed on, by this one ends or is united, or is no
    dependent any more, since it ends itself.
    """
    row = settled.row
    known = draft.passed.pop(row[:3], None)
    if known is None:
        return draft.base.stored_edge(row.key) is None
    edge, dependent, asked = known
    counts = draft.accounts[edge, dependent]
    counts["followed"] -= 1
    if settled.fate == "parent":
        counts["asked"] -= asked
        return True
    counts[word] += 1
    if settled.answer is not None and not asked:
        counts["asked"] += 1
        asked = True
    if word == "followed" and settled.joins is not None:
        draft.passed[row.kind, *settled.joins] = (edge, dependent, asked)
    return True


def _leave(draft: Draft, settlement: Settlement) -> set[int]:
    """End the edges that something becomes of; returns the places of those rejoined."""
    joined: set[int] = set()
    for place, settled in enumerate(settlement.edges):
        if settled.again:
            continue
        joins = None if place in settlement.united else settled.joins
        if joins is not None and draft.rejoin(settled.row, *joins):
            joined.add(place)
        elif settled.fate != "keep":
            draft.disconnect(settled.row)
    return joined


def _lengthen(draft: Draft, settled: Settled) -> None:
    """Let the edge that stays last as long as the longer of the united ones."""
    if settled.joins is None:
        return
    source, target = settled.joins
    for row in draft.live_edges(source, settled.row.kind, OUT):
        if row.target == target and row.until < settled.row.until:
            draft.lengthen(row, settled.row.until)


def count_kept(draft: Draft) -> None:
    """Count the edges that stay on units that ended.

    They aren't read where the pack lets only one kind of node stand at the other end.
    """
    units: defaultdict[Event, list[str]] = defaultdict(list)
    for event, unit in draft.left:
        units[event].append(unit)
    ends: tuple[tuple[End, Direction], ...] = (("target", IN), ("source", OUT))
    for event, ended in sorted(units.items()):
        for end, direction in ends:
            _count_at(draft, event, ended, end, direction)


def _count_at(
    draft: Draft, event: Event, units: Sequence[str], end: End, direction: Direction
) -> None:
    kinds = frozenset(draft.kind(unit) for unit in units)
    kept = draft.pack.kept(event, end, kinds)
    if not kept:
        return
    on = Span(draft.day, FOREVER)
    mixed = []
    counts = draft.reader.count_edges(units, kept, direction, on)
    for kind, count in sorted(counts.items()):
        others = draft.pack.facing(kind, end, kinds)
        if len(others) == 1:
            draft.accounts[kind, min(others)]["kept"] += count
        else:
            mixed.append(kind)
    if mixed:
        _count_each(draft, draft.reader.edges(units, mixed, direction, on), end)


def _count_each(draft: Draft, rows: Sequence[EdgeRow], end: End) -> None:
    """Count edges that are kept by the kind of what stands at their other end."""
    others = [row.source if end == "target" else row.target for row in rows]
    draft.need_nodes(others)
    for row, other in zip(rows, others, strict=True):
        draft.accounts[row.kind, draft.kind(other)]["kept"] += 1


def common_parent(view: View, units: Iterable[str]) -> tuple[str | None, list[str]]:
    """Return the one parent that all units have, and all the parents there are."""
    parents = {edge.target for unit in units if (edge := view.parent(unit))}
    lone = any(view.parent(unit) is None for unit in units)
    ordered = sorted(parents)
    return (ordered[0] if len(ordered) == 1 and not lone else None), ordered
