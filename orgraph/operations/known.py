"""Names of posts and of who may hold them, resolved as far as they are known.

So a name that is wrong hides nothing that is wrong with the others.
"""

from collections.abc import Generator, Sequence

from ..draft import View
from ..draft.names import resolve
from ..findings import Finding
from .holders import a_post, holders_named


def people_known(
    view: View, refs: Sequence[str]
) -> Generator[Finding, None, list[str | None]]:
    """Resolve the names of those who may hold posts; None for each that is wrong."""
    people = yield from holders_named(view, refs)
    if people is not None:
        return [*people]
    kinds = view.pack.edges[view.pack.chain.holds].ends
    found = [resolve(view, ref) for ref in refs]
    return [n if isinstance(n, str) and view.kind(n) in kinds else None for n in found]


def posts_known(
    view: View, refs: Sequence[str]
) -> Generator[Finding, None, list[str | None]]:
    """Resolve the names of posts; None for each that is wrong."""
    ids: list[str | None] = []
    for ref in refs:
        ids += [(yield from a_post(view, ref))]
    return ids


def known(ids: Sequence[str | None]) -> list[str]:
    """Return those people or posts that are known."""
    return [one for one in ids if one is not None]
