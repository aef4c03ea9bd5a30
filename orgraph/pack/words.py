"""What a pack calls documents, posts, places and points of a map."""

from typing import Annotated

from pydantic import Field

from ..model import Facts
from .kinds import Name, PackPart


class Basis(PackPart):
    """The kind of a legal document, and the edge from a unit to it."""

    document: Name
    edge: Name


class Chain(PackPart):
    """The edges that say who holds a post, where it sits, and who is in charge."""

    holds: Name
    seat: Name
    charge: Name


class Posts(PackPart):
    """What tells how a post is held, and until when its holder serves.

    `form` is a fact of a holding; with one of the `provisional` values it doesn't fill
    the post for good; `reinforcing` is the one of those who keep the post that they
    have elsewhere, and the `counted` ones are terms and rotations all the same. A post
    with one of the `beside` values of a fact, such as a seat in a committee, is held
    beside a full post. `service_end` is a fact of a person: a day, as text. `rank` is a
    fact of a post, by which posts are equivalent; `ranks` are its values in order, the
    highest first. `gap_days` is how long somebody may be without a post and still goes
    on in it, or goes from it to another.
    """

    form: Name | None = None
    provisional: tuple[str, ...] = ()
    reinforcing: str | None = None
    counted: tuple[str, ...] = ()
    beside: dict[Name, tuple[str, ...]] = Field(default={})
    service_end: Name | None = None
    rank: Name | None = None
    ranks: tuple[str, ...] = ()
    gap_days: Annotated[int, Field(ge=0)] = 0

    def is_full(self, facts: Facts) -> bool:
        """Tell whether a holding with these facts fills its post for good, or may."""
        return self.form is None or facts.get(self.form) not in self.provisional

    def is_known(self, facts: Facts) -> bool:
        """Tell whether it is known in which form; one that says none is full."""
        return self.form is None or facts.get(self.form, "") is not None

    def is_surely_full(self, facts: Facts) -> bool:
        """Tell whether a holding with these facts fills its post for certain."""
        form = facts.get(self.form, "") if self.form else ""
        return form is not None and form not in self.provisional

    def is_seconded(self, facts: Facts) -> bool:
        """Tell whether a holding with these facts reinforces, beside a post at home."""
        form = facts.get(self.form) if self.form else None
        return form is not None and form == self.reinforcing

    def is_counted(self, facts: Facts) -> bool:
        """Tell whether a holding with these facts is a term, or may be a rotation."""
        return self.is_full(facts) or facts.get(self.form or "") in self.counted

    def is_beside(self, facts: Facts) -> bool:
        """Tell whether a post with these facts is held beside a full one."""
        return any(facts.get(fact) in values for fact, values in self.beside.items())


class Places(PackPart):
    """Which places should have a group of members of their own.

    `member` is the edge from a person to a group; `home` are the edges that lead, one
    after the other, from a person to the place where they live; `joint` is a fact of a
    group that serves several places. `tags` are facts of places that are true or false,
    by which they are counted; of a place that says nothing of one that follows it is
    what the nearest unit of the kinds `tags_from` above it says.
    """

    place: Name
    group: Name
    member: Name
    home: tuple[Name, ...] = ()
    joint: Name | None = None
    tags: tuple[Name, ...] = ()
    tags_from: tuple[Name, ...] = ()


class Questions(PackPart):
    """What the questions ask about, beyond the hierarchy and the posts.

    `ties` are the edges by which a path goes, either way, of several by the first;
    `covers` leads from a body to the ground that it leads; of the `charged` kinds
    somebody should be in charge.
    """

    ties: tuple[Name, ...] = ()
    covers: Name | None = None
    charged: tuple[Name, ...] = ()
    posts: Posts = Posts()
    places: Places | None = None


class MapFacts(PackPart):
    """The two facts of a unit that say where a map shows it: one point, in degrees.

    They don't follow: where the middle of united units lies is nobody's to guess.
    """

    longitude: Name
    latitude: Name
