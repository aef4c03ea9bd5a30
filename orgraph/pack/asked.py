"""What the law asks of units: figures to reach, and what mergers must and may be."""

from datetime import date
from functools import cached_property
from typing import ClassVar, Literal, get_args

from pydantic import Field

from ..language import Words, say
from .kinds import Name, PackPart, Source

By = Literal["below_standard", "must_rearrange", "formed_too_small"]
Value = str | bool | int
Where = dict[Name, Value | tuple[Value, ...]]
"""The values that facts must have; of a list, one of them."""


class Asked(PackPart):
    """What is asked of a kind of unit in [since, until), on what, and how strictly.

    The title begins small: it stands inside a sentence.
    What is `unconfirmed` was not read in a public text: it is off, and finds nothing.
    What has no source is practice: it may warn, and never refuses.
    """

    rule: ClassVar[str] = ""
    """The rule that it is for: the name of its module."""

    id: str
    title: Words
    kind: Name
    since: date
    until: date = date.max
    severity: Literal["error", "warning", "info"] = "error"
    source: Source | None = None
    exemptions: Words = ""
    unconfirmed: bool = False

    def is_asked(self, day: date) -> bool:
        """Whether it is in force on a day, and confirmed."""
        return self.since <= day < self.until and not self.unconfirmed

    @property
    def asked_by(self) -> str:
        """The name of the rule that asks it."""
        return self.rule

    @property
    def cited(self) -> str:
        """The source as it is cited, or that there is none."""
        return str(self.source) if self.source else say("practice, of no text")

    @property
    def source_data(self) -> dict[str, str | None]:
        """The document and the article as data, None of what is practice."""
        if self.source is None:
            return {"document": None, "article": None}
        return self.source.model_dump()


class Figure(PackPart):
    """A fact to reach: a number, or so many percent of another threshold's number.

    Where the unit's fact isn't known, nodes of the kind `count` below it are counted.
    """

    fact: Name
    at_least: int | None = None
    percent: int | None = None
    count: Name | None = None


class Threshold(Asked):
    """Figures that a unit of some kind must reach.

    It is meant for units whose facts are as in `where`, below units of other kinds as
    in `above`; its percents are of those thresholds named in `of` that are meant for
    the unit too. One figure stands in the threshold itself; of more, `all_of` or
    `any_of` are wanted. A merger of `unless_merged` units or more is exempt.
    """

    by: By = "below_standard"
    where: Where = Field(default={})
    above: dict[Name, Where] = Field(default={})
    fact: Name | None = None
    at_least: int | None = None
    percent: int | None = None
    count: Name | None = None
    all_of: tuple[Figure, ...] = ()
    any_of: tuple[Figure, ...] = ()
    of: tuple[str, ...] = ()
    unless_merged: int | None = None

    @property
    def asked_by(self) -> str:
        """See Asked."""
        return self.by

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, wherever they stand."""
        if self.fact is None:
            return self.all_of or self.any_of
        own = Figure(
            fact=self.fact,
            at_least=self.at_least,
            percent=self.percent,
            count=self.count,
        )
        return (own,)


class Freeze(Asked):
    """Units of a kind aren't merged for a time."""

    rule = "frozen_mergers"


class Ending(Asked):
    """From a day on there are no units of a kind."""

    rule = "ended_kinds"


class MergerType(Asked):
    """What a merger gives whose units had all these values of a fact between them.

    It has one of the values it gives. Of those that are in force for a kind and a fact,
    the first that fits holds.
    """

    rule = "merged_type"

    fact: Name
    present: tuple[str, ...]
    gives: tuple[str, ...]


class Reduction(Asked):
    """By how many percent the units of a kind fall below each unit of another kind.

    Counted from the eve of the day on which it comes into force.
    """

    rule = "fewer_units"

    below: Name
    from_percent: int
    to_percent: int


ASKING = frozenset(
    {*get_args(By), *(one.rule for one in (Freeze, Ending, MergerType, Reduction))}
)
"""The rules that find what a pack asks, by the names of their modules."""
