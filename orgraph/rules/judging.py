"""Judges units by the thresholds of the day, and says what isn't known of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.steps import bearer_key
from ..findings import Code, Finding
from ..language import both, either, say
from ..model import NodeRow
from ..pack import Figure, Source, Threshold
from .classing import Aim, Classing, Target, alike

MOST_NAMED = 5


class Shortfall(NamedTuple):
    """A figure of a unit that doesn't reach its target."""

    target: Target
    value: int

    @property
    def missed(self) -> int:
        """By how many hundredths of the figure it is missed."""
        return self.target.whole * self.target.percent - self.value * 100


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
    source: Source | None
    nodes: list[str]


class Judged(NamedTuple):
    """What a rule finds of units: what falls short, and what can't be told."""

    verdicts: list[Verdict]
    unjudged: list[Unjudged]


def judge(
    view: View, nodes: Mapping[str, Sequence[str]], thresholds: Sequence[Threshold]
) -> Judged:
    """Judge the living among these nodes, by kind; all kinds have thresholds."""
    classing = Classing(view, thresholds)
    view.need_ancestors(
        n for k, some in nodes.items() if k in classing.looks_up for n in some
    )
    view.need_parents(node for some in nodes.values() for node in some)
    found = [
        (kind, group, classing.wanted(kind, group.rows[0].facts, group.rows[0].id))
        for kind, some in sorted(nodes.items())
        for group in alike(view, some)
    ]
    below = view.below(
        [
            row.id
            for kind, group, wanted in found
            if wanted.aims and kind in view.pack.containers
            for row in group.rows
            if _needs_below(view, row, wanted.aims)
        ]
    )
    verdicts: list[Verdict] = []
    unjudged = _Unjudged()
    for _, group, wanted in found:
        if not wanted.aims:
            unjudged.add(group.above, wanted.unknown, group.rows)
            continue
        for row in group.rows:
            unknown = wanted.unknown
            for aim in wanted.aims:
                short, missing = _judged(view, row, below.get(row.id, {}), aim)
                if short:
                    verdicts.append(Verdict(row.id, aim.threshold, short))
                if missing:
                    unknown = {**dict.fromkeys(missing, aim.threshold), **unknown}
            unjudged.add(group.above, unknown, [row])
    return Judged(sorted(verdicts, key=lambda v: v.node), unjudged.groups())


class _Unjudged:
    """Gathers units of which the same is unknown."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, tuple[str, ...]], Unjudged] = {}

    def add(
        self, above: str, unknown: Mapping[str, Threshold], rows: Sequence[NodeRow]
    ) -> None:
        """Add units of one kind, where anything is unknown."""
        if not unknown:
            return
        kind = rows[0].kind
        key = (above, kind, tuple(unknown))
        if key not in self._groups:
            names = tuple(sorted(unknown))
            source = unknown[names[0]].source
            self._groups[key] = Unjudged(above, kind, names, source, [])
        self._groups[key].nodes.extend(row.id for row in rows)

    def groups(self) -> list[Unjudged]:
        """Return the groups in order, and the units of each in order."""
        for group in self._groups.values():
            group.nodes.sort()
        return sorted(self._groups.values(), key=lambda group: group[:3])


def shortfalls(view: View, code: Code, verdict: Verdict) -> Iterator[Finding]:
    """Yield a finding for each figure too small, or one where any would be enough."""
    threshold = verdict.threshold
    together = bool(threshold.any_of)
    shown = view.shown(verdict.node)
    for group in [verdict.short] if together else [(s,) for s in verdict.short]:
        if not group:
            continue
        facts = " ".join(shortfall.target.figure.fact for shortfall in group)
        has = both(_had(view, shortfall) for shortfall in group)
        wants = either(_wanted(shortfall.target) for shortfall in group)
        yield code.at(
            verdict.node,
            say(
                "{shown} has {has}; {threshold} wants {wants}.",
                shown=shown,
                has=has,
                threshold=threshold.title,
                wants=wants,
            ),
            hint=threshold.exemptions or None,
            source=threshold.source,
            severity=threshold.severity,
            about=f"{threshold.id} {facts}",
            missed=tuple(shortfall.missed for shortfall in group),
        )


def unjudged(view: View, code: Code, groups: Iterable[Unjudged]) -> Iterator[Finding]:
    """Yield what can't be told; of several units below one, it is one finding."""
    for group in groups:
        unknown = say("{names} unknown", names=[say(name) for name in group.names])
        if len(group.nodes) == 1:
            (node,) = group.nodes
            message = say(
                "{node} isn't judged: {unknown}.",
                node=view.shown(node),
                unknown=unknown,
            )
            yield code.at(node, message, source=group.source, covers=(node,))
            continue
        units = view.pack.nodes[group.kind].counted(len(group.nodes))
        more = ", …" if len(group.nodes) > MOST_NAMED else ""
        named = ", ".join(group.nodes[:MOST_NAMED]) + more
        place = view.shown(group.above)
        message = say(
            "{units} below {place} aren't judged ({named}): {unknown}.",
            units=units,
            place=place,
            named=named,
            unknown=unknown,
        )
        covers = tuple(group.nodes)
        yield code.at(group.above, message, source=group.source, covers=covers)


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
    return any(
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
    of_fact = view.pack.facts[fact]
    label, unit = of_fact.label(fact), of_fact.unit
    for kind in view.pack.nodes.values():
        if kind.several == label:
            return kind.counted(shortfall.value)
    if not unit:
        return say("{n:,} {fact}", fact=label, n=shortfall.value)
    if unit in label:
        return say("{fact} {n:,}", fact=label, n=shortfall.value)
    return say("{fact} {n:,} {unit}", fact=label, n=shortfall.value, unit=unit)


def _wanted(target: Target) -> str:
    if target.figure.percent is None:
        return say("{n:,}", n=target.whole)
    wanted = -(-target.whole * target.percent // 100)
    return say(
        "{wanted:,} ({percent} % of {whole:,})",
        wanted=wanted,
        percent=target.percent,
        whole=target.whole,
    )
