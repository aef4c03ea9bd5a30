"""Who holds which posts from a day on, and what combinations say of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, Self

from ..model import IN, OUT, EdgeRow, NodeRow
from ..pack import Combination, Held
from ..pack.limits import is_so
from .view import View


class Post(NamedTuple):
    """A post as it is on the day, and the unit that it is of.

    A seat in the body that leads an organisation is of that organisation. `around` are
    the unit and those above it, where a combination asks about them.
    """

    row: NodeRow
    unit: str
    kind: str
    around: Sequence[NodeRow] = ()

    def fits(self, held: Held) -> bool:
        """Tell whether a combination means it."""
        return held.fits(self.kind, self.row.facts) and self._stands(held)

    def _stands(self, held: Held) -> bool:
        if not held.where and not held.above:
            return True
        own, *upper = self.around
        return is_so(held.where, own.facts) and all(
            any(row.kind == kind and is_so(where, row.facts) for row in upper)
            for kind, where in held.above.items()
        )


def full(view: View, rows: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return the holdings from the day on that fill their posts for good, in order.

    Those of which it isn't known in which form are among them; `surely` drops them.
    """
    is_full = view.pack.questions.posts.is_full
    return sorted(
        row
        for row in rows
        if row.until > max(view.day, row.since) and is_full(row.facts)
    )


def surely(view: View, rows: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return those of holdings that are known to fill their posts, as they come."""
    is_surely_full = view.pack.questions.posts.is_surely_full
    return [row for row in rows if is_surely_full(row.facts)]


def posts_on(view: View, posts: Collection[str]) -> dict[str, Post]:
    """Return posts by their id, those that live and are of a unit on the day."""
    if not posts:
        return {}
    seat, people = view.pack.chain.seat, view.pack.people
    lead = people.lead if people else None
    view.need_nodes(posts)
    view.need_edges(posts, [seat], OUT)
    rows = {
        post: min(view.live_edges(post, seat, OUT), default=None)
        for post in sorted(posts)
    }
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


def placed(
    view: View, posts: Mapping[str, Post], words: Sequence[Combination]
) -> dict[str, Post]:
    """Return posts with what is around their units, where combinations ask about it."""
    kinds = {word.other.unit for word in words if word.other.where or word.other.above}
    units = {post.unit for post in posts.values() if post.kind in kinds}
    view.need_ancestors(units)
    return {
        id_: post._replace(around=_around(view, post.unit))
        if post.unit in units
        else post
        for id_, post in posts.items()
    }


def _around(view: View, unit: str) -> list[NodeRow]:
    found = (view.node(node) for node in (unit, *view.ancestors(unit)))
    return [row for row in found if row is not None]


def led_to(
    view: View, units: Collection[str], words: Sequence[Combination]
) -> dict[tuple[str, str], set[str]]:
    """Return where the edges of combinations lead from units on the day.

    By the kind of edge and the unit.
    """
    edges = sorted({word.by for word in words if word.by})
    view.need_edges(units, edges, OUT)
    return {
        (edge, unit): {row.target for row in view.live_edges(unit, edge, OUT)}
        for edge in edges
        for unit in units
    }


class Joins(NamedTuple):
    """Which combinations mean which posts, by what joins their units on the day.

    `words` are the combinations by the kinds of the two units, in either order.
    """

    words: Mapping[tuple[str, str], Sequence[Combination]]
    posts: Mapping[str, Post]
    leads: Mapping[tuple[str, str], Collection[str]]

    @classmethod
    def of(cls, view: View, words: Sequence[Combination], posts: Iterable[str]) -> Self:
        """Read posts, their units and what those are joined to."""
        known = placed(view, posts_on(view, set(posts)), words)
        leads = led_to(view, {post.unit for post in known.values()}, words)
        by_kinds: defaultdict[tuple[str, str], list[Combination]] = defaultdict(list)
        for word in words:
            kinds = word.kind, word.other.unit
            for pair in {kinds, kinds[::-1]}:
                by_kinds[pair].append(word)
        return cls(by_kinds, known, leads)

    def between(self, one: str, other: str) -> Iterator[Combination]:
        """Yield the combinations that mean two posts, in either order."""
        pair = self.posts[one], self.posts[other]
        for word in self.words.get((pair[0].kind, pair[1].kind), ()):
            if any(
                a.fits(word.first)
                and b.fits(word.other)
                and (not word.by or b.unit in self.leads.get((word.by, a.unit), ()))
                for a, b in (pair, pair[::-1])
            ):
                yield word

    def groups(self, posts: Iterable[str]) -> list[set[str]]:
        """Return posts in groups, in which each is joined to another."""
        groups: list[set[str]] = []
        for post in posts:
            near = [
                group
                for group in groups
                if any(any(self.between(post, other)) for other in group)
            ]
            groups = [group for group in groups if group not in near]
            groups.append({post}.union(*near))
        return groups

    def alike(self, group: Iterable[str]) -> dict[str, list[set[str]]]:
        """Return the posts of a group by the kind of their units, joined among these.

        Two of units of one kind, such as two cells, aren't joined by their committee.
        """
        by_kind: defaultdict[str, list[str]] = defaultdict(list)
        for post in sorted(group):
            by_kind[self.posts[post].kind].append(post)
        return {kind: self.groups(posts) for kind, posts in sorted(by_kind.items())}

    def are_one(self, posts: Collection[str]) -> bool:
        """Tell whether one person may hold all of these posts together."""
        if not self.posts.keys() >= set(posts):
            return False
        groups = self.groups(posts)
        return len(groups) == 1 and all(
            len(some) == 1 for some in self.alike(groups[0]).values()
        )


def combining(view: View) -> list[Combination]:
    """Return the combinations by which posts may be held together on the day."""
    asked = (one for one in view.pack.combinations if one.is_asked(view.day))
    return [one for one in asked if one.word != "forbidden"]


def may_combine(view: View, posts: Collection[str]) -> Joins:
    """Return which of the posts the pack lets one person hold together on the day."""
    return Joins.of(view, combining(view), posts)


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
