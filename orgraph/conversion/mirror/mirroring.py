"""What all tables of a draft share: the organisation on the day, and its tiers."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from ...draft import Reader, Snapshot, View
from ...draft.cases import ending_cases
from ...pack import Mirror
from ..yaml_text import Ref, Step
from .dependents import ASK
from .goings import bodies_of, mirror_of, need_bodies
from .party import tier_step

_Alike = tuple[str, tuple[tuple[str, Any], ...], Ref | None]
"""A kind of body, the facts that tell it, and within what it ends."""


class Mirroring:
    """The store as it is on the effective day, before the draft.

    `abolish` is the kind of tier that ends, `now` how bodies are named that took the
    place of others.
    """

    def __init__(self, reader: Reader, day: date, abolish: str | None = None) -> None:
        """Read nothing yet."""
        self.view: View = Snapshot(reader, day)
        self.abolish = abolish
        self.now: dict[str, Ref] = {}

    def above(self, unit: str) -> str | None:
        """Return the unit that is directly above one when the tier has ended."""
        view = self.view
        above = (n for n in view.ancestors(unit) if view.kind(n) != self.abolish)
        return next(above, None)

    def parent_for(self, kind: str, above: str | None) -> Ref | None:
        """Return the body that one of a kind comes under whose unit is below another.

        None where there isn't exactly one.
        """
        view = self.view
        edge = view.pack.parent_edge(kind)
        if above is None or edge is None:
            return None
        need_bodies(view, [above])
        bodies = [
            body
            for body in bodies_of(view, above)
            if view.pack.may_join(edge, kind, view.kind(body))
        ]
        return self.now.get(bodies[0], Ref(bodies[0])) if len(bodies) == 1 else None

    def tier(self, units: Iterable[str]) -> list[Step]:
        """Return the steps that end the bodies of the tier's units, by their facts.

        `units` are some that are below the tier; it ends in the units above it.
        """
        view = self.view
        mirror = mirror_of(view.pack, self.abolish or "")
        if mirror is None or not all(view.pack.nodes[k].tier for k in mirror.bodies):
            return []
        tops = sorted({top for unit in units if (top := self.above(unit)) is not None})
        tier = [row.id for row in view.of_kind(mirror.unit)]
        view.need_ancestors(tier)
        need_bodies(view, [*tier, *tops])
        alike: defaultdict[_Alike, set[str]] = defaultdict(set)
        for top in tops:
            ending = [unit for unit in tier if top in view.ancestors(unit)]
            bodies = {body for unit in ending for body in bodies_of(view, unit)}
            told = sorted((self._told(mirror, body, top), body) for body in bodies)
            for those, body in told:
                alike[those].add(body)
        return [
            tier_step(kind, dict(where), within, self._asked(sorted(bodies)))
            for (kind, where, within), bodies in alike.items()
        ]

    def _told(self, mirror: Mirror, body: str, top: str) -> _Alike:
        """Return what tells a body of the tier in a step, which ends all that are so.

        Bodies of several units above are told alike once these have become one.
        """
        kind, row = self.view.kind(body), self.view.node(body)
        facts = row.facts if row else {}
        where = tuple((name, facts[name]) for name in sorted(mirror.where))
        return kind, where, self.parent_for(kind, top)

    def _asked(self, bodies: list[str]) -> list[str]:
        """Return the kinds of what is below bodies of which the pack asks."""
        view = self.view
        cases = [*ending_cases(view, "tier_abolished", bodies, ())]
        view.need_nodes(case.dependent for case in cases)
        return sorted(
            {
                view.kind(case.dependent)
                for case in cases
                if view.node(case.dependent) is not None
                and case.row.since <= view.day
                and case.fate(view) == ASK
            }
        )
