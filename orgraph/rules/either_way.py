"""Judges careers of which not all is known, in each way in which they may be read."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from ..draft.spells import runs_of
from ..findings import Code, Finding
from ..language import both, say
from .careers import Careers


def either_way(
    careers: Careers, judge: Callable[[Careers], Iterable[Finding]], unknown: Code
) -> Iterator[Finding]:
    """Yield what is found in whichever way careers may be read.

    What was divided may go on in its parts or not, and a gap between days that aren't
    known be short or long. What is found only in some of these ways can't be told: it
    is an `unknown` one.
    """
    found = list(judge(careers))
    others = other_ways(careers)
    if not others:
        yield from found
        return
    ways = [*(list(judge(other)) for other in others), found]
    sure = set.intersection(*({one.key for one in way} for way in ways))
    said = set[object]()
    # What is said first counts nothing of which it isn't known.
    for one in chain.from_iterable(ways):
        why = [] if one.key in sure else _doubts(careers, one.subject)
        told = _doubted(one, unknown, why) if why else one
        if told.key not in said:
            said.add(told.key)
            yield told


def other_ways(careers: Careers) -> list[Careers]:
    """Return the other ways to read those careers of which not all is known.

    The first counts least: what was divided ended, and every gap is long.
    """
    if not careers.doubtful and not careers.undated:
        return []
    unsure = careers.doubtful.keys() | careers.undated.keys()
    by = {person: runs for person, runs in careers.by.items() if person in unsure}
    some, ways = careers._replace(by=by), list[Careers]()
    if careers.undated:
        breaks = careers.breaks._replace(short=False)
        held = {person: list(chain.from_iterable(runs)) for person, runs in by.items()}
        long = runs_of(careers.view, held, breaks.follows)
        ways = [some._replace(by=long, breaks=breaks)]
    if careers.doubtful:
        ways = [*(one._replace(parts=False) for one in (*ways, some)), *ways]
    return ways


def _doubts(careers: Careers, person: str) -> list[str]:
    """Return what isn't known of somebody's career."""
    shown, found = careers.view.shown, list[str]()
    if units := careers.doubtful.get(person):
        found.append(
            say(
                "{units} went on in parts, and which of them is the place that it was "
                "isn't recorded",
                units=both(map(shown, units)),
            )
        )
    if posts := careers.undated.get(person):
        found.append(
            say(
                "on which day somebody took or left {posts} isn't recorded",
                posts=both(map(shown, posts)),
            )
        )
    return found


def _doubted(found: Finding, unknown: Code, why: list[str]) -> Finding:
    """Return what is so in some ways as what can't be told."""
    message = say(
        "{message} Whether that is so can't be told: {why}.",
        message=found.message,
        why=both(why),
    )
    told = {"code": unknown.code, "severity": "info", "message": message, "hint": ""}
    return found.model_copy(update={**told, "missed": ()})
