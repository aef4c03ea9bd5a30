"""Shows what a schema pack asks of units: standards, limits, mergers, combinations."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from ..language import both, either, joined, laid, say

if TYPE_CHECKING:
    from ..pack import Asked, Figure, Pack


def standard_plain(pack: "Pack", asked: "Asked") -> dict[str, Any]:
    """Return what is asked as JSON data, with the unit of its figure."""
    said = asked.model_dump(mode="json")
    fact = pack.facts.get(said.get("fact") or "")
    return said | {
        "rule": asked.asked_by,
        "source": asked.cited,
        "unit": fact.unit if fact else said.get("unit", ""),
        "wants": joined(_wants(pack, asked)),
    }


def standard_lines(pack: "Pack", asked: "Asked") -> Iterator[str]:
    """Say what is asked: of whom, what, when, how strictly, and on what."""
    strictly = say("unconfirmed, off") if asked.unconfirmed else say(asked.severity)
    until = "…" if asked.until == date.max else asked.until
    yield laid(
        "{id} ({strictly}): {title}", id=asked.id, strictly=strictly, title=asked.title
    )
    yield say(
        "    {of}: {wants}, {since} to {until}",
        of=_of(pack, asked),
        wants=joined(_wants(pack, asked)),
        since=asked.since,
        until=until,
    )
    yield laid("    {source}", source=asked.cited)
    if asked.exemptions:
        yield laid("    {exemptions}", exemptions=asked.exemptions)


def _of(pack: "Pack", asked: "Asked") -> str:
    """Say of which units it is asked."""
    where = [
        laid("{fact} {value}", fact=say(name), value=_word(pack, name, value))
        for name, value in getattr(asked, "where", {}).items()
    ]
    for kind, facts in getattr(asked, "above", {}).items():
        where += [
            say(
                "{fact} of its {kind} {value}",
                fact=say(name),
                kind=say(kind),
                value=_word(pack, name, value),
            )
            for name, value in facts.items()
        ]
    kind = say(asked.kind)
    return laid("{kind} ({where})", kind=kind, where=where) if where else kind


def _word(pack: "Pack", fact: str, value: object) -> str:
    """Say a value of a fact, or of several that any of them will do."""
    if isinstance(value, tuple):
        return either(_word(pack, fact, one) for one in value)
    if isinstance(value, bool):
        return say(str(value).lower())
    known = pack.facts.get(fact)
    said = known.said(value) if known and isinstance(value, str) else value
    return said if isinstance(said, str) else str(said)


def _wants(pack: "Pack", asked: "Asked") -> Iterator[str]:
    """Say in words what is asked."""
    from ..pack import Combination, Limit, MergerType, Reduction, Threshold

    if isinstance(asked, Threshold):
        figures = (_figure(pack, figure) for figure in asked.figures)
        yield either(figures) if asked.any_of else both(figures)
        if asked.of:
            yield say("of {standards}", standards=asked.of)
        if asked.unless_merged:
            yield say("not of a merger of {n} or more", n=asked.unless_merged)
    elif isinstance(asked, MergerType):
        yield say(
            "{fact} {gives} of a merger with {present}",
            fact=say(asked.fact),
            gives=either(asked.gives),
            present=both(asked.present),
        )
    elif isinstance(asked, Limit | Combination):
        yield asked.wants
    elif isinstance(asked, Reduction):
        yield say(
            "{least} to {most} % fewer below a {kind}",
            least=asked.from_percent,
            most=asked.to_percent,
            kind=say(asked.below),
        )
    else:
        yield say("no mergers")


def _figure(pack: "Pack", figure: "Figure") -> str:
    fact = say(figure.fact)
    if figure.percent is not None:
        return say("{fact} ≥ {n} %", fact=fact, n=figure.percent)
    if figure.at_least is None:
        return laid("{fact} ≥ ?", fact=fact)
    unit = pack.facts[figure.fact].unit
    template = "{fact} ≥ {n:,} {unit}" if unit else "{fact} ≥ {n:,}"
    return laid(template, fact=fact, n=figure.at_least, unit=unit)
