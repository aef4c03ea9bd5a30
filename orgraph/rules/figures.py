"""The figures of units, and whether they reach what is wanted of them."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..draft import View
from ..findings import Severity
from ..model import NodeRow
from ..pack import Figure, Threshold
from .classing import Aim, Target, Unknown
from .wholeness import complete, finer_kinds, has_all

NOTHING: Mapping[str, int] = {}
Needed = Iterable[tuple[NodeRow, Iterable[Aim]]]


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
        rows: dict[str, NodeRow] = {}
        asked: dict[str, list[Target]] = {}
        for row, aims in needed:
            targets = [target for aim in aims for target in aim.targets]
            if any(self._is_below(row, target.figure) for target in targets):
                rows[row.id], asked[row.id] = row, targets
        self._below = view.below(rows)
        doubtful: dict[str, set[str]] = {}
        for node, targets in asked.items():
            for target in targets:
                fact = target.figure.fact
                value, is_whole = self._value(rows[node], target.figure)
                if is_whole is None and not _reaches(value, target):
                    doubtful.setdefault(fact, set()).add(node)
        self._whole = {
            (fact, node)
            for fact, nodes in sorted(doubtful.items())
            for node in complete(view, nodes, fact)
        }

    def reached(
        self, row: NodeRow, aim: Aim
    ) -> tuple[tuple[Shortfall, ...], tuple[Unknown, ...]]:
        """Return the figures of a unit that miss an aim, and what can't be told."""
        short, unknown = [], []
        for target in aim.targets:
            fact = target.figure.fact
            value, is_whole = self._value(row, target.figure)
            if _reaches(value, target):
                if aim.threshold.any_of:
                    return (), ()
            elif value is None or not (is_whole or (fact, row.id) in self._whole):
                label = self.view.pack.facts[fact].label(fact)
                unknown.append(Unknown(label, fact))
            else:
                short.append(Shortfall(target, value))
        if aim.threshold.any_of and unknown:
            short.clear()
        return tuple(short), (*unknown, *aim.unknown)

    def _is_below(self, row: NodeRow, figure: Figure) -> bool:
        """Tell whether a unit's figure can't be told by its own facts alone."""
        return bool(
            finer_kinds(self.view.pack, row.kind, figure.fact)
            or (figure.count and row.facts.get(figure.fact) is None)
        )

    def _value(self, row: NodeRow, figure: Figure) -> tuple[int | None, bool | None]:
        """Return a figure of a unit, and whether all who carry it below are known.

        It is the sum over those below; else the unit's own; else a count. None where
        only a look at each of them tells.
        """
        fact = figure.fact
        below = self._below.get(row.id, NOTHING)
        finer = finer_kinds(self.view.pack, row.kind, fact)
        if finer and below.get(f"unknown:{fact}"):
            return None, False
        if finer and f"fact:{fact}" in below:
            return below[f"fact:{fact}"], has_all(below, fact, finer)
        own = row.facts.get(fact)
        if isinstance(own, int):
            return own, True
        return (below.get(f"count:{figure.count}") if figure.count else None), True


def _reaches(value: int | None, target: Target) -> bool:
    return value is not None and value * 100 >= target.whole * target.percent
