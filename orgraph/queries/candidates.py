"""Who is asked about for a post: those planned for it, and who holds a like one."""

from collections.abc import Collection, Iterable
from typing import Literal, NamedTuple

from ..draft import View
from ..draft.holding import Post, full, posts_on
from ..model import IN, OUT, EdgeRow, FactValue, NodeRow
from ..operations.holders import is_beside
from ..pack import Pack
from ..rules.limiting import posts_of
from ..rules.planned import planned_for
from .library import Library, plain_facts
from .region import within

Because = Literal["named", "planned", "equivalent", "holds a post"]
"""Why somebody is asked about, the first that is so."""


class Sought(NamedTuple):
    """Whom to ask about: the people named alone; or who holds an equivalent post.

    Those are sought `below` a unit, by default what the post's unit is directly under;
    with `everybody` whoever holds any post there.

    >>> sought = orgraph.Sought(people=("e-08",))
    >>> found = orgraph.eligible(store, "fitter", day, sought)
    >>> [(one.person, one.standing) for one in found.items]
    [('e-08', 'eligible')]
    """

    people: tuple[str, ...] = ()
    below: str | None = None
    everybody: bool = False


NEAR = Sought()
"""Those planned for the post, and the holders of equivalent posts near it."""


class Candidates(NamedTuple):
    """People by why they are asked about, and whether they are planned for the post."""

    because: dict[str, Because]
    planned: frozenset[str]


def candidates(store: Library, view: View, post: Post, sought: Sought) -> Candidates:
    """Return who is asked about for a post on the view's day, by id.

    Where nobody is named that is also who is planned for it, wherever they are.
    """
    planned = planned_for(view, [post.row.id])[post.row.id]
    because: dict[str, Because] = {}
    if sought.people:
        because.update((person, "named") for person in sorted(sought.people))
        return Candidates(because, frozenset(planned))
    others = _others(store, view, post, sought)
    near = holders(view, others)
    like = equivalent(view, post, others.values())
    for one in sorted(others):
        word: Because = "equivalent" if one in like else "holds a post"
        for row in near[one]:
            if word == "equivalent" or row.source not in because:
                because[row.source] = word
    because.update(dict.fromkeys(planned, "planned"))
    # Who holds it now is told, whatever the rank of it.
    for row in holders(view, [post.row.id])[post.row.id]:
        because.setdefault(row.source, "equivalent")
    return Candidates(dict(sorted(because.items())), frozenset(planned))


def holders(view: View, posts: Collection[str]) -> dict[str, list[EdgeRow]]:
    """Return the holdings that fill posts for good on the day, in order."""
    holds = view.pack.chain.holds
    view.need_edges(posts, [holds], IN)
    return {post: full(view, view.live_edges(post, holds, IN)) for post in posts}


def held_full(view: View, people: Collection[str]) -> dict[str, list[EdgeRow]]:
    """Return the full posts of people on the day, in order, less seats beside them."""
    holds = view.pack.chain.holds
    view.need_edges(people, [holds], OUT)
    rows = {p: full(view, view.live_edges(p, holds, OUT)) for p in people}
    view.need_nodes({row.target for some in rows.values() for row in some})
    return {
        person: [row for row in some if not is_beside(view, row.target)]
        for person, some in rows.items()
    }


def equivalent(view: View, post: Post, others: Iterable[NodeRow]) -> set[str]:
    """Return which posts are equivalent to a post; see `is_equivalent`."""
    pack = view.pack
    like = {row.id for row in others if _is_like(pack, post.row, row)}
    if _rank(pack, post.row) is not None:
        return like
    near = posts_on(view, like)
    return {id_ for id_, one in near.items() if is_equivalent(pack, post, one)}


def is_equivalent(pack: Pack, post: Post, other: Post) -> bool:
    """Tell whether two posts are of one rank.

    Without a rank they are so if they have the same facts in units of the same kind.
    """
    ranked = _rank(pack, post.row) is not None
    like = _is_like(pack, post.row, other.row)
    return like and (ranked or post.kind == other.kind)


def _is_like(pack: Pack, post: NodeRow, other: NodeRow) -> bool:
    rank = _rank(pack, post)
    if rank is not None:
        return _rank(pack, other) == rank
    return plain_facts(other.facts) == plain_facts(post.facts)


def _rank(pack: Pack, post: NodeRow) -> FactValue:
    fact = pack.questions.posts.rank
    return post.facts.get(fact) if fact else None


def _others(
    store: Library, view: View, post: Post, sought: Sought
) -> dict[str, NodeRow]:
    """Return the posts whose holders are asked about.

    A post without a rank is like those of the same facts in units of the same kind,
    below the unit or else in what covers its ground.
    """
    pack = store.pack
    kinds = {kind for kind, node in pack.nodes.items() if node.role == "post"}
    if sought.everybody:
        return within(store, sought.below, kinds, view.day)
    if _rank(pack, post.row) is not None:
        found = within(store, sought.below, kinds, view.day)
    else:
        units = within(store, sought.below, {post.kind}, view.day, across=False)
        units = units or within(store, sought.below, {post.kind}, view.day)
        near = {one for some in posts_of(view, units).values() for one in some}
        found = {one: row for one in near if (row := view.node(one))}
    like = equivalent(view, post, found.values())
    return {one: found[one] for one in sorted(like)}
