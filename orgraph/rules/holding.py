"""Who holds which posts from a day on, as rules about holders judge them."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Self

from ..draft import View
from ..model import IN, OUT, EdgeRow, NodeRow
from ..pack import Combination, Held


class Post(NamedTuple):
    """A post as it is on the day, and the unit that it is of.

    A seat in the body that leads an organisation is of that organisation.
    """

    row: NodeRow
    unit: str
    kind: str

    def fits(self, held: Held) -> bool:
        """Tell whether a combination means it."""
        return held.fits(self.kind, self.row.facts)


def full(view: View, rows: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return the holdings from the day on that fill their posts for good, in order."""
    is_full = view.pack.questions.posts.is_full
    return sorted(
        row
        for row in rows
        if row.until > max(view.day, row.since) and is_full(row.facts)
    )


def posts_on(view: View, posts: Collection[str]) -> dict[str, Post]:
    """Return posts by their id, those that live and are of a unit on the day."""
    seat, people = view.pack.chain.seat, view.pack.people
    lead = people.lead if people else None
    view.need_nodes(posts)
    view.need_edges(posts, [seat], OUT)
    rows = {post: _first(view.live_edges(post, seat, OUT)) for post in sorted(posts)}
    units = {row.target for row in rows.values() if row}
    view.need_nodes(units)
    led = [unit for unit in units if view.versions(unit) and view.kind(unit) == lead]
    view.need_parents(led)
    above = {body: row.target for body in led if (row := view.parent(body))}
    view.need_nodes(above.values())
    found = {}
    for post, row in rows.items():
        node = view.node(post)
        unit = above.get(row.target, row.target) if row else ""
        if node is not None and view.versions(unit):
            found[post] = Post(node, unit, view.kind(unit))
    return found


def covered(view: View, units: Collection[str]) -> dict[str, set[str]]:
    """Return what units cover on the day."""
    edge = view.pack.questions.covers
    if edge is None:
        return {unit: set() for unit in units}
    view.need_edges(units, [edge], OUT)
    return {
        unit: {row.target for row in view.live_edges(unit, edge, OUT)} for unit in units
    }


class Joins(NamedTuple):
    """Which combinations mean which posts, by what their units cover on the day."""

    words: Sequence[Combination]
    posts: Mapping[str, Post]
    covers: Mapping[str, Collection[str]]

    @classmethod
    def of(cls, view: View, words: Sequence[Combination], posts: Iterable[str]) -> Self:
        """Read posts, their units and what those cover."""
        known = posts_on(view, set(posts))
        covers = covered(view, {post.unit for post in known.values()})
        return cls(words, known, covers)

    def between(self, one: str, other: str) -> Iterator[Combination]:
        """Yield the combinations that mean two posts, in either order."""
        pair = self.posts[one], self.posts[other]
        for word in self.words:
            if any(
                a.fits(word.first)
                and b.fits(word.other)
                and (not word.covered or b.unit in self.covers.get(a.unit, ()))
                for a, b in (pair, pair[::-1])
            ):
                yield word


def holders(view: View, posts: Collection[str], on: date) -> dict[str, set[str]]:
    """Return who fills posts for good on a day."""
    holds = view.pack.chain.holds
    view.need_edges(posts, [holds], IN)
    return {
        post: {
            row.source
            for row in full(view, view.edges(post, holds, IN))
            if row.since <= on < row.until
        }
        for post in posts
    }


def _first(rows: Collection[EdgeRow]) -> EdgeRow | None:
    return min(rows, default=None)
