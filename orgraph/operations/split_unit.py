"""Splits a unit among several."""

from typing import Annotated, Literal, Self

from pydantic import ConfigDict, Field, StrictBool, model_validator

from .base import Answers, Ref
from .flowing import Flowing
from .parts import Target
from .routing import Routing, Way


class SplitUnit(Flowing):
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

    def routing(self) -> Routing:
        """Return the ways from the source to each target."""
        ways = [Way(self.source, to.new or to.unit or "", to) for to in self.targets]
        return Routing(
            new=[target.new for target in self.targets if target.new],
            ways=ways,
            keep=[self.source] if self.keep_source else [],
            answers=self.answers,
        )
