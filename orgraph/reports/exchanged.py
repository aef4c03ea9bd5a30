"""Who leaves a post and takes one of equal standing on the same day: nobody's loss.

Posts are of equal standing as the pack ranks them, and a higher one is no loss either;
where ranks aren't known, the facts of both must be the same. What is held beside a full
post makes up for none.
"""

from collections import defaultdict

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
    compared.before.need_nodes({row.target for row in left})
    compared.after.need_nodes({row.target for row in come})
    found = []
    for row in left:
        near = taken[row.source]
        other = next((new for new in near if _makes_up(compared, row, new)), None)
        if other is not None:
            near.remove(other)
            found.append((row, other))
    return tuple(found)


def _makes_up(compared: Compared, left: EdgeRow, taken: EdgeRow) -> bool:
    old = _post(compared, left.target)
    new = compared.after.node(taken.target)
    if old is None or new is None:
        return False
    posts = compared.pack.questions.posts
    if posts.is_beside(new.facts) and not posts.is_beside(old.facts):
        return False
    return _is_higher(compared.pack, old, new) or (
        is_equivalent(compared.after, old, new)
        and is_equivalent(compared.after, new, old)
    )


def _post(compared: Compared, post: str) -> NodeRow | None:
    """Return a post as it was."""
    rows = compared.before.versions(post)
    return compared.before.node(post) or (rows[-1] if rows else None)


def _is_higher(pack: Pack, old: NodeRow, new: NodeRow) -> bool:
    posts = pack.questions.posts
    ranks = [row.facts.get(posts.rank) if posts.rank else None for row in (old, new)]
    places = [posts.ranks.index(str(r)) for r in ranks if r in posts.ranks]
    return len(places) == len(ranks) and places[1] < places[0]
