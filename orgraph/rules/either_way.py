"""Judges careers where it isn't known whether a part of a unit goes on as it was."""

from collections.abc import Callable, Iterable, Iterator

from ..findings import Code, Finding
from ..language import both, say
from .careers import Careers


def either_way(
    careers: Careers, judge: Callable[[Careers], Iterable[Finding]], unknown: Code
) -> Iterator[Finding]:
    """Yield what is found whether or not what was divided goes on in its parts.

    What is found only in one of the two cases can't be told: it is an `unknown` one.
    """
    found = list(judge(careers))
    doubtful = careers.doubtful
    if not doubtful:
        yield from found
        return
    by = {person: careers.by[person] for person in doubtful}
    alone = list(judge(careers._replace(by=by, parts=False)))
    sure = {one.key for one in found} & {one.key for one in alone}
    said = set[object]()
    # What is said without the parts counts nothing of which it isn't known.
    for one in (*alone, *found):
        known = one.key in sure or one.subject not in doubtful
        told = one if known else _doubted(careers, one, unknown)
        if told.key not in said:
            said.add(told.key)
            yield told


def _doubted(careers: Careers, found: Finding, unknown: Code) -> Finding:
    """Return what is so in one case as what can't be told."""
    message = say(
        "{message} Whether that is so can't be told: {units} went on in parts, and "
        "which of them is the place that it was isn't recorded.",
        message=found.message,
        units=both(map(careers.view.shown, careers.doubtful[found.subject])),
    )
    told = {"code": unknown.code, "severity": "info", "message": message, "hint": ""}
    return found.model_copy(update={**told, "missed": ()})
