"""Who comes to lead a place isn't a native of it."""

from collections.abc import Collection, Iterator, Sequence
from functools import partial
from itertools import chain, islice

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from ..pack import Limit
from .base import Reach, Rule
from .birthplaces import Birthplace, Birthplaces
from .census import Census
from .limiting import of_limit
from .rotating import Taken, Taking, of_takings, turning

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
        judge = partial(_judged, people.native, covers)
        yield from of_takings(view, reach, self.name(), judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(
    native: str, covers: str, view: View, found: Sequence[Taken]
) -> Iterator[Finding]:
    view.need_edges({taking.person for taking, _ in found}, [native], OUT)
    led = _Led(view, native, covers)
    places = led.places({taking.new.unit for taking, _ in found})
    by = {taking.person: _born(view, taking.person, native) for taking, _ in found}
    # All at once, so that of each no more is read.
    homes = Birthplaces(view, set().union(*by.values()), led.homes)
    view.need_ancestors({place for some in places.values() for place in some})
    for taking, limits in found:
        here = sorted(places[taking.new.unit])
        born = [homes.of(place) for place in sorted(by[taking.person])]
        for limit in limits:
            yield from _said(view, limit, taking, here, born)


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


def _said(
    view: View,
    limit: Limit,
    taking: Taking,
    here: Sequence[str],
    born: Sequence[Birthplace],
) -> Iterator[Finding]:
    """Yield what is said of who comes to lead the places `here`, by where they lie."""
    person = view.shown(taking.person)
    home = next((p for p in here if any(p in one.sure for one in born)), None)
    if home is not None:
        message = say(
            "{person} is to hold "
            "{target} and is a native of "
            "{homes}; {limit} wants none.",
            person=person,
            target=view.shown(taking.row.target),
            homes=view.shown(home),
            limit=limit.title,
        )
        yield of_limit(NATIVE, limit, taking.person, message)
    elif here and not born:
        message = say(
            "Where {person} is a native of isn't recorded; {limit} wants no native.",
            person=person,
            limit=limit.title,
        )
        yield of_limit(NOT_KNOWN, limit, taking.person, message)
    else:
        for told in islice(_untold(view, limit, person, here, born), 1):
            yield of_limit(NOT_KNOWN, limit, taking.person, told)


def _untold(
    view: View,
    limit: Limit,
    person: str,
    here: Sequence[str],
    born: Sequence[Birthplace],
) -> Iterator[str]:
    """Yield why it can't be told whether somebody comes from the places `here`."""
    for place in here:
        around = set(view.ancestors(place))
        for home in _closest(born):
            said = {
                "person": person,
                "home": view.shown(home.node),
                "place": view.shown(place),
                "limit": limit.title,
            }
            if wide := around & home.heirs & home.sure:
                yield say(
                    "{person} is a native of {home}, and whether of {place} in "
                    "it isn't recorded; {limit} wants no native.",
                    **{**said, "home": view.shown(min(wide))},
                )
            elif place in home.possible or around & home.heirs:
                yield say(
                    "{person} is a native of {home}, which has ended, and whether "
                    "of what is {place} now isn't recorded; {limit} wants no native.",
                    **said,
                )
            elif home.lost:
                yield say(
                    "{person} is a native of {home}, which has ended, and what took "
                    "its place isn't recorded; {limit} wants no native.",
                    **said,
                )


def _closest(born: Sequence[Birthplace]) -> list[Birthplace]:
    """Return those birthplaces that no other tells more closely."""

    def tells(one: Birthplace, other: Birthplace) -> bool:
        return one.lies_in(other) and (one.node < other.node or not other.lies_in(one))

    return [p for p in born if not any(tells(o, p) for o in born if o is not p)]
