"""Decides for one component: what goes where of its units, and of their bodies."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...draft.cases import Case, ending_cases
from ...model import IN
from ..components import Component
from ..edges import Key
from ..shapes import founds
from ..yaml_text import Ref, Step
from .becoming import Context, bodies_going, lived, named, targets
from .dependents import Decided, Decider, Ground, direct
from .goings import Going, mirror_of, units_going
from .heads import Heads
from .party import Side, answered, closed, united_step


class Decision(NamedTuple):
    """What is decided for a component: for the units' own step, and the other side.

    `units` is how new units are named after that step, `covering` which bodies cover
    them. `used` are the parts that were asked about.
    """

    decided: Decided
    units: Mapping[Key, Ref]
    covering: Collection[str]
    side: Side | None
    used: frozenset[str]


def decide(context: Context, component: Component) -> Decision:
    """Decide for a component."""
    return _Deciding(context, component).decision()


class _Deciding:
    def __init__(self, context: Context, component: Component) -> None:
        self.context = context
        self.mirroring = context.mirroring
        self.view = context.mirroring.view
        self.component = component
        self.lived = lived(component)
        self.units = units_going(component, context.ids)
        self.refs = {
            key: Ref(context.names.labels[key])
            if key in founds(component)
            else Ref(context.ids[self.lived[key]])
            for key in component.news
        }
        self.used: set[str] = set()
        self.targets = targets(context, component)
        self.goings = bodies_going(context, component, self.targets)

    def decision(self) -> Decision:
        own = self._units()
        side = self._side(own) if any(going.to for going in self.goings) else None
        covering = sorted({going.node for going in self.goings})
        return Decision(own, self.refs, covering, side, frozenset(self.used))

    # What goes along

    def _units(self) -> Decided:
        """Decide for the units; their bodies come to cover all to which they go."""
        given = {
            (unit.node, going.node): tuple(k for k in going_keys(going) if k in unit.to)
            for unit in self.units
            for going in self.goings
            if unit.stays is None
        }
        living = {key: self.context.ids[old] for key, old in self.lived.items()}
        cases = direct(self.view, self.units)
        return self._decided(self.units, cases, Ground(given=given), living)

    def _decided(
        self,
        goings: Sequence[Going],
        cases: Mapping[str, Sequence[Case]],
        ground: Ground,
        living: Mapping[Key, str],
    ) -> Decided:
        parted = {unit.code for unit in self.units if unit.is_divided}
        rows = self.context.rows
        decided = Decider(self.view, rows, ground).decide(goings, cases)
        heads = Heads(self.view, rows, living, parted)
        heads.decide(goings, cases, decided)
        self.used |= {case.dependent for some in cases.values() for case in some}
        self.used |= heads.asked | set(self._following(goings))
        return decided

    def _following(self, goings: Sequence[Going]) -> Iterator[str]:
        """Yield the parts that rows name and that follow anyhow: of what goes whole."""
        said = {
            (going.node, part)
            for going in goings
            if not going.is_divided
            for key in going.to
            for part in self.context.rows.get((going.code, key.code), ())
        }
        nodes = sorted({node for node, _ in said})
        for case in ending_cases(self.view, "split", nodes, ()):
            if (case.unit, case.dependent) in said:
                yield case.dependent

    def _side(self, own: Decided) -> Side:
        placed = {part: key for (_, key), parts in own.parts.items() for part in parts}
        rest = {
            unit.node: unit.stays or unit.to[0]
            for unit in self.units
            if unit.stays is not None or not unit.is_divided
        }

        def goes(unit: str) -> Key | None:
            above = self.view.parent(unit)
            return placed.get(unit) or rest.get(above.target if above else unit)

        dissolved = [
            pair for going in self.goings for pair in self._without_place(going)
        ]
        known = set(self.context.ids.values())
        cases = {
            node: [
                one
                for case in some
                if case.dependent not in known
                for one in self._opened(case, dissolved)
            ]
            for node, some in direct(self.view, self.goings).items()
        }
        edges = sorted({mirror.edge for mirror in self.view.pack.mirrors})
        living = {k: t.living for k, t in self.targets.items() if t.living}
        decided = self._decided(self.goings, cases, Ground(edges, goes), living)
        covers = {
            (going.node, key): self.refs[key]
            for unit in self.units
            for going in self.goings
            if going.code == unit.code
            for key in going.to
            if unit.stays is None or unit.stays == key
        }
        united = self._united(decided)
        return Side(self.goings, self.targets, decided, covers, dissolved, united)

    def _without_place(self, going: Going) -> list[tuple[str, str]]:
        """Return what is below a body and can't be below what it becomes, by kind.

        A tier is dissolved first; of other kinds the plan says what is wrong.
        """
        pack = self.view.pack
        kinds = {self.view.kind(node) for node in self._below(going.node)}
        becomes = {self.targets[key].becomes.kind for key in going.to}
        return [
            (going.node, kind)
            for kind in sorted(kinds)
            if pack.nodes[kind].tier
            and (edge := pack.parent_edge(kind)) is not None
            and not all(pack.may_join(edge, kind, above) for above in becomes)
        ]

    def _below(self, node: str) -> list[str]:
        """Return the units directly below one, by parent edges that can be divided."""
        view = self.view
        kinds = [
            kind
            for kind in view.pack.fated("split", "target", frozenset([view.kind(node)]))
            if view.pack.edges[kind].contains
        ]
        view.need_edges([node], kinds, IN)
        rows = [row for kind in kinds for row in view.live_edges(node, kind, IN)]
        found = sorted(row.source for row in rows)
        view.need_nodes(found)
        return found

    def _opened(self, case: Case, dissolved: Collection[tuple[str, str]]) -> list[Case]:
        """Return a case, or those below it where its dependent is dissolved first."""
        view = self.view
        if (case.unit, view.kind(case.dependent)) not in dissolved:
            return [case]
        found = []
        for kind in view.pack.contains_kinds:
            view.need_edges([case.dependent], [kind], IN)
            for row in sorted(view.live_edges(case.dependent, kind, IN)):
                node = view.node(row.source)
                fate = node and view.pack.edges[kind].fate(
                    "tier_abolished", "target", node.kind, node.facts, row.facts
                )
                if fate == "parent":
                    found.append(Case("split", row, "target", case.unit, row.source))
        return found

    # What a body has but one of

    def _united(self, decided: Decided) -> list[Step]:
        """Return the steps that make one of several that come under one body."""
        steps = []
        for key, target in sorted(self.targets.items()):
            mirror = mirror_of(self.view.pack, key.kind)
            for united in mirror.unite if mirror else ():
                goings = [
                    Going(node, code, (key,))
                    for node, code in self._coming(key, united.kind, decided)
                ]
                if len(goings) < 2:  # noqa: PLR2004 - one needs no other
                    continue
                own = self._decided(goings, {}, Ground(), {})
                name = named(self.view.pack, self.component, key)
                label = f"{self.context.names.labels[key]}_{united.label}"
                sources = [going.node for going in goings]
                made = (name, label, target.ref)
                step = united_step(self.view, united, sources, made)
                answers = answered(own, {key: target.ref})
                steps += [*closed(self.view, own), step.adding(answers)]
        return steps

    def _coming(self, key: Key, kind: str, decided: Decided) -> list[tuple[str, str]]:
        """Return those of a kind that come below the body of a new unit, with codes."""
        found = {}
        for going in self.goings:
            parts = decided.parts.get((going.node, key), ())
            if going.stays == key or (going.to == (key,) and not going.is_divided):
                parts = self._below(going.node)
            found.update(
                {node: going.code for node in parts if self.view.kind(node) == kind}
            )
        return sorted(found.items())


def going_keys(going: Going) -> tuple[Key, ...]:
    """Return all new units to which something of a body goes, or where it stays."""
    return (*going.to, *([going.stays] if going.stays else ()))
