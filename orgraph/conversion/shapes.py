"""Says which operations a component needs, by its shape."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ..findings import Code
from ..language import say
from .components import Component
from .edges import Edge, Key
from .found import Found
from .naming import Names
from .revisions import revisions
from .shares import Part
from .yaml_text import Noted, Ref, Step

ONE_PART = Code(
    code="DRAFT17",
    meaning="A part of a unit goes to a new one, and nothing says where the rest goes.",
    hint="Add the other rows of the unit, or write that all of it goes.",
)
WHOLE_AND_MORE = Code(
    code="DRAFT18",
    meaning="A unit goes as a whole, or lives on unchanged, and stands in other rows.",
    hint="Of a unit that gives a part away and lives on, the rest lives on.",
)
LIVES_TWICE = Code(
    code="DRAFT19",
    meaning="A unit lives on as two new ones, or two units live on as one.",
)
Parts = Mapping[tuple[Key, Key], Part]


def shape_problems(component: Component) -> Iterator[Found]:
    """Refuse rows of one unit that can't all be so."""
    by_old: dict[Key, list[Edge]] = {}
    lives: dict[Key, Edge] = {}
    for edge in component.edges:
        by_old.setdefault(edge.old, []).append(edge)
        if edge.note.lives_on:
            first = lives.setdefault(edge.new, edge)
            if first is not edge:
                names = say(
                    "{one} and {other}",
                    one=first.line.old_name,
                    other=edge.line.old_name,
                )
                message = say(
                    "{names} both live on as {new_name}.",
                    names=names,
                    new_name=edge.line.new_name,
                )
                yield _at(LIVES_TWICE, edge, message)
    for edges in by_old.values():
        means = [edge.note.means for edge in edges]
        name = edges[0].line.old_name
        if means == ["part"]:
            message = say(
                "Only a part of {name} goes to {new_name}.",
                name=name,
                new_name=edges[0].line.new_name,
            )
            yield _at(ONE_PART, edges[0], message)
        elif means == ["rest"]:
            message = say(
                "Only the rest of {name} is in the table, and no part of it.", name=name
            )
            yield _at(ONE_PART, edges[0], message)
        if len(means) - means.count("part") > 1 and "whole" not in means:
            yield _at(
                LIVES_TWICE, edges[-1], say("{name} lives on as two units.", name=name)
            )
        elif len(means) > 1 and "whole" in means:
            where = ", ".join(edge.line.new_name for edge in edges)
            yield _at(
                WHOLE_AND_MORE,
                edges[-1],
                say("All of {name} can't go to {where}.", name=name, where=where),
            )
        elif len(means) > 1 and "same" in means:
            same = edges[means.index("same")]
            message = say(
                "“{note}”, and a part of {name} goes elsewhere.",
                note=same.line.note,
                name=name,
            )
            found = _at(WHOLE_AND_MORE, same, message)
            softer = found.finding.model_copy(update={"severity": "warning"})
            yield found._replace(finding=softer)


def _at(code: Code, edge: Edge, message: str) -> Found:
    return Found(edge.line.place, code.at(edge.old.code, message))


def founds(component: Component) -> list[Key]:
    """Return the new units of a component that are founded: no old one lives on so."""
    lived = {edge.new for edge in component.edges if edge.note.lives_on}
    return [new for new in component.news if new not in lived]


def steps_of(
    component: Component, parts: Parts, names: Names, under: Ref | None = None
) -> list[Step]:
    """Return the steps that make the new units of a component of its old ones.

    `under` is for a unit that is founded before its source ends.
    """
    lived = {edge.new: edge.old for edge in component.edges if edge.note.lives_on}
    moves = [edge for edge in component.edges if not edge.note.lives_on]
    shape = _Shape(component, moves, lived, parts, names)
    return [*shape.moved(under), *revisions(component, names)]


class _Shape(NamedTuple):
    component: Component
    moves: Sequence[Edge]
    lived: Mapping[Key, Key]
    parts: Parts
    names: Names

    def moved(self, under: Ref | None) -> list[Step]:
        """Return the steps that move whole units and parts."""
        if not self.moves:
            return []
        whole = all(edge.note.means == "whole" for edge in self.moves)
        one_target = len({edge.new for edge in self.moves}) == 1
        sources = {edge.old for edge in self.moves}
        if whole and one_target:
            target = self.moves[0].new
            if target in self.lived:
                return [self._absorb(target)]
            if len(sources) == 1:
                return self._refound(under)
            return [self._merge(target)]
        if whole or len(sources) > 1:
            return self._transfers() or [self._reorganise()]
        return self._transfers() or [self._split()]

    def _absorb(self, target: Key) -> Step:
        refs = [self.names.old(edge.old) for edge in self.moves]
        into = self.names.old(self.lived[target])
        return Step(
            "absorb_units", {"sources": refs, "into": into}, self._comment(target)
        )

    def _comment(self, target: Key) -> str:
        olds = ", ".join(edge.line.old_name for edge in self.moves)
        return f"{olds} → {self._name(target)}" if target in self.lived else olds

    def _merge(self, target: Key) -> Step:
        fields = {
            "sources": [self.names.old(edge.old) for edge in self.moves],
            "into": self.names.new(target, self._name(target)),
            "as": Ref(self.names.labels[target]),
        }
        return Step("merge_units", fields, self._comment(target))

    def _refound(self, under: Ref | None) -> list[Step]:
        """Found a unit of another kind, and close the old one with it as successor."""
        (edge,) = self.moves
        label = Ref(self.names.labels[edge.new])
        new = self.names.new(edge.new, edge.line.new_name)
        above = {"under": under} if under else {}
        return [
            Step("found_unit", {"new": new, **above, "as": label}, edge.line.old_name),
            Step(
                "close_unit",
                {"unit": self.names.old(edge.old), "successors": [label]},
            ),
        ]

    def _transfers(self) -> list[Step]:
        """Return transfers, where parts go between units that all live on."""
        living = set(self.lived.values())
        if any(e.old not in living or e.new not in self.lived for e in self.moves):
            return []
        return [
            Step(
                "transfer_parts",
                {
                    "from": self.names.old(edge.old),
                    "to": self.names.old(self.lived[edge.new]),
                    **self._going(edge),
                },
                f"{edge.line.old_name} → {edge.line.new_name}",
            )
            for edge in self.moves
        ]

    def _split(self) -> Step:
        source = self.moves[0].old
        targets = []
        for edge in self.moves:
            to: dict[str, Any] = {"new": self._new(edge.new)}
            if edge.new in self.lived:
                to = {"unit": self.names.old(self.lived[edge.new])}
            targets.append({**to, **self._going(edge)})
        kept = source in self.lived.values()
        fields = {
            "source": self.names.old(source),
            "targets": targets,
            **({"keep_source": True} if kept else {}),
        }
        return Step("split_unit", fields, self.moves[0].line.old_name)

    def _reorganise(self) -> Step:
        new = [self._new(key) for key in founds(self.component)]
        living = set(self.lived.values())
        keep = sorted({edge.old for edge in self.moves} & living)
        edges = [
            Noted(
                {
                    "from": self.names.old(edge.old),
                    "to": self._target(edge.new),
                    **self._going(edge),
                },
                edge.line.old_name,
            )
            for edge in self.moves
        ]
        fields = {
            **({"new": new} if new else {}),
            "edges": edges,
            **({"keep": self._kept(keep)} if keep else {}),
        }
        return Step("reorganise_units", fields)

    def _kept(self, keys: Sequence[Key]) -> Noted:
        names = {edge.old: edge.line.old_name for edge in self.moves}
        shown = ", ".join(names[key] for key in keys)
        return Noted([self.names.old(key) for key in keys], shown)

    def _new(self, key: Key) -> dict[str, Any]:
        new = self.names.new(key, self._name(key))
        return {**new, "as": Ref(self.names.labels[key])}

    def _name(self, key: Key) -> str:
        return next(e.line.new_name for e in self.component.edges if e.new == key)

    def _target(self, key: Key) -> Ref:
        if key in self.lived:
            return self.names.old(self.lived[key])
        return Ref(self.names.labels[key])

    def _going(self, edge: Edge) -> dict[str, Any]:
        if edge.note.means == "whole":
            return {"whole": True}
        part = self.parts[edge.old, edge.new]
        units = {"parts": [Ref(unit) for unit in part.parts]} if part.parts else {}
        if isinstance(part.shares, str):
            return {**units, "shares": Ref(part.shares)}
        return {
            **units,
            "shares": {fact: Ref(share) for fact, share in part.shares.items()},
        }
