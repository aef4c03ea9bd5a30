"""What a report says of people, by ids alone: chains, posts, charges, and places."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ..model import FactValue

Chain = tuple[str, ...]
"""What somebody is below, the nearest first."""


class Person(NamedTuple):
    """Someone whose own unit is another after the plan, or whose only one ends."""

    id: str
    kind: str
    before: Chain
    after: Chain

    def to_plain(self) -> dict[str, Any]:
        """Return the person as JSON data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "before": list(self.before),
            "after": list(self.after),
        }


class ChainGroup(NamedTuple):
    """People and households whose chains change alike, counted by kind.

    They are below `unit`, which has another parent: the chains are what that is below.
    Without a unit they have another parent themselves, and the chains are theirs.
    """

    unit: str | None
    kind: str | None
    before: Chain
    after: Chain
    counts: Mapping[str, int]

    def to_plain(self) -> dict[str, Any]:
        """Return the group as JSON data."""
        return {
            "unit": self.unit,
            "kind": self.kind,
            "before": list(self.before),
            "after": list(self.after),
            "counts": dict(self.counts),
        }


class PlaceState(NamedTuple):
    """A place, and how it stands before and after; None where it isn't there.

    It has its own group ("own"), or is without members, without a group, has only a
    joint one, or one of its own in which nobody is recorded.
    """

    id: str
    kind: str
    name: str
    before: str | None
    after: str | None

    def to_plain(self) -> dict[str, Any]:
        """Return the place as JSON data."""
        return self._asdict()


class Revision(NamedTuple):
    """What of somebody who lives on is another.

    Each fact is with its sides, and lacks the one on which it is absent. Homes, posts,
    what they are in charge of and the groups that they attend are ids, all of them
    where one is another, else none; a name isn't shown, only that it is another.
    """

    id: str
    kind: str
    renamed: bool
    facts: Mapping[str, Mapping[str, FactValue]]
    homes: tuple[Chain, Chain]
    posts: tuple[Chain, Chain]
    charges: tuple[Chain, Chain]
    attends: tuple[Chain, Chain]

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return {
            "id": self.id,
            "kind": self.kind,
            "renamed": self.renamed,
            "facts": {name: dict(sides) for name, sides in self.facts.items()},
            "homes": _sides(self.homes),
            "posts": _sides(self.posts),
            "charges": _sides(self.charges),
            "attends": _sides(self.attends),
        }


def _sides(pair: tuple[Chain, Chain]) -> dict[str, list[str]]:
    return {
        when: list(ids) for when, ids in zip(("before", "after"), pair, strict=True)
    }


class Removed(NamedTuple):
    """A member who is one no more: of which group, on what ground, and who decided."""

    person: str
    group: str
    ground: str | None
    by: str | None

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        return self._asdict()


class Post(NamedTuple):
    """A post with its unit, what it is there, and who holds it."""

    id: str
    unit: str | None
    role: str | None
    people: Chain

    def to_plain(self) -> dict[str, Any]:
        """Return the post as JSON data."""
        return {
            "id": self.id,
            "unit": self.unit,
            "role": self.role,
            "people": list(self.people),
        }


class ExchangedPost(NamedTuple):
    """A person who leaves a post, and takes another of equal standing on the day."""

    person: str
    left: Post
    taken: Post

    def to_plain(self) -> dict[str, Any]:
        """Return both posts as JSON data."""
        posts = {"left": self.left, "taken": self.taken}
        return {"person": self.person} | {
            word: {"post": post.id, "role": post.role, "unit": post.unit}
            for word, post in posts.items()
        }


class VacatedPost(NamedTuple):
    """A post that is left without a holder for good.

    `people` filled it before, or were seconded to it; `acting` hold it provisionally,
    `planned` are planned for it, and may still come; those of them who are `elsewhere`
    take another post in the same plan.
    """

    id: str
    unit: str | None
    role: str | None
    people: Chain
    acting: Chain
    planned: Chain
    elsewhere: Chain = ()

    def to_plain(self) -> dict[str, Any]:
        """Return the post as JSON data."""
        people = (self.people, self.acting, self.planned, self.elsewhere)
        names = ("people", "acting", "planned", "elsewhere")
        listed = {name: list(ids) for name, ids in zip(names, people, strict=True)}
        return {"id": self.id, "unit": self.unit, "role": self.role, **listed}


class AlikePosts(NamedTuple):
    """Posts of one role that come to be in one unit; `unit` of each is where it was."""

    unit: str
    role: str
    posts: tuple[Post, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the posts as JSON data."""
        return {
            "unit": self.unit,
            "role": self.role,
            "posts": [
                {"post": post.id, "from": post.unit, "people": list(post.people)}
                for post in self.posts
            ],
        }


class Uncharged(NamedTuple):
    """A unit without anybody in charge, and who was: of it, or of what it succeeds."""

    unit: str
    kind: str
    was: tuple[tuple[str, tuple[str, ...]], ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        return {
            "unit": self.unit,
            "kind": self.kind,
            "was": [
                {"unit": unit, "people": list(people)} for unit, people in self.was
            ],
        }
