"""Transfers parts of a unit to another; both live on."""

from typing import Literal

from pydantic import Field

from .base import Answers, Ref
from .flowing import Flowing
from .parts import Given
from .routing import Routing, Way


class TransferParts(Flowing, Given):
    """Transfer dependents and shares of facts to another unit; both live on."""

    op: Literal["transfer_parts"] = "transfer_parts"
    from_: Ref = Field(alias="from")
    to: Ref
    answers: Answers = {}

    example = """\
op: transfer_parts
from: commune-08812
to: commune-08815
parts: [village-7]
shares: {people: 310, area_m2: 1250000}
"""

    def routing(self) -> Routing:
        """Return the one way from unit to unit."""
        return Routing([], [Way(self.from_, self.to, self)], [self.from_], self.answers)
