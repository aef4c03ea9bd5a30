"""Reorganises several units into several others, whole and in part."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from ..draft import Draft, View
from ..findings import Finding
from .base import Answers, NewNode, Operation, Ref
from .flows import check_reshaping
from .parts import NewUnder, Route
from .reshaping import reshape
from .routing import Routing, Way


class ReorganiseUnits(Operation):
    """Reorganise units into others: some go whole, some in part, some live on."""

    op: Literal["reorganise_units"] = "reorganise_units"
    new: tuple[NewUnder, ...] = ()
    edges: Annotated[tuple[Route, ...], Field(min_length=1)]
    keep: tuple[Ref, ...] = ()
    answers: Answers = {}

    example = """\
op: reorganise_units
new:
  - {kind: commune, name: Phường Đại Mỗ, code: "10117", as: dai_mo}
  - {kind: commune, name: Phường Từ Liêm, code: "00622", as: tu_liem}
edges:
  - {from: commune-00625, to: dai_mo, shares: {area_m2: 2300000, people: "1/2"}}
  - {from: commune-00625, to: tu_liem, shares: {area_m2: 2700000, people: "1/2"}}
  - {from: commune-00619, to: tu_liem, whole: true}
"""

    def refs(self) -> list[str]:
        """Return the sources, the targets that exist, the parts, and new parents."""
        return self._routing().refs()

    def founds(self) -> list[NewNode]:
        """Return the new units."""
        return list(self.new)

    def gaps(self) -> Iterator[Finding]:
        """Yield the shares that are marked as gaps."""
        return self._routing().gaps()

    def check(self, view: View) -> Iterator[Finding]:
        """Refuse what is left over or given twice, and shares that don't add up."""
        shape = yield from self._routing().resolve(view)
        if shape is not None:
            yield from check_reshaping(view, shape)

    def edit(self, draft: Draft) -> None:
        """Let dependents and facts flow, and end the sources that don't live on."""
        reshape(draft, self._routing().resolved(draft))

    def _routing(self) -> Routing:
        ways = [Way(e.from_, e.to, e, e.whole) for e in self.edges]
        return Routing(self.new, ways, self.keep, self.answers)
