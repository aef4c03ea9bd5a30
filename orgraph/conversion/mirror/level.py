"""The mirror of one conversion table: its components with the bodies of their units."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ...draft.names import resolve
from ...findings import Code, Finding
from ...language import say
from ..components import Component
from ..edges import Key
from ..found import Found
from ..naming import Names
from ..shares import WRONG_PART
from ..tables import PartLine
from ..yaml_text import Step
from .becoming import Context
from .goings import bodies_of, instead_of, mirror_of, need_bodies
from .mirroring import Mirroring
from .outside import left_out
from .party import answered, closed, party_steps
from .side import Decision, decide

NOT_COVERED = Code(
    code="DRAFT31",
    meaning="Nothing covers a unit, so there is nothing that follows it.",
    hint="Give it what covers it, or draft its other side by hand.",
    severity="warning",
)
COVERS_MORE = Code(
    code="DRAFT32",
    meaning="A body covers units of several steps, so it can't follow them all.",
    hint="Divide it by hand, and draft again.",
    severity="warning",
)
_ANSWERED = ("merge_units", "absorb_units", "split_unit", "reorganise_units")


class Level:
    """The components of one table, and what is decided for each.

    `lines` is what of the parts file speaks of the units themselves, `found` what is
    wrong.
    """

    def __init__(
        self,
        mirroring: Mirroring,
        components: Sequence[Component],
        names: Names,
        lines: Sequence[PartLine],
    ) -> None:
        """Read the units with their bodies in batches, and decide."""
        self.mirroring = mirroring
        self.view = mirroring.view
        self.found: list[Found] = []
        self.lines = list(lines)
        self._decisions: dict[tuple[Key, ...], Decision] = {}
        self.ids = self._ids(components, names)
        if self.found:
            return
        need_bodies(self.view, self.ids.values())
        rows: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        for line in lines:
            if line.part:
                rows[line.old, line.new].append(self._id(line.part))
        bodies = {old: bodies_of(self.view, unit) for old, unit in self.ids.items()}
        instead = {old: instead_of(self.view, unit) for old, unit in self.ids.items()}
        self._uncovered(
            components, {old: bodies[old] or instead[old] for old in bodies}
        )
        context = Context(
            mirroring,
            names,
            self.ids,
            self._of_one(components, bodies),
            self._of_one(components, instead),
            dict(rows),
        )
        for component in components:
            decision = decide(context, component)
            self._decisions[tuple(component.news)] = decision
            self.found += decision.found
        self.lines = self._left(components, lines)
        self._replaced()
        if mirroring.abolish and components:
            place = components[0].first.line.place
            self.found += left_out(mirroring, {*self.ids.values()}, place)

    def steps(self, component: Component, own: Iterable[Step]) -> list[Step]:
        """Return the steps of a component's units, answered, then of its bodies."""
        decision = self._decisions[tuple(component.news)]
        answers = answered(decision.decided, decision.units)
        done = [*closed(self.view, decision.decided)]
        for step in own:
            if step.op == "close_unit":
                (ref,) = decision.units.values()
                to = {body: {"to": ref} for body in decision.covering}
                done.append(step.adding({"answers": to} if to else {}))
            elif step.op in _ANSWERED:
                done.append(step.adding(answers))
            elif step.op == "transfer_parts":
                own_answers = decision.decided.said_of(self._id(step.fields["from"]))
                done.append(step.adding(answered(own_answers, decision.units)))
            else:
                done.append(step)
        if decision.side is not None:
            done += party_steps(self.view, decision.side)
        return done

    def tier(self, components: Iterable[Component]) -> list[Step]:
        """Return the steps that end the bodies of the tier above some units."""
        olds = [old for component in components for old in component.olds]
        return self.mirroring.tier(sorted(self.ids[old] for old in olds))

    def _id(self, part: str) -> str:
        found = resolve(self.view, part)
        return part if isinstance(found, Finding) else found

    def _ids(self, components: Iterable[Component], names: Names) -> dict[Key, str]:
        """Return the ids of the old units; what the store doesn't have is found."""
        lines = {e.old: e.line for c in components for e in reversed(c.edges)}
        self.view.with_codes([old.code for old in lines])
        ids: dict[Key, str] = {}
        for old, line in lines.items():
            said = resolve(self.view, names.old(old))
            if isinstance(said, Finding):
                self.found.append(Found(line.place, said))
            else:
                ids[old] = said
        self.view.need_ancestors(ids.values())
        return ids

    def _uncovered(
        self, components: Sequence[Component], leading: Mapping[Key, Sequence[str]]
    ) -> None:
        """Say which old units nothing covers."""
        for component in components:
            for old in component.olds:
                if leading[old] or not mirror_of(self.view.pack, old.kind):
                    continue
                line = next(e.line for e in component.edges if e.old == old)
                unit = self.view.shown(self.ids[old])
                said = NOT_COVERED.at(
                    self.ids[old], say("Nothing covers {unit}.", unit=unit)
                )
                self.found.append(Found(line.place, said))

    def _of_one(
        self, components: Sequence[Component], covering: Mapping[Key, Sequence[str]]
    ) -> dict[Key, list[str]]:
        """Return what covers each old unit, and say what covers too much.

        What covers units of two components is of neither.
        """
        at: defaultdict[str, set[int]] = defaultdict(set)
        for place, component in enumerate(components):
            for old in component.olds:
                line = next(e.line for e in component.edges if e.old == old)
                for body in covering[old]:
                    if at[body] and place not in at[body]:
                        message = say(
                            "{body} covers units of two steps.",
                            body=self.view.shown(body),
                        )
                        said = COVERS_MORE.at(body, message)
                        self.found.append(Found(line.place, said))
                    at[body].add(place)
        return {
            old: [body for body in found if len(at[body]) == 1]
            for old, found in covering.items()
        }

    def _left(
        self, components: Sequence[Component], lines: Sequence[PartLine]
    ) -> list[PartLine]:
        """Return the rows for the units' own steps: shares, parts, and what is unknown.

        Parts of which something is decided are as it was decided.
        """
        used = {pair for d in self._decisions.values() for pair in d.used}
        idle = {pair for d in self._decisions.values() for pair in d.idle} - used
        olds: defaultdict[str, set[str]] = defaultdict(set)
        for old, node in used | idle:
            olds[node].add(old)
        left = []
        for line in lines:
            part = line.part and self._id(line.part)
            if part not in olds:
                left.append(line)
            elif line.old not in olds[part]:
                self.found.append(self._elsewhere(line, part, sorted(olds[part])))
            else:
                if line.shares:
                    left.append(line._replace(part=""))
                if (line.old, part) in idle:
                    self.found.append(self._unused(line, part))
        places = {(line.old, line.new): line.place for line in reversed(lines)}
        codes = {unit: old.code for old, unit in self.ids.items()}
        for component in components:
            decision = self._decisions[tuple(component.news)]
            for (unit, key), parts in decision.decided.parts.items():
                pair = (codes[unit], key.code)
                place = places.get(pair, component.first.line.place)
                left += [PartLine(place, *pair, part, {}) for part in sorted(parts)]
        return left

    def _unused(self, line: PartLine, post: str) -> Found:
        """Refuse a row that is taken to say which of several posts stays: all do."""
        above = self.view.parent(post)
        unit = (
            say(" of {target}", target=self.view.shown(above.target)) if above else ""
        )
        message = say(
            "{old} → {new}: {post}{unit} is no head of "
            "which only one stays; it goes there anyhow, and the row decides nothing.",
            old=line.old,
            new=line.new,
            post=self.view.shown(post),
            unit=unit,
        )
        cure = say("Leave the row out; to end a post, close it by a step of its own.")
        return Found(line.place, WRONG_PART.at(line.old, message, hint=cure))

    def _elsewhere(self, line: PartLine, part: str, olds: Sequence[str]) -> Found:
        """Refuse a row about a part that depends on another old unit."""
        message = say(
            "{old} → {new}: {part} depends on {olds}, not on {old} or what covers it.",
            old=line.old,
            new=line.new,
            part=self.view.shown(part),
            olds=" and ".join(olds),
        )
        cure = say("Write the row for {olds}.", olds=olds[0])
        return Found(line.place, WRONG_PART.at(line.old, message, hint=cure))

    def _replaced(self) -> None:
        """Remember what takes the place of bodies that go whole, for those below."""
        for decision in self._decisions.values():
            for going in decision.side.goings if decision.side else ():
                if going.to and not going.is_divided and decision.side:
                    target = decision.side.targets[going.to[0]]
                    self.mirroring.now[going.node] = target.ref
