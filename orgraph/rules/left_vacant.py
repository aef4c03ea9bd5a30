"""A post that had a holder for good before a plan has none after it."""

from collections.abc import Collection, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..model import IN, EdgeRow
from .base import Law

VACANT = Code(
    code="VACANT01",
    meaning="A post that somebody held for good is left without such a holder.",
    severity="info",
    structural=False,
)


class LeftVacant(Law):
    """A post whose last holder leaves it is named, with who is planned for it."""

    def check(
        self,
        before: View,
        after: View,
        nodes: Collection[str],
        stated: Mapping[str, int],  # noqa: ARG002 - what all laws are given
    ) -> Iterator[Finding]:
        """Name the posts that lost the last holder who filled them."""
        posts = [n for n in nodes if _is_post(after, n) and after.node(n) is not None]
        planned = after.pack.people.planned if after.pack.people else None
        for view in (before, after):
            view.need_edges(posts, [view.pack.chain.holds], IN)
        left = [
            post
            for post in posts
            if any(_fills(before, row) for row in _holders(before, post))
            and not any(_fills(after, row) for row in _holders(after, post))
        ]
        if planned:
            after.need_edges(left, [planned], IN)
        for post in left:
            message = f"{after.shown(post)} is left vacant"
            here = [row.source for row in _holders(after, post)]
            if here:
                message += f", held provisionally by {', '.join(here)}"
            if planned:
                rows = after.live_edges(post, planned, IN)
                names = ", ".join(sorted(row.source for row in rows)) or "nobody"
                message += f"; planned for it: {names}"
            yield VACANT.at(post, f"{message}.")


def _is_post(view: View, node: str) -> bool:
    rows = view.versions(node)
    return bool(rows) and view.pack.nodes[rows[0].kind].role == "post"


def _holders(view: View, post: str) -> list[EdgeRow]:
    return sorted(view.live_edges(post, view.pack.chain.holds, IN))


def _fills(view: View, row: EdgeRow) -> bool:
    posts = view.pack.questions.posts
    return not posts.form or row.facts.get(posts.form) not in posts.provisional
