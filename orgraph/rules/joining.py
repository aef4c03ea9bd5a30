"""People whose posts a plan changes, or what joins those posts to each other."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from ..draft import View
from ..model import IN, OUT
from ..pack import Combination
from .base import Reach
from .limiting import seated


def holders_near(
    view: View, reach: Reach, kinds: Collection[str], posts: Collection[str]
) -> list[str]:
    """Return people whose holdings a plan changes, and those who hold some posts.

    Where nobody but the first is looked at, what a merger joins or parts is missed:
    there the posts go elsewhere, and those who hold them do nothing.
    """
    holds = view.pack.chain.holds
    people = set(reach.borne(kinds, out=[holds]))
    view.need_edges(posts, [holds], IN)
    people.update(row.source for post in posts for row in view.edges(post, holds, IN))
    view.need_edges(people, [holds], OUT)
    return sorted(people)


def posts_joined(view: View, reach: Reach, words: Sequence[Combination]) -> list[str]:
    """Return the posts of which a plan changes what combinations ask about, in order.

    Those are posts that change or go to another unit, and those of units that an edge
    of a combination leads to, or of which it asks what is around them. Who is joined by
    such an edge holds a post at either end: where it leads to there are fewer units.
    """
    if reach.bearing is None:
        return []
    pack, seat = view.pack, view.pack.chain.seat
    kinds = [name for name, kind in pack.nodes.items() if kind.role == "post"]
    posts = set(reach.borne(kinds, out=[seat]))
    joined: defaultdict[str, set[str]] = defaultdict(set)
    units = set[str]()
    for word in words:
        if word.by:
            joined[word.by].add(word.other.unit)
        if word.other.where or word.other.above:
            edge = pack.parent_edge(word.other.unit)
            units.update(reach.borne([word.other.unit], out=[edge] if edge else []))
    for edge, others in joined.items():
        units.update(reach.borne(others, into=[edge]))
    posts.update(*seated(view, units).values())
    lead = pack.people.lead if pack.people else None
    if lead and (edge := pack.parent_edge(lead)):
        bodies = reach.borne([lead], out=[edge])
        view.need_edges(bodies, [seat], IN)
        posts.update(row.source for b in bodies for row in view.edges(b, seat, IN))
    view.need_nodes(posts)
    return sorted(posts)
