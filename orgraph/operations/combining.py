"""Posts that a step gives by name, to be held together where the pack lets them be."""

from collections.abc import Collection, Sequence

from ..draft import View
from ..draft.holding import may_combine
from ..model import EdgeKey
from .holders import Holding, also_filled, counts


def as_combined(
    view: View, new: Sequence[Holding], leaving: Collection[EdgeKey] = ()
) -> list[Holding]:
    """Return holdings, concurrent where the pack lets a person hold all of them.

    A step that says of each post who takes it has said that one person takes several.
    What somebody goes on holding counts, too; `leaving` end by the same step.
    """
    together = [_together(view, one, new, leaving) for one in new]
    several = {post for posts in together if len(posts) > 1 for post in posts}
    if not several:
        return list(new)
    joins = may_combine(view, several)
    return [
        one._replace(concurrent=len(posts) > 1 and joins.are_one(posts))
        for one, posts in zip(new, together, strict=True)
    ]


def _together(
    view: View, one: Holding, new: Sequence[Holding], leaving: Collection[EdgeKey]
) -> list[str]:
    """Return the full posts that a person would hold with a new one, that included."""
    if not counts(view, one):
        return []
    taken = {o.post for o in new if o.person == one.person and counts(view, o)}
    kept = {row.target for row in also_filled(view, one, leaving)}
    return sorted(taken | kept)
