"""Brings what led units in place of bodies below the body of what they become.

A commune with few members has a cell and no committee. Where the new unit has a body,
such a cell comes below it; where it has none, nobody said what several become.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from ...findings import Code
from ...language import say
from ..components import Component
from ..edges import Key
from ..found import Found
from ..yaml_text import Ref, Step
from .becoming import Context
from .dependents import Decided
from .goings import Going, going_keys
from .party import Target

WITHOUT_PLACE = Code(
    code="DRAFT36",
    meaning="What led units in place of bodies has no place that the table tells, or "
    "can't lead all that they become, so nothing is drafted for it.",
    hint="Draft it by hand: join them into one, found the body and move them below, or "
    "found what leads each part.",
    severity="warning",
)


class Instead:
    """What becomes of all that led units of a component in place of bodies.

    `steps` move it, `found` says where that can't be told.
    """

    def __init__(self, context: Context, component: Component) -> None:
        """Take the names; nothing is decided yet."""
        self.context = context
        self.view = context.mirroring.view
        self.component = component
        self.steps: list[Step] = []
        self.found: list[Found] = []

    def decide(
        self,
        units: Sequence[Going],
        own: Decided,
        goings: Sequence[Going],
        targets: Mapping[Key, Target],
    ) -> None:
        """Decide by where the units and their bodies go."""
        formed = {key for going in goings for key in going.to}
        formed |= {key for key, target in targets.items() if target.living}
        coming = self._coming(units, own)
        of_key: defaultdict[Key, list[str]] = defaultdict(list)
        for node, keys in sorted(coming.items()):
            if len(keys) > 1:
                named = ", ".join(self._named(keys))
                shown = self.view.shown(node)
                message = say(
                    "{nodes} would lead several: {units}.", nodes=shown, units=named
                )
                self._say(node, message)
            elif keys:
                of_key[keys[0]].append(node)
        bodies = {going.node for going in goings}
        for key, nodes in sorted(of_key.items()):
            if key in formed:
                self._below(nodes, targets[key], bodies)
            elif len(nodes) > 1 and sum(key in (*u.to, u.stays) for u in units) > 1:
                self._unformed(nodes, key)
        self._left(
            units, {*formed, *of_key, *(k for ks in coming.values() for k in ks)}
        )

    def _coming(self, units: Sequence[Going], own: Decided) -> dict[str, Sequence[Key]]:
        """Return the new units that each comes to cover, as far as that is known."""
        found: defaultdict[str, dict[Key, None]] = defaultdict(dict)
        for old, unit in zip(self.component.olds, units, strict=True):
            for node in self.context.instead[old]:
                rows = [k for k in unit.to if node in own.parts.get((unit.node, k), ())]
                rest = [unit.stays] if unit.stays else []
                keys = (rows or rest) if unit.is_divided else [*unit.to, *rest]
                found[node].update(dict.fromkeys(keys))
        return {node: [*keys] for node, keys in found.items()}

    def _left(self, units: Sequence[Going], led: Collection[Key]) -> None:
        """Say which parts of divided units nothing would lead: what did leads one."""
        edges = self.component.edges
        with_bodies = {edge.new for edge in edges if self.context.bodies[edge.old]}
        for old, unit in zip(self.component.olds, units, strict=True):
            nodes = self.context.instead[old] if unit.is_divided else ()
            keys = [key for key in going_keys(unit) if key not in {*led, *with_bodies}]
            if nodes and keys:
                message = say(
                    "{nodes} leads one part at most, and no body is formed for "
                    "{units}.",
                    nodes=", ".join(map(self.view.shown, nodes)),
                    units=", ".join(self._named(keys)),
                )
                self._say(nodes[0], message)

    def _below(
        self, nodes: Sequence[str], target: Target, bodies: Collection[str]
    ) -> None:
        """Move them below the body, but for what follows one that it is formed of."""
        view, pack = self.view, self.view.pack
        view.need_ancestors(nodes)
        for node in nodes:
            kind = view.kind(node)
            edge = pack.parent_edge(kind)
            if not edge or not pack.may_join(edge, kind, target.becomes.kind):
                self._unformed([node], target.unit)
            elif not {*view.ancestors(node)} & {*bodies}:
                fields = {"unit": Ref(node), "to": target.ref}
                self.steps.append(Step("move_unit", fields, view.name(node)))

    def _unformed(self, nodes: Sequence[str], key: Key) -> None:
        """Say that something would lead a unit for which no body is formed."""
        message = say(
            "{units} would be led by {nodes}, and no body is formed for it.",
            units=", ".join(self._named([key])),
            nodes=", ".join(self.view.shown(node) for node in nodes),
        )
        self._say(nodes[0], message)

    def _named(self, keys: Sequence[Key]) -> list[str]:
        names = {edge.new: edge.line.new_name for edge in self.component.edges}
        return [names[key] for key in keys]

    def _say(self, node: str, message: str) -> None:
        place = self.component.first.line.place
        self.found.append(Found(place, WITHOUT_PLACE.at(node, message)))
