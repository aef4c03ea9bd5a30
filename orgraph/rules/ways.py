"""All that thresholds may come to for units of which a fact that would tell is unknown.

Nothing is guessed: each value that an unknown fact can have is looked at, and a unit
that misses what is wanted in each case misses it, whichever it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from ..model import FactValue
from ..pack import Threshold
from .classing import (
    ANOTHER,
    NO_FACTS,
    Aim,
    Classing,
    Near,
    Place,
    Undecided,
    Wanted,
    asking,
)

MOST_WAYS = 1_000
"""Of units that may be in more cases than so many it can't be told."""

Key = tuple[str, tuple[str, ...]]


class Part(NamedTuple):
    """What would have to be reached: one figure, or any of several.

    `key` is alike for what takes the place of another in another case: the facts, with
    the threshold if it is meant in every case.
    """

    key: Key
    aim: Aim


class Ways(NamedTuple):
    """The cases, each with all that would have to be reached.

    Who has as many hundredths of each figure as are `enough`, by fact and what is
    counted without it, reaches all in each case; None where nobody can tell.
    """

    cases: tuple[tuple[Part, ...], ...] = ()
    enough: Mapping[tuple[str, str | None], int] | None = None


class WaysOut:
    """Finds the cases in which units may be, once for all of whom as much is known."""

    def __init__(self, classing: Classing) -> None:
        """Take the thresholds that may be meant."""
        self.classing = classing
        self._known: dict[object, Ways] = classing.view.pack.memo(WaysOut)

    def of(self, kind: str, wanted: Wanted) -> Ways:
        """Return the cases; none where nothing is undecided, or where they are many."""
        if not wanted.undecided:
            return Ways()
        known = (self.classing.asked[kind].ids, wanted.known)
        if known not in self._known:
            near = wanted.near
            ways = self._ways(kind, wanted.undecided, near, frozenset(near))
            found = list(islice(ways, MOST_WAYS + 1))
            self._known[known] = Ways() if len(found) > MOST_WAYS else _parted(found)
        return self._known[known]

    def _ways(
        self,
        kind: str,
        thresholds: Sequence[Threshold],
        near: Near,
        there: frozenset[str],
    ) -> Iterator[tuple[Aim, ...]]:
        """Yield what is wanted in each case, one unknown fact after the other.

        `there` are the kinds of what is known to be.
        """
        found = [aim for t in thresholds if (aim := self.classing.aim(t, near))]
        aims = tuple(aim for aim in found if isinstance(aim, Aim))
        undecided = [one for one in found if isinstance(one, Undecided)]
        if not undecided:
            yield aims
            return
        above, name = place = undecided[0].places[0]
        again = [one.threshold for one in undecided]
        for value in self._values(kind, place, is_there=above in there):
            facts = {**near.get(above, NO_FACTS), name: value}
            for way in self._ways(kind, again, {**near, above: facts}, there):
                yield (*aims, *way)

    def _values(
        self, kind: str, place: Place, *, is_there: bool
    ) -> Iterable[FactValue]:
        """Return the values that an unknown fact can have.

        What isn't closed has those that are asked about, and another; so has a fact of
        what nothing is known to be.
        """
        above, name = place
        pack = self.classing.view.pack
        fact = pack.facts[name]
        closed: Sequence[FactValue] = (
            pack.nodes[above or kind].types if name == "type" else fact.values
        )
        if fact.type == "boolean":
            closed = (True, False)
        if closed and is_there:
            return closed
        asked: dict[FactValue, None] = {}
        for threshold in self.classing.by_kind[kind]:
            for one in asking(self.classing.view.pack, threshold):
                where = one.above.get(above, {}) if above else one.where
                if name in where:
                    value = where[name]
                    some = value if isinstance(value, tuple) else (value,)
                    asked.update(dict.fromkeys(some))
        return (*asked, ANOTHER)


def _parted(found: Sequence[tuple[Aim, ...]]) -> Ways:
    """Return the cases that differ, in parts."""
    always = set.intersection(*({aim.threshold.id for aim in way} for way in found))
    ways: dict[frozenset[object], tuple[Part, ...]] = {}
    for way in found:
        parts = [part for aim in way for part in _parts(aim, always)]
        alike = tuple((*part.key, _told(part.aim)) for part in parts)
        ways.setdefault(frozenset(alike), tuple(parts))
    cases = tuple(ways.values())
    return Ways(cases, _enough(part.aim for case in cases for part in case))


def _enough(aims: Iterable[Aim]) -> dict[tuple[str, str | None], int] | None:
    most: dict[tuple[str, str | None], int] = {}
    for aim in aims:
        if aim.unknown:
            return None
        for target in aim.targets:
            figure = (target.figure.fact, target.figure.count)
            most[figure] = max(most.get(figure, 0), target.whole * target.percent)
    return most


def _parts(aim: Aim, always: set[str]) -> Iterator[Part]:
    threshold = aim.threshold
    place = threshold.id if threshold.id in always else ""
    facts = tuple(figure.fact for figure in threshold.figures)
    if threshold.any_of:
        yield Part((place, tuple(sorted(facts))), aim)
    elif not aim.targets:
        yield from (Part((place, (fact,)), aim) for fact in facts)
    for target in () if threshold.any_of else aim.targets:
        key = (place, (target.figure.fact,))
        yield Part(key, Aim(threshold, (target,)))


def _told(aim: Aim) -> tuple[object, ...]:
    """Return what tells an aim from others."""
    wholes = tuple((target.whole, target.percent) for target in aim.targets)
    return (aim.threshold.id, wholes, aim.unknown)
