"""The command that counts covered places, on a day or as a series over days."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from .asking import BelowArgument, answer, more, named, shown
from .options import FormatOption, OnOption, StoreOption, day

if TYPE_CHECKING:
    from ..queries import Coverage, Series
    from ..stores import Store

MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_DAYS = 400
NAME = 32


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file."""
    app.command("coverage")(coverage)


def coverage(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
    by: Annotated[
        str | None, typer.Option(metavar="KIND", help="List units of this kind alone.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="A series from here.")
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", metavar="DATE", help="Its last day; by default today."),
    ] = None,
    every: Annotated[
        str, typer.Option(metavar="WORD", help="month, quarter or year.")
    ] = "year",
) -> None:
    """Count villages with a cell of their own, a joint one, none, or no member."""
    from ..queries import coverage as asked
    from ..queries import coverage_series

    if since is None:
        if until is not None:
            message = "--to ends a series: say with --from where it begins"
            raise InputError(message)

        def ask(here: "Store", on: date) -> "Coverage":
            return asked(here, named(here, node, on), on, by)

        answer(context, store, on, form, ask, _lines)
        return
    if on is not None:
        message = "a series has its own days: leave out --on"
        raise InputError(message)
    days = list(_days(day(since), day(until), every))

    def follow(here: "Store", on: date) -> "Series":
        return coverage_series(here, named(here, node, on), days, by)

    answer(context, store, days[-1].isoformat(), form, follow, _series_lines)


def _days(first: date, last: date, every: str) -> Iterator[date]:
    """Yield the first day, the same day of later months, and the last one."""
    step = MONTHS.get(every)
    if step is None:
        message = f"--every is one of {', '.join(MONTHS)}, not {every!r}"
        raise InputError(message)
    if last < first:
        message = f"--to {last} comes before --from {first}"
        raise InputError(message)
    months = (last.year - first.year) * 12 + last.month - first.month
    if months // step > MOST_DAYS:
        message = f"the series would have more than {MOST_DAYS} days: take longer steps"
        raise InputError(message)
    for month in range(0, months + 1, step):
        year, place = divmod(first.month - 1 + month, 12)
        found = _in_month(first.year + year, place + 1, first.day)
        if found < last:
            yield found
    yield last


def _in_month(year: int, month: int, number: int) -> date:
    """Return a day of a month, or its last one where it is shorter."""
    while True:
        try:
            return date(year, month, number)
        except ValueError:
            number -= 1


def _lines(answer: "Coverage") -> Iterator[str]:
    yield f"{answer.on!s:<{NAME}}{_head(answer.states)}"
    yield f"{'all':<{NAME}}{_row(answer.states)}"
    for tag, counts in answer.tags.items():
        yield f"{tag:<{NAME}}{_row(counts)}{_notes(answer, tag)}"
    for item in shown(answer.items):
        name = f"{item.kind} {item.name}" if item.name else f"{item.kind} {item.id}"
        yield f"{name[: NAME - 2]:<{NAME}}{_row(item.states)}"
    yield from more(answer.items)


def _series_lines(answer: "Series") -> Iterator[str]:
    yield f"{'':<12}{_head(answer.days[0].states)}"
    for coverage in answer.days:
        yield f"{coverage.on!s:<12}{_row(coverage.states)}"
    none: dict[str, list[str]] = {}
    for tag in answer.days[0].tags:
        if any(sum(coverage.tags[tag].values()) for coverage in answer.days):
            yield f"{tag}:"
            for coverage in answer.days:
                counts = _row(coverage.tags[tag])
                yield f"{coverage.on!s:<12}{counts}{_notes(coverage, tag)}"
        else:
            numbers = {coverage.unknown[tag] for coverage in answer.days}
            ends = [f"{number:,}" for number in sorted({min(numbers), max(numbers)})]
            unknown = f" (unknown of {' to '.join(ends)})" if any(numbers) else ""
            none.setdefault(unknown, []).append(tag)
    for unknown, tags in none.items():
        yield f"{', '.join(tags)}: none{unknown}"


def _notes(answer: "Coverage", tag: str) -> str:
    """Say what doesn't stand in the row of a tag."""
    notes = [
        f"{word} {number:,}"
        for word, number in (
            ("by what is above", answer.inherited[tag]),
            ("unknown of", answer.unknown[tag]),
        )
        if number
    ]
    return f"  ({', '.join(notes)})" if notes else ""


def _head(counts: Mapping[str, int]) -> str:
    words = [state.replace("without_", "no ") for state in counts]
    return "".join(f"{word:>11}" for word in ("places", *words))


def _row(counts: Mapping[str, int]) -> str:
    return "".join(f"{n:>11,}" for n in (sum(counts.values()), *counts.values()))
