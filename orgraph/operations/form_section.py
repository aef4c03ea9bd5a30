"""Forms the optional level between a committee and some of its cells."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Label, NewNode, Operation, Ref, labelled
from .members import is_group
from .people import words
from .units import (
    WRONG_KIND,
    check_new,
    found_node,
    known_living,
    living,
    may_be_under,
    one_living,
    twice,
    unit,
)

CELL_TWICE = Code(
    code="SECTION01",
    meaning="A cell is named twice in the step.",
    hint="Name each cell once.",
)
ELSEWHERE = Code(
    code="SECTION02",
    meaning="A cell isn't directly under the committee in which the section is formed.",
    hint="Move it there first, with attach_organisation, or leave it out.",
)


class FormSection(Operation):
    """Form a section inside a committee; the cells named come under it."""

    op: Literal["form_section"] = "form_section"
    section: NewNode
    under: Ref
    cells: Annotated[tuple[Ref, ...], Field(min_length=1)]
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: form_section
section: {kind: sectional_committee, name: Đảng bộ bộ phận phân xưởng 1}
under: committee-42
cells: [cell-421, cell-422, cell-423]
"""

    def refs(self) -> list[str]:
        """Return the committee and the cells."""
        return [self.under, *self.cells]

    def founds(self) -> list[NewNode]:
        """Return the section."""
        return [labelled(self.section, self.as_)]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a wrong kind of section, and cells from elsewhere."""
        known = yield from words(view, "people.section")
        if known is None:
            return
        new, section = self.section, known.people.section or ""
        yield from check_new(view, new)
        if new.kind in view.pack.nodes and new.kind != section:
            message = say(
                "{new} is a {kind}, not a {section}.",
                new=new.name,
                kind=say(new.kind),
                section=say(section),
            )
            yield WRONG_KIND.at(new.name, message)
        committee = yield from one_living(view, self.under)
        if committee is not None:
            yield from may_be_under(view, section, committee, new.name)
        yield from living(view, self.cells)
        cells = known_living(view, self.cells)
        for cell in twice(cells):
            yield CELL_TWICE.at(
                cell, say("{cell} is named twice.", cell=view.shown(cell))
            )
        view.need_parents(cells)
        for cell in sorted(set(cells)):
            yield from is_group(view, known, cell)
            above = view.parent(cell)
            if committee and (above is None or above.target != committee):
                shown = view.shown(committee)
                message = say(
                    "{cell} isn't directly under {shown}.",
                    cell=view.shown(cell),
                    shown=shown,
                )
                yield ELSEWHERE.at(cell, message)

    def edit(self, draft: Draft) -> None:
        """Begin the section, and let the cells change what they are directly under."""
        committee = unit(draft, self.under)
        cells = [unit(draft, ref) for ref in self.cells]
        node = found_node(draft, self.founds()[0], self.section.facts)
        edge = draft.pack.parent_edge(self.section.kind)
        if edge:
            draft.connect(edge, node, committee)
        draft.need_parents(cells)
        for cell in cells:
            above = draft.parent(cell)
            if above is not None:
                draft.disconnect(above)
                draft.connect(above.kind, cell, node, above.facts, above.until)
