"""Warns of members who leave a group in which they hold a post."""

from collections.abc import Iterator, Mapping

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT

POST_LEFT = Code(
    code="GROUP08",
    meaning="A member leaves a group and still holds a post in it.",
    hint="Say who holds it now, or that it is vacant, in a step of its own.",
    severity="warning",
)


def posts_left(view: View, leaving: Mapping[str, str]) -> Iterator[Finding]:
    """Warn of posts in groups, or in what leads them, held by who leaves these.

    `leaving` is {person: group}. Reads a frontier at a time.
    """
    holds, seat = view.pack.chain.holds, view.pack.chain.seat
    view.need_edges(leaving, [holds], OUT)
    held = [row for one in sorted(leaving) for row in view.live_edges(one, holds, OUT)]
    view.need_edges({row.target for row in held}, [seat], OUT)
    seats = {
        row.target: [edge.target for edge in view.live_edges(row.target, seat, OUT)]
        for row in held
    }
    view.need_parents(unit for units in seats.values() for unit in units)
    for row in sorted(held):
        group = leaving[row.source]
        for unit in seats[row.target]:
            above = view.parent(unit)
            if group in (unit, above and above.target):
                message = say(
                    "{source} leaves {group} and still holds {target} in it.",
                    source=view.shown(row.source),
                    group=view.shown(group),
                    target=view.shown(row.target),
                )
                yield POST_LEFT.at(row.target, message)
