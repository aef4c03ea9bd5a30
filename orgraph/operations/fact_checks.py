"""What facts may be: the pack's types, values and dates, and which date comes first."""

from calendar import monthrange
from collections.abc import Collection, Iterator, Mapping
from datetime import date

from ..draft import View
from ..findings import Code, Finding
from ..language import say
from ..model import Facts, FactValue, parse_since
from ..model.degrees import FARTHEST, is_degrees
from ..near_names import nearest
from ..pack import FactKind, Pack

WRONG_FACT = Code(
    code="FACT01",
    meaning="The pack doesn't give this fact to this kind, or not this value.",
)
TOO_EARLY = Code(
    code="FACT04",
    meaning="A date comes before another that it can't come before.",
    hint="Write both as they are recorded; one that isn't known is `unknown`.",
)

LAST_YEAR = date.max.year - 1


def check_facts(
    view: View, kind: str, facts: Mapping[str, FactValue], subject: str
) -> Iterator[Finding]:
    """Refuse facts that the pack doesn't give to a kind, and values out of type."""
    node = view.pack.nodes[kind]
    for name, value in sorted(facts.items()):
        if name not in node.facts:
            near = nearest(name, node.facts)
            hint = say("Did you mean {near}?", near=near) if near else ""
            message = say("A {kind} has no fact {name}.", kind=say(kind), name=name)
            yield WRONG_FACT.at(subject, message, hint=hint)
            continue
        problem = fact_problem(view.pack, kind, name, value)
        if problem:
            yield WRONG_FACT.at(
                subject,
                say(
                    "{name} of {subject} {problem}.",
                    name=say(name),
                    subject=subject,
                    problem=problem,
                ),
            )


def check_order(
    view: View, facts: Facts, subject: str, said: Collection[str] | None = None
) -> Iterator[Finding]:
    """Refuse dates before those that they come after; of `said` one is always part."""
    for name, problem in order_problems(view.pack, facts, said):
        yield TOO_EARLY.at(
            subject,
            say(
                "{name} of {subject} {problem}.",
                name=say(name),
                subject=subject,
                problem=problem,
            ),
        )


def fact_problem(
    pack: Pack, kind: str | None, name: str, value: FactValue
) -> str | None:
    """Say why a value can't be that of a fact, or None; `kind` is that of a node."""
    fact = pack.facts[name]
    types = {"text": str, "boolean": bool, "integer": int}
    if value is None:
        return None
    if type(value) is not types[fact.type]:
        wanted = {"text": "text", "boolean": "true or false"}.get(
            fact.type, "a whole number"
        )
        return say("is {value!r}, not {wanted}", value=value, wanted=wanted)
    if fact.additive and isinstance(value, int) and value < 0:
        return say("is {value}, below zero", value=value)
    if fact.format and not _has_format(fact, value):
        wanted = {
            "date": say("a date; write YYYY-MM-DD, or as far as known YYYY-MM or YYYY"),
            "year": say("a year; write four digits"),
            "longitude": say(
                "a longitude; write degrees east of Greenwich, as in 105.838"
            ),
            "latitude": say(
                "a latitude; write degrees north of the equator, as in 21.0386"
            ),
        }[fact.format]
        return say("is {value!r}, not {wanted}", value=value, wanted=wanted)
    allowed = pack.nodes[kind].types if kind and name == "type" else fact.values
    if allowed and value not in allowed:
        return say(
            "is {value}, not one of {allowed}",
            value=say(str(value)),
            allowed=[say(str(one)) for one in allowed],
        )
    return None


def _has_format(fact: FactKind, value: FactValue) -> bool:
    if fact.format in FARTHEST:
        return is_degrees(fact.format, value)
    return _bounds(fact, value) is not None


def order_problems(
    pack: Pack, facts: Facts, said: Collection[str] | None = None
) -> Iterator[tuple[str, str]]:
    """Yield each date that surely comes before one it can't come before, and why.

    With `said` only where it is one of the two. What isn't known is before nothing.
    """
    for name in sorted(facts.keys() & pack.facts.keys()):
        fact = pack.facts[name]
        for other in fact.after:
            if said is not None and {name, other}.isdisjoint(said):
                continue
            here = _bounds(fact, facts[name])
            before = _bounds(pack.facts[other], facts.get(other))
            if here and before and here[1] < before[0]:
                yield (
                    name,
                    say(
                        "is {facts}, before its {other} {facts_2}",
                        facts=facts[name],
                        other=say(other),
                        facts_2=facts[other],
                    ),
                )


def _bounds(fact: FactKind, value: FactValue) -> tuple[date, date] | None:
    """Return the first and the last day that a date or a year may mean."""
    if fact.format == "year" and isinstance(value, int) and 0 < value <= LAST_YEAR:
        return date(value, 1, 1), date(value, 12, 31)
    if fact.format != "date" or not isinstance(value, str):
        return None
    try:
        day, precision = parse_since(value)
    except ValueError:
        return None
    month = 12 if precision == "year" else day.month
    last = monthrange(day.year, month)[1] if precision else day.day
    return day, day.replace(month=month, day=last)
