"""Which thresholds are meant for a unit, and what they come to for it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..model import FactValue, NodeRow
from ..pack import Figure, Threshold
from ..pack.asked import Where

NO_FACTS: Mapping[str, FactValue] = {}


class Target(NamedTuple):
    """A figure to reach: `percent` of `whole`."""

    figure: Figure
    whole: int
    percent: int


class Aim(NamedTuple):
    """What a threshold wants of a unit, or what is unknown that would tell."""

    threshold: Threshold
    targets: tuple[Target, ...]
    unknown: tuple[str, ...] = ()


class Wanted(NamedTuple):
    """What is wanted of units alike, and what is unknown of whether more is."""

    aims: tuple[Aim, ...]
    unknown: Mapping[str, Threshold]
    above: str


class Classing:
    """Finds what is wanted of a unit; those alike below the same are looked up once."""

    def __init__(self, view: View, thresholds: Iterable[Threshold]) -> None:
        """Take the thresholds of one rule that are in force on the view's day."""
        self.view = view
        self.by_kind: dict[str, list[Threshold]] = {}
        for threshold in thresholds:
            self.by_kind.setdefault(threshold.kind, []).append(threshold)
        self._others = {other.id: other for other in view.pack.thresholds}
        self._names = {kind: self._named(kind) for kind in self.by_kind}
        self._known: dict[tuple[object, ...], Wanted] = {}

    def _named(self, kind: str) -> tuple[tuple[str, ...], bool]:
        """Return the facts of a unit that matter, and whether those above it do."""
        every = [
            one for t in self.by_kind[kind] for one in (t, *map(self._others.get, t.of))
        ]
        names = {name for one in every if one for name in one.where}
        return tuple(sorted(names)), any(one.above for one in every if one)

    @property
    def looks_up(self) -> bool:
        """Whether facts of those above the units matter."""
        return any(looks_up for _, looks_up in self._names.values())

    def wanted(self, row: NodeRow) -> Wanted:
        """Return what the thresholds want of a unit, in the order of the pack."""
        names, looks_up = self._names[row.kind]
        parent = self.view.parent(row.id)
        above = parent.target if parent else ""
        own = tuple([row.facts.get(name) for name in names])
        key = (row.kind, above if above or not looks_up else row.id, own)
        found = self._known.get(key)
        if found is None:
            aims = list(self._aims(row, dict(zip(names, own, strict=True))))
            unknown: dict[str, Threshold] = {}
            for aim in aims:
                for name in aim.unknown:
                    unknown.setdefault(name, aim.threshold)
            meant = tuple(aim for aim in aims if aim.targets)
            found = self._known[key] = Wanted(meant, unknown, above)
        return found

    def _aims(self, row: NodeRow, own: Mapping[str, FactValue]) -> Iterable[Aim]:
        above: dict[str, NodeRow] = {}
        looks_up = self._names[row.kind][1]
        for node in self.view.ancestors(row.id) if looks_up else ():
            version = self.view.node(node)
            if version is not None:
                above.setdefault(version.kind, version)
        for threshold in self.by_kind[row.kind]:
            fits = self._fits(threshold, own, above)
            if fits:
                yield Aim(threshold, (), tuple(fits))
            elif fits is not None:
                yield from self._targets(threshold, own, above)

    def _targets(
        self,
        threshold: Threshold,
        own: Mapping[str, FactValue],
        above: Mapping[str, NodeRow],
    ) -> Iterable[Aim]:
        """Yield the aim of a threshold that is meant for a unit."""
        if not threshold.of:
            yield Aim(threshold, tuple(_plain(f) for f in threshold.figures))
            return
        wholes: dict[str, int] = {}
        meant, unknown = [], list[str]()
        for other in (self._others[name] for name in threshold.of):
            fits = self._fits(other, own, above)
            if fits:
                unknown += fits
            elif fits is not None:
                meant.append(other)
                wholes.update({f.fact: f.at_least or 0 for f in other.figures})
        if any(other.unconfirmed for other in meant):
            titles = sorted(f'"{o.title}"' for o in meant if o.unconfirmed)
            yield Aim(threshold, (), (f"the figures of {' and '.join(titles)}",))
            return
        targets = tuple(
            Target(figure, wholes[figure.fact], figure.percent)
            if figure.percent is not None
            else _plain(figure)
            for figure in threshold.figures
            if figure.percent is None or figure.fact in wholes
        )
        if len(targets) == len(threshold.figures):
            yield Aim(threshold, targets)
        elif unknown:
            yield Aim(threshold, (), tuple(dict.fromkeys(unknown)))

    def _fits(
        self,
        threshold: Threshold,
        own: Mapping[str, FactValue],
        above: Mapping[str, NodeRow],
    ) -> Sequence[str] | None:
        """Say what is unknown of whether a threshold is meant; None where it isn't."""
        unknown = _unlike(threshold.where, own)
        if unknown is None:
            return None
        found = list(unknown)
        for kind, where in threshold.above.items():
            row = above.get(kind)
            unknown = _unlike(where, row.facts if row else NO_FACTS)
            if unknown is None:
                return None
            label = self.view.pack.nodes[kind].label
            of = self.view.shown(row.id) if row else f"its {label}"
            found += [f"{name} of {of}" for name in unknown]
        return found


def _unlike(where: Where, facts: Mapping[str, FactValue]) -> Sequence[str] | None:
    """Return the facts that are unknown; None where one is another than wanted."""
    unknown = []
    for name, wanted in where.items():
        value = facts.get(name)
        if value is None:
            unknown.append(name)
        elif value not in (wanted if isinstance(wanted, tuple) else (wanted,)):
            return None
    return unknown


def _plain(figure: Figure) -> Target:
    """Return the target of a figure that is a number."""
    return Target(figure, figure.at_least or 0, 100)
