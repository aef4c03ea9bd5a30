"""Since when somebody is a member: a day, or only the month or the year of it."""

from collections.abc import Iterator
from datetime import date, timedelta

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import parse_since

TOO_EARLY = Code(
    code="ADMITTED01",
    meaning="Something is given to a person before the day of the admission.",
    hint="Give a later effective date, or admit the person first.",
)
UNCLEAR = Code(
    code="ADMITTED02",
    meaning="It can't be told whether a person was admitted before the effective date.",
    severity="info",
)


def check_admission(view: View, person: str) -> Iterator[Finding]:
    """Refuse somebody who is admitted later; say so where that can't be told."""
    people = view.pack.people
    row = view.node(person)
    if people is None or people.admitted is None or row is None:
        return
    if people.admitted not in row.facts:
        return
    said = row.facts[people.admitted]
    bounds = _bounds(said)
    if bounds is None:
        shown = say("unknown") if said is None else say("written {said}", said=said)
        message = say(
            "When {person} was admitted is {shown}.",
            person=view.shown(person),
            shown=shown,
        )
        yield UNCLEAR.at(person, message)
        return
    first, last = bounds
    if first > view.day:
        message = say(
            "{person} is admitted on {said}, after {day}.",
            person=view.shown(person),
            said=said,
            day=view.day,
        )
        yield TOO_EARLY.at(person, message)
    elif last > view.day:
        message = say(
            "{person} was admitted in {said}: whether before {day} isn't known.",
            person=view.shown(person),
            said=said,
            day=view.day,
        )
        yield UNCLEAR.at(person, message)


def _bounds(said: object) -> tuple[date, date] | None:
    """Return the first and the last day that may be meant."""
    try:
        first, precision = parse_since(str(said))
    except ValueError:
        return None
    if precision is None:
        return first, first
    days = 366 if precision == "year" else 31
    after = first + timedelta(days=days)
    after = after.replace(day=1)
    if precision == "year":
        after = after.replace(month=1)
    return first, after - timedelta(days=1)
