"""Posts held as reinforcement: alone in their unit, and by whom the pack seconds."""

from collections.abc import Iterator
from datetime import date

from ..draft import View
from ..draft.seconding import one_organisation
from ..findings import Code, Finding
from ..language import say
from ..model import IN, OUT
from .holders import form_of
from .seconding import (
    check_at_once,
    check_officer,
    check_role,
    check_whither,
)
from .units import row_of

SECONDED = Code(
    code="SECOND03",
    meaning="The unit already has a seconded officer: a unit has one.",
    hint="Relieve that officer first.",
)


def check_reinforcing(
    view: View, officer: str, post: str, until: date
) -> Iterator[Finding]:
    """Refuse that somebody reinforces the unit of a post, as second_officer would."""
    yield from check_role(view, row_of(view, post).facts, post, view.shown(post))
    yield from check_at_once(view, officer, post, until)
    seat = view.pack.chain.seat
    view.need_edges([post], [seat], OUT)
    for row in sorted(view.live_edges(post, seat, OUT)):
        yield from check_whither(view, row.target)
        yield from check_officer(view, officer, row.target)
        yield from check_alone(view, row.target, post, until)


def check_alone(
    view: View, node: str, post: str | None, until: date
) -> Iterator[Finding]:
    """Refuse a second officer: nobody else holds a post of the unit in this form."""
    chain, word = view.pack.chain, view.pack.questions.posts.reinforcing
    units = one_organisation(view, node)
    view.need_edges(units, [chain.seat], IN)
    posts = [r.source for one in units for r in view.live_edges(one, chain.seat, IN)]
    view.need_edges(posts, [chain.holds], IN)
    for other in sorted(set(posts) - {post}):
        for row in sorted(view.edges(other, chain.holds, IN)):
            here = row.since < until and row.until > view.day
            if here and form_of(view, row) == word:
                message = say(
                    "{node} has {source} in {other} already.",
                    node=view.shown(node),
                    source=row.source,
                    other=view.shown(other),
                )
                yield SECONDED.at(node, message)
