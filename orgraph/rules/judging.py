"""Judges units by the thresholds of the day, and says what isn't known of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from ..draft import View
from ..draft.steps import bearer_key
from ..findings import Code, Finding
from ..model import NodeRow
from ..pack import Figure, Pack, Source, Threshold
from .classing import Aim, Classing, Target

MOST_NAMED = 5


class Shortfall(NamedTuple):
    """A figure of a unit that doesn't reach its target."""

    target: Target
    value: int


class Verdict(NamedTuple):
    """What a unit lacks of a threshold: of any of its figures, or of all of them."""

    node: str
    threshold: Threshold
    short: tuple[Shortfall, ...]


class Unjudged(NamedTuple):
    """Units of one kind and parent of which the same would have to be known."""

    above: str
    kind: str
    names: tuple[str, ...]
    source: Source
    nodes: list[str]


class Judged(NamedTuple):
    """What a rule finds of units: what falls short, and what can't be told."""

    verdicts: list[Verdict]
    unjudged: list[Unjudged]


def in_force(pack: Pack, day: date, rule: str) -> list[Threshold]:
    """Return the thresholds of a rule on a day."""
    return [t for t in pack.thresholds if t.by == rule and t.is_asked(day)]


def judge(view: View, nodes: Sequence[str], thresholds: Sequence[Threshold]) -> Judged:
    """Judge the living among these nodes; the thresholds name all of their kinds."""
    classing = Classing(view, thresholds)
    if classing.looks_up:
        view.need_ancestors(nodes)
    else:
        view.need_parents(nodes)
    rows = [row for node in nodes if (row := view.node(node))]
    found = [(row, classing.wanted(row)) for row in rows]
    below = view.below(
        [row.id for row, wanted in found if _needs_below(view, row, wanted.aims)]
    )
    verdicts: list[Verdict] = []
    groups: dict[tuple[str, str, tuple[str, ...]], Unjudged] = {}
    for row, wanted in found:
        unknown = wanted.unknown
        for aim in wanted.aims:
            short, missing = _judged(view, row, below.get(row.id, {}), aim)
            if short:
                verdicts.append(Verdict(row.id, aim.threshold, short))
            if missing:
                unknown = {**dict.fromkeys(missing, aim.threshold), **unknown}
        if unknown:
            key = (wanted.above or row.id, row.kind, tuple(unknown))
            group = groups.get(key)
            if group is None:
                names = tuple(sorted(unknown))
                source = unknown[names[0]].source
                group = groups[key] = Unjudged(key[0], row.kind, names, source, [])
            group.nodes.append(row.id)
    return Judged(verdicts, sorted(groups.values(), key=lambda g: g[:3]))


def shortfalls(view: View, code: Code, verdict: Verdict) -> Iterator[Finding]:
    """Yield a finding for each figure too small, or one where any would be enough."""
    threshold = verdict.threshold
    together = bool(threshold.any_of)
    shown = view.shown(verdict.node)
    for group in [verdict.short] if together else [(s,) for s in verdict.short]:
        if not group:
            continue
        has = " and ".join(_had(view, shortfall) for shortfall in group)
        wants = " or ".join(_wanted(shortfall.target) for shortfall in group)
        yield code.at(
            verdict.node,
            f"{shown} has {has}; {threshold.title} wants {wants}.",
            hint=threshold.exemptions or None,
            source=threshold.source,
            severity=threshold.severity,
        )


def unjudged(view: View, code: Code, groups: Iterable[Unjudged]) -> Iterator[Finding]:
    """Yield what can't be told; of several units below one, it is one finding."""
    for group in groups:
        unknown = f"{', '.join(group.names)} unknown"
        if len(group.nodes) == 1:
            (node,) = group.nodes
            message = f"{view.shown(node)} isn't judged: {unknown}."
            yield code.at(node, message, source=group.source)
            continue
        units = view.pack.nodes[group.kind].counted(len(group.nodes))
        more = ", …" if len(group.nodes) > MOST_NAMED else ""
        named = ", ".join(group.nodes[:MOST_NAMED]) + more
        place = view.shown(group.above)
        message = f"{units} below {place} aren't judged ({named}): {unknown}."
        yield code.at(group.above, message, source=group.source)


def _judged(
    view: View, row: NodeRow, below: Mapping[str, int], aim: Aim
) -> tuple[tuple[Shortfall, ...], tuple[str, ...]]:
    short, unknown = [], []
    for target in aim.targets:
        value, is_whole = _value(view, row, below, target.figure)
        if value is not None and value * 100 >= target.whole * target.percent:
            if aim.threshold.any_of:
                return (), ()
        elif value is None or not is_whole:
            unknown.append(target.figure.fact)
        else:
            short.append(Shortfall(target, value))
    if aim.threshold.any_of and unknown:
        short.clear()
    return tuple(short), tuple(unknown)


def _needs_below(view: View, row: NodeRow, aims: Iterable[Aim]) -> bool:
    """Tell whether a unit's figures can't be told by its own facts alone."""
    return row.kind in view.pack.containers and any(
        _finer(view, row, target.figure.fact)
        or (target.figure.count and row.facts.get(target.figure.fact) is None)
        for aim in aims
        for target in aim.targets
    )


def _finer(view: View, row: NodeRow, fact: str) -> tuple[str, ...]:
    """Return the kinds that carry a fact below a unit, from the finest up."""
    kinds = view.pack.facts[fact].carried_by
    return kinds[: kinds.index(row.kind)] if row.kind in kinds else kinds


def _value(
    view: View, row: NodeRow, below: Mapping[str, int], figure: Figure
) -> tuple[int | None, bool]:
    """Return a figure of a unit, and whether all who carry it below are known.

    It is the sum over those below; else the unit's own; else a count.
    """
    fact = figure.fact
    finer = _finer(view, row, fact)
    if finer and below.get(f"unknown:{fact}"):
        return None, False
    if finer and f"fact:{fact}" in below:
        carriers = below.get(f"count:{finer[-1]}", 0)
        is_whole = carriers <= below.get(bearer_key(fact, finer[-1]), 0)
        return below[f"fact:{fact}"], is_whole
    own = row.facts.get(fact)
    if isinstance(own, int):
        return own, True
    return (below.get(f"count:{figure.count}") if figure.count else None), True


def _had(view: View, shortfall: Shortfall) -> str:
    fact = shortfall.target.figure.fact
    unit = view.pack.facts[fact].unit
    return f"{fact} {shortfall.value:,} {unit}".rstrip()


def _wanted(target: Target) -> str:
    if target.figure.percent is None:
        return f"{target.whole:,}"
    wanted = -(-target.whole * target.percent // 100)
    return f"{wanted:,} ({target.percent} % of {target.whole:,})"
