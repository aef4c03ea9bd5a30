"""Judges units by the thresholds of the day, and says what isn't known of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..findings import Code, Finding
from ..language import both, either, say
from ..model import NodeRow
from ..pack import NodeKind, Pack, Source, Threshold
from .base import Reach
from .classing import Aim, Classing, Target, Unknown, Wanted, alike
from .figures import Figures, Shortfall, Verdict, looked_at
from .ways import Ways, WaysOut
from .whichever import whichever

MOST_NAMED = 5


class Unjudged(NamedTuple):
    """Units of one kind and parent of which the same would have to be known."""

    above: str
    kind: str
    names: tuple[Unknown, ...]
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
        n for k, some in nodes.items() if classing.asked[k].looks_up for n in some
    )
    view.need_parents(node for some in nodes.values() for node in some)
    out = WaysOut(classing)
    found = []
    for kind, some in sorted(nodes.items()):
        for group in alike(view, some):
            first = group.rows[0]
            wanted = classing.wanted(kind, first.facts, first.id)
            ways = out.of(kind, wanted)
            asked = looked_at(_all_aims(wanted, ways))
            found.append((group, wanted, ways, asked))
    containers = view.pack.containers
    figures = Figures(
        view,
        (
            (group.rows, asked, _all_aims(wanted, ways))
            for group, wanted, ways, asked in found
            if asked and group.rows[0].kind in containers
        ),
    )
    verdicts: list[Verdict] = []
    unjudged = _Unjudged()
    for group, wanted, ways, asked in found:
        for row in group.rows:
            has = figures.of(row, asked)
            unknown: dict[Unknown, Threshold] = {}
            for aim in wanted.aims:
                short, missing = figures.reached(has, aim)
                if short:
                    verdicts.append(Verdict(row.id, aim.threshold, short))
                if missing:
                    unknown |= dict.fromkeys(missing, aim.threshold)
            if wanted.unknown:
                certain, more = whichever(figures, row.id, has, wanted, ways)
                verdicts += certain
                unknown = {**more, **unknown}
            unjudged.add(group.above, unknown, row)
    return Judged(sorted(verdicts, key=lambda v: v.node), unjudged.groups())


def _all_aims(wanted: Wanted, ways: Ways) -> Iterator[Aim]:
    yield from wanted.aims
    for case in ways.cases:
        for part in case:
            yield part.aim


class _Unjudged:
    """Gathers units of which the same is unknown."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str, tuple[Unknown, ...]], Unjudged] = {}

    def add(
        self, above: str, unknown: Mapping[Unknown, Threshold], row: NodeRow
    ) -> None:
        """Add a unit, where anything is unknown of it."""
        if not unknown:
            return
        names = tuple(sorted(unknown))
        key = (above, row.kind, names)
        if key not in self._groups:
            source = unknown[names[0]].source
            self._groups[key] = Unjudged(above, row.kind, names, source, [])
        self._groups[key].nodes.append(row.id)

    def groups(self) -> list[Unjudged]:
        """Return the groups in order, and the units of each in order."""
        for group in self._groups.values():
            group.nodes.sort()
        return sorted(self._groups.values(), key=lambda group: group[:3])


def shortfalls(
    view: View, reach: Reach, code: Code, verdicts: Iterable[Verdict]
) -> Iterator[Finding]:
    """Yield a finding for each figure too small, or one where any would be enough.

    Of what a plan leaves as small as it was it is said once for both sides.
    """
    memo: dict[object, object] = reach.bearing.base.memo if reach.bearing else {}
    for verdict in verdicts:
        place = (code.code, verdict.node, verdict.threshold.id)
        said = (verdict, view.shown(verdict.node))
        known = memo.get(place)
        if isinstance(known, _Told) and known.said == said:
            yield from known.findings
            continue
        findings = tuple(_shortfalls(view, code, *said))
        if view.memo is memo:
            memo[place] = _Told(said, findings)
        yield from findings


class _Told(NamedTuple):
    """What is found of a unit, and of what: a verdict, and how the unit is called."""

    said: tuple[Verdict, str]
    findings: tuple[Finding, ...]


def _shortfalls(
    view: View, code: Code, verdict: Verdict, shown: str
) -> Iterator[Finding]:
    threshold = verdict.threshold
    together = bool(threshold.any_of)
    for group in [verdict.short] if together else [(s,) for s in verdict.short]:
        if not group:
            continue
        facts = " ".join(shortfall.target.figure.fact for shortfall in group)
        has = both(_had(view, shortfall) for shortfall in group)
        wants = either(_wanted(shortfall.target) for shortfall in group)
        yield code.at(
            verdict.node,
            _lacks(shown, verdict, has, wants),
            hint=threshold.exemptions or None,
            source=threshold.source,
            severity=verdict.severity,
            about=f"{threshold.id} {facts}",
            missed=tuple(shortfall.missed for shortfall in group),
        )


def _lacks(shown: str, verdict: Verdict, has: str, wants: str) -> str:
    said = {
        "shown": shown,
        "has": has,
        "threshold": verdict.threshold.title,
        "wants": wants,
    }
    if not verdict.unknown:
        return say("{shown} has {has}; {threshold} wants {wants}.", **said)
    return say(
        "{shown} has {has}; {threshold}, the mildest that may hold, wants {wants}: "
        "{unknown}.",
        **said,
        unknown=_unknown(verdict.unknown),
    )


def _unknown(names: Iterable[Unknown]) -> str:
    return say("{names} unknown", names=[say(one.shown) for one in names])


def unjudged(view: View, code: Code, groups: Iterable[Unjudged]) -> Iterator[Finding]:
    """Yield what can't be told; of several units below one, it is one finding.

    Each is about what is unknown, so that no finding is taken for another.
    """
    for group in groups:
        unknown = _unknown(group.names)
        about = "/".join(sorted(one.key for one in group.names))
        if len(group.nodes) == 1:
            (node,) = group.nodes
            message = say(
                "{node} isn't judged: {unknown}.",
                node=view.shown(node),
                unknown=unknown,
            )
            yield code.at(
                node,
                message,
                source=group.source,
                about=f"unknown:{about}",
                units=(node,),
            )
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
        yield code.at(
            group.above,
            message,
            source=group.source,
            about=f"unknown:{group.kind}:{about}",
            units=tuple(group.nodes),
        )


def united(groups: Iterable[Unjudged]) -> list[Unjudged]:
    """Return what several judgings can't tell, as one where the same is unknown."""
    found: dict[tuple[object, ...], Unjudged] = {}
    for group in groups:
        key = (group.above, group.kind, group.names)
        known = found.get(key, group)
        nodes = sorted({*known.nodes, *group.nodes})
        found[key] = known._replace(nodes=nodes)
    return list(found.values())


def _had(view: View, shortfall: Shortfall) -> str:
    fact = shortfall.target.figure.fact
    of_fact = view.pack.facts[fact]
    label, unit = of_fact.label(fact), of_fact.unit
    kind = _counted_as(view.pack).get(label)
    if kind is not None:
        return kind.counted(shortfall.value)
    if counting := of_fact.counting(fact):
        return say(counting, n=shortfall.value)
    if not unit:
        return say("{n:,} {fact}", fact=label, n=shortfall.value)
    if unit in label:
        return say("{fact} {n:,}", fact=label, n=shortfall.value)
    return say("{fact} {n:,} {unit}", fact=label, n=shortfall.value, unit=unit)


def _counted_as(pack: Pack) -> dict[str, NodeKind]:
    """Return the kinds by the word for several of them; of two the first has it."""
    kept: dict[object, dict[str, NodeKind]] = pack.memo(Judged)
    if "several" not in kept:
        kinds = reversed(pack.nodes.values())
        kept["several"] = {kind.several: kind for kind in kinds}
    return kept["several"]


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
