"""A place is served by no more groups than the pack allows: by one."""

from collections.abc import Collection, Iterator
from itertools import chain

from ..draft import View
from ..draft.own_bodies import own_bodies
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from ..pack import Places
from .base import Bearing, Reach, Rule
from .census import Census
from .led_places import led_places
from .limiting import Size, judged, limits_of, of_limit

SEVERAL = Code(
    code="SERVED01",
    meaning="Several groups serve one place.",
    hint=(
        "Let one of them take the others in: join_cells with host: and the place, and "
        "whatever else the others serve."
    ),
    severity="warning",
    structural=False,
)


class OneCell(Rule):
    """A village is served by one cell, or cells of one section or its own committee."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the places that change, or of which what serves them does.

        So it does where a cell comes into a section or leaves one, and with what a body
        leads besides it.
        """
        places, covers = view.pack.questions.places, view.pack.questions.covers
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or places is None or covers is None:
            return
        found = {*reach.borne([places.place], into=[covers])}
        if reach.bearing is not None:
            found |= _divided(view, reach.bearing, places, covers)
        view.need_edges(found, [covers], IN)
        serving = {place: view.live_edges(place, covers, IN) for place in sorted(found)}
        serving = {place: rows for place, rows in serving.items() if len(rows) > 1}
        if not serving:
            return
        bodies = own_bodies(view, chain.from_iterable(serving.values()))
        view.need_ancestors(r.source for rows in serving.values() for r in rows)
        for place, rows in serving.items():
            some = sorted({row.source for row in rows})
            groups = [n for n in some if view.kind(n) == places.group]
            own = bodies.get(place, ())
            size = Size(len({_whole(view, group, own) for group in groups}), 0)
            for limit in limits:
                if judged(limit, size) != "well":
                    message = say(
                        "{place} is served by {groups}; {limit} wants {bounds}.",
                        place=view.shown(place),
                        groups=list(map(view.shown, groups)),
                        limit=limit.title,
                        bounds=limit.bounds,
                    )
                    yield of_limit(SEVERAL, limit, place, message, size)

    def where(self, census: Census) -> Iterator[str]:
        """Look at what several units cover."""
        covers = census.pack.questions.covers
        return census.crowded([covers] if covers else [], IN)


def _divided(view: View, bearing: Bearing, places: Places, covers: str) -> set[str]:
    """Return the places of which it may be another whether several groups divide them.

    What serves them comes into a section or leaves one, or a body that leads them has
    other groups below it.
    """
    moved = _regrouped(bearing, places.group)
    view.need_edges(moved, [covers], OUT)
    ground = {r.target for group in moved for r in view.live_edges(group, covers, OUT)}
    ground |= led_places(bearing)
    view.need_nodes(ground)
    return {n for n in ground if view.kind_or_none(n) == places.place}


def _regrouped(bearing: Bearing, group: str) -> set[str]:
    """Return what a plan brings under a section, or takes from under one."""
    known = bearing.memo.get(_regrouped)
    if known is None:
        pack, sides = bearing.base.pack, (bearing.base, bearing.result)
        section = pack.people.section if pack.people else None
        keys = bearing.keys.get(pack.parent_edge(group) or "", ()) if section else ()
        units = {key[2] for key in keys}
        sections = {n for n in units if section in {v.kind_or_none(n) for v in sides}}
        known = {key[1] for key in keys if key[2] in sections}
        bearing.memo[_regrouped] = known
    return known


def _whole(view: View, group: str, own: Collection[str]) -> str:
    """Return what divides a place by a group: its section, a body of its own, or it."""
    section = view.pack.people.section if view.pack.people else None
    near = view.parent(group)
    if whole := [up for up in view.ancestors(group) if up in own]:
        return whole[-1]
    return near.target if near and view.kind(near.target) == section else group
