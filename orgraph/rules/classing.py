"""Which thresholds are meant for units that are alike, and what they come to."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..draft import View
from ..language import both, laid, say
from ..model import FactValue, NodeRow
from ..pack import Figure, Pack, Threshold
from ..pack.asked import Where

NO_FACTS: Mapping[str, FactValue] = {}
ANOTHER = "\0"
"""A value that is none of those that a pack names: no fact has it."""


class Target(NamedTuple):
    """A figure to reach: `percent` of `whole`."""

    figure: Figure
    whole: int
    percent: int


class Unknown(NamedTuple):
    """What isn't known: as a reader is told it, and as it is told apart."""

    shown: str
    key: str


class Aim(NamedTuple):
    """What a threshold wants of a unit; without targets, what is unknown of that."""

    threshold: Threshold
    targets: tuple[Target, ...]
    unknown: tuple[Unknown, ...] = ()


Place = tuple[str, str]
"""Whose fact, and which: a kind that units are below, "" for a unit itself."""
Near = Mapping[str, Mapping[str, FactValue]]
"""The facts of a unit, under "", and of what it is below, by kind."""


class Undecided(NamedTuple):
    """A threshold of which these facts would tell whether and how it is meant."""

    threshold: Threshold
    places: tuple[Place, ...]


Known = tuple[FactValue, ...]
"""All that is known of units of what thresholds ask about, in the order of `Asked`."""


class Wanted(NamedTuple):
    """What is wanted of units alike for certain, and what may be wanted besides.

    `unknown` are the facts that would tell whether the `undecided` are meant, for units
    of which all that is known is `near`; `known` is what of that is asked about.
    """

    aims: tuple[Aim, ...]
    unknown: Mapping[Unknown, Threshold]
    undecided: tuple[Threshold, ...]
    near: Near
    known: Known


class Meant(NamedTuple):
    """What thresholds come to for all units of which as much is known.

    `places` are the facts that would tell whether the `undecided` are meant, each with
    the first of these.
    """

    aims: tuple[Aim, ...]
    undecided: tuple[Threshold, ...]
    places: Mapping[Place, Threshold]


class Asked(NamedTuple):
    """The thresholds of one kind: their ids, and the facts that tell which are meant.

    `looks_up` is whether facts of what is above matter; `meant` grows.
    """

    ids: tuple[str, ...]
    places: tuple[Place, ...]
    looks_up: bool
    meant: dict[Known, Meant]


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


def asking(pack: Pack, threshold: Threshold) -> Iterator[Threshold]:
    """Yield a threshold, and those of which it is so many percent."""
    yield threshold
    for name in threshold.of:
        yield pack.threshold_by_id[name]


def asked_of(pack: Pack, thresholds: Sequence[Threshold]) -> Asked:
    """Return what is asked of a kind; it follows from the pack, which keeps it."""
    kept: dict[object, Asked] = pack.memo(Asked)
    ids = tuple(threshold.id for threshold in thresholds)
    if ids not in kept:
        some = [one for threshold in thresholds for one in asking(pack, threshold)]
        places = {
            (above, name)
            for one in some
            for above, where in (("", one.where), *one.above.items())
            for name in where
        }
        looks_up = any(one.above for one in some)
        kept[ids] = Asked(ids, tuple(sorted(places)), looks_up, {})
    return kept[ids]


def by_kind(thresholds: Iterable[Threshold]) -> dict[str, list[Threshold]]:
    """Return thresholds by the kind that they are about."""
    found: dict[str, list[Threshold]] = {}
    for threshold in thresholds:
        found.setdefault(threshold.kind, []).append(threshold)
    return found


class Classing:
    """Finds what is wanted of units that are alike."""

    def __init__(self, view: View, thresholds: Iterable[Threshold]) -> None:
        """Take the thresholds of one rule that are in force on the view's day."""
        self.view = view
        self.by_kind = by_kind(thresholds)
        self._others = view.pack.threshold_by_id
        self._named: dict[tuple[str, str, str | None], Unknown] = {}
        self.asked = {k: asked_of(view.pack, some) for k, some in self.by_kind.items()}

    def wanted(self, kind: str, facts: Mapping[str, FactValue], unit: str) -> Wanted:
        """Return what the thresholds want of a unit, in the order of the pack."""
        asked = self.asked[kind]
        near: dict[str, Mapping[str, FactValue]] = {"": facts}
        rows: dict[str, NodeRow] = {}
        for node in self.view.ancestors(unit) if asked.looks_up else ():
            version = self.view.node(node)
            if version is not None and version.kind not in rows:
                rows[version.kind] = version
                near[version.kind] = version.facts
        known = tuple(
            near[above].get(name) if above in near else ANOTHER
            for above, name in asked.places
        )
        if known not in asked.meant:
            asked.meant[known] = self._meant(kind, near)
        aims, undecided, places = asked.meant[known]
        unknown = {
            self._unknown(above, name, rows.get(above)): threshold
            for (above, name), threshold in places.items()
        }
        return Wanted(aims, unknown, undecided, near, known)

    def _meant(self, kind: str, near: Near) -> Meant:
        found = [aim for t in self.by_kind[kind] if (aim := self.aim(t, near))]
        undecided = [one for one in found if isinstance(one, Undecided)]
        places: dict[Place, Threshold] = {}
        for one in undecided:
            for place in one.places:
                places.setdefault(place, one.threshold)
        return Meant(
            tuple(aim for aim in found if isinstance(aim, Aim)),
            tuple(one.threshold for one in undecided),
            places,
        )

    def aim(self, threshold: Threshold, near: Near) -> Aim | Undecided | None:
        """Return what a threshold wants of a unit; None where it isn't meant for it."""
        fits = _fits(threshold, near)
        if fits is None:
            return None
        if fits:
            return Undecided(threshold, tuple(fits))
        if not threshold.of:
            return Aim(threshold, tuple(_plain(f) for f in threshold.figures))
        wholes: dict[str, int] = {}
        meant, unknown = [], list[Place]()
        for other in (self._others[name] for name in threshold.of):
            fits = _fits(other, near)
            if fits:
                unknown += fits
            elif fits is not None:
                meant.append(other)
                wholes.update({f.fact: f.at_least or 0 for f in other.figures})
        if any(other.unconfirmed for other in meant):
            return Aim(threshold, (), (_unread(o for o in meant if o.unconfirmed),))
        targets = tuple(
            Target(figure, wholes[figure.fact], figure.percent)
            if figure.percent is not None
            else _plain(figure)
            for figure in threshold.figures
            if figure.percent is None or figure.fact in wholes
        )
        if len(targets) == len(threshold.figures):
            return Aim(threshold, targets)
        return Undecided(threshold, tuple(dict.fromkeys(unknown))) if unknown else None

    def _unknown(self, kind: str, name: str, row: NodeRow | None) -> Unknown:
        """Name an unknown fact of a unit, or of one of a kind that it is below."""
        asked = (name, kind, row.id if row else None)
        if asked not in self._named:
            if not kind:
                self._named[asked] = Unknown(say(name), name)
            else:
                label = self.view.pack.nodes[kind].label
                of = self.view.shown(row.id) if row else say("its {label}", label=label)
                shown = say("{name} of {of}", name=say(name), of=of)
                self._named[asked] = Unknown(shown, f"{kind}.{name}")
        return self._named[asked]


def _unread(thresholds: Iterable[Threshold]) -> Unknown:
    """Name figures of which the text wasn't read."""
    some = sorted(thresholds, key=lambda threshold: threshold.title)
    titles = [laid('"{title}"', title=threshold.title) for threshold in some]
    return Unknown(
        say("the figures of {titles}", titles=both(titles)),
        "/".join(threshold.id for threshold in some),
    )


def _fits(threshold: Threshold, near: Near) -> list[Place] | None:
    """Say what is unknown of whether a threshold is meant; None where it isn't."""
    unknown = _unlike(threshold.where, near[""])
    if unknown is None:
        return None
    found = [("", name) for name in unknown]
    for kind, where in threshold.above.items():
        unknown = _unlike(where, near.get(kind, NO_FACTS))
        if unknown is None:
            return None
        found += [(kind, name) for name in unknown]
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
