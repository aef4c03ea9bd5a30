"""Who leaves a post and takes one of equal standing on the same day: nobody's loss.

Posts are of equal standing as the pack ranks them, and a higher one is no loss either;
where ranks aren't known, both must have the same facts in units of the same kind. What
is held beside a full post makes up for none.
"""

from collections import defaultdict
from collections.abc import Collection

from ..draft import View
from ..draft.holding import Post, posts_on
from ..model import EdgeRow, NodeRow
from ..pack import Pack
from ..queries.candidates import is_equivalent
from .compared import Compared

Exchange = tuple[EdgeRow, EdgeRow]


def exchanges(compared: Compared) -> tuple[Exchange, ...]:
    """Return the holdings that are left and taken, each once, by person and post."""
    pack = compared.pack
    holds = pack.chain.holds
    come = compared.come(holds)
    still = {row[1:3] for row in come}
    had = {row[1:3] for row in compared.gone(holds)}
    taken: defaultdict[str, list[EdgeRow]] = defaultdict(list)
    for row in sorted(come):
        if row[1:3] not in had and pack.questions.posts.is_full(row.facts):
            taken[row.source].append(row)
    left = [r for r in sorted(compared.gone(holds)) if r.source in taken]
    left = [row for row in left if row[1:3] not in still]
    old = _posts(compared.before, {row.target for row in left})
    near_them = {one.target for row in left for one in taken[row.source]}
    new = _posts(compared.after, near_them)
    found = []
    for row in left:
        near = taken[row.source]
        was = old[row.target]
        other = next(
            (one for one in near if _makes_up(pack, was, new[one.target])), None
        )
        if other is not None:
            near.remove(other)
            found.append((row, other))
    return tuple(found)


def _makes_up(pack: Pack, old: Post, new: Post) -> bool:
    is_beside = pack.questions.posts.is_beside
    if is_beside(new.row.facts) and not is_beside(old.row.facts):
        return False
    return _is_higher(pack, old.row, new.row) or is_equivalent(pack, old, new)


def _posts(view: View, posts: Collection[str]) -> dict[str, Post]:
    """Return posts as they are in a view, or were last; of no unit, with none."""
    known = posts_on(view, posts)
    rows = {post: view.node(post) or view.versions(post)[-1] for post in posts}
    return {post: known.get(post) or Post(rows[post], "", "") for post in posts}


def _is_higher(pack: Pack, old: NodeRow, new: NodeRow) -> bool:
    posts = pack.questions.posts
    ranks = [row.facts.get(posts.rank) if posts.rank else None for row in (old, new)]
    places = [posts.ranks.index(str(r)) for r in ranks if r in posts.ranks]
    return len(places) == len(ranks) and places[1] < places[0]
