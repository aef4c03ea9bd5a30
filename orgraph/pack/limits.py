"""How many and which: what the law asks of groups, their posts and the holders."""

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Literal, get_args

from pydantic import Field

from ..language import both, laid, say
from ..model import Facts
from .asked import Asked, Where
from .kinds import Name, PackPart
from .problems import Keys, Problem, unknown

if TYPE_CHECKING:
    from .models import Pack

Limiting = Literal[
    "cell_size",
    "organisation_form",
    "cell_leadership",
    "one_holder",
    "one_full_post",
    "white_places",
    "own_cell",
    "one_cell",
    "joint_cells",
    "joint_of_one",
    "rotation_length",
    "before_rotation",
    "service_left",
    "not_native",
    "terms",
    "equivalent_post",
    "planned_first",
    "surplus_deputies",
    "charge_cover",
    "hardest_places",
]
"""The rules that read limits, by the names of their modules."""

Counting = Literal[
    "members",
    "official members",
    "bodies",
    "seats",
    "posts",
    "holders",
    "groups",
    "places",
    "months",
    "people",
]
"""What a limit counts: `bodies` are those that lead, `seats` the posts in them."""

_OF_POSTS: frozenset[Counting] = frozenset({"posts", "seats", "months", "people"})


def is_so(where: Where, facts: Facts) -> bool:
    """Tell whether facts have the values that they must have."""
    for name, wanted in where.items():
        value = facts.get(name)
        if value not in wanted if isinstance(wanted, tuple) else value != wanted:
            return False
    return True


class Limit(Asked):
    """At least so many, at most so many, of what a node of some kind has.

    It is meant for nodes that are what `standing` says by what they are directly below,
    and that have from `from_members` on and fewer than `below_members`. Of posts only
    those are meant whose facts are as in `of`, in units of the kinds `within`; of seats
    these are the posts outside the leading bodies that belong to them as well.
    After a merger it is kept only `grace_months` later. So many holdings in a row as
    `terms` says may be as many terms though they fall up to `short_by` months short.
    Of places those are the hardest whose facts are as in `where`.
    """

    by: Limiting
    standing: str | None = None
    where: Where = Field(default={})
    from_members: int | None = None
    below_members: int | None = None
    of: Where = Field(default={})
    within: tuple[Name, ...] = ()
    grace_months: int | None = None
    terms: Annotated[int, Field(ge=2)] | None = None
    short_by: Annotated[int, Field(ge=1)] | None = None
    at_least: int | None = None
    at_most: int | None = None
    unit: Counting

    @property
    def asked_by(self) -> str:
        """See Asked."""
        return self.by

    @property
    def bounds(self) -> str:
        """The numbers, in words."""
        least, most = self.at_least, self.at_most
        if least is not None and most is not None:
            return say(
                "at least {least:,} and at most {most:,}", least=least, most=most
            )
        if least is not None:
            return say("at least {least:,}", least=least)
        if most is not None:
            return say("at most {most:,}", most=most)
        return say("a number that isn't known")

    @property
    def wants(self) -> str:
        """What is asked, in words."""
        least, below = self.from_members, self.below_members
        size = [] if least is None else [say("from {n:,}", n=least)]
        size += [] if below is None else [say("below {n:,}", n=below)]
        if not size:
            return self.asks
        asks, size_of = self.asks, both(size)
        return say("{asks}, {size} official members", asks=asks, size=size_of)

    @property
    def asks(self) -> str:
        """What is counted, and the numbers."""
        return laid("{unit}, {bounds}", unit=say(self.unit), bounds=self.bounds)

    def is_meant(self, sure: int, most: int) -> bool | None:
        """Tell whether it is for a group of so many; None where that can't be told."""
        low, high = self.from_members or 0, self.below_members
        if most < low or (high is not None and sure >= high):
            return False
        return True if sure >= low and (high is None or most < high) else None


class Held(PackPart):
    """A post of a kind of unit, by its facts.

    Only units are meant whose facts are as in `where`, below units of other kinds as in
    `above`.
    """

    unit: Name
    post: Where = Field(default={})
    where: Where = Field(default={})
    above: dict[Name, Where] = Field(default={})

    def fits(self, kind: str, facts: Facts) -> bool:
        """Tell whether a post in a unit of a kind is meant."""
        return kind == self.unit and is_so(self.post, facts)


class Combination(Asked):
    """Two posts that one person may hold, may not, or should.

    The first is in a unit of `kind`; an edge of the kind `by` leads from that unit to
    the other's.
    """

    rule = "combined_posts"

    post: Where = Field(default={})
    other: Held
    by: Name | None = None
    word: Literal["allowed", "forbidden", "wanted"]

    @cached_property
    def first(self) -> Held:
        """The post in the unit of `kind`."""
        return Held(unit=self.kind, post=self.post)

    @property
    def wants(self) -> str:
        """What is asked, in words."""
        word, unit = say(self.word), say(self.other.unit)
        said = say("{word} together with a post in a {unit}", word=word, unit=unit)
        if self.by is None:
            return said
        return say("{post} to which {edge} leads", post=said, edge=say(self.by))


LIMITING = frozenset({*get_args(Limiting), Combination.rule})
"""The rules that find what limits and combinations ask."""


def limit_problems(pack: "Pack") -> Iterator[Problem]:
    """Yield a problem for each limit that can't be kept or told."""
    for place, limit in enumerate(pack.limits):
        at: Keys = ("limits", place)
        numbers = [n for n in (limit.at_least, limit.at_most) if n is not None]
        if not numbers and not limit.unconfirmed:
            yield at, "at_least or at_most is wanted; only what is unconfirmed has none"
        if numbers != sorted(numbers):
            yield (*at, "at_most"), "it is less than at_least"
        if limit.kind in pack.nodes:
            words = pack.nodes[limit.kind].standing
            if limit.standing is not None and limit.standing not in words:
                what = f"a {limit.kind} is never a {limit.standing!r}"
                yield (*at, "standing"), what
        yield from _terms((*at, "terms"), limit)
        yield from _hardest(pack, (*at, "where"), limit)
        yield from post_problems(pack, (*at, "of"), limit.of)
        yield from unknown((*at, "within"), limit.within, pack.nodes)
        if (limit.of or limit.within) and limit.unit not in _OF_POSTS:
            yield (*at, "of"), f"what posts are meant, and it counts {limit.unit}"
    for place, two in enumerate(pack.combinations):
        at = ("combinations", place)
        yield from unknown((*at, "other", "unit"), [two.other.unit], pack.nodes)
        yield from post_problems(pack, (*at, "post"), two.post)
        yield from post_problems(pack, (*at, "other", "post"), two.other.post)
        yield from _joined(pack, at, two)


def _terms(at: Keys, limit: Limit) -> Iterator[Problem]:
    """Yield terms that aren't told by both numbers, or that no rule looks at."""
    said = limit.terms is not None, limit.short_by is not None
    if any(said) and limit.by != "terms":
        yield at, f"{limit.by} doesn't look at terms"
    elif any(said) and (not all(said) or limit.at_most is None):
        yield at, "terms, short_by and at_most go together"


def _hardest(pack: "Pack", at: Keys, limit: Limit) -> Iterator[Problem]:
    """Yield hardest places that aren't told, or facts that a kind doesn't have."""
    ranked = limit.by == "hardest_places"
    if ranked and not limit.where:
        yield at, "which places are the hardest isn't said"
    elif limit.where and not ranked:
        yield at, f"{limit.by} doesn't look at facts"
    elif limit.kind in pack.nodes:
        for name in sorted(set(limit.where) - set(pack.nodes[limit.kind].facts)):
            yield at, f"{limit.kind} doesn't have {name}"


def _joined(pack: "Pack", at: Keys, both: Combination) -> Iterator[Problem]:
    """Yield an edge that joins no such units, and facts that these don't have."""
    by, other = both.by, both.other
    if both.word == "wanted" and by is None:
        yield (*at, "by"), "what is wanted is wanted of units that an edge joins"
    yield from unknown((*at, "by"), [by] if by else (), pack.edges)
    if by in pack.edges and not pack.may_join(by, both.kind, other.unit):
        yield (*at, "by"), f"no {both.kind} is joined to a {other.unit} by {by}"
    yield from unknown((*at, "other", "above"), other.above, pack.nodes)
    for kind, where in {other.unit: other.where, **other.above}.items():
        for name in sorted(where) if kind in pack.nodes else ():
            if name not in pack.nodes[kind].facts:
                yield (*at, "other"), f"{kind} doesn't have {name}"


def post_problems(pack: "Pack", at: Keys, where: Where) -> Iterator[Problem]:
    """Yield facts that no post has."""
    posts = [kind for kind in pack.nodes.values() if kind.role == "post"]
    yield from unknown(at, where, pack.facts)
    for name in sorted(where.keys() & pack.facts.keys()):
        if not any(name in kind.facts for kind in posts):
            yield (*at, name), f"no post has the fact {name}"
