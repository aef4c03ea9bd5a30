"""How bodies mirror what they cover: which follow units, and into what."""

from typing import Annotated

from pydantic import Field, StringConstraints

from ..model import Facts
from .asked import Value, Where
from .kinds import Name, PackPart, Source
from .limits import is_so

Label = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,14}$")]


class Becomes(PackPart):
    """What the bodies of units become when their units become one below some kind.

    With `of` only bodies of a new unit with these facts become so. `name` has `{name}`
    for the name of the new unit, and `label` ends the label that a drafted step gives
    the new body.
    """

    below: Name | None = None
    of: Where = Field(default={})
    kind: Name
    facts: dict[Name, Value] = Field(default={})
    name: str = "{name}"
    label: Label = "body"


class United(PackPart):
    """A kind of which a body has one below it at the most: several become one.

    With `founded` a new body to which none comes has one founded, where those that it
    is formed of have them.
    """

    kind: Name
    founded: bool = False
    name: str = "{name}"
    label: Label = "united"


class Mirror(PackPart):
    """Bodies of some kinds are arranged as the units of one kind that they cover.

    With `where` only bodies with these facts are meant. Without `becomes` they end with
    their units, and where units end as a tier, so do bodies that are one. What is of a
    kind `instead` may cover a unit that has no such body; it comes below the body of
    what its unit becomes.
    """

    unit: Name
    edge: Name
    bodies: tuple[Name, ...]
    instead: tuple[Name, ...] = ()
    where: Where = Field(default={})
    becomes: tuple[Becomes, ...] = ()
    unite: tuple[United, ...] = ()
    source: Source

    def becoming(self, above: str | None, facts: Facts) -> Becomes | None:
        """Return what bodies become whose new unit has these facts.

        `above` is the kind that the unit is directly below.
        """
        told = (one for one in self.becomes if one.below == above)
        return next((one for one in told if is_so(one.of, facts)), None)

    def fits(self, facts: Facts) -> bool:
        """Tell whether a body with these facts is meant."""
        return is_so(self.where, facts)
