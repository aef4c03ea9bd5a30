"""A place is served by no more groups than the pack allows: by one."""

from collections.abc import Iterator

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from ..pack import Places
from .base import Bearing, Reach, Rule
from .census import Census
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
    """A village is served by one cell, or by cells of one sectional committee."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at the places that change, or of which what serves them does.

        So it does where a cell comes into a section or leaves one.
        """
        places, covers = view.pack.questions.places, view.pack.questions.covers
        limits = limits_of(view.pack, view.day, self.name())
        if not limits or places is None or covers is None:
            return
        found = {
            *reach.borne([places.place], into=[covers]),
            *_redivided(view, reach, places, covers),
        }
        view.need_edges(found, [covers], IN)
        serving = {
            place: sorted({row.source for row in view.live_edges(place, covers, IN)})
            for place in sorted(found)
        }
        serving = {place: some for place, some in serving.items() if len(some) > 1}
        view.need_nodes({node for some in serving.values() for node in some})
        for place, some in serving.items():
            groups = [
                node
                for node in some
                if (row := view.node(node)) and row.kind == places.group
            ]
            size = Size(len(_apart(view, groups)), 0)
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


def _redivided(view: View, reach: Reach, places: Places, covers: str) -> Iterator[str]:
    """Yield the places of which what serves them comes into a section or leaves one."""
    moved = _regrouped(reach.bearing, places.group) if reach.bearing else ()
    if not moved:
        return
    view.need_edges(moved, [covers], OUT)
    ground = {r.target for group in moved for r in view.live_edges(group, covers, OUT)}
    view.need_nodes(ground)
    yield from (node for node in ground if view.kind(node) == places.place)


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


def _apart(view: View, groups: list[str]) -> set[str]:
    """Return the groups, those of one section as that: it divides a place itself."""
    section = view.pack.people.section if view.pack.people else None
    view.need_parents(groups)
    above = {group: row.target for group in groups if (row := view.parent(group))}
    view.need_nodes(above.values())
    return {
        up if (up := above.get(group, group)) and view.kind(up) == section else group
        for group in groups
    }
