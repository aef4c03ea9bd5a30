"""Puts a person in charge of units, places or households."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from ..model import EdgeRow, normalise_text
from .admission import check_admission
from .base import Operation, Ref
from .charges import charges, check_charge, need_charges
from .units import one_living, twice, unit

UNIT_TWICE = Code(
    code="ASSIGN01",
    meaning="A unit is named twice in the step.",
    hint="Name each unit once.",
)
NOT_IN_CHARGE = Code(
    code="ASSIGN02",
    meaning="Who is to be replaced isn't in charge of the unit.",
)


def _instead(value: object) -> str | bool:
    if isinstance(value, str) and normalise_text(value):
        return normalise_text(value)
    if value is True:
        return True
    message = "name the person who is replaced, or write true for whoever it is"
    raise ValueError(message)


Instead = Annotated[
    Any,
    BeforeValidator(_instead),
    WithJsonSchema({"anyOf": [{"type": "string", "minLength": 1}, {"const": True}]}),
]
"""The name of one who is replaced, or true: all who are in charge."""


class AssignCharge(Operation):
    """Put a person in charge of units, places or households, beside or instead."""

    op: Literal["assign_charge"] = "assign_charge"
    person: Ref
    to: Annotated[tuple[Ref, ...], Field(min_length=1)]
    instead: Instead | None = None

    example = """\
op: assign_charge
person: member-1207
to: [village-31, household-2044]
instead: member-1210
"""

    def refs(self) -> list[str]:
        """Return the person, the units and who is replaced."""
        replaced = [self.instead] if isinstance(self.instead, str) else []
        return [self.person, *self.to, *replaced]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a charge of oneself, one that is there, and to replace nobody."""
        person = yield from one_living(view, self.person)
        units = []
        for ref in self.to:
            node = yield from one_living(view, ref)
            units += [node] if node is not None else []
        replaced = None
        if isinstance(self.instead, str):
            replaced = yield from one_living(view, self.instead)
        need_charges(view, [person] if person else [], units)
        if person is not None:
            yield from check_admission(view, person)
        for node in twice(units):
            yield UNIT_TWICE.at(
                node, say("{node} is named twice.", node=view.shown(node))
            )
        for node in dict.fromkeys(units):
            if person is not None:
                yield from check_charge(view, person, node)
            here = [row.source for row in charges(view, node)]
            if replaced and replaced not in here:
                yield NOT_IN_CHARGE.at(node, _not_replaced(view, replaced, node, here))
            elif self.instead is True and not here:
                message = say(
                    "Nobody is in charge of {node} to be replaced.",
                    node=view.shown(node),
                )
                yield NOT_IN_CHARGE.at(node, message)

    def edit(self, draft: Draft) -> None:
        """End the charges that are replaced, and begin the person's."""
        person = unit(draft, self.person)
        for ref in self.to:
            node = unit(draft, ref)
            for row in self._replaced(draft, node):
                draft.disconnect(row)
            draft.connect(draft.pack.chain.charge, person, node)

    def _replaced(self, draft: Draft, node: str) -> list[EdgeRow]:
        if self.instead is None:
            return []
        only = unit(draft, self.instead) if isinstance(self.instead, str) else None
        return [row for row in charges(draft, node) if only in {None, row.source}]


def _not_replaced(view: View, person: str, node: str, here: Sequence[str]) -> str:
    """Say that somebody isn't in charge of a unit, and who is."""
    words = {"replaced": view.shown(person), "node": view.shown(node)}
    if not here:
        return say("{replaced} isn't in charge of {node}; nobody is.", **words)
    who = ", ".join(here)
    return say("{replaced} isn't in charge of {node}; {who} is.", **words, who=who)
