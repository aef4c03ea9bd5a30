"""Closes a unit."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from ..draft import Draft, View
from ..draft.carried import carried
from ..draft.settle import Settlement, settle
from ..draft.settled import apply_settlement
from ..findings import Code, Finding
from ..language import laid, say
from ..pack import Event
from .base import Answers, Operation, Ref
from .units import (
    amounts,
    answer_refs,
    answers_of,
    is_unit,
    known_living,
    living,
    one_living,
    row_of,
    twice,
    unit,
)

OWN_SUCCESSOR = Code(
    code="CLOSE01",
    meaning="A unit can't succeed itself, or be named twice as a successor.",
)
FACTS_END = Code(
    code="CLOSE02",
    meaning="Amounts that the closed unit carries end with it.",
    hint="Absorb the unit into its successor, which adds them up, or move them first.",
    severity="warning",
)


class CloseUnit(Operation):
    """Close a unit; what hangs on it is settled as the pack says."""

    op: Literal["close_unit"] = "close_unit"
    unit: Ref
    successors: tuple[Ref, ...] = ()
    answers: Answers = {}

    example = """\
op: close_unit
unit: agency-17
answers: {department: {to: agency-18}}
"""

    def refs(self) -> list[str]:
        """Return the unit, its successors and where dependents go."""
        return [self.unit, *self.successors, *answer_refs(self.answers)]

    def ends(self) -> Mapping[Event, Sequence[Ref]]:
        """Return the unit."""
        return {"closed": [self.unit]}

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what is asked and not answered."""
        node = yield from one_living(view, self.unit)
        yield from living(view, self.successors)
        successors = known_living(view, self.successors)
        if node is None:
            return
        yield from is_unit(view, node)
        for wrong in sorted({*twice(successors), *({node} & set(successors))}):
            message = say("{wrong} can't be a successor here.", wrong=view.shown(wrong))
            yield OWN_SUCCESSOR.at(wrong, message)
        if len(successors) == len(self.successors):
            yield from self._settlement(view, node, successors).findings
        for finding in facts_end(view, node):
            # Successors would take the people and leave their number behind.
            severity = "error" if self.successors else "warning"
            yield finding.model_copy(update={"severity": severity})

    def edit(self, draft: Draft) -> None:
        """End the unit, and record who takes its place."""
        node = unit(draft, self.unit)
        successors = [unit(draft, ref) for ref in self.successors]
        row = row_of(draft, node)
        draft.state(carried(draft, [node]), -1)
        apply_settlement(draft, self._settlement(draft, node, successors))
        part = "whole" if len(successors) == 1 else "part"
        passing = {"part": part, **dict.fromkeys(amounts(draft, row.facts))}
        draft.succeed((node, successor, passing) for successor in successors)
        draft.end(node, "closed")

    def _settlement(self, view: View, node: str, successors: list[str]) -> Settlement:
        to = successors[0] if len(successors) == 1 else None
        return settle(view, "closed", {node: to}, answers_of(self.answers))


def facts_end(view: View, node: str) -> Iterator[Finding]:
    """Warn of the additive facts that end with a unit."""
    ending = carried(view, [node])
    said = [
        laid("{fact} {amount}", fact=say(name), amount=_ending(ending, name))
        for name in view.pack.additive
        if f"fact:{name}" in ending or f"unknown:{name}" in ending
    ]
    if said:
        message = say(
            "With {node} ends what it carries: {shown}.",
            node=view.shown(node),
            shown=said,
        )
        yield FACTS_END.at(node, message)


def _ending(ending: Mapping[str, int], name: str) -> str:
    """Say how much of a fact ends."""
    amount = ending.get(f"fact:{name}")
    return say("unknown") if amount is None else str(amount)
