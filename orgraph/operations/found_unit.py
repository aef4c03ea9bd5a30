"""Founds a unit."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..draft.carried import carried
from ..findings import Code, Finding
from ..language import say
from .base import Label, NewNode, Operation, Ref, labelled
from .units import (
    WRONG_KIND,
    called_new,
    check_new,
    found_node,
    may_be_under,
    one_living,
    unit,
)

NO_PARENT = Code(
    code="FOUND01",
    meaning="A unit of this kind is founded under another, and none is named.",
    hint="Add under: with the unit above it.",
)


class FoundUnit(Operation):
    """Found a new unit, under another where its kind has a parent."""

    op: Literal["found_unit"] = "found_unit"
    new: NewNode
    under: Ref | None = None
    as_: Label | None = Field(default=None, alias="as")

    example = """\
op: found_unit
new: {kind: commune, name: Xã Mới, code: "99001", facts: {type: xã}}
under: province-11
"""

    def refs(self) -> list[str]:
        """Return the parent."""
        return [self.under] if self.under else []

    def founds(self) -> list[NewNode]:
        """Return the new unit."""
        return [labelled(self.new, self.as_)]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what can't be founded, or not there."""
        yield from check_new(view, self.new)
        parent = None
        if self.under:
            parent = yield from one_living(view, self.under)
        kind = view.pack.nodes.get(self.new.kind)
        if kind is None:
            return
        if kind.is_private:
            message = say(
                "A {kind} is not a unit that can be founded.", kind=say(self.new.kind)
            )
            yield WRONG_KIND.at(called_new(view, self.new), message)
        elif parent is not None:
            yield from may_be_under(view, self.new.kind, parent, self.new.name)
        edge = view.pack.parent_edge(self.new.kind)
        if self.under is None and edge and view.pack.edges[edge].targets == "1":
            called = called_new(view, self.new)
            message = say("{new} needs a unit above it.", new=called)
            yield NO_PARENT.at(called, message)

    def edit(self, draft: Draft) -> None:
        """Begin the unit and join it to its parent."""
        parent = unit(draft, self.under) if self.under else None
        above = [parent, *draft.ancestors(parent)] if parent else []
        # What a unit of this proposal said of its people, those below may say instead.
        stated = [node for node in above if not draft.base.versions(node)]
        before = carried(draft, stated)
        node = found_node(draft, self.founds()[0], self.new.facts)
        edge = draft.pack.parent_edge(self.new.kind)
        if parent and edge:
            draft.connect(edge, node, parent)
        draft.state(carried(draft, [node, *stated]))
        draft.state(before, -1)
