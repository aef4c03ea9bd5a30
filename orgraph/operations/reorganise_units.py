"""Reorganises several units into several others, whole and in part."""

from typing import Annotated, Literal

from pydantic import Field

from .base import Answers, Ref
from .flowing import Flowing
from .parts import NewUnder, Route
from .routing import Routing, Way


class ReorganiseUnits(Flowing):
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

    def routing(self) -> Routing:
        """Return a way for each edge."""
        ways = [Way(e.from_, e.to, e, e.whole) for e in self.edges]
        return Routing(self.new, ways, self.keep, self.answers)
