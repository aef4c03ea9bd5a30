"""A post that somebody held for good, or was seconded to, has none after a plan."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import IN
from .base import Law
from .planned import coming_to, taking

VACANT = Code(
    code="VACANT01",
    meaning=(
        "A post that somebody held for good or was seconded to, or got by a step, is "
        "left vacant."
    ),
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
        """Name the posts that lost the last holder who filled them.

        And those whom one step gave to somebody and a later one took away.
        """
        again = _taken_again(after)
        left = sorted({*left_vacant(before, after, nodes), *again})
        planned = coming_to(after, dict.fromkeys(left, after.day))
        named = {person for people in planned.values() for person in people}
        elsewhere = taking(before, after, named)
        plans = after.pack.people is not None and after.pack.people.planned
        for post in left:
            said = say("{post} is left vacant", post=after.shown(post))
            if post in again:
                said = say("{said}, though a step filled it", said=said)
            here = joined(after, post, after.pack.chain.holds)
            if here:
                people = list(here)
                said = say(
                    "{said}, held provisionally by {people}", said=said, people=people
                )
            if plans:
                told = [_told(after, one, elsewhere[one]) for one in planned[post]]
                people = told or [say("nobody")]
                said = say("{said}; planned for it: {people}", said=said, people=people)
            yield VACANT.at(post, say("{said}.", said=said))


def left_vacant(before: View, after: View, nodes: Iterable[str]) -> list[str]:
    """Return the living posts among nodes that lost the last who filled them.

    Or who was seconded to them, where nobody holds them at all any longer.
    """
    posts = sorted(n for n in nodes if _is_post(after, n) and after.node(n) is not None)
    holds, form = after.pack.chain.holds, after.pack.questions.posts
    for view in (before, after):
        view.need_edges(posts, [holds], IN)
    found = []
    for post in posts:
        was, now = (view.live_edges(post, holds, IN) for view in (before, after))
        lost = any(form.is_full(row.facts) for row in was)
        lost &= not any(form.is_full(row.facts) for row in now)
        seconded = any(form.is_seconded(row.facts) for row in was)
        if lost or (seconded and not now):
            found.append(post)
    return found


def _taken_again(view: View) -> set[str]:
    """Return the living posts that a step gave to somebody, and that nobody holds."""
    holds = view.pack.chain.holds
    posts = {key[2] for key in view.passing(holds)}
    view.need_edges(posts, [holds], IN)
    return {p for p in posts if view.node(p) and not view.live_edges(p, holds, IN)}


def _told(view: View, person: str, posts: Iterable[str]) -> str:
    """Name who is planned for a post, and for which others the plan takes them."""
    others = [view.shown(post) for post in posts]
    if not others:
        return person
    return say("{person} (who takes {posts} by this plan)", person=person, posts=others)


def joined(view: View, post: str, edge: str) -> tuple[str, ...]:
    """Return who is joined to a post by a kind of edge on the day, in order."""
    return tuple(sorted(row.source for row in view.live_edges(post, edge, IN)))


def _is_post(view: View, node: str) -> bool:
    rows = view.versions(node)
    return bool(rows) and view.pack.nodes[rows[0].kind].role == "post"
