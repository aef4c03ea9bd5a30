"""Which thresholds are meant for units that are alike, and what they come to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..language import both, laid, say
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


class Alike(NamedTuple):
    """Living units of one kind that no threshold tells apart.

    They are below the same unit, `above`, and have the same facts of those that matter;
    one that is below nothing is by itself, and `above` it is the unit.
    """

    above: str
    rows: list[NodeRow]


def alike(view: View, nodes: Sequence[str]) -> list[Alike]:
    """Group units of one kind; several rules that ask of the same have one answer."""
    place = ("alike", id(nodes))
    known = view.memo.get(place)
    if isinstance(known, tuple) and known[0] is nodes:
        groups: list[Alike] = known[1]
        return groups
    names = view.pack.telling
    found: dict[tuple[object, ...], Alike] = {}
    for node in nodes:
        row = view.node(node)
        if row is not None:
            parent = view.parent(node)
            above = parent.target if parent else node
            key = (above, *map(row.facts.get, names))
            if key not in found:
                found[key] = Alike(above, [])
            found[key].rows.append(row)
    groups = list(found.values())
    view.memo[place] = (nodes, groups)
    return groups


class Classing:
    """Finds what is wanted of units that are alike."""

    def __init__(self, view: View, thresholds: Iterable[Threshold]) -> None:
        """Take the thresholds of one rule that are in force on the view's day."""
        self.view = view
        self.by_kind: dict[str, list[Threshold]] = {}
        for threshold in thresholds:
            self.by_kind.setdefault(threshold.kind, []).append(threshold)
        self._others = view.pack.threshold_by_id
        self._named: dict[tuple[str, str, str | None], str] = {}

        self.looks_up = {kind for kind in self.by_kind if self._looks_up(kind)}
        """The kinds of units for which facts of those above them matter."""

    def _looks_up(self, kind: str) -> bool:
        every = [
            one for t in self.by_kind[kind] for one in (t, *map(self._others.get, t.of))
        ]
        return any(one.above for one in every if one)

    def wanted(self, kind: str, facts: Mapping[str, FactValue], unit: str) -> Wanted:
        """Return what the thresholds want of a unit, in the order of the pack."""
        aims = list(self._aims(kind, facts, unit))
        unknown: dict[str, Threshold] = {}
        for aim in aims:
            for name in aim.unknown:
                unknown.setdefault(name, aim.threshold)
        return Wanted(tuple(aim for aim in aims if aim.targets), unknown)

    def _aims(
        self, kind: str, own: Mapping[str, FactValue], unit: str
    ) -> Iterable[Aim]:
        above: dict[str, NodeRow] = {}
        for node in self.view.ancestors(unit) if kind in self.looks_up else ():
            version = self.view.node(node)
            if version is not None:
                above.setdefault(version.kind, version)
        for threshold in self.by_kind[kind]:
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
            titles = sorted(
                laid('"{title}"', title=o.title) for o in meant if o.unconfirmed
            )
            yield Aim(
                threshold,
                (),
                (say("the figures of {titles}", titles=both(titles)),),
            )
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
            if unknown:
                found += [self._of(name, kind, row) for name in unknown]
        return found

    def _of(self, name: str, kind: str, row: NodeRow | None) -> str:
        """Name an unknown fact of a unit of a kind that others are below."""
        asked = (name, kind, row.id if row else None)
        if asked not in self._named:
            label = self.view.pack.nodes[kind].label
            of = self.view.shown(row.id) if row else say("its {label}", label=label)
            self._named[asked] = say("{name} of {of}", name=say(name), of=of)
        return self._named[asked]


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
