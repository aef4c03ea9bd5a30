"""Changes the type of a unit: a commune becomes a ward."""

from collections.abc import Iterator
from typing import Literal

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Operation, Ref, Text
from .fact_checks import check_facts
from .units import one_living, row_of, unit

SAME_TYPE = Code(
    code="TYPE01",
    meaning="The unit already is of this type.",
)


class ChangeType(Operation):
    """Give a unit another type, and a name and code that go with it."""

    op: Literal["change_type"] = "change_type"
    unit: Ref
    type: Text
    name: Text | None = None
    code: Text | None = None

    example = """\
op: change_type
unit: code:14869
type: xã
name: Xã Mường Lát
"""

    def refs(self) -> list[str]:
        """Return the unit."""
        return [self.unit]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse a type that the pack doesn't give to this kind, or no change."""
        node = yield from one_living(view, self.unit)
        if node is None:
            return
        row = row_of(view, node)
        yield from check_facts(view, row.kind, {"type": self.type}, node)
        if row.facts.get("type") == self.type:
            message = say(
                "{node} already is of type {type}.",
                node=view.shown(node),
                type=say(self.type),
            )
            yield SAME_TYPE.at(node, message)

    def edit(self, draft: Draft) -> None:
        """Begin a new version of the unit."""
        row = row_of(draft, unit(draft, self.unit))
        draft.revise(
            row.id,
            name=self.name or row.name,
            code=self.code or row.code,
            facts={**row.facts, "type": self.type},
        )
