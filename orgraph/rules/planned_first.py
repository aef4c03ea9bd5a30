"""Who is rotated to a post was planned for it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from ..draft import View
from ..draft.spells import edges_ever
from ..findings import Code, Finding
from ..language import say
from ..model import OUT, EdgeRow, Facts
from ..pack import Limit, People
from .base import Reach, Rule
from .breaks import latest_since, latest_until
from .census import Census
from .limiting import of_limit
from .rotating import Meant, Move, of_moves, turning

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
    asked: list[tuple[Move, Sequence[Limit], list[Facts]]] = []
    for move, limits in found:
        rows = _for_post(move, view.edges(move.person, planned, OUT))
        # What is fulfilled on the day may end on it.
        near = [r.facts for r in rows if latest_since(r) <= view.day <= r.until]
        if not any(map(people.is_planned, near)):
            asked.append((move, limits, near))
    ever = edges_ever(view, {move.person for move, *_ in asked}, planned)
    for move, limits, near in asked:
        rows = _for_post(move, ever[move.person])
        maybe = [r.facts for r in rows if r.since <= view.day <= latest_until(r)]
        is_unsure = any(map(people.is_planned, maybe))
        # Only with a stage that doesn't do isn't it a planning.
        stages = sorted({str(facts[people.stage or ""]) for facts in near})
        for limit in limits:
            words = {
                "person": view.shown(move.person),
                "post": view.shown(move.row.target),
                "limit": limit.title,
            }
            code = NOT_KNOWN if is_unsure else NOT_PLANNED
            message = _unsure(words) if is_unsure else _not_so(words, stages)
            yield of_limit(code, limit, move.person, message)


def _for_post(move: Move, rows: Iterable[EdgeRow]) -> list[EdgeRow]:
    """Return those edges that plan somebody for the post that is taken."""
    return [row for row in rows if row.target == move.row.target]


def _unsure(words: Mapping[str, str]) -> str:
    return say(
        "Whether {person} is planned for {post} on the day isn't recorded, only the "
        "month or year; {limit} wants who is rotated to be so.",
        **words,
    )


def _not_so(words: Mapping[str, str], stages: Sequence[str]) -> str:
    if not stages:
        return say(
            "{person} isn't planned for {post}; {limit} wants who is rotated to be so.",
            **words,
        )
    return say(
        "{person} is planned for {post} only as far as this: {stages}; "
        "{limit} wants who is rotated to be planned for the post.",
        **words,
        stages=[say(stage) for stage in stages],
    )
