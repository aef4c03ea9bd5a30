"""An organisation has the form that its number of members asks for."""

from collections.abc import Iterator, Sequence

from ..draft import View
from ..findings import Code, Finding
from ..pack import Limit
from .base import Reach, Rule
from .census import Census
from .limiting import (
    Size,
    breach,
    is_for_node,
    judged,
    limits_of,
    living_of,
)
from .peopled import first_peopled
from .undecided import Loss, excused, groups_below, lost_undecided

WRONG_FORM = Code(
    code="FORM01",
    meaning="An organisation has too few or too many members for what it is.",
    structural=False,
)


class OrganisationForm(Rule):
    """A grassroots organisation is a cell or a committee by how many members it has."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Compare the counts below the organisations that gain or lose anybody.

        One below which nobody is recorded isn't judged, unless somebody once was.
        """
        limits = limits_of(view.pack, view.day, self.name())
        people = view.pack.people
        if not limits or people is None:
            return
        meant = self._organisations(view, reach, limits)
        key = f"count:{people.person}"
        below = view.below(list(meant))
        numbers = {node: counts.get(key, 0) for node, counts in below.items()}
        emptied = first_peopled(view, [n for n in meant if not numbers[n]])
        for node, number in numbers.items():
            size = Size(number, 0)
            for limit in meant[node] if number or node in emptied else ():
                verdict = judged(limit, size)
                if verdict != "well":
                    has = view.pack.nodes[people.person].counted(number)
                    few = verdict == "few"
                    lost = _lost(view, reach, limit, node) if few else Loss()
                    told = lost.without(size)
                    found = breach(WRONG_FORM, view, limit, node, has, size=told)
                    yield excused(found, limit, size, lost)

    def _organisations(
        self, view: View, reach: Reach, limits: Sequence[Limit]
    ) -> dict[str, list[Limit]]:
        """Return the living organisations that limits are meant for, with these."""
        pack = view.pack
        kinds = {limit.kind for limit in limits}
        parents = sorted({edge for kind in kinds if (edge := pack.parent_edge(kind))})
        found = set(reach.borne(kinds, out=parents))
        if reach.bearing is not None and pack.questions.places is not None:
            keys = reach.bearing.keys
            changed = {*parents, pack.questions.places.member} & keys.keys()
            near = {key[2] for edge in changed for key in keys[edge]}
            found |= view.need_ancestors(near)
        view.need_nodes(found)
        # Whether one is meant is the same for all of a kind below one unit, and of the
        # cells that a merger moves hardly any is.
        known: dict[tuple[str, str | None], list[Limit]] = {}
        meant = {}
        for node in found:
            row = view.node(node)
            if row is None or row.kind not in kinds:
                continue
            parent = view.parent(node)
            place = (row.kind, parent.target if parent else None)
            if place not in known:
                known[place] = [o for o in limits if is_for_node(view, o, node)]
            if known[place]:
                meant[node] = known[place]
        return dict(sorted(meant.items()))

    def where(self, census: Census) -> Iterator[str]:
        """Look at the living organisations of the kinds that have limits."""
        return living_of(census, self.name())


def _lost(view: View, reach: Reach, limit: Limit, node: str) -> Loss:
    """Return whom the groups that are now below an organisation lost undecided.

    Nobody is read for a plan by which nobody comes or goes.
    """
    places, bearing = view.pack.questions.places, reach.bearing
    if places is None or (bearing is not None and places.member not in bearing.keys):
        return Loss()
    groups = {node: groups_below(view, [node])}
    return lost_undecided(view, groups, limit, [places.member], None).get(node, Loss())
