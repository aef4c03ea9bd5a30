"""What a report says of units that nothing happens to, beside those that change."""

from typing import Any, NamedTuple


class Other(NamedTuple):
    """A unit that only stands beside others, or goes along with the one above it."""

    id: str
    name: str
    code: str | None


class Rest(NamedTuple):
    """Units of a kind directly below a unit of the report, and none of it themselves.

    They `follow` where the unit above them is another on the other side, and are else
    unchanged. `units` are the first of the `number`.
    """

    parent: str
    kind: str
    follow: bool
    number: int
    units: tuple[Other, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return them as JSON data."""
        return {**self._asdict(), "units": [unit._asdict() for unit in self.units]}
