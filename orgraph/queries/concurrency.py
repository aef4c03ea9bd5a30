"""Who holds several posts, as shares whose denominators are named.

Which posts are looked at together is the pack's word, its combinations. Of a unit the
posts of one combination are held by one person or by several; or one is vacant, or not
there: those are states of their own, and in no share of units.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from ..collector import uncollected
from ..draft import Snapshot
from ..draft.reading import in_one_revision
from ..errors import InputError
from ..language import joined, laid, say
from ..pack import Combination, Held, Pack
from ..pack.asked import Value
from .gathered import Gathered
from .library import Library

State = Literal["both", "apart", "vacant", "no_post", "covers_none"]
STATES: tuple[State, ...] = ("both", "apart", "vacant", "no_post", "covers_none")
WITH_POSTS: frozenset[State] = frozenset({"both", "apart", "vacant"})
"""The states of units that have both posts, in which one person may hold them."""


class Share(NamedTuple):
    """So many of so many; `of` says of what, and `percent` is rounded to a tenth."""

    of: str
    number: int
    all: int

    @property
    def percent(self) -> float | None:
        """The share in percent; None of nothing."""
        return round(100 * self.number / self.all, 1) if self.all else None

    def to_plain(self) -> dict[str, Any]:
        """Return the share as JSON data."""
        return {**self._asdict(), "percent": self.percent}


class Holder(NamedTuple):
    """Who holds both posts of a combination."""

    person: str
    name: str
    first: str
    other: str


class Joined(NamedTuple):
    """A unit that a combination means: its state, and who holds both posts of it."""

    unit: str
    name: str
    state: State
    holders: tuple[Holder, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the unit as JSON data."""
        return {**self._asdict(), "holders": [one._asdict() for one in self.holders]}


@dataclass(frozen=True)
class Together:
    """One combination: the units that it means, and shares of units and of holders.

    What covers nothing that it joins isn't meant, and is only counted: `covers_none`.
    """

    combination: Combination
    items: tuple[Joined, ...]
    shares: tuple[Share, ...]
    covers_none: int

    @property
    def counts(self) -> dict[str, int]:
        """How many units are in each state."""
        found = Counter(item.state for item in self.items)
        found["covers_none"] = self.covers_none
        return {state: found[state] for state in STATES}

    @property
    def with_posts(self) -> tuple[Joined, ...]:
        """The units that have both posts; in others nobody can hold both."""
        return tuple(item for item in self.items if item.state in WITH_POSTS)

    def to_plain(self) -> dict[str, Any]:
        """Return the combination as JSON data."""
        word = self.combination
        return {
            "combination": word.id,
            "title": word.title,
            "word": word.word,
            **word.source_data,
            "units": len(self.items) + self.covers_none,
            "units_with_posts": len(self.with_posts),
            "counts": self.counts,
            "shares": [share.to_plain() for share in self.shares],
            "items": [item.to_plain() for item in self.items],
        }


@dataclass(frozen=True)
class Concurrency:
    """Combinations in a region on a day, and how many people hold several posts."""

    node: str | None
    on: date
    several: Share
    items: tuple[Together, ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the answer as JSON data."""
        return {
            "format": "orgraph.concurrency/1",
            "node": self.node,
            "on": self.on.isoformat(),
            "several": self.several.to_plain(),
            "items": [item.to_plain() for item in self.items],
        }


@in_one_revision
@uncollected
def concurrency(
    store: Library,
    node: str | None,
    on: date,
    roles: tuple[str, str] | None = None,
    *,
    names: bool = False,
) -> Concurrency:
    """Return how the pack's combinations of posts are held in a region on a day.

    Those that mean no unit of the region are left out.
    With `roles` only those that join a post with the first word among its facts to one
    with the second. InputError when the pack has none such on the day, or the node
    doesn't live.

    >>> several = orgraph.concurrency(store, "acme", day).several
    >>> several.number, several.all, several.of
    (0, 3, 'people who hold a post for good')
    """
    words = _words(store.pack, on, roles)
    found = Gathered(Snapshot(store, on), store, node)
    items = [_together(found, word, names=names) for word in words]
    full = found.by_person
    several = sum(len(posts) > 1 for posts in full.values())
    return Concurrency(
        node=node,
        on=on,
        several=Share(_of_all(store.pack), several, len(full)),
        items=tuple(item for item in items if item.items),
    )


def _of_all(pack: Pack) -> str:
    """Say who are counted, several posts or not."""
    if pack.questions.posts.beside:
        return say("people who hold a post for good, seats beside a post not counted")
    return say("people who hold a post for good")


def _words(pack: Pack, on: date, roles: tuple[str, str] | None) -> list[Combination]:
    """Return the combinations of the day that are asked about."""
    known = [one for one in pack.combinations if one.is_asked(on)]
    if roles is None:
        return known
    found = [
        one
        for one in known
        if _says(one.first, roles[0]) and _says(one.other, roles[1])
    ]
    if not found:
        said = f"no combination of the pack {pack.name} joins {' and '.join(roles)}"
        has = "it has these, the first post first:" if known else f"it has none on {on}"
        listed = (f"  {_posts(one)}  {one.id}" for one in known)
        raise InputError(f"{said}; {has}", *listed)
    return found


def _says(held: Held, role: str) -> bool:
    return any(role in _values(value) for value in held.post.values())


def _values(value: Value | tuple[Value, ...]) -> tuple[Value, ...]:
    return value if isinstance(value, tuple) else (value,)


def _posts(word: Combination) -> str:
    """Write which posts a combination joins, as `--roles` names them."""
    shown = [
        "/".join(str(one) for value in held.post.values() for one in _values(value))
        for held in (word.first, word.other)
    ]
    return f"{shown[0] or 'any'},{shown[1] or 'any'}"


def _together(found: Gathered, word: Combination, *, names: bool) -> Together:
    near = found.joined(word)
    there = word.by is not None or found.has_other(word)
    judged = {
        unit: _unit(found, word, unit, places) if there else _NO_POST
        for unit, places in near.items()
    }
    found.need({person for _, pairs in judged.values() for person, *_ in pairs})
    items = []
    for unit, (state, pairs) in judged.items():
        people = tuple(
            Holder(person, found.name(person, names=names), first, other)
            for person, first, other in pairs
        )
        items.append(Joined(unit, found.name(unit, names=names), state, people))
    counts = Counter(state for state, _ in judged.values())
    held = counts["both"] + counts["apart"]
    kind = say(word.kind)
    of = (
        say("units ({kind}) in which both posts are held", kind=kind)
        if word.by
        else say("units ({kind}) in which the first post is held", kind=kind)
    )
    shares = [Share(of, counts["both"], held)]
    shares += _of_holders(found, word, near, judged)
    items.sort(key=lambda item: (STATES.index(item.state), item.unit))
    others = len(found.of_kind(word.kind)) - len(items)
    return Together(word, tuple(items), tuple(shares), others)


Pairs = list[tuple[str, str, str]]
_NO_POST: tuple[State, Pairs] = ("no_post", [])


def _unit(
    found: Gathered, word: Combination, unit: str, near: Sequence[str]
) -> tuple[State, Pairs]:
    """Return the state of a unit, and who has both: (person, first post, other)."""
    first = found.fitting(unit, word.first)
    other = [post for place in near for post in found.fitting(place, word.other)]
    if not first or (word.by and not other):
        return _NO_POST
    held = [(post, person) for post in first for person in found.holders[post]]
    if not held or (word.by and not any(found.holders[post] for post in other)):
        return "vacant", []
    pairs = [
        (person, post, beside)
        for post, person in held
        for beside in sorted(found.by_person[person])
        if beside != post
        and (beside in other if word.by else found.fits(beside, word.other))
    ]
    return ("both" if pairs else "apart"), sorted(pairs)


def _of_holders(
    found: Gathered,
    word: Combination,
    near: Mapping[str, Sequence[str]],
    judged: Mapping[str, tuple[State, Pairs]],
) -> Iterator[Share]:
    """Yield the shares of those who hold the one post, and of those who hold the other.

    Of units that cover nothing of the other kind nobody is counted.
    """
    pairs = [pair for _, some in judged.values() for pair in some]
    others: Collection[str] = found.of_kind(word.other.unit)
    if word.by:
        others = {place for places in near.values() for place in places}
    both = {person for person, *_ in pairs}
    for held, places in ((word.first, near), (word.other, others)):
        people = _people(found, held, places)
        of = say("holders of {post}", post=_said(held))
        yield Share(of, len(both & people), len(people))


def _people(found: Gathered, held: Held, units: Collection[str]) -> set[str]:
    posts = [post for unit in units for post in found.fitting(unit, held)]
    return {person for post in posts for person in found.holders[post]}


def _said(held: Held) -> str:
    values: Sequence[str] = [
        _alternatives(_values(value)) for value in held.post.values()
    ]
    posts = values or [say("any post")]
    return laid("{posts} ({unit})", posts=posts, unit=say(held.unit))


def _alternatives(values: Sequence[Value]) -> str:
    """Say values any of which will do: "secretary/chair"."""
    return joined((say(str(value)) for value in values), "/")
