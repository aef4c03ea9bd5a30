"""The command that counts covered places, on a day or as a series over days."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import InputError
from ..language import joined, laid, say, width
from .asking import BelowArgument, answer, more, named, shown
from .options import FormatOption, LangOption, OnOption, StoreOption, day, language_of

if TYPE_CHECKING:
    from ..language import Language
    from ..queries import Coverage, Series
    from ..queries.coverage import Share
    from ..stores import Store

MONTHS = {"month": 1, "quarter": 3, "year": 12}
MOST_DAYS = 400
NAME = 32
NARROWEST = 11
_WORDS = {
    "places": say("places"),
    "own": say("own"),
    "joint": say("joint"),
    "without_members": say("no members"),
    "without_cell": say("no cell"),
    "unrecorded": say("unrecorded"),
}


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
        str | None,
        typer.Option(metavar="WORD", help="month, quarter or year; by default year."),
    ] = None,
    lang: LangOption = None,
) -> None:
    """Count villages with a cell of their own, a joint one, none, or no member.

    A committee or section that leads one village and nothing besides, itself and by its
    cells, is that village's own. Of one that leads several it isn't known which cell
    serves which: there a village has the cells that are said to serve it.
    """
    from ..queries import coverage as asked
    from ..queries import coverage_series

    columns = _Columns(language_of(context, lang), by)
    if since is None:
        for option, said, does in (
            ("--to", until, "ends"),
            ("--every", every, "steps"),
        ):
            if said is not None:
                message = f"{option} {does} a series: say with --from where it begins"
                raise InputError(message)

        def ask(here: "Store", on: date) -> "Coverage":
            return asked(here, named(here, node, on), on, by)

        answer(context, store, on, form, ask, columns.lines, lang)
        return
    if on is not None:
        message = "a series has its own days: leave out --on"
        raise InputError(message)
    days = list(_days(day(since), day(until), every or "year"))

    def follow(here: "Store", on: date) -> "Series":
        return coverage_series(here, named(here, node, on), days, by)

    answer(context, store, days[-1].isoformat(), form, follow, columns.series, lang)


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


class _Columns:
    """Lines of counts by state, in columns as wide as a language's headings want."""

    def __init__(self, language: "Language", by: str | None) -> None:
        self.by = by
        said = (language.say(word) for word in _WORDS.values())
        self.width = max(NARROWEST, *(width(word) + 1 for word in said))

    def head(self, counts: Mapping[str, int]) -> str:
        """Return the headings of counts."""
        return self._joined([_WORDS["places"], *(_WORDS[state] for state in counts)])

    def row(self, counts: Mapping[str, int]) -> str:
        """Return counts below their headings, the sum of them first."""
        numbers = [sum(counts.values()), *counts.values()]
        return self._joined([say("{n:,}", n=number) for number in numbers])

    def named(self, name: str, counts: Mapping[str, int]) -> str:
        """Return counts behind a name, of which a long one is cut."""
        cut = f"{{name:<{NAME}.{NAME - 2}}}{{row}}"
        return laid(cut, name=name, row=self.row(counts))

    def _joined(self, cells: Sequence[str]) -> str:
        padded = (laid(f"{{cell:>{self.width}}}", cell=cell) for cell in cells)
        return joined(padded, "")

    def lines(self, answer: "Coverage") -> Iterator[str]:
        """Say how many places are in which state, by tag and by unit."""
        head = self.head(answer.states)
        yield laid(f"{{on:<{NAME}}}{{head}}", on=answer.on, head=head)
        yield self.named(say("all"), answer.states)
        for tag, counts in answer.tags.items():
            yield _noted(self.named(say(tag), counts), answer, tag)
        for item in shown(answer.items):
            yield self.named(_called(item), item.states)
        yield from more(answer.items)

    def series(self, answer: "Series") -> Iterator[str]:
        """Say how many places are in which state, a day a line."""
        yield laid("            {head}", head=self.head(answer.days[0].states))
        for coverage in answer.days:
            yield self._dated(coverage, coverage.states)
        none: dict[tuple[int, int], list[str]] = {}
        for tag in answer.days[0].tags:
            if any(sum(coverage.tags[tag].values()) for coverage in answer.days):
                yield laid("{tag}:", tag=say(tag))
                for coverage in answer.days:
                    line = self._dated(coverage, coverage.tags[tag])
                    yield _noted(line, coverage, tag)
            else:
                numbers = [coverage.unknown[tag] for coverage in answer.days]
                none.setdefault((min(numbers), max(numbers)), []).append(say(tag))
        for unknown, tags in none.items():
            yield _none(tags, *unknown)
        if self.by is not None:
            yield from self._units(answer)

    def _units(self, answer: "Series") -> Iterator[str]:
        """Say the same of each unit, on the days on which it lives."""
        found: dict[str, list[tuple[Coverage, Share]]] = {}
        for coverage in answer.days:
            for item in coverage.items:
                found.setdefault(item.id, []).append((coverage, item))
        units = tuple(found.values())
        for rows in shown(units):
            yield laid("{unit}:", unit=_called(rows[-1][1]))
            for coverage, item in rows:
                yield self._dated(coverage, item.states)
        yield from more(units)

    def _dated(self, coverage: "Coverage", counts: Mapping[str, int]) -> str:
        return laid("{on:<12}{row}", on=coverage.on, row=self.row(counts))


def _called(item: "Share") -> str:
    return laid("{kind} {name}", kind=say(item.kind), name=item.name or item.id)


def _noted(line: str, answer: "Coverage", tag: str) -> str:
    """Say behind the row of a tag what doesn't stand in it."""
    inherited, unknown = answer.inherited[tag], answer.unknown[tag]
    notes = [say("by what is above {n:,}", n=inherited)] if inherited else []
    notes += [say("unknown of {n:,}", n=unknown)] if unknown else []
    return laid("{line}  ({notes})", line=line, notes=notes) if notes else line


def _none(tags: Sequence[str], fewest: int, most: int) -> str:
    """Say that on no day any place has these tags, as far as is known."""
    if not most:
        return say("{tags}: none", tags=tags)
    if fewest == most:
        return say("{tags}: none (unknown of {n:,})", tags=tags, n=most)
    return say(
        "{tags}: none (unknown of {fewest:,} to {most:,})",
        tags=tags,
        fewest=fewest,
        most=most,
    )
