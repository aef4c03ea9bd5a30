"""Renames a unit, or gives it another code."""

from collections.abc import Iterator
from typing import Literal, Self

from pydantic import model_validator

from ..draft import Draft, View
from ..findings import Code, Finding
from ..language import say
from .base import Operation, Ref, Text
from .units import one_living, row_of, unit

SAME_NAME = Code(
    code="RENAME01",
    meaning="The unit already has this name and code.",
)


class RenameUnit(Operation):
    """Give a unit another name or code; it stays the same unit."""

    op: Literal["rename_unit"] = "rename_unit"
    unit: Ref
    name: Text | None = None
    code: Text | None = None

    example = """\
op: rename_unit
unit: code:24091
name: Xã Buôn Đôn
"""

    @model_validator(mode="after")
    def _something(self) -> Self:
        if self.name is None and self.code is None:
            message = "rename_unit needs a name, a code or both"
            raise ValueError(message)
        return self

    def refs(self) -> list[str]:
        """Return the unit."""
        return [self.unit]

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse an unknown unit and a name it already has."""
        node = yield from one_living(view, self.unit)
        if node is None:
            return
        row = row_of(view, node)
        if (self.name or row.name, self.code or row.code) == (row.name, row.code):
            message = say(
                "{node} already has this name and code.", node=view.shown(node)
            )
            yield SAME_NAME.at(node, message)

    def edit(self, draft: Draft) -> None:
        """Begin a new version of the unit."""
        row = row_of(draft, unit(draft, self.unit))
        draft.revise(row.id, name=self.name or row.name, code=self.code or row.code)
