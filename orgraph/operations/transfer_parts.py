"""Transfers parts of a unit to another; both live on."""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Finding
from .base import Answers, Operation, Ref
from .flows import check_reshaping
from .parts import Given
from .reshaping import reshape
from .routing import Routing, Way


class TransferParts(Operation, Given):
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

    def refs(self) -> list[str]:
        """Return both units and the parts."""
        return self._routing().refs()

    def gaps(self) -> Iterator[Finding]:
        """Yield the shares that are marked as gaps."""
        return self._routing().gaps()

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse parts that aren't the unit's own, and more than it has."""
        shape = yield from self._routing().resolve(view)
        if shape is not None:
            yield from check_reshaping(view, shape)

    def edit(self, draft: Draft) -> None:
        """Let parts and facts flow from one unit to the other."""
        reshape(draft, self._routing().resolved(draft))

    def _routing(self) -> Routing:
        return Routing([], [Way(self.from_, self.to, self)], [self.from_], self.answers)
