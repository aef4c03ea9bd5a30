"""Moves a unit under another parent."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import say
from .base import Answers, Operation, Ref
from .units import (
    answer_refs,
    answers_of,
    is_unit,
    may_be_under,
    one_living,
    row_of,
    unit,
)

CYCLE = Code(
    code="MOVE01",
    meaning="The unit would come under itself.",
)
NOT_UNDER = Code(
    code="MOVE02",
    meaning="The unit is not under the parent that the step says it leaves.",
)
SAME_PARENT = Code(
    code="MOVE03",
    meaning="The unit already is under this parent.",
)


class MoveUnit(Operation):
    """Move a unit, with everything below it, under another parent."""

    op: Literal["move_unit"] = "move_unit"
    unit: Ref
    to: Ref
    from_: Ref | None = Field(default=None, alias="from")
    answers: Answers = {}

    example = """\
op: move_unit
unit: code:06850
from: district-199
to: district-193
"""

    def refs(self) -> list[str]:
        """Return the unit and both parents."""
        given = [self.unit, self.to, *([self.from_] if self.from_ else [])]
        return given + answer_refs(self.answers)

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a cycle, a wrong kind of parent, and a parent it is not under."""
        node = yield from one_living(view, self.unit)
        to = yield from one_living(view, self.to)
        left = None
        if self.from_:
            left = yield from one_living(view, self.from_)
        if node is None:
            return
        yield from is_unit(view, node)
        view.need_ancestors([node, *([to] if to else [])])
        parent = view.parent(node)
        if to is not None:
            yield from _check_to(view, node, to)
        if left is not None and (parent is None or parent.target != left):
            message = say(
                "{node} is not under {ids}.",
                node=view.shown(node),
                ids=view.shown(left),
            )
            yield NOT_UNDER.at(node, message)
        yield from self._settlement(view, node).findings

    def edit(self, draft: Draft) -> None:
        """End the edge to the old parent and begin one to the new."""
        node, to = unit(draft, self.unit), unit(draft, self.to)
        edge = draft.pack.parent_edge(row_of(draft, node).kind)
        parent = draft.parent(node)
        apply_settlement(draft, self._settlement(draft, node))
        if parent is not None:
            draft.disconnect(parent)
        if edge is not None:
            draft.connect(edge, node, to)

    def _settlement(self, view: View, node: str) -> Settlement:
        return settle(view, "moved", {node: node}, answers_of(self.answers))


def _check_to(view: View, node: str, to: str) -> Iterator[Finding]:
    """Refuse a cycle, a wrong kind of parent, and the one that is there."""
    if to == node:
        message = say("{node} can't come under itself.", node=view.shown(node))
        yield CYCLE.at(node, message)
    elif node in view.ancestors(to):
        message = say(
            "{node} can't come under {to}, below it.",
            node=view.shown(node),
            to=view.shown(to),
        )
        yield CYCLE.at(node, message)
    else:
        yield from may_be_under(view, view.kind(node), to, node)
    parent = view.parent(node)
    if parent is not None and parent.target == to:
        message = say(
            "{node} already is under {to}.",
            node=view.shown(node),
            to=view.shown(to),
        )
        yield SAME_PARENT.at(node, message)
