"""What a report says of where units are, as far as that is recorded."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Point(NamedTuple):
    """A point of a unit in degrees of WGS 84, as its facts have them."""

    longitude: str
    latitude: str


class Dot(NamedTuple):
    """A unit that a plan touches, and its point before and after."""

    unit: str
    kind: str
    before: Point | None
    after: Point | None

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        sides = {"before": self.before, "after": self.after}
        return {"unit": self.unit, "kind": self.kind} | {
            when: point._asdict() if point else None for when, point in sides.items()
        }


class Map(NamedTuple):
    """The units touched that have a point, and how many there are without one.

    Only those are counted whose kind can have one.
    """

    dots: tuple[Dot, ...]
    without: Mapping[str, int]

    def to_plain(self) -> dict[str, Any]:
        """Return the map as JSON data."""
        return {
            "points": [dot.to_plain() for dot in self.dots],
            "without": dict(self.without),
        }
