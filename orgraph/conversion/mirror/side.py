"""Decides for one component: what goes where of its units, and of their bodies."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from ...draft.cases import Case, ending_cases
from ...findings import Code
from ...language import say
from ...model import IN
from ..components import Component
from ..edges import Key
from ..found import Found
from ..shapes import founds
from ..yaml_text import Ref, Step
from .becoming import Context, bodies_going, changes, lived, targets
from .dependents import Decided, Decider, Ground, direct
from .goings import Going, below, going_keys, units_going
from .heads import Heads
from .instead import Instead
from .party import Side
from .uniting import Uniter

COVERS_SEVERAL = Code(
    code="DRAFT35",
    meaning="What goes with one part of a divided unit covers ground of several.",
    hint="Divide it by hand where each part is to have its own: separate_cell divides "
    "a cell, and move_unit moves what is below others.",
    severity="info",
)

NOTHING_SAID = Code(
    code="DRAFT37",
    meaning="The pack doesn't say what becomes of the bodies that cover such units, so "
    "nothing is drafted for them.",
    hint="Draft their side by hand: which bodies become one, and of what kind.",
    severity="warning",
)


class Decision(NamedTuple):
    """What is decided for a component: for the units' own step, and the other side.

    `units` is how new units are named after that step, `covering` which bodies cover
    them. `used` are the parts that were asked about, with the codes of the old units
    under which rows may name them; `idle` posts that rows name though several of their
    role may stay. `found` is what can't be drafted.
    """

    decided: Decided
    units: Mapping[Key, Ref]
    covering: Collection[str]
    side: Side | None
    used: frozenset[tuple[str, str]]
    idle: frozenset[tuple[str, str]]
    found: Sequence[Found]


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
        self.used: set[tuple[str, str]] = set()
        self.idle: set[tuple[str, str]] = set()
        self.found: list[Found] = []
        self.targets = targets(context, component)
        self.goings = bodies_going(context, component, self.targets)
        self.led = [
            (unit, going)
            for unit, old in zip(self.units, component.olds, strict=True)
            for going in self.goings
            if going.node in context.bodies[old]
        ]
        if not self.targets:
            self.found += self._left()

    def decision(self) -> Decision:
        own = self._units()
        led = Instead(self.context, self.component)
        led.decide(self.units, own, self.goings, self.targets)
        self.found += led.found
        is_changed = (
            led.steps
            or any(going.to for going in self.goings)
            or any({"name", "type"} & t.changes for t in self.targets.values())
        )
        side = self._side(own, led.steps) if is_changed else None
        covering = sorted({going.node for going in self.goings})
        used, idle = frozenset(self.used), frozenset(self.idle - self.used)
        return Decision(own, self.refs, covering, side, used, idle, self.found)

    def _left(self) -> Iterator[Found]:
        """Say which bodies stay as they are though their units don't."""
        bodies = sorted(
            {b for old in self.component.olds for b in self.context.bodies[old]}
        )
        changed = any(unit.to for unit in self.units) or any(
            {"name", "type"} & changes(self.context, self.component, key)
            for key in self.component.news
        )
        if bodies and changed:
            names = dict.fromkeys(edge.line.new_name for edge in self.component.edges)
            message = say(
                "Nothing is drafted for {bodies}: the pack doesn't say what becomes of "
                "it with {units}.",
                bodies=", ".join(map(self.view.shown, bodies)),
                units=", ".join(names),
            )
            place = self.component.first.line.place
            yield Found(place, NOTHING_SAID.at(bodies[0], message))

    # What goes along

    def _units(self) -> Decided:
        """Decide for the units; their bodies come to cover all to which they go."""
        given = {
            (unit.node, going.node): self._comes_to_cover(unit, going)
            for unit, going in self.led
        }
        living = {key: self.context.ids[old] for key, old in self.lived.items()}
        cases = direct(self.view, self.units)
        return self._decided(self.units, cases, Ground(given=given), living)

    def _comes_to_cover(self, unit: Going, going: Going) -> tuple[Key, ...]:
        """Return what a body covers once the unit that it covered has its parts.

        Of one that lives on it covers what is formed of a part, too, unless a body
        comes there with another unit.
        """
        goes = tuple(key for key in going_keys(going) if key in unit.to)
        if unit.stays is None:
            return goes
        own = {
            key
            for other, body in self.led
            for key in ((other.stays,) if other.stays else going_keys(body))
            if key == other.stays or key in other.to
        }
        return (unit.stays, *(key for key in goes if key not in own))

    def _decided(
        self,
        goings: Sequence[Going],
        cases: Mapping[str, Sequence[Case]],
        ground: Ground,
        living: Mapping[Key, str],
    ) -> Decided:
        parted = {unit.code for unit in self.units if unit.is_divided}
        rows = self.context.rows
        decider = Decider(self.view, rows, ground)
        decided = decider.decide(goings, cases)
        self.found += [self._torn(*one) for one in sorted(decider.torn.items())]
        heads = Heads(self.view, rows, living, parted)
        heads.decide(goings, cases, decided)
        self.used |= {
            (going.code, node)
            for going in goings
            for case in cases.get(going.node, ())
            for node in (case.dependent, *decider.nested.get(case.dependent, ()))
        }
        self.used |= {
            (self.lived[key].code if code is None else code, node)
            for code, key, node in heads.asked
        }
        for going, case in self._following(goings):
            is_post = case.row.kind in heads.kinds and going.code not in parted
            (self.idle if is_post else self.used).add((going.code, case.dependent))
        return decided

    def _torn(self, node: str, to: Sequence[Key]) -> Found:
        """Say that something covers ground of several new units."""
        names = {edge.new: edge.line.new_name for edge in self.component.edges}
        message = say(
            "{node} goes with one part, and what it covers goes to {number}: {named}.",
            node=self.view.shown(node),
            number=len(to),
            named=", ".join(names[key] for key in to),
        )
        return Found(self.component.first.line.place, COVERS_SEVERAL.at(node, message))

    def _alone(self, goings: Sequence[Going]) -> Decided:
        """Decide for what goes whole, and of which no ground is known."""
        return self._decided(goings, {}, Ground(), {})

    def _following(self, goings: Sequence[Going]) -> Iterator[tuple[Going, Case]]:
        """Yield the parts that rows name and that follow anyhow: of what goes whole.

        Of posts of a unit that isn't divided a row is taken to say which one stays.
        """
        whole = {going.node: going for going in goings if not going.is_divided}
        said = {
            (going.node, part)
            for going in whole.values()
            for key in going.to
            for part in self.context.rows.get((going.code, key.code), ())
        }
        for case in ending_cases(self.view, "split", sorted({n for n, _ in said}), ()):
            if (case.unit, case.dependent) in said:
                yield whole[case.unit], case

    def _side(self, own: Decided, led: Sequence[Step]) -> Side:
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
            for unit, going in self.led
            for key in self._comes_to_cover(unit, going)
            if key in going.to
        }
        uniter = Uniter(self.context, self.component, self.goings, self.targets)
        united = [*uniter.steps(decided, self._alone)]
        moved = [
            Step(
                "move_unit",
                {"unit": Ref(n), "to": self.targets[key].ref},
                self.view.name(n),
            )
            for n, key in sorted(decided.leaving.items())
        ]
        self.found += uniter.found
        return Side(
            self.goings,
            self.targets,
            decided,
            covers,
            dissolved,
            [*moved, *led],
            united,
        )

    def _without_place(self, going: Going) -> list[tuple[str, str]]:
        """Return what is below a body and can't be below what it becomes, by kind.

        A tier is dissolved first; of other kinds the plan says what is wrong.
        """
        pack = self.view.pack
        kinds = {self.view.kind(node) for node in below(self.view, going.node)}
        becomes = {self.targets[key].becomes.kind for key in going.to}
        return [
            (going.node, kind)
            for kind in sorted(kinds)
            if pack.nodes[kind].tier
            and (edge := pack.parent_edge(kind)) is not None
            and not all(pack.may_join(edge, kind, above) for above in becomes)
        ]

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
