"""Commands that ask what holds together and what is missing: path to white-villages."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Annotated, Any, Protocol, TypeVar

import typer

from .options import (
    FormatOption,
    NamesOption,
    OnOption,
    StoreOption,
    checked_format,
    day,
    opened,
    print_json,
)

if TYPE_CHECKING:
    from ..queries import (
        JointCells,
        Path,
        Spans,
        Uncovered,
        Vacancies,
        WhiteVillages,
    )
    from ..queries.vacancies import Held, Vacancy
    from ..stores import Store

MOST_SHOWN = 30
BelowArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="NODE",
        help="An id, kind:code or a name: its region; by default all roots.",
    ),
]
STATES = {
    "vacant": "vacant",
    "provisional": "held for the time being",
    "ending": "to be vacant",
    "without_members": "without members",
    "without_cell": "without a group",
    "joint": "only with a joint group",
}


class Answer(Protocol):
    """What every question returns."""

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON data."""
        ...


A = TypeVar("A", bound=Answer)
T = TypeVar("T")


def add_commands(app: typer.Typer) -> None:
    """Add the commands of this file; a name of two words can be joined either way."""
    for command in (path, span, vacancies, uncovered, joint_cells, white_villages):
        name = command.__name__
        app.command(name.replace("_", "-"))(command)
        if "_" in name:
            app.command(name, hidden=True)(command)


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

    _answer(context, store, on, form, ask, _path_lines)


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

    def ask(here: "Store", on: date) -> "Spans":
        return asked(here, _named(here, node, on), on)

    _answer(context, store, on, form, ask, _span_lines)


def _span_lines(answer: "Spans") -> Iterator[str]:
    for kind, figures in answer.to_plain()["kinds"].items():
        number, under = figures["units"], figures["under"]
        largest = f"at most {figures['span']:,}: {figures['largest']}"
        yield f"{kind:<24} {number:>8,}  {under:>10,} directly under them, {largest}"
    if answer.items:
        yield "directly under each:"
    for unit in _shown(answer.items):
        under = ", ".join(f"{n:,} {kind}" for kind, n in unit.under.items())
        yield f"  {unit.span:>6,}  {_unit(unit)}  {under}".rstrip()
    yield from _more(answer.items)
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
            help="Also posts that will be vacant by this day, as far as is recorded.",
        ),
    ] = None,
    form: FormatOption = "text",
    names: NamesOption = False,
) -> None:
    """List posts without a holder, or with none but an acting one; --until projects."""
    from ..queries import vacancies as asked

    last = day(until) if until is not None else None

    def ask(here: "Store", on: date) -> "Vacancies":
        return asked(here, _named(here, node, on), on, last, names=names)

    _answer(context, store, on, form, ask, _vacancy_lines)


def _vacancy_lines(answer: "Vacancies") -> Iterator[str]:
    yield f"posts on {answer.on}: {answer.posts:,}"
    for kind, number in answer.forms.items():
        yield f"  {'held, ' + (kind or 'form not said'):<24} {number:>8,}"
    for state, number in answer.counts.items():
        if state != "ending":
            yield f"  {STATES[state]:<24} {number:>8,}"
        elif answer.until:
            yield f"  {f'vacant by {answer.until}':<24} {number:>8,}"
    if answer.unknown:
        yield f"  {'service end unknown':<24} {answer.unknown:>8,}"
    for item in _shown(answer.items):
        yield _vacancy(item)
        for held in item.holders:
            yield f"    {_held(held)}"
    yield from _more(answer.items)


def _vacancy(item: "Vacancy") -> str:
    days = ""
    if item.state == "ending":
        days = f" from {item.since}"
    if item.until:
        days += f" until {item.until}"
    name = f"{item.name} ({item.post})" if item.name else item.post
    return f"{STATES[item.state]}{days}: {name} in {item.unit}"


def _held(held: "Held") -> str:
    name = f" {held.name}" if held.name else ""
    form = f", {held.form}" if held.form else ""
    why = {"recorded": "until", "service_end": "service ends"}.get(held.why or "")
    return f"{held.person}{name}{form}{f', {why} {held.ends}' if why else ''}"


def uncovered(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """List units and places that nobody is in charge of; households are counted."""
    from ..queries import uncovered as asked

    def ask(here: "Store", on: date) -> "Uncovered":
        return asked(here, _named(here, node, on), on)

    _answer(context, store, on, form, ask, _uncovered_lines)


def _uncovered_lines(answer: "Uncovered") -> Iterator[str]:
    yield f"nobody is in charge on {answer.on}:"
    for kind, number in answer.counts.items():
        yield f"  {kind:<24} {number:>10,} of {answer.asked[kind]:,}"
    if not answer.counts:
        yield "  nothing is there to be in charge of"
    for item in _shown(answer.items):
        yield _unit(item)
    yield from _more(answer.items)
    for group in _shown(answer.heads):
        of = f"{group.uncovered:,} of {group.all:,} {group.kind}"
        yield f"{of} in {group.name} ({group.unit})"
    yield from _more(answer.heads)


def joint_cells(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """List the cells that serve several villages, and which villages."""
    from ..queries import joint_cells as asked

    def ask(here: "Store", on: date) -> "JointCells":
        return asked(here, _named(here, node, on), on)

    _answer(context, store, on, form, ask, _joint_lines)


def _joint_lines(answer: "JointCells") -> Iterator[str]:
    yield f"joint on {answer.on}: {len(answer.items):,}"
    for item in _shown(answer.items):
        stated = {True: "", False: ", stated as not joint", None: ", not stated"}
        members = f"{item.members:,} member{'' if item.members == 1 else 's'}"
        yield f"{_unit(item)}  {members}{stated[item.stated]}"
        for place in _shown(item.places):
            yield f"    {place.name} ({place.id})"
        for line in _more(item.places):
            yield f"    {line}"
    yield from _more(answer.items)


def white_villages(
    context: typer.Context,
    node: BelowArgument = None,
    store: StoreOption = None,
    on: OnOption = None,
    form: FormatOption = "text",
) -> None:
    """List villages without members, without a cell, or only with a joint one."""
    from ..queries import white_villages as asked

    def ask(here: "Store", on: date) -> "WhiteVillages":
        return asked(here, _named(here, node, on), on)

    _answer(context, store, on, form, ask, _white_lines)


def _white_lines(answer: "WhiteVillages") -> Iterator[str]:
    yield f"on {answer.on}:"
    for state, number in answer.counts.items():
        yield f"  {STATES.get(state, 'with a group of its own'):<32} {number:>8,}"
    for item in _shown(answer.items):
        known = "unknown" if item.members is None else f"{item.members:,}"
        cells = f"  {', '.join(item.cells)}" if item.cells else ""
        above = f" in {item.parent}" if item.parent else ""
        state = f"{STATES[item.state]}, members living there: {known}"
        yield f"{_unit(item)}{above}  {state}{cells}"
    yield from _more(answer.items)


def _answer(
    context: typer.Context,
    store: str | None,
    on: str | None,
    form: str,
    ask: "Callable[[Store, date], A]",
    lines: Callable[[A], Iterator[str]],
) -> None:
    """Ask a question inside one snapshot, and print what it answers."""
    checked_format(form)
    with opened(context, store) as here, here.snapshot():
        answer = ask(here, day(on))
    if form == "json":
        print_json(answer.to_plain())
        return
    for line in lines(answer):
        typer.echo(line)


def _named(store: "Store", node: str | None, on: date) -> str | None:
    from ..queries import name_node

    return None if node is None else name_node(store, node, on)


def _unit(unit: Any) -> str:  # noqa: ANN401 - whatever has an id, a kind and a name
    name = f"{unit.name} ({unit.id})" if unit.name else unit.id
    return f"{unit.kind} {name}"


def _shown(items: Iterable[T]) -> Iterator[T]:
    return islice(items, MOST_SHOWN)


def _more(items: "tuple[Any, ...]") -> Iterator[str]:
    if len(items) > MOST_SHOWN:
        yield f"… {len(items) - MOST_SHOWN:,} more"
