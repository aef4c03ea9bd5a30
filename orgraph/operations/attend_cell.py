"""Lets somebody take part in another cell."""

from collections.abc import Iterator
from typing import Literal

from ..draft import Draft, View
from ..findings import Finding
from .base import Operation, Ref, Text
from .members import begin_attending, is_group, may_attend, stated
from .people import people_named, spoken, words
from .units import one_living, unit


class AttendCell(Operation):
    """Let a member, or a candidate, take part in a cell that isn't the own one."""

    op: Literal["attend_cell"] = "attend_cell"
    person: Ref
    cell: Ref
    ground: Text | None = None

    of_people = True
    example = """\
op: attend_cell
person: member-3107
cell: cell-03160-04
ground: teacher at the village school
"""

    def refs(self) -> list[str]:
        """Return the person and the cell."""
        return [self.person, self.cell]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse who is a member there, or attends it, already."""
        said = ["people.ground"] if self.ground else []
        known = yield from words(view, "people.attends", *said)
        if known is None:
            return
        cell = yield from one_living(view, self.cell)
        kinds = [known.people.person, known.people.candidate]
        people = yield from people_named(view, [self.person], kinds)
        if cell is None:
            return
        yield from is_group(view, known, cell)
        if people is not None:
            yield from may_attend(view, known, people, cell)

    def edit(self, draft: Draft) -> None:
        """Begin the attendance; the home cell stays."""
        known = spoken(draft)
        person, cell = unit(draft, self.person), unit(draft, self.cell)
        begin_attending(draft, known, [person], cell, stated(known, self.ground))
