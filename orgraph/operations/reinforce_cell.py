"""Brings members into a cell, for good or beside the cell that is their home."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import ConfigDict, model_validator

from ..draft import Draft, View
from ..findings import Finding
from .base import Operation, Ref, Text
from .members import (
    begin_attending,
    is_group,
    may_attend,
    may_move,
    move_members,
    stated,
)
from .people import known_people, people_named, spoken, words
from .seconding import check_seconded
from .units import one_living, unit


class ReinforceCell(Operation):
    """Bring members into a cell: transferred, or attending it with home cell kept."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"required": [name], "properties": {name: {"minItems": 1}}}
                for name in ("transferred", "attending")
            ]
        }
    )

    op: Literal["reinforce_cell"] = "reinforce_cell"
    cell: Ref
    transferred: tuple[Ref, ...] = ()
    attending: tuple[Ref, ...] = ()
    ground: Text | None = None

    of_people = True
    example = """\
op: reinforce_cell
cell: cell-03160-04
transferred: [member-2044]
attending: [member-3107, member-3108]
ground: border guard, decision 12-QĐ/ĐU
"""

    @model_validator(mode="after")
    def _brings_somebody(self) -> Self:
        if not self.transferred and not self.attending:
            message = "transferred or attending names somebody"
            raise ValueError(message)
        return self

    def refs(self) -> list[str]:
        """Return the cell and who comes."""
        return [self.cell, *self.transferred, *self.attending]

    def brings(self) -> list[tuple[Ref, Ref]]:
        """Return who is transferred, with the cell."""
        return [(member, self.cell) for member in self.transferred]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse who can't leave the own cell, or is in this one already."""
        said = ["people.ground"] if self.ground else []
        attends = ["people.attends"] if self.attending else []
        known = yield from words(view, *attends, *said)
        if known is None:
            return
        cell = yield from one_living(view, self.cell)
        named = [*self.transferred, *self.attending]
        kinds = [known.people.person]
        yield from people_named(view, named, kinds)
        moving = known_people(view, self.transferred, kinds)
        yield from may_move(view, known, moving, cell)
        if cell is not None:
            yield from is_group(view, known, cell)
            yield from check_seconded(view, moving, [cell])
            guests = known_people(view, self.attending, kinds)
            yield from may_attend(view, known, guests, cell)

    def edit(self, draft: Draft) -> None:
        """Let members change their cell, or begin to attend this one."""
        known = spoken(draft)
        cell = unit(draft, self.cell)
        moving = [unit(draft, ref) for ref in self.transferred]
        guests = [unit(draft, ref) for ref in self.attending]
        facts = stated(known, self.ground)
        move_members(draft, known, moving, cell, facts)
        begin_attending(draft, known, guests, cell, facts)
