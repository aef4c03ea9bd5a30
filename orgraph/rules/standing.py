"""How units stand to each threshold of the day: met, broken, or not to be told."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..pack import Threshold
from .base import Reach
from .below_standard import BelowStandard
from .classing import Classing, alike
from .formed_too_small import FormedTooSmall, begun_under, bound_by
from .judging import judge
from .must_rearrange import MustRearrange


class Standing(NamedTuple):
    """The units for which a threshold is meant, in order, and how they stand to it.

    Of those `unknown` it can't be told, or not even whether it is meant for them.
    """

    threshold: Threshold
    met: tuple[str, ...]
    broken: tuple[str, ...]
    unknown: tuple[str, ...]


def standings(view: View, reach: Reach) -> Iterator[Standing]:
    """Yield how the units of a reach stand to what the rules judge them by.

    `broken` are those of which the rules have findings; a threshold that is meant for
    none is left out.
    """
    for rule in (BelowStandard, MustRearrange):
        thresholds = view.pack.thresholds_on(rule.name(), view.day)
        nodes = reach.only({threshold.kind for threshold in thresholds})
        for found in _standings(view, thresholds, nodes):
            if rule is BelowStandard:
                # What is formed by criteria of its own isn't measured by the standard.
                anew = begun_under(view, found.broken)
                broken = tuple(node for node in found.broken if node not in anew)
                yield from _meant(found._replace(broken=broken))
            else:
                yield from _meant(found)
    criteria = view.pack.thresholds_on(FormedTooSmall.name(), view.day)
    for some, formed in bound_by(view, reach, criteria) if criteria else ():
        for found in _standings(view, some, formed):
            yield from _meant(found)


def _meant(found: Standing) -> Iterator[Standing]:
    if found.met or found.broken or found.unknown:
        yield found


def _standings(
    view: View, thresholds: Sequence[Threshold], nodes: Mapping[str, Sequence[str]]
) -> Iterator[Standing]:
    told = judge(view, nodes, thresholds)
    doubtful = {node for group in told.unjudged for node in group.nodes}
    broken_by: dict[str, set[str]] = {}
    for verdict in told.verdicts:
        broken_by.setdefault(verdict.threshold.id, set()).add(verdict.node)
    for threshold in thresholds:
        here = nodes.get(threshold.kind)
        if not here:
            continue
        found = judge(view, {threshold.kind: here}, [threshold])
        broken = broken_by.get(threshold.id, set())
        unknown = {node for group in found.unjudged for node in group.nodes}
        # What it may be meant for but changes nothing there isn't unknown.
        unknown = unknown.intersection(doubtful) - broken
        met = _aimed_at(view, threshold, here) - broken - unknown
        shown = (tuple(sorted(some)) for some in (met, broken, unknown))
        yield Standing(threshold, *shown)


def _aimed_at(view: View, threshold: Threshold, nodes: Sequence[str]) -> set[str]:
    """Return the living units for which a threshold is meant for certain."""
    classing = Classing(view, [threshold])
    found: set[str] = set()
    for group in alike(view, nodes):
        first = group.rows[0]
        aims = classing.wanted(threshold.kind, first.facts, first.id).aims
        if any(aim.targets for aim in aims):
            found.update(row.id for row in group.rows)
    return found
