"""Commands about people and posts: path, span and vacancies."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from .asking import BelowArgument, answer, below, more, named, shown, unit_said
from .options import FormatOption, NamesOption, OnOption, StoreOption, day

if TYPE_CHECKING:
    from ..queries import Path, Spans, Vacancies
    from ..queries.vacancy import Held, Vacancy
    from ..stores import Store

STATES = {
    "vacant": "vacant",
    "provisional": "held for the time being",
    "ending": "to be vacant",
    "due": "due",
}
DUE = {"term": "terms are over", "rotation": "rotation is over"}


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    for command in (path, span, vacancies):
        app.command(command.__name__)(command)


def path(
    context: typer.Context,
    first: Annotated[
        str, typer.Argument(metavar="A", help="An id, kind:code or a name.")
    ],
    second: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """Show the shortest path between two people or units: who joins them, and how."""
    from ..queries import name_node
    from ..queries import path as asked

    def ask(here: "Store", on: date) -> "Path":
        one, other = (name_node(here, text, on) for text in (first, second))
        return asked(here, one, other, on, names=names)

    answer(context, store, on, form, ask, _path_lines)


def _path_lines(answer: "Path") -> Iterator[str]:
    if not answer.steps:
        yield f"nothing joins {answer.first} and {answer.last} on {answer.on}"
    for step in answer.steps:
        by = f"{step.by} {'→' if step.forward else '←'} " if step.by else ""
        name = f"{step.name} ({step.id})" if step.name else step.id
        yield f"{'  ' if by else ''}{by}{step.kind} {name}"


def span(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """Count the units and people directly under each unit, the largest span first."""
    from ..queries import span as asked

    answer(context, store, on, form, below(asked, node), _span_lines)


def _span_lines(answer: "Spans") -> Iterator[str]:
    for kind, figures in answer.to_plain()["kinds"].items():
        number, under = figures["units"], figures["under"]
        largest = f"at most {figures['span']:,}: {figures['largest']}"
        yield f"{kind:<24} {number:>8,}  {under:>10,} directly under them, {largest}"
    if answer.items:
        yield "directly under each:"
    for unit in shown(answer.items):
        under = ", ".join(f"{n:,} {kind}" for kind, n in unit.under.items())
        yield f"  {unit.span:>6,}  {unit_said(unit)}  {under}".rstrip()
    yield from more(answer.items)
    if not answer.items:
        yield "no unit is there"


def vacancies(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    until: Annotated[
        str | None,
        typer.Option(
            "--until",
            metavar="DATE",
            help="Also what will be vacant or due by this day, as far as is recorded.",
        ),
    ] = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """List posts that are vacant, held for a time, or by --until vacant or due."""
    from ..queries import vacancies as asked

    last = day(until) if until is not None else None

    def ask(here: "Store", on: date) -> "Vacancies":
        return asked(here, named(here, node, on), on, last, names=names)

    answer(context, store, on, form, ask, _vacancy_lines)


def _vacancy_lines(answer: "Vacancies") -> Iterator[str]:
    yield f"posts on {answer.on}: {answer.posts:,}"
    for kind, number in answer.forms.items():
        yield f"  {'held, ' + (kind or 'form not said'):<24} {number:>8,}"
    words = {**STATES, "ending": f"vacant by {answer.until}"}
    words["due"] = f"due by {answer.until}"
    also = {"due": answer.both, "provisional": answer.provisional_and_ending}
    for state, number in answer.counts.items():
        if answer.until or state in {"vacant", "provisional"}:
            both = also.get(state)
            said = f", {both:,} of them also {words['ending']}" if both else ""
            yield f"  {words[state]:<24} {number:>8,}{said}"
    if answer.unknown:
        yield f"  {'service end unknown':<24} {answer.unknown:>8,}"
    for item in shown(answer.items):
        yield _vacancy(item)
        for held in item.holders:
            yield f"    {_held(held)}"
            for due in held.due:
                days = _days(due.earliest, due.latest)
                yield f"    {DUE[due.why]} {days}: {due.limit.id} ({due.limit.cited})"
        people = ", ".join(f"{one.person} {one.name}".rstrip() for one in item.planned)
        yield f"    planned for it: {people or 'nobody'}"
    yield from more(answer.items)


def _vacancy(item: "Vacancy") -> str:
    days = ""
    if item.since and item.state != "vacant":
        days = f" from {item.since}, or not at all"
        if item.latest:
            days = f" from {_days(item.since, item.latest)}"
    if item.until:
        days += f" until {item.until}"
    name = f"{item.name} ({item.post})" if item.name else item.post
    also = item.is_provisional and item.state != "provisional"
    said = f"{STATES['provisional']}, " if also else ""
    return f"{said}{STATES[item.state]}{days}: {name} in {item.unit}"


def _held(held: "Held") -> str:
    name = f" {held.name}" if held.name else ""
    form = f", {held.form}" if held.form else ""
    why = {"recorded": "until", "service_end": "service ends"}.get(held.why or "")
    days = _days(held.ends, held.latest)
    return f"{held.person}{name}{form}{f', {why} {days}' if why else ''}"


def _days(earliest: date | None, latest: date | None) -> str:
    """Write a day, or the two that it lies between."""
    return f"{earliest}" if earliest == latest else f"{earliest} to {latest}"
