"""Who is rotated to a post was planned for it."""

from collections.abc import Iterator, Sequence
from functools import partial

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import OUT
from ..pack import People
from .base import Reach, Rule
from .census import Census
from .limiting import of_limit
from .rotating import Meant, of_moves, turning

NOT_PLANNED = Code(
    code="ROTATE09",
    meaning="A person is rotated to a post without being planned for it.",
    structural=False,
)
NOT_KNOWN = Code(
    code="ROTATE10",
    meaning="Whether a person is rotated without being planned for it can't be told.",
    severity="info",
    structural=False,
)


class PlannedFirst(Rule):
    """Who is rotated to a post is planned for it, up to that day."""

    def check(self, view: View, reach: Reach) -> Iterator[Finding]:
        """Look at those who take a post elsewhere on the day."""
        people = view.pack.people
        if people is None or people.planned is None:
            return
        judge = partial(_judged, people, people.planned)
        yield from of_moves(view, reach, self.name(), judge, NOT_KNOWN)

    def where(self, census: Census) -> Iterator[str]:
        """Look at those who take or leave a post."""
        return turning(census)


def _judged(
    people: People, planned: str, view: View, found: Sequence[Meant]
) -> Iterator[Finding]:
    view.need_edges({move.person for move, _ in found}, [planned], OUT)
    for move, limits in found:
        # What is fulfilled on the day may end on it.
        near = [
            row.facts
            for row in view.edges(move.person, planned, OUT)
            if row.target == move.row.target
            if row.since < view.day <= row.until or row.since == view.day < row.until
        ]
        if any(map(people.is_planned, near)):
            continue
        words = {"person": view.shown(move.person)}
        words["post"] = view.shown(move.row.target)
        # Only with a stage that doesn't do isn't it a planning.
        stages = sorted({str(facts[people.stage or ""]) for facts in near})
        for limit in limits:
            message = (
                say(
                    "{person} is planned for {post} only as far as this: {stages}; "
                    "{limit} wants who is rotated to be planned for the post.",
                    **words,
                    stages=[say(stage) for stage in stages],
                    limit=limit.title,
                )
                if stages
                else say(
                    "{person} isn't planned for {post}; {limit} wants who is "
                    "rotated to be so.",
                    **words,
                    limit=limit.title,
                )
            )
            yield of_limit(NOT_PLANNED, limit, move.person, message)
