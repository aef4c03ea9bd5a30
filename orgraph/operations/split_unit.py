"""Splits a unit among several."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StrictBool, model_validator

from ..draft import Draft, View
from ..findings import Finding
from .base import Answers, NewNode, Operation, Ref
from .flows import check_reshaping
from .parts import Target
from .reshaping import reshape
from .routing import Routing, Way


class SplitUnit(Operation):
    """Split a unit among others; it ends, or lives on with the rest."""

    model_config = ConfigDict(
        json_schema_extra={
            "anyOf": [
                {"properties": {"targets": {"minItems": 2}}},
                {
                    "properties": {"keep_source": {"const": True}},
                    "required": ["keep_source"],
                },
            ]
        }
    )

    op: Literal["split_unit"] = "split_unit"
    source: Ref
    targets: Annotated[tuple[Target, ...], Field(min_length=1)]
    keep_source: StrictBool = False
    answers: Answers = {}

    example = """\
op: split_unit
source: commune-08812
targets:
  - new: {kind: commune, name: Xã Bắc, code: "90001", facts: {type: xã}}
    parts: [village-1]
    shares: {people: 1200, area_m2: "1/3"}
  - unit: commune-08815
    parts: [village-2, village-3]
    shares: {people: 2100, area_m2: "2/3"}
"""

    @model_validator(mode="after")
    def _divides(self) -> Self:
        if len(self.targets) == 1 and not self.keep_source:
            message = "a unit that ends is split among two targets or more"
            raise ValueError(message)
        return self

    def refs(self) -> list[str]:
        """Return the source, the targets that exist, the parts, and new parents."""
        return self._routing().refs()

    def founds(self) -> list[NewNode]:
        """Return the new targets."""
        return [target.new for target in self.targets if target.new]

    def gaps(self) -> Iterator[Finding]:
        """Yield the shares that are marked as gaps."""
        return self._routing().gaps()

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse parts left over or given twice, and shares that don't add up."""
        shape = yield from self._routing().resolve(view)
        if shape is not None:
            yield from check_reshaping(view, shape)

    def edit(self, draft: Draft) -> None:
        """Divide dependents and facts among the targets."""
        reshape(draft, self._routing().resolved(draft))

    def _routing(self) -> Routing:
        ways = [Way(self.source, to.new or to.unit or "", to) for to in self.targets]
        return Routing(
            new=[target.new for target in self.targets if target.new],
            ways=ways,
            keep=[self.source] if self.keep_source else [],
            answers=self.answers,
        )
