"""The form of what units give away in part: which dependents, and what of the facts."""

import re
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    Tag,
    WithJsonSchema,
    model_validator,
)

from ..model.facts import LARGEST
from ..near_names import did_you_mean
from .base import NewNode, Part, Ref, Text

WORDS = ("all", "none", "unknown", "ask")
"""`ask` marks a gap: a share that somebody still has to say."""

_FRACTION = re.compile(r"(0|[1-9][0-9]{0,8})/([1-9][0-9]{0,8})")
_PATTERN = f"^({_FRACTION.pattern}|{'|'.join(WORDS)})$"


def _share(value: object) -> int | str:
    if isinstance(value, int) and not isinstance(value, bool):
        if not 0 <= value <= LARGEST:
            message = f"a share is a number from 0 to {LARGEST}"
            raise ValueError(message)
        return value
    text = value.strip() if isinstance(value, str) else ""
    fraction = _FRACTION.fullmatch(text)
    if fraction and int(fraction[1]) <= int(fraction[2]):
        return text
    if text in WORDS:
        return text
    message = 'a share is a whole number, a fraction like "1/3", or ' + ", ".join(WORDS)
    raise ValueError(message + did_you_mean(text, WORDS))


def _same_share(value: object) -> int | str:
    if isinstance(value, int):
        message = "a number is a share of one fact: name it, as in {people: 1200}"
        raise ValueError(message)  # noqa: TRY004 - pydantic wants this one
    return _share(value)


Share = Annotated[
    Any,
    BeforeValidator(_share),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": LARGEST},
                {"type": "string", "pattern": _PATTERN},
            ]
        }
    ),
]
SameShare = Annotated[
    Any,
    BeforeValidator(_same_share),
    WithJsonSchema({"type": "string", "pattern": _PATTERN}),
]
Shares = Annotated[
    Annotated[SameShare, Tag("form-word")]
    | Annotated[dict[Text, Share], Tag("form-map")],
    Discriminator(lambda v: f"form-{'map' if isinstance(v, dict) else 'word'}"),
]
"""What of each additive fact goes, or one word or fraction for all of them."""


class NewUnder(NewNode):
    """A new node with its parent, which is its sources' parent where they have one."""

    under: Ref | None = None


class Given(Part):
    """What goes to one target: direct dependents by name, and shares of the facts."""

    parts: tuple[Ref, ...] = ()
    shares: Shares | None = None

    def asked(self) -> list[str]:
        """Return the facts whose share is a gap, "" for all that there are."""
        if isinstance(self.shares, dict):
            return sorted(name for name, said in self.shares.items() if said == "ask")
        return [""] if self.shares == "ask" else []


class Target(Given):
    """One of those that a split unit is divided among: a new unit or a living one."""

    model_config = ConfigDict(
        json_schema_extra={"oneOf": [{"required": ["new"]}, {"required": ["unit"]}]}
    )

    new: NewUnder | None = None
    unit: Ref | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if (self.new is None) == (self.unit is None):
            message = "a target is either a new unit or a unit that exists"
            raise ValueError(message)
        return self


class Route(Given):
    """What goes from one unit to another: the whole of it, or parts and shares."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"whole": {"const": True}}, "required": ["whole"]},
            "then": {
                "properties": {"parts": {"maxItems": 0}, "shares": {"type": "null"}}
            },
        }
    )

    from_: Ref = Field(alias="from")
    to: Ref
    whole: StrictBool = False

    @model_validator(mode="after")
    def _is_whole_or_part(self) -> Self:
        if self.whole and (self.parts or self.shares is not None):
            message = "what goes whole has neither parts nor shares"
            raise ValueError(message)
        return self
