"""Who comes to lead a place isn't a native of it."""

from collections.abc import Collection, Iterator
from itertools import chain

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from .base import Reach, Rule
from .census import Census
from .limiting import of_limit
from .rotating import meant_takings, turning

NATIVE = Code(
    code="NATIVE01",
    meaning="A person is to lead the place that they are a native of.",
    structural=False,
)
NOT_KNOWN = Code(
    code="NATIVE02",
    meaning="Whether somebody who is to lead a place is a native of it isn't recorded.",
    severity="info",
    structural=False,
)


class NotNative(Rule):
    """Who takes the post of a head isn't a native of the place that it is for."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post on the day, wherever they were before."""
        people, covers = view.pack.people, view.pack.questions.covers
        if people is None or people.native is None or covers is None:
            return
        found = [
            (taking, limits)
            for taking, limits, _ in meant_takings(view, reach, self.name())
            if not taking.held
        ]
        view.need_edges({taking.person for taking, _ in found}, [people.native], OUT)
        led = _Led(view, people.native, covers)
        places = led.places({taking.new.unit for taking, _ in found})
        by = {t.person: _born(view, t.person, people.native) for t, _ in found}
        # All at once, so that of each no more is read.
        _above(view, {place for born in by.values() for place in born})
        view.need_ancestors({place for some in places.values() for place in some})
        for taking, limits in found:
            born, here = by[taking.person], places[taking.new.unit]
            homes = sorted(here & _above(view, born))
            wide = _wide(view, born, here)
            for limit in limits:
                if homes:
                    message = say(
                        "{person} is to hold "
                        "{target} and is a native of "
                        "{homes}; {limit} wants none.",
                        person=view.shown(taking.person),
                        target=view.shown(taking.row.target),
                        homes=view.shown(homes[0]),
                        limit=limit.title,
                    )
                    yield of_limit(NATIVE, limit, taking.person, message)
                elif here and not born:
                    message = say(
                        "Where {person} is a native of isn't "
                        "recorded; {limit} wants no native.",
                        person=view.shown(taking.person),
                        limit=limit.title,
                    )
                    yield of_limit(NOT_KNOWN, limit, taking.person, message)
                elif wide:
                    home, place = wide
                    message = say(
                        "{person} is a native of {home}, and whether of {place} in "
                        "it isn't recorded; {limit} wants no native.",
                        person=view.shown(taking.person),
                        home=view.shown(home),
                        place=view.shown(place),
                        limit=limit.title,
                    )
                    yield of_limit(NOT_KNOWN, limit, taking.person, message)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


class _Led:
    """Finds the places that units are for: such as somebody may be a native of."""

    def __init__(self, view: View, native: str, covers: str) -> None:
        self.view, self.edge = view, covers
        edges = view.pack.edges
        self.homes = frozenset(chain.from_iterable(edges[native].ends.values()))
        self.covering = frozenset(edges[covers].ends)

    def places(self, units: Collection[str]) -> dict[str, set[str]]:
        """Return the places of units: themselves, what they cover, or are below.

        A body that can cover nothing serves what it is below.
        """
        view = self.view
        view.need_ancestors(unit for unit in units if not self._tells(unit))
        telling = {unit: self._telling(unit) for unit in sorted(units)}
        covering = {one for one in telling.values() if one and self._covers(one)}
        view.need_edges(covering, [self.edge], OUT)
        rows = {one: view.live_edges(one, self.edge, OUT) for one in covering}
        view.need_nodes({row.target for some in rows.values() for row in some})
        found: dict[str, set[str]] = {}
        for unit, one in telling.items():
            near = {row.target for row in rows[one]} if one in rows else {one or ""}
            found[unit] = {n for n in near if n and view.kind(n) in self.homes}
        return found

    def _covers(self, node: str) -> bool:
        kind = self.view.kind(node)
        return kind in self.covering and kind not in self.homes

    def _tells(self, node: str) -> bool:
        return self.view.kind(node) in self.homes | self.covering

    def _telling(self, unit: str) -> str | None:
        """Return the unit, or the nearest above it, that tells which place is meant."""
        above = chain([unit], self.view.ancestors(unit))
        return next((node for node in above if self._tells(node)), None)


def _born(view: View, person: str, native: str) -> set[str]:
    return {row.target for row in view.edges(person, native, OUT)}


def _wide(
    view: View, born: Collection[str], here: Collection[str]
) -> tuple[str, str] | None:
    """Return a birthplace that is known no closer than a place in it, and that place.

    What took the place of one that ended stands for it.
    """
    closest = [n for n in sorted(born) if n not in _above(view, set(born) - {n})]
    since = [_reached(view, [home], up=False) for home in closest]
    for place in sorted(here):
        around = set(view.ancestors(place))
        for homes in since:
            if wide := around & homes:
                return min(wide), place
    return None


def _above(view: View, places: Collection[str]) -> set[str]:
    """Return places with what they are part of, and what took their place since."""
    return _reached(view, places, up=True)


def _reached(view: View, places: Collection[str], *, up: bool) -> set[str]:
    """Return places with what took their place since, and, `up`, what they are part of.

    What lives on is left by nobody, though a part of it went to another.
    """
    lineage = view.pack.lineage
    found, frontier = set[str](), set(places)
    while frontier:
        found |= frontier
        if up:
            view.need_parents(frontier)
        view.need_edges(frontier, [lineage], OUT)
        parents = {row.target for n in frontier if up and (row := view.parent(n))}
        ended = [n for n in frontier if view.node(n) is None]
        later = {row.target for n in ended for row in view.edges(n, lineage, OUT)}
        frontier = (parents | later) - found
    return found
