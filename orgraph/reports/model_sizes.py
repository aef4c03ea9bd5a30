"""What a report says of how large units are, and of what the law wants of them."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model import FactValue


class Wanted(NamedTuple):
    """A figure that a standard or criterion wants of a unit, and by which text.

    `any_of` tells that of the figures of this title one is enough. Whether a unit falls
    short is a finding's to say, which knows exemptions.
    """

    fact: str
    at_least: int
    title: str
    document: str
    any_of: bool

    def to_plain(self) -> dict[str, Any]:
        """Return the figure as JSON data."""
        return self._asdict()


class Size(NamedTuple):
    """Heads below a unit and its additive facts, before and after.

    A side is None where the unit isn't there, a value None where it is unknown. What is
    wanted of a unit that ends is what was wanted of it on the day.
    """

    unit: str
    kind: str
    before: Mapping[str, FactValue] | None
    after: Mapping[str, FactValue] | None
    wanted: tuple[Wanted, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the size as JSON data."""
        return {
            "unit": self.unit,
            "kind": self.kind,
            "before": None if self.before is None else dict(self.before),
            "after": None if self.after is None else dict(self.after),
            "wanted": [one.to_plain() for one in self.wanted],
        }
