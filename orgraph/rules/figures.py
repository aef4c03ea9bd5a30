"""The figures of units, and whether they reach what is wanted of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..draft.steps import is_borne
from ..findings import Severity
from ..model import NodeRow
from ..pack import Figure, Threshold
from .classing import Aim, Target, Unknown
from .wholeness import complete, finer_kinds, has_all

NOTHING: Mapping[str, int] = {}
Needed = Iterable[tuple[Sequence[NodeRow], Sequence[Figure], Iterable[Aim]]]
"""Units of one kind, the figures asked of them, and what is wanted of these."""
Value = tuple[int | None, bool]
"""A figure, and whether all of it is known."""
Has = Mapping[tuple[str, str | None], Value]
"""The figures of a unit, by fact and what is counted without it."""


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
    these `unknown` facts would tell. It warns then: which exemptions hold isn't known
    either, and nobody is refused for what isn't recorded.
    """

    node: str
    threshold: Threshold
    short: tuple[Shortfall, ...]
    unknown: tuple[Unknown, ...] = ()

    @property
    def severity(self) -> Severity:
        """How strictly it is told."""
        told = self.threshold.severity
        return "warning" if self.unknown and told == "error" else told


class Figures:
    """The figures of units on a day, from what is below them."""

    def __init__(self, view: View, needed: Needed) -> None:
        """Read what is below units of which the figures are asked, in one batch."""
        self.view = view
        self._finer: dict[tuple[str, str], tuple[str, ...]] = {}
        asked: list[str] = []
        summed: list[tuple[NodeRow, list[Target]]] = []
        for rows, figures, aims in needed:
            kind = rows[0].kind
            levels = [len(self._finer_kinds(kind, one.fact)) for one in figures]
            counted = [one.fact for one in figures if one.count]
            if any(levels):
                asked += [row.id for row in rows]
            elif counted:
                asked += [
                    row.id
                    for row in rows
                    if any(row.facts.get(fact) is None for fact in counted)
                ]
            if max(levels, default=0) > 1:
                targets = [target for aim in aims for target in aim.targets]
                summed += [(row, targets) for row in rows]
        self._below = view.below(asked)
        doubtful: dict[str, set[str]] = {}
        for row, targets in summed:
            for target in targets:
                value, is_whole = self._value(row, target.figure)
                if is_whole is None and not _reaches(value, target):
                    doubtful.setdefault(target.figure.fact, set()).add(row.id)
        self._whole = {
            (fact, node)
            for fact, nodes in sorted(doubtful.items())
            for node in complete(view, nodes, fact)
        }

    def of(self, row: NodeRow, asked: Iterable[Figure]) -> Has:
        """Return what a unit has of these figures."""
        found: dict[tuple[str, str | None], Value] = {}
        for figure in asked:
            value, is_whole = self._value(row, figure)
            known = is_whole or (figure.fact, row.id) in self._whole
            is_known = value is not None and bool(known)
            found[figure.fact, figure.count] = (value, is_known)
        return found

    def reached(
        self, has: Has, aim: Aim
    ) -> tuple[tuple[Shortfall, ...], tuple[Unknown, ...]]:
        """Return what of an aim is missed with so much, and what can't be told."""
        short, unknown = [], []
        for target in aim.targets:
            fact = target.figure.fact
            value, is_known = has[fact, target.figure.count]
            if _reaches(value, target):
                if aim.threshold.any_of:
                    return (), ()
            elif value is None or not is_known:
                label = self.view.pack.facts[fact].label(fact)
                unknown.append(Unknown(label, fact))
            else:
                short.append(Shortfall(target, value))
        if aim.threshold.any_of and unknown:
            short.clear()
        return tuple(short), (*unknown, *aim.unknown)

    def _finer_kinds(self, kind: str, fact: str) -> tuple[str, ...]:
        if (kind, fact) not in self._finer:
            self._finer[kind, fact] = finer_kinds(self.view.pack, kind, fact)
        return self._finer[kind, fact]

    def _value(self, row: NodeRow, figure: Figure) -> tuple[int | None, bool | None]:
        """Return a figure of a unit, and whether all who carry it below are known.

        It is the sum over those below; else the unit's own; else a count. None where
        only a look at each of them tells.
        """
        fact = figure.fact
        below = self._below.get(row.id, NOTHING)
        finer = self._finer_kinds(row.kind, fact)
        if finer and below.get(f"unknown:{fact}"):
            return None, False
        if finer and is_borne(below, fact, finer):
            return below.get(f"fact:{fact}", 0), has_all(below, fact, finer)
        own = row.facts.get(fact)
        if isinstance(own, int):
            return own, True
        return (below.get(f"count:{figure.count}") if figure.count else None), True


def looked_at(aims: Iterable[Aim]) -> tuple[Figure, ...]:
    """Return the figures that aims look at, those that are told alike once."""
    figures = (target.figure for aim in aims for target in aim.targets)
    return tuple({(one.fact, one.count): one for one in figures}.values())


def _reaches(value: int | None, target: Target) -> bool:
    return value is not None and value * 100 >= target.whole * target.percent
