"""Commands about people and posts: path, span and vacancies."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..language import joined, laid, say
from .asking import (
    BelowArgument,
    answer,
    below,
    more,
    named,
    named_id,
    shown,
    unit_said,
)
from .options import FormatOption, LangOption, NamesOption, OnOption, StoreOption, day

if TYPE_CHECKING:
    from ..queries import Path, Spans, Vacancies
    from ..queries.vacancy import Coming, Held, Vacancy
    from ..stores import Store

STATES = {
    "vacant": say("vacant"),
    "provisional": say("held for the time being"),
    "ending": say("to be vacant"),
    "ending_full": say("to be held for the time being"),
    "due": say("due"),
}
DUE = {"term": say("terms are over"), "rotation": say("rotation is over")}


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
    lang: LangOption = None,
) -> None:
    """Show the shortest path between two people or units: who joins them, and how."""
    from ..queries import name_node
    from ..queries import path as asked

    def ask(here: "Store", on: date) -> "Path":
        one, other = (name_node(here, text, on) for text in (first, second))
        return asked(here, one, other, on, names=names)

    answer(context, store, on, form, ask, _path_lines, lang)


def _path_lines(answer: "Path") -> Iterator[str]:
    if not answer.steps:
        ends = {"first": answer.first, "last": answer.last}
        yield say("nothing joins {first} and {last} on {on}", **ends, on=answer.on)
    for step in answer.steps:
        name = named_id(step.name, step.id)
        line = laid("{kind} {name}", kind=say(step.kind), name=name)
        arrow = "→" if step.forward else "←"
        yield (
            laid("  {by} {arrow} {line}", by=say(step.by), arrow=arrow, line=line)
            if step.by
            else line
        )


def span(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    lang: LangOption = None,
) -> None:
    """Count the units and people directly under each unit, the largest span first."""
    from ..queries import span as asked

    answer(context, store, on, form, below(asked, node), _span_lines, lang)


def _span_lines(answer: "Spans") -> Iterator[str]:
    for kind, figures in answer.to_plain()["kinds"].items():
        yield say(
            "{kind:<26} {n:>8,}  {under:>10,} directly under them, at most "
            "{span:,}: {largest}",
            kind=say(kind),
            n=figures["units"],
            under=figures["under"],
            span=figures["span"],
            largest=figures["largest"],
        )
    if answer.items:
        yield say("directly under each:")
    for unit in shown(answer.items):
        under = [laid("{n:,} {kind}", n=n, kind=say(k)) for k, n in unit.under.items()]
        line = laid("  {n:>6,}  {unit}", n=unit.span, unit=unit_said(unit))
        yield laid("{line}  {under}", line=line, under=under) if under else line
    yield from more(answer.items)
    if not answer.items:
        yield say("no unit is there")


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
            help="Also what will or may be vacant or due by this day, as is recorded.",
        ),
    ] = None,
    form: FormatOption = "text",
    names: NamesOption = False,
    lang: LangOption = None,
) -> None:
    """List posts that are vacant, held for a time, or by --until vacant or due."""
    from ..queries import vacancies as asked

    last = day(until) if until is not None else None

    def ask(here: "Store", on: date) -> "Vacancies":
        return asked(here, named(here, node, on), on, last, names=names)

    answer(context, store, on, form, ask, _vacancy_lines, lang)


def _vacancy_lines(answer: "Vacancies") -> Iterator[str]:
    yield say("posts on {on}: {n:,}", on=answer.on, n=answer.posts)
    for kind, number in answer.forms.items():
        form = say(kind) if kind else say("form not said")
        yield _counted(say("held, {form}", form=form), number)
    yield from _states(answer)
    if answer.unknown:
        yield _counted(say("service end unknown"), answer.unknown)
    for item in shown(answer.items):
        yield _vacancy(item)
        for held in item.holders:
            yield laid("    {held}", held=_held(held))
            for due in held.due:
                days = _days(due.earliest, due.latest)
                if due.latest is None:
                    days = say("{day}, or not at all", day=due.earliest)
                yield laid(
                    "    {why} {days}: {limit} ({cited})",
                    why=DUE[due.why],
                    days=days,
                    limit=due.limit.id,
                    cited=due.limit.cited,
                )
        for coming in item.coming:
            yield say("    to come: {held}", held=_coming(coming))
        people = [f"{one.person} {one.name}".rstrip() for one in item.planned]
        yield say("    planned for it: {people}", people=people or say("nobody"))
    yield from more(answer.items)


def _states(answer: "Vacancies") -> Iterator[str]:
    """Count the posts in each state: those that will be so, and that may."""
    vacant = say("vacant by {day}", day=answer.until)
    words: dict[str, str] = {**STATES, "ending": vacant}
    words["ending_full"] = say("held so by {day}", day=answer.until)
    words["due"] = say("due by {day}", day=answer.until)
    also = {"due": answer.both, "provisional": answer.provisional_and_ending}
    also |= {"ending_full": answer.interim, "vacant": answer.vacant_and_ending}
    possible = answer.possible
    for state, number in answer.counts.items():
        if not answer.until and state not in {"vacant", "provisional"}:
            continue
        line = _counted(words[state], number)
        if perhaps := possible[state]:
            line = say(
                "{line}, {sure:,} for certain and {perhaps:,} perhaps",
                line=line,
                sure=number - perhaps,
                perhaps=perhaps,
            )
        if both := also.get(state):
            line = say(
                "{line}, {n:,} of them also counted as {vacant}",
                line=line,
                n=both,
                vacant=vacant,
            )
        yield line


def _counted(word: str, number: int) -> str:
    return laid("  {word:<24} {n:>8,}", word=word, n=number)


def _vacancy(item: "Vacancy") -> str:
    said: str = STATES[item.state]
    if item.since:
        said = _from(said, item.since, item.latest)
    if item.until:
        said = say("{state} until {day}", state=said, day=item.until)
    if item.interim:
        since, latest, until = item.interim
        before = _from(STATES["ending_full"], since, latest)
        if until:
            before = say("{state} until {day}", state=before, day=until)
        said = joined([before, said], ", ")
    if item.again:
        again = _from(STATES["ending"], item.again.since, item.again.latest)
        said = joined([said, again], ", ")
    if item.is_provisional and item.state != "provisional":
        said = joined([STATES["provisional"], said], ", ")
    post = named_id(item.name, item.post)
    return say("{state}: {post} in {unit}", state=said, post=post, unit=item.unit)


def _from(state: str, since: date, latest: date | None) -> str:
    if latest is None:
        return say("{state} from {day}, or not at all", state=state, day=since)
    return say("{state} from {days}", state=state, days=_days(since, latest))


def _coming(coming: "Coming") -> str:
    days = _days(coming.since, coming.latest)
    return laid("{parts}", parts=[*_who(coming), say("begins {days}", days=days)])


def _who(held: "Held | Coming") -> list[str]:
    """Return who holds a post, and in which form."""
    who = f"{held.person} {held.name}" if held.name else held.person
    return [who, say(held.form)] if held.form else [who]


def _held(held: "Held") -> str:
    parts = _who(held)
    days = _days(held.ends, held.latest)
    if held.why == "recorded":
        parts.append(say("until {days}", days=days))
    elif held.why == "service_end":
        parts.append(say("service ends {days}", days=days))
    return laid("{parts}", parts=parts)


def _days(earliest: date | None, latest: date | None) -> str:
    """Write a day, or the two that it lies between."""
    if earliest == latest:
        return laid("{day}", day=earliest)
    return say("{earliest} to {latest}", earliest=earliest, latest=latest)
