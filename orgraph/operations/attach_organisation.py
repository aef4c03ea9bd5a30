"""Attaches an organisation to another: what it is directly under changes."""

from collections.abc import Iterator
from typing import Literal

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Operation, Ref
from .move_unit import MoveUnit
from .people import Words, words
from .units import known_living, living

NO_ORGANISATION = Code(
    code="ATTACH01",
    meaning="The step is about organisations that have members, and this isn't one.",
    hint="Another unit moves with move_unit.",
)


class AttachOrganisation(Operation):
    """Attach an organisation to another; it keeps its identity and its history."""

    op: Literal["attach_organisation"] = "attach_organisation"
    unit: Ref
    to: Ref

    example = """\
op: attach_organisation
unit: cell-03160-04
to: committee-03163
"""

    def refs(self) -> list[str]:
        """Return the organisation and the one that it comes under."""
        return [self.unit, self.to]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what has no members, and what can't be moved there."""
        known = yield from words(view)
        if known is None:
            return
        yield from living(view, self.refs())
        found = known_living(view, self.refs())
        wrong = [node for node in found if not _has_members(view, known, node)]
        for node in sorted(set(wrong)):
            message = say(
                "{node} is a {node_kind}, which has no members.",
                node=view.shown(node),
                node_kind=say(view.kind(node)),
            )
            yield NO_ORGANISATION.at(node, message)
        if not wrong:
            yield from self._move.check(view)

    def edit(self, draft: Draft) -> None:
        """Move it, with all that is below it."""
        self._move.edit(draft)

    @property
    def _move(self) -> MoveUnit:
        return MoveUnit(unit=self.unit, to=self.to)


def _has_members(view: View, known: Words, node: str) -> bool:
    group, kind = known.places.group, view.kind(node)
    return kind == group or kind in view.pack.above(group)
