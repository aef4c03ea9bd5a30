"""The figures of units, and whether they reach what is wanted of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..draft import View
from ..draft.steps import bearer_key
from ..model import NodeRow
from ..pack import Figure, Threshold
from .classing import Aim, Target, Unknown


class Shortfall(NamedTuple):
    """A figure of a unit that doesn't reach its target."""

    target: Target
    value: int

    @property
    def missed(self) -> int:
        """By how many hundredths of the figure it is missed."""
        return self.target.whole * self.target.percent - self.value * 100


class Verdict(NamedTuple):
    """What a unit lacks of a threshold: of any of its figures, or of all of them.

    Where it isn't known which threshold holds, it is the mildest that may hold, and
    these `unknown` facts would tell.
    """

    node: str
    threshold: Threshold
    short: tuple[Shortfall, ...]
    unknown: tuple[Unknown, ...] = ()


def reached(
    view: View, row: NodeRow, below: Mapping[str, int], aim: Aim
) -> tuple[tuple[Shortfall, ...], tuple[Unknown, ...]]:
    """Return the figures of a unit that miss an aim, and what can't be told of them."""
    short, unknown = [], []
    for target in aim.targets:
        value, is_whole = _value(view, row, below, target.figure)
        if value is not None and value * 100 >= target.whole * target.percent:
            if aim.threshold.any_of:
                return (), ()
        elif value is None or not is_whole:
            fact = target.figure.fact
            unknown.append(Unknown(fact, fact))
        else:
            short.append(Shortfall(target, value))
    if aim.threshold.any_of and unknown:
        short.clear()
    return tuple(short), (*unknown, *aim.unknown)


def needs_below(view: View, row: NodeRow, aims: Iterable[Aim]) -> bool:
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
