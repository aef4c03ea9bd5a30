"""Sees to it that a body has one of what it has but one of: several become one."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from ...findings import Code
from ...language import say
from ...pack import United
from ..components import Component
from ..edges import Key
from ..found import Found
from ..yaml_text import Ref, Step
from .becoming import Context, named
from .dependents import ASK, Decided
from .goings import Going, below, mirror_of
from .party import Target, answered, closed, renamed

NOT_SAID_WHOSE = Code(
    code="DRAFT33",
    meaning="Which new body gets what a divided one had but one of isn't said, so that "
    "none is founded for the others.",
    hint="Say it by a row of the parts file, and draft again.",
    severity="warning",
)


class Uniter:
    """Drafts, for the bodies of one component, what each has but one of.

    `found` is what can't be drafted.
    """

    def __init__(
        self,
        context: Context,
        component: Component,
        goings: Sequence[Going],
        targets: Mapping[Key, Target],
    ) -> None:
        """Take where the bodies go."""
        self.context = context
        self.view = context.mirroring.view
        self.component = component
        self.goings = goings
        self.targets = targets
        self.found: list[Found] = []

    def steps(
        self, decided: Decided, decide: Callable[[Sequence[Going]], Decided]
    ) -> Iterator[Step]:
        """Yield the steps, once it is decided where all else goes.

        `decide` is asked which posts stay of those that come together.
        """
        for key, target in sorted(self.targets.items()):
            mirror = mirror_of(self.view.pack, key.kind)
            for united in mirror.unite if mirror else ():
                coming = self._coming(key, united.kind, decided)
                goings = [Going(node, code, (key,)) for node, code in coming]
                if len(goings) > 1:
                    yield from self._one_of(target, united, goings, decide(goings))
                elif goings and target.is_renamed:
                    yield from renamed(
                        self.view, goings[0].node, self._name(key, united)
                    )
                elif not goings and self._is_wanted(target, united, decided):
                    yield self._founded(target, united)

    def _one_of(
        self, target: Target, united: United, goings: Sequence[Going], own: Decided
    ) -> Iterator[Step]:
        """Yield the steps that make one of several."""
        yield from closed(self.view, own)
        fields = {
            "sources": [Ref(going.node) for going in goings],
            **self._made(target, united, "into"),
        }
        names = ", ".join(self.view.name(going.node) for going in goings)
        step = Step("merge_units", fields, names)
        yield step.adding(answered(own, {target.unit: target.ref}))

    def _founded(self, target: Target, united: United) -> Step:
        """Return the step that founds one for a body to which none comes."""
        names = ", ".join(self.view.name(g.node) for g in self._givers(target))
        return Step("found_unit", self._made(target, united, "new"), names)

    def _made(self, target: Target, united: United, field: str) -> dict[str, Any]:
        label = f"{self.context.names.labels[target.unit]}_{united.label}"
        name = self._name(target.unit, united)
        return {
            field: {"kind": united.kind, "name": name},
            "under": target.ref,
            "as": Ref(label),
        }

    def _name(self, key: Key, united: United) -> str:
        name = named(self.view.pack, self.component, key)
        return united.name.replace("{name}", name)

    def _givers(self, target: Target) -> list[Going]:
        """Return the bodies of which one is made; of one that lives on, itself."""
        if target.living:
            return [going for going in self.goings if going.stays == target.unit]
        return [going for going in self.goings if target.unit in going.to]

    def _is_wanted(self, target: Target, united: United, decided: Decided) -> bool:
        """Tell whether a body lacks what those that it is made of have.

        Where it isn't said which part gets that of a divided one, that is found.
        """
        if not united.founded:
            return False
        had = [
            node
            for going in self._givers(target)
            for node in below(self.view, going.node)
            if self.view.kind(node) == united.kind
        ]
        open_ = [n for n in had if (s := decided.answers.get(n)) and s.answer == ASK]
        for node in open_:
            message = say(
                "Whether {target} gets {node} isn't said.",
                target=target.name,
                node=self.view.shown(node),
            )
            said = NOT_SAID_WHOSE.at(target.unit.code, message)
            self.found.append(Found(self.component.first.line.place, said))
        return bool(had) and not open_

    def _coming(self, key: Key, kind: str, decided: Decided) -> list[tuple[str, str]]:
        """Return those of a kind that come below the body of a new unit, with codes."""
        found = {}
        for going in self.goings:
            parts = decided.parts.get((going.node, key), ())
            if going.stays == key or (going.to == (key,) and not going.is_divided):
                away = {
                    part
                    for to in going.to
                    for part in decided.parts.get((going.node, to), ())
                }
                parts = [n for n in below(self.view, going.node) if n not in away]
            found.update(
                {node: going.code for node in parts if self.view.kind(node) == kind}
            )
        return sorted(found.items())
